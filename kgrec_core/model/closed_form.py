"""All that the model reads off the interactions of others without training."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from kgrec_core.model.linear import Linear, through


@dataclass(frozen=True, eq=False)
class ClosedForm(Linear):
    sequence: Tensor  # (items, items), zero diagonal
    popularity: Tensor  # (items,) log(1 + how much people liked it), in standard deviations from the mean item
    recency: float | None  # half-life in places of an event's weight in the sequence branch; None = order is not asked

    def sequential(self, recent: Tensor) -> Tensor:
        """(batch, items) history weights, less for older events -> (batch, items) scores."""
        return through(recent, self.sequence)


def fit_popularity(targets: Tensor) -> Tensor:
    """(users, items) targets -> (items,) `ClosedForm.popularity`; all 0 where every item is as popular as the other.

    0 also for what nobody met: how popular it will be is not known.
    """
    counts = torch.log1p(targets.sum(0))
    met = counts > 0
    spread = counts[met].std(correction=0) if bool(met.any()) else torch.zeros(())
    if not float(spread) > 1e-6:
        return torch.zeros_like(counts)
    return torch.where(met, (counts - counts[met].mean()) / spread, 0.0)
