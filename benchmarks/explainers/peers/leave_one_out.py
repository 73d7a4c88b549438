"""Leave one out: by how much the score falls without each event."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
import torch
from captum.attr import FeatureAblation

from benchmarks.explainers.explainer import Explainer, Knowledge, Values
from benchmarks.explainers.problem import Problem

BATCH = 256


class LeaveOneOut(Explainer):
    name, label = "leave_one_out", "leave one out"
    source = "Robnik-Sikonja & Kononenko 2008; captum FeatureAblation"
    asks: ClassVar[bool] = True

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    @torch.no_grad()
    def values(self, problem: Problem, budget: int | None) -> Values:
        """Of a history longer than the budget, the events most like the item are asked about; the others are last."""
        tried = problem.events if budget is None else min(problem.events, budget - 1)
        if tried < problem.events:
            likeness = self._knowledge.cosine(problem.items, problem.item)
            places = np.argsort(-likeness, kind="stable")[:tried]
        else:
            places = np.arange(problem.events)
        groups = torch.zeros(1, problem.events, dtype=torch.int64)
        groups[0, torch.from_numpy(places)] = torch.arange(1, tried + 1)
        groups = groups if tried < problem.events else groups - 1
        found = FeatureAblation(problem.forward).attribute(
            problem.everything(), feature_mask=groups, perturbations_per_eval=BATCH
        )
        values = np.full(problem.events, -np.inf)
        values[places] = found[0].numpy()[places]
        return values
