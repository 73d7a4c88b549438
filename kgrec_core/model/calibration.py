"""Where training starts: the units of the branch scores, and the weights with which they alone rank best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn.utils import parameters_to_vector, vector_to_parameters

from kgrec_core.config import TrainConfig
from kgrec_core.model.closed_form import COLLABORATIVE, TEXT_BRANCH, ClosedForm, Columns, columns
from kgrec_core.model.masked_histories import Question, candidates, surprise
from kgrec_core.model.network import Fusion, Parts
from kgrec_core.model.recommender import history_scores
from kgrec_core.model.world import World

_START = {COLLABORATIVE: 0.6, TEXT_BRANCH: 0.12}  # weight of one standard deviation
_START_OF_EVENTS, _START_OF_FACTS = 0.1, 0.06  # the same of another event branch, and of a relation
_PRIOR = 0.3  # the same of the popularity prior
_STEPS = 60
FAR = 6.0  # in logarithms: 400 times as much or as little
_TURNS = 2  # of fitting the branches given the prior, then the prior given the branches


@dataclass(frozen=True, eq=False)
class CalibrationCase:
    """One question with the honest scores of its branches. branches: (batch, n, branches), the others (batch, n)."""

    columns: Columns
    items: Tensor  # (n,) item indices
    branches: Tensor
    popularity: Tensor  # (n,), as in `ClosedForm`
    known: Tensor  # (batch, 1) events
    log_share: Tensor  # (n,)
    seen: Tensor
    wanted: Tensor


@torch.no_grad()
def calibration_case(
    world: World, linear: ClosedForm, question: Question, config: TrainConfig, rng: np.random.Generator
) -> CalibrationCase:
    """The branch scores of a question; `linear` has seen nobody who is asked."""
    seen = question.known.dense(world.items) > 0
    targets = question.targets(world.items)
    items, log_share = candidates(targets.any(0), config.negatives, rng)
    branches = history_scores(world, linear, question.known)[:, items]
    known = question.known.mask.sum(1, keepdim=True)
    popularity, named = linear.popularity[items], columns(world, linear)
    return CalibrationCase(named, items, branches, popularity, known, log_share, seen[:, items], targets[:, items])


def calibrate(fusion: Fusion, questions: Sequence[CalibrationCase], few: Sequence[CalibrationCase]) -> float:
    """Sets the units and weights of the branches, and the weight of the prior, fitted by the softmax of training.

    The prior, and the weights of who is new, are fitted to `few`, questions to people of whom little is known, the
    usual weights to the others; each given the other. Returns what the scores of `few` have to be multiplied by for
    that softmax.
    """
    heard = questions[0].columns.heard
    deviation = torch.cat([each.branches[..., heard].flatten(0, 1) for each in questions]).std(0)
    with torch.no_grad():
        fusion.scale.copy_(torch.where(deviation > 1e-6, deviation, 1.0))
        for weight in (fusion.log_weight, fusion.log_first):
            weight.copy_(_start(questions[0].columns).log())
        fusion.log_prior.fill_(float(np.log(_PRIOR)))
    same, sharpness = torch.zeros(()), torch.zeros((), requires_grad=True)
    for _ in range(_TURNS):
        _fit(fusion, [fusion.log_weight], questions, same)
        _fit(fusion, [fusion.log_first, fusion.log_prior, sharpness], few, sharpness)
    return float(sharpness.detach().exp())


def _start(columns: Columns) -> Tensor:
    """(heard branches,)"""
    usual = {name: _START_OF_EVENTS for name in columns.events} | {name: _START_OF_FACTS for name in columns.relations}
    return torch.tensor([(usual | _START)[name] for name in columns.names[columns.heard]])


def _fit(fusion: Fusion, parameters: list[Tensor], questions: Sequence[CalibrationCase], log_sharpness: Tensor) -> None:
    """Moves the parameters to where the questions are least surprising.

    A priori they are normal around where they are, with variance 1, so that few users move them little; none moves
    further than FAR.
    """
    asked_something = [each for each in questions if bool(each.wanted.any())]
    if not asked_something:
        return
    start = parameters_to_vector(parameters).detach()
    users = sum(int((each.wanted.sum(1) > 0).sum()) for each in asked_something)

    def loss(values: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        with torch.no_grad():
            vector_to_parameters(torch.from_numpy(values).float(), parameters)
        total = torch.stack([_surprise(fusion, each, log_sharpness.exp()) for each in asked_something]).mean()
        total = total + 0.5 * ((parameters_to_vector(parameters) - start) ** 2).sum() / users
        slopes = torch.autograd.grad(total, parameters)
        return float(total.detach()), parameters_to_vector(slopes).double().numpy()

    from scipy.optimize import minimize  # 0.14 s, which only training shall pay

    first = start.double().numpy()
    bounds = np.stack([first - FAR, first + FAR], 1)
    found = minimize(loss, first, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": _STEPS})
    with torch.no_grad():
        vector_to_parameters(torch.from_numpy(found.x).float(), parameters)


def _surprise(fusion: Fusion, case: CalibrationCase, sharpness: Tensor) -> Tensor:
    nothing = torch.zeros(())
    parts = Parts(nothing, nothing, case.branches, case.popularity, case.known)
    scores = fusion.closed(parts) + fusion.prior(case.popularity, case.known)
    return surprise(sharpness * scores, case.log_share, case.seen, case.wanted)
