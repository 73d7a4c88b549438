"""Explainers that never ask the model: chance, popularity, likeness."""

from __future__ import annotations

import numpy as np

from benchmarks.explainers.explainer import Explainer, Knowledge, Values
from benchmarks.explainers.problem import Problem


class Chance(Explainer):
    name, label, source = "random", "at random", "none"

    def __init__(self, seed: int = 0) -> None:
        self._seed = seed

    def values(self, problem: Problem, budget: int | None) -> Values:
        """The same for the same question."""
        return np.random.default_rng([self._seed, problem.item, problem.events]).random(problem.events)


class Popularity(Explainer):
    name, label, source = "popularity", "the most popular of the history", "Baklanov et al. 2025, a baseline"

    def __init__(self, knowledge: Knowledge) -> None:
        self._counts = knowledge.popularity

    def values(self, problem: Problem, budget: int | None) -> Values:
        return self._counts[problem.items]


class ItemCosine(Explainer):
    name, label, source = "cosine", "item cosine", "Sarwar et al. 2001; Baklanov et al. 2025, a baseline"

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def values(self, problem: Problem, budget: int | None) -> Values:
        return self._knowledge.cosine(problem.items, problem.item)
