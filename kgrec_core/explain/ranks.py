"""The rank of an item when parts of the history are hidden: all items scored again by the whole model."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from torch import Tensor

from kgrec_core.data.interactions import IntArray
from kgrec_core.explain.context import UserContext
from kgrec_core.model.histories import pad

CELLS = 2**24  # items x events scored at once; the attention over them is the largest array


def ranks(user: UserContext, candidate: int, kept: Tensor) -> IntArray:
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
