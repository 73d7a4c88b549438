"""Histories as padded batches: the only form in which a user enters the model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor

from kgrec_core.data.interactions import FloatArray, IntArray, Interactions


@dataclass(frozen=True, eq=False)
class Histories:
    """A batch of users. All (batch, length); where mask is False the others are 0."""

    items: Tensor  # item index
    levels: Tensor  # rating level, index into text.documents.LEVELS
    weights: Tensor  # 1 for liked, less for disliked
    mask: Tensor  # bool, True = an event
    ages: Tensor  # places between the event and the latest one; 0 where order is not asked

    def dense(self, items: int) -> Tensor:
        """(batch, items) history weights."""
        out = self.weights.new_zeros(len(self.items), items)
        return out.scatter_add(1, self.items, self.weights * self.mask)

    def recent(self, items: int, half_life: float | None) -> Tensor:
        """(batch, items) history weights that halve every `half_life` places back in time; `dense` where it is None."""
        if half_life is None:
            return self.dense(items)
        out = self.weights.new_zeros(len(self.items), items)
        return out.scatter_add(1, self.items, self.weights * self.mask * 0.5 ** (self.ages / half_life))

    def keep(self, mask: Tensor) -> Histories:
        """The same events with those outside `mask` (batch, length) hidden."""
        kept = self.mask & mask
        return Histories(self.items * kept, self.levels * kept, self.weights * kept, kept, self.ages * kept)

    def as_of(self, mask: Tensor) -> Histories:
        """What was known when the latest event of `mask` (batch, length) was the latest: ages count from there."""
        kept = self.keep(mask)
        newest = self.ages.masked_fill(~kept.mask, torch.inf).amin(1, keepdim=True) if self.ages.numel() else self.ages
        return replace(kept, ages=(self.ages - newest).masked_fill(~kept.mask, 0.0))

    def thin(self, most: int, rng: np.random.Generator) -> Histories:
        """At most `most` random events of each user, (batch, most); the same object where nobody has more."""
        if self.mask.shape[1] <= most:
            return self
        order = torch.from_numpy(rng.random(self.mask.shape, dtype=np.float32)) + self.mask.float()
        rows = order.topk(most, 1).indices
        return Histories(
            *(part.gather(1, rows) for part in (self.items, self.levels, self.weights, self.mask, self.ages))
        )


def pad(events: Sequence[tuple[IntArray, IntArray, FloatArray]], ages: Sequence[FloatArray] = ()) -> Histories:
    """A batch from one (items, levels, weights) per user; each (events,). ages: the same; all 0 without."""
    length = max((len(items) for items, _, _ in events), default=0)
    shape = (len(events), length)
    items, levels = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    weights, mask = np.zeros(shape, np.float32), np.zeros(shape, bool)
    for row, (item, level, weight) in enumerate(events):
        items[row, : len(item)], levels[row, : len(item)] = item, level
        weights[row, : len(item)], mask[row, : len(item)] = weight, True
    old = np.zeros(shape, np.float32)
    for row, age in enumerate(ages):
        old[row, : len(age)] = age
    return Histories(*(torch.from_numpy(array) for array in (items, levels, weights, mask, old)))


def of_users(
    data: Interactions, levels: IntArray, weights: FloatArray, ages: FloatArray, users: Sequence[int]
) -> Histories:
    """Padded histories of `users`; levels, weights and ages are parallel to `data`."""
    rows = [data.rows_of_user(user) for user in users]
    return pad([(data.items[row], levels[row], weights[row]) for row in rows], [ages[row] for row in rows])


def empty() -> Histories:
    """One user of whom nothing is known."""
    return pad([(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.float32))])
