"""What drives the lists of all people: shares of the parts of the model, facts, rules, and who differs; frozen answers.

A share is of the score of what is listed. All shares of a list sum to 1, for a score is a sum; one below 0 says that
the part speaks against what is listed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kgrec_core.schema.cards import ItemCard, UserCard

FACTS = "facts"  # name of all relations together


@dataclass(frozen=True, slots=True)
class Example:
    """Somebody and an item of their list for which it counts most."""

    user: UserCard
    item: ItemCard


@dataclass(frozen=True, slots=True)
class ModelPart:
    """A branch, all facts together, popularity or the network."""

    name: str
    label: str
    share: float  # mean over people
    low: float  # of its 95 % interval over people
    high: float
    replaced: float  # items of a list that others would stand for without the part, mean over people
    example: Example


@dataclass(frozen=True, slots=True)
class DrivingFact:
    relation: str
    label: str  # of the relation: "director"
    value: str
    share: float
    people: int  # in whose lists it stands
    example: Example


@dataclass(frozen=True, slots=True)
class PeopleAlike:
    """People with histories of like length, or whose lists are driven by like things. shares: by name of ModelPart"""

    label: str
    people: int
    shares: Mapping[str, float]
    example: UserCard


@dataclass(frozen=True, slots=True)
class CommonRule:
    """As `explanation.Rule`, of no one person. condition reads after "if", conclusion after "then"."""

    condition: str
    conclusion: str
    held: int
    met: int
    lift: float


@dataclass(frozen=True, slots=True)
class GlobalExplanation:
    dataset: str
    people: int  # asked
    of_people: int  # there are
    k: int
    sentence: str
    parts: tuple[ModelPart, ...]  # all facts as one part, largest share first
    relations: tuple[ModelPart, ...]  # the parts of FACTS
    facts: tuple[DrivingFact, ...]
    by_length: tuple[PeopleAlike, ...]  # shortest histories first
    kinds: tuple[PeopleAlike, ...]  # clusters, largest first
    rules: tuple[CommonRule, ...]  # those that hold for most people first
    ms: float
