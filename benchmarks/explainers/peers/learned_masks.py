"""LXR: a network that learns from other people which events to keep."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn

from benchmarks.explainers.explainer import Explainer, Values
from benchmarks.explainers.problem import Problem

HIDDEN, EPOCHS, BATCH, RATE = 64, 15, 16, 1e-2
LOST, SPARSE = 1.0, 0.3  # weights of what the rest still brings, and of the share of events kept
LEAST = 1e-6


class LearnedMasks(Explainer):
    name, label = "lxr", "LXR (learned masks)"
    source = "Barkan et al. 2024"

    def __init__(self, items: int, seed: int = 0) -> None:
        torch.manual_seed(seed)
        self._person, self._item = nn.Linear(items, HIDDEN), nn.Embedding(items, HIDDEN)
        self._mask = nn.Sequential(
            nn.Tanh(), nn.Linear(2 * HIDDEN, HIDDEN), nn.Tanh(), nn.Linear(HIDDEN, items), nn.Sigmoid()
        )
        self._items = items

    def values(self, problem: Problem, budget: int | None) -> Values:
        """Asks its own network alone."""
        with torch.no_grad():
            return self._kept(problem)[0].numpy().astype(np.float64)

    def learn(self, problems: Sequence[Problem]) -> None:
        weights = [*self._person.parameters(), *self._item.parameters(), *self._mask.parameters()]
        optimiser = torch.optim.Adam(weights, lr=RATE)
        asked = [(problem, *_added(problem)) for problem in problems]
        whole = [each for each in asked if abs(each[2]) >= LEAST]
        for _ in range(EPOCHS):
            for batch in torch.randperm(len(whole)).split(BATCH):
                optimiser.zero_grad()
                for place in batch.tolist():
                    (self._loss(*whole[place]) / len(batch)).backward()
                optimiser.step()

    def _loss(self, problem: Problem, nothing: float, gained: float) -> Tensor:
        """What is kept shall bring all that the history adds, and be little; the rest shall bring nothing."""
        kept = self._kept(problem)
        alone, rest = ((problem.forward(each) - nothing) / gained for each in (kept, 1 - kept))
        return (LOST * rest - alone).sum() + SPARSE * kept.mean()

    def _kept(self, problem: Problem) -> Tensor:
        """(1, events), 0 to 1."""
        met = torch.from_numpy(problem.items)
        person = torch.zeros(1, self._items).index_fill_(1, met, 1.0)
        both = torch.cat([self._person(person), self._item(torch.tensor([problem.item]))], 1)
        kept: Tensor = self._mask(both)[:, met]
        return kept


def _added(problem: Problem) -> tuple[float, float]:
    """The score of nothing, and what the history adds."""
    nothing, everything = problem.scores(torch.stack([torch.zeros(problem.events), torch.ones(problem.events)]))
    return float(nothing), float(everything - nothing)
