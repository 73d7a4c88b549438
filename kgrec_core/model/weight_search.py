"""Weights of branches that rank best, where the likeliest ones are not those: the softmax of calibration counts every
place of the catalogue, a list only the first ten.

One weight after the other is made larger or smaller, and stays so where NDCG@10 of the questions gains (coordinate
ascent, as Metzler and Croft 2007 tune linear rankers); the steps get smaller. The questions are people of training who
are asked for hidden likes by a closed form that has not seen them, and the validation part.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from kgrec_core.model.metrics import ranking_metrics
from kgrec_core.model.network import Fusion, Parts

CELLS = 60_000_000  # branch scores of all questions together that are in memory: 240 MB
_STEPS = ((0.5, 2.0), (0.7, 1.4), (0.85, 1.18))  # by what a weight is multiplied, pass by pass


@dataclass(frozen=True, eq=False)
class RankedQuestion:
    """branches: (users, items, branches) · popularity: (items,), as in `ClosedForm` · known: (users, 1) events ·
    seen, relevant: (users, items) bool
    """

    branches: Tensor
    popularity: Tensor
    known: Tensor
    seen: npt.NDArray[np.bool_]
    relevant: npt.NDArray[np.bool_]


@torch.no_grad()
def search_weights(fusion: Fusion, questions: Sequence[RankedQuestion]) -> None:
    """Sets `fusion.log_weight`; the network is silent yet."""
    asked = [each for each in questions if bool((each.relevant & ~each.seen).any())]
    if not asked:
        return
    scores = [_scores(fusion, each) for each in asked]
    best = _quality(scores, asked)
    for steps in _STEPS:
        for branch in range(len(fusion.log_weight)):
            for step in steps:
                tried = [old + _change(fusion, each, branch, step) for old, each in zip(scores, asked, strict=True)]
                quality = _quality(tried, asked)
                if quality > best:
                    best, scores = quality, tried
                    fusion.log_weight[branch] += float(np.log(step))
                    break


def _scores(fusion: Fusion, question: RankedQuestion) -> Tensor:
    """(users, items)"""
    nothing = torch.zeros(())
    parts = Parts(nothing, nothing, question.branches, question.popularity, question.known)
    return fusion.closed(parts) + fusion.prior(parts.popularity, parts.known)


def _change(fusion: Fusion, question: RankedQuestion, branch: int, step: float) -> Tensor:
    """(users, items): by what the scores change when the weight of a branch is multiplied."""
    more = torch.zeros_like(fusion.log_weight)
    more[branch] = (step - 1) * fusion.log_weight[branch].exp()
    return question.branches @ fusion.raw(more) * (1 - fusion.fade(question.known))


def _quality(scores: Sequence[Tensor], questions: Sequence[RankedQuestion]) -> float:
    """NDCG@10, mean over all users."""
    found = [
        ranking_metrics(each.numpy(), question.seen, question.relevant).ndcg_10
        for each, question in zip(scores, questions, strict=True)
    ]
    return float(np.concatenate(found).mean())
