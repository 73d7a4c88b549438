"""LIME-RS: a linear model of the score around this history."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
import torch
from sklearn.linear_model import Ridge

from benchmarks.explainers.explainer import Explainer, Values
from benchmarks.explainers.problem import Problem

SAMPLES = 1000
WIDTH = 0.25  # of the kernel, in cosine distance


class LimeRS(Explainer):
    name, label = "lime_rs", "LIME-RS"
    source = "Nobrega & Marinho 2019"
    asks: ClassVar[bool] = True

    def __init__(self, seed: int = 0) -> None:
        self._seed = seed

    def values(self, problem: Problem, budget: int | None) -> Values:
        rng = np.random.default_rng([self._seed, problem.item, problem.events])
        samples, n = SAMPLES if budget is None else budget, problem.events
        size = rng.integers(1, n + 1, samples)
        kept = rng.random((samples, n)).argsort(1) < size[:, None]
        kept[0] = True
        near = np.exp(-(((1 - np.sqrt(kept.sum(1) / n)) / WIDTH) ** 2))
        scores = problem.scores(torch.from_numpy(kept)).numpy()
        return np.asarray(Ridge(1.0).fit(kept, scores, sample_weight=near).coef_, dtype=np.float64)
