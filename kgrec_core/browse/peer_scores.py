"""How models beside ours rank all items for one person, fitted to the interactions that lists are made from.

EASE and popularity read likes alone: no dislike, no fact, no text and no request.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import torch
from torch import Tensor

from kgrec_core.data.interactions import FloatArray
from kgrec_core.evaluate.baselines import RIDGES, ease_scores
from kgrec_core.evaluate.protocol import answers_of_validation, likes, split_by
from kgrec_core.evaluate.tuning import validation_ndcg
from kgrec_core.explain.asker_scores import UserContext
from kgrec_core.model.inputs import Inputs
from kgrec_core.model.linear import fit_linear

TUNED_UP_TO = 4_000  # items; with more of them one ridge is taken, for each that is tried costs a solution of its own
USUAL_RIDGE = 200.0


@dataclass(frozen=True, eq=False)
class PeerScores:
    """Made once for a data set; each peer is fitted when it is first asked."""

    inputs: Inputs

    def ease(self, user: UserContext) -> FloatArray:
        """(items,) scores of EASE."""
        liked = torch.from_numpy(user.items[user.weights == 1])
        scores: FloatArray = self._weights[liked].sum(0).numpy()
        return scores

    def strongest(self, user: UserContext, item: int) -> tuple[int, float] | None:
        """The liked item that adds most to the EASE score of `item`, and how much; None for who liked nothing."""
        liked = torch.from_numpy(user.items[user.weights == 1])
        if not len(liked):
            return None
        adds = self._weights[liked, item]
        best = int(adds.argmax())
        return int(liked[best]), float(adds[best])

    def popularity(self) -> FloatArray:
        """(items,) how many people liked each item."""
        counts: FloatArray = self._likes.sum(0).numpy()
        return counts

    def likeness(self, user: UserContext) -> FloatArray:
        """(users,) what somebody and each user both like, as a share of all that either likes (Jaccard)."""
        own = torch.zeros(self.inputs.graph.items)
        own[torch.from_numpy(user.items[user.weights == 1])] = 1.0
        both = self._likes @ own
        shares: FloatArray = (both / (self._likes.sum(1) + own.sum() - both).clamp(min=1)).numpy()
        return shares

    @cached_property
    def ridge(self) -> float:
        """Of EASE, the one of RIDGES that is best on the validation part of a random split."""
        if self.inputs.graph.items > TUNED_UP_TO:
            return USUAL_RIDGE
        split = split_by("random", self.inputs.interactions, 0)
        known, answers = likes(self.inputs, split.train), answers_of_validation(self.inputs, split)
        return max(RIDGES, key=lambda ridge: validation_ndcg(ease_scores(known, ridge), answers))

    @cached_property
    def _weights(self) -> Tensor:
        """(items, items) of EASE."""
        return fit_linear(self._likes, self._likes, self.ridge).weights

    @cached_property
    def _likes(self) -> Tensor:
        """(users, items): 1 for what is liked."""
        return likes(self.inputs, self.inputs.interactions)
