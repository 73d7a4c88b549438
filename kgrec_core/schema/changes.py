"""What "what if?" asks, and the answers to it and to "why not this one?"; frozen, scores as in `explanation`."""

from __future__ import annotations

from dataclasses import dataclass

from kgrec_core.schema.asker import ids
from kgrec_core.schema.cards import ItemCard
from kgrec_core.schema.explanation import Edge


@dataclass(frozen=True, slots=True)
class Change:
    """What is different for one who asks; by default nothing. Lists are kept as tuples, ids as texts.

    Raises ConfigError for what is no list of ids.
    """

    without_items: tuple[str, ...] = ()  # ids, of the history
    without_edges: tuple[Edge, ...] = ()  # facts of the graph
    add_items: tuple[str, ...] = ()  # ids, liked as well
    without_request: bool = False  # what they typed counts for nothing

    def __post_init__(self) -> None:
        object.__setattr__(self, "without_items", ids(self.without_items, "without_items"))
        object.__setattr__(self, "without_edges", tuple(self.without_edges))
        object.__setattr__(self, "add_items", ids(self.add_items, "add_items"))

    def __bool__(self) -> bool:
        """Whether anything is different."""
        return bool(self.without_items or self.without_edges or self.add_items or self.without_request)


@dataclass(frozen=True, slots=True)
class Difference:
    """One cause, and how much the score of each item falls when it is taken away."""

    name: str  # stable id, e.g. "history:318" or "branch:text"
    label: str
    item: float  # of the item asked for
    rival: float  # of the item at place k

    @property
    def gap(self) -> float:
        """Above zero where the cause speaks more for the rival."""
        return self.rival - self.item


@dataclass(frozen=True, slots=True)
class WhyNot:
    """What keeps an item out of the top k, and the fewest likes that were found to bring it in.

    status: found (`add` brings it in, checked by the whole model) | none found | in the list already | in the history
    """

    dataset: str
    user: str
    item: ItemCard
    k: int
    status: str  # found | none | listed | history
    rank: int | None  # None for an item of the history
    score: float
    rival: ItemCard | None  # the item at place k
    lacking: float  # score of the rival minus that of the item
    branches: tuple[Difference, ...]
    causes: tuple[Difference, ...]  # history items, largest gap in absolute value first
    add: tuple[ItemCard, ...]
    new_rank: int | None
    minimal: bool | None  # True: no smaller addition works; False: not proven; None: nothing found
    tried: int  # items whose addition was re-scored
    sentence: str  # the answer in words
    ms: float


@dataclass(frozen=True, slots=True)
class Moved:
    """One place of the list after a change."""

    rank: int
    item: ItemCard
    score: float
    rank_before: int | None  # None where the item was in the history
    score_before: float


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The list after a change, and what became of one item. Items that are hidden from the history are not listed."""

    dataset: str
    user: str
    items: tuple[Moved, ...]
    item: Moved | None  # the item that was asked about; None without one, or when it is in the history
    entering: tuple[ItemCard, ...]
    leaving: tuple[ItemCard, ...]
    ms: float
