"""What people did, in words and in order, and pairs of it: what came next, and what did not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kgrec_core.data.catalog import Catalog
from kgrec_core.data.interactions import IntArray, Interactions
from kgrec_core.domain import LEVELS, event_level
from kgrec_core.text.documents import level_document

_REDRAWS = 20  # of an event that the same person met too


@dataclass(frozen=True, eq=False)
class Behaviour:
    """documents: one for each (item, rating level) that occurs · events, people: parallel, rows of `documents` grouped
    by person, each person's in the order in which they were met.
    """

    documents: tuple[str, ...]
    events: IntArray
    people: IntArray


@dataclass(frozen=True, eq=False)
class Pairs:
    """Parallel: rows of `Behaviour.documents`, and whether the second event came after the first, 1 or 0."""

    first: IntArray
    second: IntArray
    follows: IntArray

    def __len__(self) -> int:
        return len(self.follows)


def read_behaviour(catalog: Catalog, part: Interactions, rng: np.random.Generator) -> Behaviour:
    """The events of `part`, interactions of the catalog, and of nothing else.

    What one person did at one time is in random order; so is all they did where no time is known.
    """
    distinct, where = np.unique(part.values, return_inverse=True)
    levels = np.array([event_level(float(value), catalog.domain) for value in distinct], dtype=np.int64)[where]
    order = np.lexsort((rng.random(len(part)), part.timestamps, part.users))
    met, events = np.unique((part.items * len(LEVELS) + levels)[order], return_inverse=True)
    rows = catalog.item_rows()
    documents = tuple(level_document(rows[key // len(LEVELS)], key % len(LEVELS), catalog.domain) for key in met)
    return Behaviour(documents, events.astype(np.int64), part.users[order])


def pairs_of(behaviour: Behaviour, people: IntArray, most: int, rng: np.random.Generator) -> Pairs:
    """At most `most` pairs of events of `people`, half of them true.

    Each first event comes twice: with the event that came after it, and with one of anybody that its person never met.
    The latter is drawn by how often it occurs, so that how popular the second one is tells nothing.
    """
    chosen = np.isin(behaviour.people, people)
    events, owners = behaviour.events[chosen], behaviour.people[chosen]
    starts = rng.permutation(np.flatnonzero(owners[:-1] == owners[1:]))[: most // 2]
    other, found = _never_met(behaviour, owners[starts], rng)
    starts, other = starts[found], other[found]
    first, second = events[starts], events[starts + 1]
    follows = np.repeat(np.array([1, 0], dtype=np.int64), len(starts))
    return Pairs(np.concatenate([first, first]), np.concatenate([second, other]), follows)


def _never_met(
    behaviour: Behaviour, owners: IntArray, rng: np.random.Generator
) -> tuple[IntArray, npt.NDArray[np.bool_]]:
    """An event for each owner that they did not meet, and whether one was found; both (len(owners),)."""
    size = len(behaviour.documents)
    met = np.unique(behaviour.people * size + behaviour.events)
    drawn, missing = np.zeros(len(owners), dtype=np.int64), np.ones(len(owners), dtype=bool)
    for _ in range(_REDRAWS):
        drawn[missing] = rng.choice(behaviour.events, int(missing.sum()))
        missing = np.isin(owners * size + drawn, met)
    return drawn, ~missing
