"""Explainers that follow the gradient of the score with regard to the presence of the events."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
import torch
from captum.attr import InputXGradient, IntegratedGradients

from benchmarks.explainers.explainer import Explainer, Knowledge, Values
from benchmarks.explainers.metrics import LENGTHS
from benchmarks.explainers.problem import Problem

STEPS = 50
BASELINES, BASELINE_STEPS = 10, 10


class Influence(Explainer):
    """FIA. Of a model that reads the history as its input, and of one that folds a person in, the first-order influence
    of an event is the gradient of the score with regard to its weight: gradient times input, for the weight is 1.
    """

    name, label = "fia", "influence (FIA) = gradient × input"
    source = "Cheng et al. 2019; Shrikumar et al. 2016; captum InputXGradient"

    def values(self, problem: Problem, budget: int | None) -> Values:
        asked = problem.everything().requires_grad_()
        return InputXGradient(problem.forward).attribute(asked)[0].detach().numpy().astype(np.float64)


class PathIntegral(Explainer):
    name, label = "integrated_gradients", "integrated gradients"
    source = "Sundararajan et al. 2017; captum IntegratedGradients"
    asks: ClassVar[bool] = True

    def values(self, problem: Problem, budget: int | None) -> Values:
        steps = STEPS if budget is None else max(1, min(STEPS, budget // 2))
        return _integrated(problem, torch.zeros(1, problem.events), steps)


class StochasticPathIntegral(Explainer):
    """Paths from the histories of other people, drawn at random; the map that takes most off the score is kept."""

    name, label = "spinrec", "SPINRec (stochastic path integration)"
    source = "Barkan et al. 2025, arXiv 2511.18047"
    asks: ClassVar[bool] = True

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def values(self, problem: Problem, budget: int | None) -> Values:
        each = 2 * BASELINE_STEPS + len(LENGTHS)
        drawn = BASELINES if budget is None else max(1, min(BASELINES, budget // each))
        rng = np.random.default_rng([self._knowledge.seed, problem.item, problem.events])
        users = rng.choice(self._knowledge.likes.shape[0], drawn, replace=False)
        maps = [self._from(problem, self._knowledge.history(int(user))) for user in users]
        return maps[int(np.argmin([_left(problem, values) for values in maps]))]

    def _from(self, problem: Problem, other: np.ndarray) -> Values:
        wider = problem.with_events_of(other)
        baseline = torch.from_numpy(np.isin(wider.items, other)).float().unsqueeze(0)
        values = _integrated(wider, baseline, BASELINE_STEPS, problem.events)
        problem.calls += wider.calls
        return values[: problem.events]


def _integrated(problem: Problem, baseline: torch.Tensor, steps: int, own: int | None = None) -> Values:
    """own: how many events, the first, are the person's; the others are gone at the end of the path."""
    end = problem.everything()
    end[:, own if own is not None else problem.events :] = 0
    asked = IntegratedGradients(problem.forward, multiply_by_inputs=True)
    found = asked.attribute(end.requires_grad_(), baselines=baseline, n_steps=steps, internal_batch_size=steps)
    return np.asarray(found[0].detach().numpy(), dtype=np.float64)


def _left(problem: Problem, values: Values) -> float:
    """Mean score without the first events of the order that these values give."""
    order = np.argsort(-values, kind="stable")
    kept = problem.everything(len(LENGTHS))
    for row, length in enumerate(LENGTHS):
        kept[row, torch.from_numpy(order[:length].copy())] = 0
    return float(problem.scores(kept).mean())
