"""What a person needs to recognise an item, a user, an event or a data set; people to start from, and whom an item
is for.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ItemCard:
    """What a person needs to recognise an item."""

    item_id: str
    title: str
    year: int | None
    tags: tuple[str, ...]  # a few words of what it is, e.g. genres


@dataclass(frozen=True, slots=True)
class Event:
    """One interaction of the user's history, newest first in lists."""

    item: ItemCard
    value: float | None  # rating, plays, ...; None when the data have no values
    liked: bool


@dataclass(frozen=True, slots=True)
class UserCard:
    """One user to pick: history size and what they are known by."""

    user_id: str
    label: str  # "Viewer 15"
    events: int
    liked: int
    taste: str  # "mostly Drama, Crime", from facts of liked items; else "such as" two of them


@dataclass(frozen=True, slots=True)
class DatasetCard:
    """What a data set is, for the page where it is chosen."""

    name: str
    title: str
    domain: str
    users: int
    items: int
    interactions: int
    positives: int
    triples: int
    entities: int
    relations: tuple[str, ...]
    sources: tuple[str, ...]  # one line each: what, from where, licence
    prepared: bool
    description: str = ""  # one or two sentences; known before anything is prepared, as the sources are
    events: str = "interactions"  # what they are called: ratings, plays, clicks
    trouble: str = ""  # what is broken, and how to mend it
    newer: str = ""  # what was added since the model was trained, which it reads or not
    stale: str = ""  # that the model is older than its data, and what to do
    item: str = ""  # what one of the items is called: film, recipe
    reading: str = ""  # how texts were read that the language model cannot read; "" where it can


@dataclass(frozen=True, slots=True)
class Recorded:
    """What is known of each event of a data set. highest: of all grades; None where events are not graded."""

    dated: bool
    highest: float | None


@dataclass(frozen=True, slots=True)
class Persona:
    """kind: "fan", "eclectic" or "newcomer" · words: what tells them apart, counted · liked: some of their items."""

    kind: str
    title: str
    user: UserCard
    words: str
    liked: tuple[ItemCard, ...]


@dataclass(frozen=True, slots=True)
class Audience:
    """Who a new item is for, found from its text and facts alone.

    used, unknown: facts as "relation: value"; no other item has an unknown one, so the model cannot use it
    """

    title: str
    used: tuple[str, ...]
    unknown: tuple[str, ...]
    asked: int  # users
    in_lists: int  # users in whose first `k` it would stand
    k: int
    users: tuple[tuple[UserCard, int], ...]  # with its rank on their list, best first
