"""Who stands where: the whole catalogue scored by the whole model, as it is or with something taken away.

An item that is hidden from the history does not compete for the place that it made free, as in `ranks`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from kgrec_core.data.interactions import FloatArray, IntArray
from kgrec_core.explain.context import UserContext
from kgrec_core.model.histories import pad


@dataclass(frozen=True, eq=False)
class Standing:
    """scores: (items,) of all items · ranked: item indices outside of the history, best first, ties in their order."""

    scores: FloatArray
    ranked: IntArray

    @classmethod
    def of(cls, scores: FloatArray, user: UserContext) -> Standing:
        order = np.argsort(-scores, kind="stable")
        return cls(scores, order[~np.isin(order, user.items)])

    def rank(self, item: int) -> int:
        """From 1. The item must be outside of the history."""
        return int(self._places[item]) + 1

    def holds(self, item: int) -> bool:
        """Whether the item is ranked; those of the history are not."""
        return bool(self._places[item] >= 0)

    def entering(self, before: Standing, k: int) -> tuple[int, ...]:
        """Items of the top k that were not in it before, best first."""
        old = set(before.ranked[:k].tolist())
        return tuple(item for item in self.ranked[:k].tolist() if item not in old)

    @cached_property
    def _places(self) -> IntArray:
        places = np.full(len(self.scores), -1, dtype=np.int64)
        places[self.ranked] = np.arange(len(self.ranked))
        return places


def standing(user: UserContext, hidden: Sequence[int] = ()) -> Standing:
    """Of all items outside the history, when these places of the history are hidden."""
    if not hidden:
        return Standing.of(user.scores.numpy(), user)
    kept = np.ones(len(user.items), dtype=bool)
    kept[list(hidden)] = False
    history = (user.items[kept], user.levels[kept], user.weights[kept])
    return Standing.of(user.scores_of(pad([history]))[0].numpy(), user)


def without_edges(user: UserContext, edges: Sequence[int]) -> UserContext:
    """The same user in a world in which these edge numbers of the graph do not exist."""
    world = user.recommender.world.without_edges(np.array(edges, dtype=np.int64))
    return user.under(replace(user.recommender, world=world))
