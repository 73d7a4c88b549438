"""Two things side by side: two lists, the likes of two people, one item for two people, two items for one; frozen
answers, scores as in `explanation`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kgrec_core.schema.cards import ItemCard
from kgrec_core.schema.explanation import Explanation

OURS, EASE, POPULARITY, NO_GRAPH = "ours", "ease", "popularity", "ours-no-graph"
MODELS: Mapping[str, str] = MappingProxyType(
    {OURS: "Ours", NO_GRAPH: "Ours without the graph", EASE: "EASE", POPULARITY: "Popularity"}
)
"""Whose lists can be compared, with what people call them."""


@dataclass(frozen=True, slots=True)
class ComparedPlace:
    """One place of a list beside another list."""

    rank: int  # from 1
    item: ItemCard
    score: float
    other_rank: int | None  # where the other ranks it among all items; None for an item of the other's history
    on_both: bool  # whether it is among the first k of the other too

    @property
    def moved(self) -> int | None:
        """Places that it stands higher here than on the other list, below 0 where lower; None where it is only here."""
        return self.other_rank - self.rank if self.on_both and self.other_rank is not None else None


@dataclass(frozen=True, slots=True)
class ComparedList:
    """name: id of a user, of a model, or what a visitor is called · label: for people"""

    name: str
    label: str
    places: tuple[ComparedPlace, ...]


@dataclass(frozen=True, slots=True)
class ComparedLists:
    """The first `k` of two lists; user: whom both are for, "" where they are for two people."""

    dataset: str
    user: str
    k: int
    first: ComparedList
    second: ComparedList
    sentence: str  # how much they have in common
    ms: float = 0.0

    @property
    def on_both(self) -> int:
        """How many items both lists have."""
        return sum(place.on_both for place in self.first.places)


@dataclass(frozen=True, slots=True)
class ComparedPeople:
    """Two people: their lists and what they liked.

    shared: both liked it, what fewest others liked first · first_alone, second_alone: liked by the one and not by the
    other, best known first
    """

    lists: ComparedLists
    shared: tuple[ItemCard, ...]
    first_alone: tuple[ItemCard, ...]
    second_alone: tuple[ItemCard, ...]
    sentence: str  # how much their likes have in common


@dataclass(frozen=True, slots=True)
class ComparedItem:
    """Where two models rank one item for one person, and what each has for it. An item of the history is judged as if
    it were new; model: the other one, of MODELS
    """

    dataset: str
    user: str
    item: ItemCard
    model: str
    rank: int  # by ours
    other_rank: int  # by the other model
    sentence: str
    ms: float = 0.0


@dataclass(frozen=True, slots=True)
class AlignedCause:
    """One cause in two scores, its SHAP value in each; None where it is none there."""

    name: str  # stable id, as `Attribution.player`
    kind: str  # as `Attribution.kind`; base for what is left without any cause
    label: str
    first: float | None
    second: float | None

    @property
    def difference(self) -> float:
        """How much more it adds to the first score."""
        return (self.first or 0.0) - (self.second or 0.0)


@dataclass(frozen=True, slots=True)
class ComparedReasons:
    """One item for two people. Both explanations are whole, without rules and counterfactuals.

    causes: all of both, the base among them, largest absolute difference first: each side sums to its score
    """

    dataset: str
    item: ItemCard
    labels: tuple[str, str]  # of the two people
    first: Explanation
    second: Explanation
    causes: tuple[AlignedCause, ...]
    sentence: str  # where it stands for each, and what adds most there
    ms: float = 0.0


@dataclass(frozen=True, slots=True)
class NamedDifference:
    """A cause that is named, and what is left of the gap when the model is asked without it."""

    cause: AlignedCause
    gap_without: float


@dataclass(frozen=True, slots=True)
class WhyAbove:
    """Why one item stands above another for one person.

    causes: all of both scores, the base among them, largest absolute difference first: their differences sum to `gap` ·
    named: those that make most of the gap, each shown by the model to do so: without it the gap is smaller, or turns ·
    gap_without_named: when the model is asked without all of them at once; below 0 where the other item is ahead then
    """

    dataset: str
    user: str
    label: str
    above: ItemCard
    below: ItemCard
    rank_above: int
    rank_below: int
    score_above: float
    score_below: float
    causes: tuple[AlignedCause, ...]
    named: tuple[NamedDifference, ...]
    gap_without_named: float
    sentence: str
    confirmation: str  # what the model says without the named causes; "" where none is named
    ms: float = 0.0

    @property
    def gap(self) -> float:
        return self.score_above - self.score_below

    @property
    def rest(self) -> float:
        """What all causes add to the gap that are not named."""
        return self.gap - sum(each.cause.difference for each in self.named)


Comparison = ComparedPeople | ComparedLists | ComparedItem | ComparedReasons | WhyAbove
