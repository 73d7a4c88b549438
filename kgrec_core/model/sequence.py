"""The sequence branch: what people met near an item in time, counted, not trained.

Places count the events of one user in order of time. With history weights x and targets y (as in `linear`), the pair
(i, j) counts x_i y_j 0.5^((|d| - 1) / near) for each user who met both, d places apart; one time is one place.
Where what comes next is asked (`recency` is given), only the later of the two counts as a target. A row is divided by
its sum and a column by a power of its sum, for what is near to everything says little:
S_ij = C_ij / (sum_j C_ij + smoothing) / (sum_i C_ij)^popularity_power. It is the first-order transition model of
sequential recommendation (a Markov chain as in Rendle et al. 2010, section 4), with a window in place of one step.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import torch
from torch import Tensor

from kgrec_core.config import ModelConfig
from kgrec_core.data.interactions import FloatArray, Interactions

_WINDOW = 5  # half-lives; pairs further apart would count less than 1/32


def places(data: Interactions) -> FloatArray:
    """(len(data),) place of each event among those of its user, 0 the earliest; events of one time share the middle."""
    ranks = pd.Series(data.timestamps).groupby(data.users).rank(method="average")
    return (ranks.to_numpy() - 1).astype(np.float32)


def ages(data: Interactions) -> FloatArray:
    """(len(data),) places between each event and the latest of its user."""
    place = pd.Series(places(data))
    return (place.groupby(data.users).transform("max") - place).to_numpy(dtype=np.float32)


def fit_sequence(
    data: Interactions, weights: FloatArray, targets: FloatArray, items: int, model: ModelConfig
) -> Tensor:
    """(items, items) S of these interactions; weights, targets: parallel to `data`. 0 where no time is known."""
    counts = np.zeros((items, items), dtype=np.float32)
    known = np.flatnonzero(data.timestamps > 0)
    if not len(known) or model.near == 0:
        return torch.from_numpy(counts)
    data, weights, targets = data.select(known), weights[known], targets[known]
    place = places(data)
    order = np.lexsort((data.items, place, data.users))
    for step in range(1, int(_WINDOW * model.near) + 1):
        first, second = order[:-step], order[step:]
        same = data.users[first] == data.users[second]
        if not same.any():
            break
        first, second = first[same], second[same]
        apart = place[second] - place[first]
        share = np.float32(0.5) ** (np.maximum(apart - 1, 0) / np.float32(model.near))
        np.add.at(counts, (data.items[first], data.items[second]), weights[first] * targets[second] * share)
        back = share if model.recency is None else share * (apart == 0)
        np.add.at(counts, (data.items[second], data.items[first]), weights[second] * targets[first] * back)
    np.fill_diagonal(counts, 0)
    rows = counts.sum(1, keepdims=True) + np.float32(model.sequence_smoothing)
    columns = np.maximum(counts.sum(0), 1) ** np.float32(model.popularity_power)
    counts /= rows
    counts /= columns
    return torch.from_numpy(counts)
