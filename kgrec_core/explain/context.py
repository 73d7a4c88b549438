"""One history as explainers read it, and what the questions about all items have in common."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import torch
from torch import Tensor

from kgrec_core.data.interactions import FloatArray, IntArray
from kgrec_core.model.histories import Histories, pad
from kgrec_core.model.recommender import Recommender, score_items


@dataclass(frozen=True, eq=False)
class UserContext:
    """One history, with what every item's game needs of it. All in the order of `items`."""

    recommender: Recommender
    items: IntArray  # (events,) item index
    levels: IntArray  # (events,) rating level
    weights: FloatArray  # (events,) 1 for liked, less for disliked

    @cached_property
    def residuals(self) -> Tensor:
        """(events, items): the part of each event in `Linear.residual`; they add up."""
        linear = self.recommender.linear
        weights = torch.from_numpy(self.weights).unsqueeze(1)
        return linear.ridge * weights * linear.precision[torch.from_numpy(self.items)]

    @cached_property
    def residual(self) -> Tensor:
        """(items,) of the whole history."""
        return self.recommender.linear.residual(self._histories.dense(self.recommender.world.items))[0]

    @cached_property
    def profile(self) -> Tensor:
        """(columns,): how much the whole history speaks for each pair of relation and entity."""
        return self.recommender.world.kernel.profile(self.residual.unsqueeze(0))[0]

    @cached_property
    def branches(self) -> Tensor:
        """(items, branches) scores of the branches for every item."""
        return self.recommender.branches(self._histories)[0]

    @cached_property
    @torch.no_grad()
    def scores(self) -> Tensor:
        """(items,) scores of every item; those of the history too."""
        model = self.recommender
        everything = torch.arange(model.world.items)
        return score_items(model.fusion, model.state, self._histories, self.branches.unsqueeze(0), everything)[0]

    @cached_property
    def events(self) -> Tensor:
        """(events, dim) event vectors."""
        return self.recommender.state.events[torch.from_numpy(self.items), torch.from_numpy(self.levels)]

    @cached_property
    def values(self) -> Tensor:
        """(1 + events, dim): what the attention reads, the empty event first."""
        return torch.cat([self.recommender.fusion.empty.detach().unsqueeze(0), self.events])

    @cached_property
    @torch.no_grad()
    def keys(self) -> Tensor:
        """(1 + events, dim): what the attention looks at to choose among `values`."""
        keys: Tensor = self.recommender.fusion.key(self.values)
        return keys

    @property
    def _histories(self) -> Histories:
        return pad([(self.items, self.levels, self.weights)])
