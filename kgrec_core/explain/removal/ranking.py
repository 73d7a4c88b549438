"""Who stands where: the whole catalogue scored by the whole model, as it is or with something taken away.

An item that is hidden from the history does not compete for the place that it made free.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
from torch import Tensor

from kgrec_core.data.interactions import FloatArray, IntArray
from kgrec_core.explain.asker_scores import UserContext
from kgrec_core.model.recommender import pad

CELLS = 2**24  # items x events scored at once; the attention over them is the largest array


@dataclass(frozen=True, eq=False)
class Ranking:
    """scores: (items,) of all items · ranked: item indices outside of the history, best first, ties in their order."""

    scores: FloatArray
    ranked: IntArray

    @classmethod
    def of(cls, scores: FloatArray, user: UserContext) -> Ranking:
        order = np.argsort(-scores, kind="stable")
        return cls(scores, order[~np.isin(order, user.items)])

    def rank(self, item: int) -> int:
        """From 1. The item must be outside of the history."""
        return int(self._places[item]) + 1

    def holds(self, item: int) -> bool:
        """Whether the item is ranked; those of the history are not."""
        return bool(self._places[item] >= 0)

    def entering(self, before: Ranking, k: int) -> tuple[int, ...]:
        """Items of the top k that were not in it before, best first."""
        old = set(before.ranked[:k].tolist())
        return tuple(item for item in self.ranked[:k].tolist() if item not in old)

    @cached_property
    def _places(self) -> IntArray:
        places = np.full(len(self.scores), -1, dtype=np.int64)
        places[self.ranked] = np.arange(len(self.ranked))
        return places


def ranking(user: UserContext, hidden: Sequence[int] = ()) -> Ranking:
    """Of all items outside the history, when these places of the history are hidden."""
    if not hidden:
        return Ranking.of(user.scores.numpy(), user)
    kept = np.ones(len(user.items), dtype=bool)
    kept[list(hidden)] = False
    history = (user.items[kept], user.levels[kept], user.weights[kept])
    return Ranking.of(user.scores_of(pad([history]))[0].numpy(), user)


def without_edges(user: UserContext, edges: Sequence[int]) -> UserContext:
    """The same user in a world in which these edge numbers of the graph do not exist."""
    world = user.recommender.world.without_edges(np.array(edges, dtype=np.int64))
    return user.under(replace(user.recommender, world=world))


def ranks_without(user: UserContext, candidate: int, kept: Tensor) -> IntArray:
    """(m,) ranks from 1 of `candidate` when only the events of a row of `kept` (m, events), bool, are read.

    The other candidates are the full catalogue without the whole history: an event that is hidden does not compete
    for the place that it gave. Equal scores keep the order of the catalogue, as in the list of recommendations.
    """
    rivals = np.ones(user.recommender.world.items, dtype=bool)
    rivals[user.items] = False
    rivals[candidate] = False
    batch = max(1, CELLS // (len(rivals) * (len(user.items) + 1)))
    return np.concatenate(
        [_ranks(user, candidate, kept[start : start + batch], rivals) for start in range(0, len(kept), batch)]
    )


def _ranks(user: UserContext, candidate: int, kept: Tensor, rivals: npt.NDArray[np.bool_]) -> IntArray:
    histories = pad([(user.items, user.levels, user.weights)] * len(kept)).keep(kept)
    scores = user.scores_of(histories).numpy()
    own = scores[:, candidate : candidate + 1]
    earlier = np.arange(scores.shape[1]) < candidate
    before = rivals & ((scores > own) | ((scores == own) & earlier))
    counted: IntArray = 1 + before.sum(1).astype(np.int64)
    return counted
