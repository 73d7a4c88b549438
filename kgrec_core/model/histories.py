"""Histories as padded batches: the only form in which a user enters the model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from kgrec_core.data.interactions import FloatArray, IntArray, Interactions


@dataclass(frozen=True, eq=False)
class Histories:
    """A batch of users. All (batch, length); where mask is False the other three are 0."""

    items: Tensor  # item index
    levels: Tensor  # rating level, index into text.documents.LEVELS
    weights: Tensor  # 1 for liked, less for disliked
    mask: Tensor  # bool, True = an event

    def dense(self, items: int) -> Tensor:
        """(batch, items) history weights."""
        out = self.weights.new_zeros(len(self.items), items)
        return out.scatter_add(1, self.items, self.weights * self.mask)

    def keep(self, mask: Tensor) -> Histories:
        """The same events with those outside `mask` (batch, length) hidden."""
        kept = self.mask & mask
        return Histories(self.items * kept, self.levels * kept, self.weights * kept, kept)

    def thin(self, most: int, rng: np.random.Generator) -> Histories:
        """At most `most` random events of each user, (batch, most); the same object where nobody has more."""
        if self.mask.shape[1] <= most:
            return self
        order = torch.from_numpy(rng.random(self.mask.shape, dtype=np.float32)) + self.mask.float()
        rows = order.topk(most, 1).indices
        return Histories(*(part.gather(1, rows) for part in (self.items, self.levels, self.weights, self.mask)))


def pad(events: Sequence[tuple[IntArray, IntArray, FloatArray]]) -> Histories:
    """A batch from one (items, levels, weights) per user; each (events,)."""
    length = max((len(items) for items, _, _ in events), default=0)
    shape = (len(events), length)
    items, levels = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    weights, mask = np.zeros(shape, np.float32), np.zeros(shape, bool)
    for row, (item, level, weight) in enumerate(events):
        items[row, : len(item)], levels[row, : len(item)] = item, level
        weights[row, : len(item)], mask[row, : len(item)] = weight, True
    return Histories(*(torch.from_numpy(array) for array in (items, levels, weights, mask)))


def of_users(data: Interactions, levels: IntArray, weights: FloatArray, users: Sequence[int]) -> Histories:
    """Padded histories of `users`; levels and weights are parallel to `data`."""
    rows = [data.rows_of_user(user) for user in users]
    return pad([(data.items[row], levels[row], weights[row]) for row in rows])
