"""All that the model reads off the interactions of others without training."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from kgrec_core.model.linear import Linear

COLLABORATIVE, SEQUENCE = "collaborative", "sequence"


@dataclass(frozen=True, eq=False)
class EventBranch:
    """What an event says of every other item by itself, needing no fact and no text of it.

    weights: (items, items), zero diagonal; row = the event's item · fades: whether older events count less where order
    is asked
    """

    name: str
    weights: Tensor
    fades: bool = False


@dataclass(frozen=True, eq=False)
class ClosedForm(Linear):
    """more: event branches beside the collaborative one, whose weights are those of `Linear`.

    popularity: (items,) log(1 + how much people liked it), in standard deviations from the mean item · recency:
    half-life in places of an event's weight in branches that fade; None = order is not asked
    """

    more: tuple[EventBranch, ...]
    popularity: Tensor
    recency: float | None

    @property
    def event_branches(self) -> tuple[EventBranch, ...]:
        """In the order of their columns (`branches.Columns`)."""
        return EventBranch(COLLABORATIVE, self.weights), *self.more


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
