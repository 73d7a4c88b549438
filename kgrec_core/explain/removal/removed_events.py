"""Exact scores of chosen items for many forms of one history, in which some events are hidden.

Branch scores are linear in the history, the prior counts its events, and attention over fewer events is the same
attention with the hidden weights left out of its sum; so what each event adds is computed once, and a shortened history
is a sum over what is kept. Only the MLP is run anew. The scores are those of `Recommender.scores`, up to rounding.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import torch
from torch import Tensor

from kgrec_core.explain.asker_scores import UserContext

CELLS = 4_000_000  # floats of one batch of sums; more is slower, for it leaves the cache


@dataclass(frozen=True, eq=False)
class HistoryRescorer:
    """Scores of some items when some of `places` are hidden; other events of the history always stay.

    places: (n,) places in the history that may be hidden · items: (c,) item indices
    """

    user: UserContext
    places: Tensor
    items: Tensor

    @torch.no_grad()
    def scores(self, hidden: Tensor) -> Tensor:
        """(m, n) bool, True = hidden -> (m, c) scores."""
        rows = max(CELLS // max(self._parts.shape[1], 1), 1)
        batches = [hidden[start : start + rows] for start in range(0, len(hidden), rows)]
        return torch.cat([self._scores(batch) for batch in batches or [hidden]])

    def _scores(self, hidden: Tensor) -> Tensor:
        kept = torch.cat([torch.ones(len(hidden), 1), (~hidden).float()], 1)
        width = self._parts.shape[1] // len(self.items)
        sums = (kept @ self._parts).view(len(hidden), len(self.items), width)
        count = len(self.user.recommender.columns.names)
        users = sums[..., count:-1] / sums[..., -1:]
        known = len(self.user.items) - hidden.sum(1, keepdim=True)
        return self.user.score(self.items, users, sums[..., :count], known=known)

    @cached_property
    def _vectors(self) -> Tensor:
        return self.user.recommender.state.vectors[self.items]

    @cached_property
    @torch.no_grad()
    def _parts(self) -> Tensor:
        """(1 + n, c * (branches + dim + 1)): what the events that always stay add, then what each place adds.

        Of each item: its branch scores, the numerator of its user vector, and the denominator.
        """
        adds = self.user.contributions(self.items.numpy(), self.places).branches
        own = torch.cat([adds, self._attended(self.places + 1)], 2)
        stays = torch.ones(len(self.user.items), dtype=torch.bool)
        stays[self.places] = False
        words = 1 + torch.arange(len(stays), len(self.user.read))  # never hidden
        first = torch.zeros(1, dtype=torch.int64)
        always = self._attended(torch.cat([first, 1 + stays.nonzero().squeeze(1), words])).sum(0)
        rest = torch.cat([self._sum_of_branches(stays), always], 1)
        return torch.cat([rest.unsqueeze(0), own]).flatten(1)

    def _sum_of_branches(self, stays: Tensor) -> Tensor:
        """(c, branches) of all events that stay."""
        return self.user.branches_of(torch.from_numpy(self.user.weights) * stays)[self.items]

    def _attended(self, columns: Tensor) -> Tensor:
        """(n, c, dim + 1): weighted event vectors and the weights; column 0 is the empty event."""
        weights, values = self._attention
        chosen = weights[:, columns].T.unsqueeze(2)
        return torch.cat([chosen * values[columns].unsqueeze(1), chosen], 2)

    @cached_property
    def _attention(self) -> tuple[Tensor, Tensor]:
        """(c, 1 + events) attention of the whole history, and (1 + events, dim) what it reads; words count last."""
        fusion, read = self.user.recommender.fusion, self.user.read
        events = read.unsqueeze(0)
        vectors = self._vectors.unsqueeze(0)
        everything = torch.ones(1, 1, events.shape[1], dtype=torch.bool)
        _, weights = fusion.attend(vectors, events, everything)
        empty, _ = fusion.attend(vectors[:, :1], events, ~everything)  # attention to nothing is the empty event
        return weights[0], torch.cat([empty[0], read])
