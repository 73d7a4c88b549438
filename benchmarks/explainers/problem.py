"""What an explainer is given: one history, one recommended item, and a model that can be asked of any part of it.

A model call is the model run once on one form of the history, whatever the number of items whose score is read off.
A gradient counts as two: forward and back.
"""

from __future__ import annotations

from abc import ABC, abstractmethod

import numpy as np
import torch
from torch import Tensor

from kgrec_core.data.interactions import IntArray

K = 10  # length of the lists


class Problem(ABC):
    """items: (events,) of the history, each once · item: the one to be explained, not in the history"""

    def __init__(self, items: IntArray, item: int, catalogue: int) -> None:
        self.items, self.item, self.catalogue, self.calls = items, item, catalogue, 0

    @abstractmethod
    def relaxed(self, presence: Tensor, wanted: IntArray, popularity: bool = True) -> Tensor:
        """(m, c) scores of the wanted items (c,) when events are there to these degrees, (m, events), 0 to 1.

        Differentiable, and not counted. popularity: whether what a prior adds for who is new is part of it
        """

    @abstractmethod
    def catalogue_scores(self, hidden: Tensor, places: IntArray) -> Tensor:
        """(m, catalogue) of the whole model when some `places` of the history are hidden, (m, places); not counted."""

    @abstractmethod
    def with_events_of(self, items: IntArray) -> Problem:
        """The same person with further events, of somebody else, behind their own; none twice, never the item."""

    @property
    def events(self) -> int:
        return len(self.items)

    def scores(self, presence: Tensor) -> Tensor:
        """(m,) scores of the item; m calls."""
        return self.scores_of(np.array([self.item]), presence)[:, 0]

    @torch.no_grad()
    def scores_of(self, wanted: IntArray, presence: Tensor) -> Tensor:
        """(m, c); m calls."""
        self.calls += len(presence)
        return self.relaxed(presence.float(), wanted)

    def forward(self, presence: Tensor) -> Tensor:
        """(m,) scores of the item, differentiable; two calls each where a gradient is asked, else one."""
        self.calls += len(presence) * (2 if presence.requires_grad else 1)
        return self.relaxed(presence, np.array([self.item]))[:, 0]

    def gradients(self, wanted: IntArray) -> Tensor:
        """(c, events): by how much each score rises with the presence of each event, at the whole history."""
        self.calls += 2 * len(wanted)
        rows = []
        for item in wanted.tolist():
            presence = torch.ones(1, self.events, requires_grad=True)
            rows.append(torch.autograd.grad(self.relaxed(presence, np.array([item])).sum(), presence)[0][0])
        return torch.stack(rows)

    def everything(self, m: int = 1) -> Tensor:
        return torch.ones(m, self.events)

    def ranking(self) -> IntArray:
        """Items outside of the history, best first; one call."""
        self.calls += 1
        scores = self.catalogue_scores(torch.zeros(1, 0, dtype=torch.bool), np.zeros(0, dtype=np.int64))[0].numpy()
        order = np.argsort(-scores, kind="stable")
        return np.asarray(order[~np.isin(order, self.items)])

    def ranks(self, hidden: Tensor, places: IntArray) -> IntArray:
        """(m,) ranks from 1 of the item; an event that is hidden does not compete. Ties in the catalogue's order."""
        scores = self.catalogue_scores(hidden, places).numpy()
        own = scores[:, self.item : self.item + 1]
        rivals = np.ones(self.catalogue, dtype=bool)
        rivals[[*self.items.tolist(), self.item]] = False
        before = rivals & ((scores > own) | ((scores == own) & (np.arange(self.catalogue) < self.item)))
        return np.asarray(1 + before.sum(1))
