"""Weights of branches that rank best, where the likeliest ones are not those: the softmax of calibration counts every
place of the catalogue, a list only the first ten.

One weight after the other is made larger or smaller, and stays so where NDCG@10 of the questions gains (coordinate
ascent, as Metzler and Croft 2007 tune linear rankers); the steps get smaller. The weight of what is expected of items
that nobody met, of popularity, and those of who is new are weights like others. The questions are those of
`honest_questions`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from kgrec_core.model.metrics import ndcg_of
from kgrec_core.model.network import Fusion, Parts

CELLS = 90_000_000  # branch scores of all questions together that are in memory: 360 MB
_STEPS = ((0.5, 2.0), (0.7, 1.4), (0.85, 1.18))  # by what a weight is multiplied, pass by pass
_PLACES = 10


@dataclass(frozen=True, eq=False)
class RankedQuestion:
    """branches: (users, items, branches) · popularity: (items,), as in `ClosedForm` · known: (users, 1) events ·
    seen, relevant: (users, items) bool, no item both; what is seen is no candidate
    """

    branches: Tensor
    popularity: Tensor
    known: Tensor
    seen: Tensor
    relevant: Tensor


@dataclass(frozen=True, eq=False)
class _Weight:
    """One weight of the sum. adds: (users, items), what it adds to the scores of a question as it is"""

    multiply: Callable[[float], None]
    adds: Callable[[RankedQuestion], Tensor]


@torch.no_grad()
def search_weights(fusion: Fusion, usual: Sequence[RankedQuestion], few: Sequence[RankedQuestion]) -> None:
    """Sets the weights of branches by `usual`, then those of who is new and of popularity by all questions.

    few: questions to people of whom little is known. The network is silent yet.
    """
    _search(fusion, _usual_weights(fusion), usual)
    _search(fusion, _weights_of_new(fusion), [*usual, *few])


def _search(fusion: Fusion, weights: Sequence[_Weight], questions: Sequence[RankedQuestion]) -> None:
    asked = [each for each in questions if bool(each.relevant.any())]
    if not asked:
        return
    scores = [_scores(fusion, each) for each in asked]
    best = _quality(scores, asked)
    for steps, weight in product(_STEPS, weights):
        adds = [weight.adds(each) for each in asked]
        for step in steps:
            tried = [old + (step - 1) * added for old, added in zip(scores, adds, strict=True)]
            quality = _quality(tried, asked)
            if quality > best:
                best, scores = quality, tried
                weight.multiply(step)
                break


def _usual_weights(fusion: Fusion) -> list[_Weight]:
    """Of each branch, and of what is expected of items that nobody met."""
    expected = _Weight(lambda step: _multiply(fusion.expected, step), lambda each: _of_expected(fusion, each))
    return [*_of_branches(fusion, fusion.log_weight, lambda known: 1 - fusion.fade(known)), expected]


def _weights_of_new(fusion: Fusion) -> list[_Weight]:
    """Of each branch for who is new, and of popularity."""
    prior = _Weight(
        lambda step: _multiply_log(fusion.log_prior, step), lambda each: fusion.prior(each.popularity, each.known)
    )
    return [*_of_branches(fusion, fusion.log_first, fusion.fade), prior]


def _of_branches(fusion: Fusion, log_weight: Tensor, share: Callable[[Tensor], Tensor]) -> list[_Weight]:
    return [_of_branch(fusion, log_weight, branch, share) for branch in range(len(log_weight))]


def _of_branch(fusion: Fusion, log_weight: Tensor, branch: int, share: Callable[[Tensor], Tensor]) -> _Weight:
    """share: how much a weight counts where so many events are known."""

    def adds(question: RankedQuestion) -> Tensor:
        alone = torch.zeros_like(log_weight)
        alone[branch] = log_weight[branch].exp()
        return question.branches @ fusion.raw(alone) * share(question.known)

    return _Weight(lambda step: _multiply_log(log_weight[branch], step), adds)


def _of_expected(fusion: Fusion, question: RankedQuestion) -> Tensor:
    heard = len(fusion.scale)
    branches = torch.cat([torch.zeros_like(question.branches[..., :heard]), question.branches[..., heard:]], -1)
    nothing = torch.zeros(())
    return fusion.closed(Parts(nothing, nothing, branches, known=question.known))


def _multiply(weight: Tensor, step: float) -> None:
    weight *= step


def _multiply_log(log_weight: Tensor, step: float) -> None:
    log_weight += math.log(step)


def _scores(fusion: Fusion, question: RankedQuestion) -> Tensor:
    """(users, items)"""
    nothing = torch.zeros(())
    parts = Parts(nothing, nothing, question.branches, question.popularity, question.known)
    return fusion.closed(parts) + fusion.prior(parts.popularity, parts.known)


def _quality(scores: Sequence[Tensor], questions: Sequence[RankedQuestion]) -> float:
    """NDCG@10, mean over all users that have something to find."""
    return float(np.concatenate([_ndcg(each, asked) for each, asked in zip(scores, questions, strict=True)]).mean())


def _ndcg(scores: Tensor, question: RankedQuestion) -> npt.NDArray[np.float64]:
    """(users,) of those that have something to find."""
    total = question.relevant.sum(1)
    ranked = scores.masked_fill(question.seen, -torch.inf).topk(min(_PLACES, scores.shape[1])).indices
    hits = question.relevant.gather(1, ranked)
    asked = total > 0
    return ndcg_of(hits[asked].numpy(), total[asked].numpy())
