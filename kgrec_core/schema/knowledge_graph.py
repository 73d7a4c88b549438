"""The knowledge graph as people look at it: places, facts, surroundings, influence, numbers, quality."""

from __future__ import annotations

from dataclasses import dataclass

from kgrec_core.schema.cards import ItemCard


@dataclass(frozen=True, slots=True)
class Place:
    """An item or an entity. key: "item:318" or "entity:person:tim robbins", stable, for links."""

    key: str
    label: str
    type: str  # item | person | genre | ...
    facts: int  # in the graph, in all


@dataclass(frozen=True, slots=True)
class Fact:
    head: Place  # an item
    relation: str
    tail: Place


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """facts: those of the centre first · total: neighbours that the centre has, shown or not."""

    centre: Place
    facts: tuple[Fact, ...]
    shown: int  # neighbours of the centre
    total: int
    relations: tuple[tuple[str, int], ...]  # of the centre, with how many facts each, most first


@dataclass(frozen=True, slots=True)
class PlacePath:
    """places: from the start to the end · steps: between each two in a row, the facts that join them."""

    places: tuple[Place, ...]
    steps: tuple[tuple[Fact, ...], ...]
    strength: float  # path degree product: 1 where nothing lies between, lower the more common what lies between is


@dataclass(frozen=True, slots=True)
class FoundPaths:
    start: Place
    end: Place
    paths: tuple[PlacePath, ...]  # best first; none where the two do not hang together, or too loosely
    longest: int  # steps that a path may have


@dataclass(frozen=True, slots=True)
class ChangedList:
    """What one user's list loses and gains without the facts of a place."""

    user: str
    gone: tuple[ItemCard, ...]
    come: tuple[ItemCard, ...]


@dataclass(frozen=True, slots=True)
class Influence:
    place: Place
    k: int  # length of the lists that were compared
    asked: int  # users whose lists were made again
    changes: tuple[ChangedList, ...]  # most different first
    lost: tuple[tuple[ItemCard, int], ...]  # items with the number of lists that they leave, most first


@dataclass(frozen=True, slots=True)
class GraphFinding:
    """ids: of the items, entities or relation that it is about · facts: how many facts it touches."""

    kind: str  # one of graph_quality.KINDS
    subject: str
    detail: str
    advice: str
    ids: tuple[str, ...]
    facts: int


@dataclass(frozen=True, slots=True)
class RelationStatistics:
    """One relation: what is stored of it, and what of that the model reads."""

    relation: str
    stored: int  # facts in the tables
    used: int  # facts that link two items or more, those of the graph
    values: int  # distinct values in the graph
    items: int  # items that have at least one
    commonest: str
    commonest_share: float  # of the items that have the relation, 0 to 1


@dataclass(frozen=True, slots=True)
class GraphStatistics:
    items: int
    entities: int
    facts: int
    stored: int
    facts_per_item: float  # mean
    isolated: int  # items without any fact in the graph
    connected: int  # items in the largest part of the graph that hangs together
    relations: tuple[RelationStatistics, ...]  # most facts first
