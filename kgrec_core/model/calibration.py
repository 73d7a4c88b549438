"""Where training starts: the units of the branch scores, and the weights with which they alone rank best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from kgrec_core.config import TrainConfig
from kgrec_core.model.fusion import Fusion
from kgrec_core.model.questions import Question, candidates, surprise
from kgrec_core.model.recommender import World, branch_scores
from kgrec_core.model.sequence import ClosedForm

_START = (0.6, 0.1, 0.06, 0.12)  # weight of one standard deviation: collaborative, sequence, a relation, text
_PRIOR = 0.3  # the same of the popularity prior; 0.1 and 0.6 rank those with five known likes worse
_STEPS = 60


@dataclass(frozen=True, eq=False)
class Asked:
    """One question with the honest scores of its branches. branches: (batch, n, branches), the others (batch, n)."""

    items: Tensor  # (n,) item indices
    branches: Tensor
    log_share: Tensor  # (n,)
    seen: Tensor
    wanted: Tensor


@torch.no_grad()
def asked(world: World, linear: ClosedForm, question: Question, config: TrainConfig, rng: np.random.Generator) -> Asked:
    """The branch scores of a question; `linear` has seen nobody who is asked."""
    history, recent = question.known.dense(world.items), question.known.recent(world.items, linear.recency)
    targets = question.targets(world.items)
    items, log_share = candidates(targets.any(0), config.negatives, rng)
    branches = branch_scores(world, linear, history, recent)[:, items]
    return Asked(items, branches, log_share, history[:, items] > 0, targets[:, items])


def calibrate(fusion: Fusion, questions: Sequence[Asked]) -> None:
    """Sets the units and the weights of the branches, for which the same softmax is fitted as in training."""
    deviation = torch.cat([each.branches.flatten(0, 1) for each in questions]).std(0)
    scale = torch.where(deviation > 1e-6, deviation, 1.0)
    start = torch.tensor([*_START[:2], *[_START[2]] * (len(scale) - 3), _START[3]]).log()
    fitted = _fitted(start, scale, [each for each in questions if bool(each.wanted.any())])
    with torch.no_grad():
        fusion.scale.copy_(scale)
        fusion.log_weight.copy_(fitted)
        fusion.log_prior.fill_(float(np.log(_PRIOR)))


def _fitted(start: Tensor, scale: Tensor, questions: Sequence[Asked]) -> Tensor:
    """(branches,) log weights, a priori normal around the start with variance 1, so that few users move them little."""
    log_weight = start.clone().requires_grad_()
    optimiser = torch.optim.LBFGS([log_weight], max_iter=_STEPS, line_search_fn="strong_wolfe")
    users = sum(int((each.wanted.sum(1) > 0).sum()) for each in questions)

    def loss() -> Tensor:
        optimiser.zero_grad()
        weight = log_weight.exp() / scale
        parts = [surprise(each.branches @ weight, each.log_share, each.seen, each.wanted) for each in questions]
        total = torch.stack(parts).mean() + 0.5 * ((log_weight - start) ** 2).sum() / users
        torch.autograd.backward(total)
        return total

    if questions:
        optimiser.step(loss)  # type: ignore[no-untyped-call]
    found = log_weight.detach()
    return found if bool(found.isfinite().all()) else start
