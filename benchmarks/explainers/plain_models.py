"""Two plain recommenders that explainers are usually tried on, trained on the train part of the random split.

- matrix factorisation for implicit feedback (Hu, Koren & Volinsky 2008), the person folded in from their history
- the multinomial variational autoencoder (Liang et al. 2018), its mean in place of a sample when asked
"""

from __future__ import annotations

from abc import ABC, abstractmethod

import numpy as np
import torch
from implicit.cpu.als import AlternatingLeastSquares
from scipy import sparse
from torch import Tensor, nn

from benchmarks.explainers.problem import Problem
from kgrec_core.data.interactions import IntArray

FACTORS, PENALTY, CONFIDENCE, ROUNDS = 32, 10.0, 5.0, 15
HIDDEN, LATENT, DROPOUT, EPOCHS, BATCH, RATE = 200, 64, 0.5, 100, 128, 1e-3
ANNEALED = 0.2  # weight of the divergence, reached after half of the epochs


class PlainModel(ABC):
    @abstractmethod
    def scores(self, events: IntArray, presence: Tensor, wanted: IntArray) -> Tensor:
        """(m, c) scores of the wanted items; presence: (m, events), 0 to 1, of a history with these items."""


class MatrixFactorisation(PlainModel):
    def __init__(self, likes: sparse.csr_matrix, seed: int = 0) -> None:
        model = AlternatingLeastSquares(
            factors=FACTORS,
            regularization=PENALTY,
            alpha=CONFIDENCE,
            iterations=ROUNDS,
            random_state=seed,
            num_threads=1,
        )
        model.fit(likes, show_progress=False)
        self.items = torch.from_numpy(np.array(model.item_factors))
        self._gram = self.items.T @ self.items + PENALTY * torch.eye(FACTORS)

    def scores(self, events: IntArray, presence: Tensor, wanted: IntArray) -> Tensor:
        met = self.items[torch.from_numpy(events)]
        outer = (met.unsqueeze(2) * met.unsqueeze(1)).flatten(1)
        system = self._gram + (CONFIDENCE - 1) * (presence @ outer).view(-1, FACTORS, FACTORS)
        person = torch.linalg.solve(system, CONFIDENCE * (presence @ met))
        return person @ self.items[torch.from_numpy(wanted)].T


class Autoencoder(PlainModel):
    def __init__(self, likes: sparse.csr_matrix, seed: int = 0) -> None:
        torch.manual_seed(seed)
        items = likes.shape[1]
        self.enter = nn.Linear(items, HIDDEN)
        self.inner = nn.Linear(HIDDEN, 2 * LATENT)
        self.leave = nn.Sequential(nn.Linear(LATENT, HIDDEN), nn.Tanh(), nn.Linear(HIDDEN, items))
        self._train(torch.from_numpy(likes.toarray()).float())

    def scores(self, events: IntArray, presence: Tensor, wanted: IntArray) -> Tensor:
        columns = self.enter.weight[:, torch.from_numpy(events)].detach()
        length = presence.square().sum(1, keepdim=True).clamp(min=1e-8).sqrt()
        hidden = (presence / length) @ columns.T + self.enter.bias.detach()
        mean = self.inner(hidden.tanh())[:, :LATENT]
        found: Tensor = self.leave(mean).log_softmax(1)[:, torch.from_numpy(wanted)]
        return found

    def _train(self, likes: Tensor) -> None:
        weights = [*self.enter.parameters(), *self.inner.parameters(), *self.leave.parameters()]
        optimiser = torch.optim.Adam(weights, lr=RATE)
        for epoch in range(EPOCHS):
            share = ANNEALED * min(1.0, 2 * epoch / EPOCHS)
            for rows in torch.randperm(len(likes)).split(BATCH):
                batch = likes[rows]
                read = nn.functional.dropout(nn.functional.normalize(batch), DROPOUT)
                mean, spread = self.inner(self.enter(read).tanh()).chunk(2, 1)
                drawn = mean + torch.randn_like(mean) * (spread / 2).exp()
                missed = -(self.leave(drawn).log_softmax(1) * batch).sum(1).mean()
                apart = -0.5 * (1 + spread - mean.square() - spread.exp()).sum(1).mean()
                optimiser.zero_grad()
                (missed + share * apart).backward()
                optimiser.step()
        for weight in weights:
            weight.requires_grad_(False)


class PlainProblem(Problem):
    def __init__(self, model: PlainModel, items: IntArray, item: int, catalogue: int) -> None:
        super().__init__(items, item, catalogue)
        self.model = model

    def relaxed(self, presence: Tensor, wanted: IntArray, popularity: bool = True) -> Tensor:
        return self.model.scores(self.items, presence, wanted)

    @torch.no_grad()
    def catalogue_scores(self, hidden: Tensor, places: IntArray) -> Tensor:
        presence = self.everything(len(hidden))
        presence[:, torch.from_numpy(places)] = (~hidden).float()
        return self.model.scores(self.items, presence, np.arange(self.catalogue))

    def with_events_of(self, items: IntArray) -> PlainProblem:
        more = items[~np.isin(items, [*self.items.tolist(), self.item])]
        return PlainProblem(self.model, np.concatenate([self.items, more]), self.item, self.catalogue)
