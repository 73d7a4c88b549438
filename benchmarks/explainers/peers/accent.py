"""ACCENT: which events the item owes its place before a rival to."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from benchmarks.explainers.explainer import Explainer, Values
from benchmarks.explainers.problem import K, Problem


class Accent(Explainer):
    """Influence on the item minus influence on a rival, of the rival that the fewest events keep behind the item.

    The rivals are the other items of the list.
    """

    name, label = "accent", "ACCENT"
    source = "Tran et al. 2021"
    asks: ClassVar[bool] = True

    def values(self, problem: Problem, budget: int | None) -> Values:
        ranked = problem.ranking()
        rivals = ranked[ranked != problem.item][: K - 1 if budget is None else min(K - 1, budget // 2 - 2)]
        asked = np.concatenate([[problem.item], rivals])
        scores = problem.scores_of(asked, problem.everything())[0].numpy()
        own, *others = problem.gradients(asked).numpy().astype(np.float64)
        gaps = [own - other for other in others]
        needed = [_needed(gap, float(scores[0] - score)) for gap, score in zip(gaps, scores[1:], strict=True)]
        return gaps[int(np.argmin(needed))]


def _needed(gap: Values, lead: float) -> float:
    """How many events have to go until the rival comes first, a little less where they do more than enough."""
    if lead <= 0:
        return np.inf  # it stands before the item as it is
    fallen = np.cumsum(np.sort(np.maximum(gap, 0))[::-1])
    enough = np.flatnonzero(fallen > lead)
    return float(enough[0] + 1 + lead / fallen[enough[0]]) if len(enough) else 1e6 - float(fallen[-1] - lead)
