"""KernelSHAP on clusters of items: every event has the value of its cluster (SHAP4Rec)."""

from __future__ import annotations

import warnings
from typing import Any, ClassVar

import numpy as np
import torch
from shap import KernelExplainer

from benchmarks.explainers.explainer import Explainer, Knowledge, Values
from benchmarks.explainers.problem import Problem


class ClusterShap(Explainer):
    name, label = "cluster_shap", "KernelSHAP on clusters"
    source = "Lundberg & Lee 2017; Zhong & Negre 2022; shap KernelExplainer"
    asks: ClassVar[bool] = True

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def values(self, problem: Problem, budget: int | None) -> Values:
        met, which = np.unique(self._knowledge.clusters[problem.items], return_inverse=True)
        if len(met) == 1:
            return np.zeros(problem.events)

        def score(present: np.ndarray[Any, Any]) -> Values:
            return problem.scores(torch.from_numpy(present[:, which])).numpy().astype(np.float64)

        samples = 2 ** len(met) if budget is None else max(2, min(2 ** len(met), budget - 2))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            asked = KernelExplainer(score, np.zeros((1, len(met))))
            found = asked.shap_values(np.ones((1, len(met))), nsamples=samples, silent=True, l1_reg=0)
        return np.asarray(found, dtype=np.float64).reshape(-1)[which]
