"""The model that is served, as explainers ask it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import torch
from torch import Tensor

from benchmarks.explainers.problem import Problem
from kgrec_core.data.interactions import IntArray
from kgrec_core.domain import LEVELS
from kgrec_core.explain.asker_scores import UserContext
from kgrec_core.explain.removal.removed_events import HistoryRescorer
from kgrec_core.model.network import Parts

KEPT = 8  # of what single events add to items, most sets of items that are remembered


class ServedProblem(Problem):
    def __init__(self, user: UserContext, item: int) -> None:
        super().__init__(user.items, item, user.recommender.world.items)
        self.user = user
        self._added: dict[bytes, Tensor] = {}

    def relaxed(self, presence: Tensor, wanted: IntArray, popularity: bool = True) -> Tensor:
        model = self.user.recommender
        asked = torch.from_numpy(wanted)
        adds = self._adds(wanted)  # (events, c, branches)
        branches = (presence @ adds.flatten(1)).view(len(presence), len(wanted), -1)
        parts = Parts(
            items=model.state.vectors[asked],
            users=self._read(presence, asked),
            branches=branches,
            popularity=model.linear.popularity[asked] if popularity else 0.0,
            known=presence.sum(1, keepdim=True),
            met=model.linear.met[asked],
        )
        scores: Tensor = model.fusion(parts)
        return scores

    def catalogue_scores(self, hidden: Tensor, places: IntArray) -> Tensor:
        if not len(places):
            return self.user.scores.expand(len(hidden), -1)
        everything = torch.arange(self.catalogue)
        return HistoryRescorer(self.user, torch.from_numpy(places), everything).scores(hidden)

    def with_events_of(self, items: IntArray) -> ServedProblem:
        more = items[~np.isin(items, [*self.items.tolist(), self.item])]
        own = self.user
        level = int(np.bincount(own.levels).argmax()) if len(own.levels) else LEVELS.index("liked")
        levels = np.concatenate([own.levels, np.full(len(more), level)])
        weights = np.concatenate([own.weights, np.ones(len(more), dtype=np.float32)])
        return ServedProblem(
            replace(own, items=np.concatenate([own.items, more]), levels=levels, weights=weights), self.item
        )

    @torch.no_grad()
    def _adds(self, wanted: IntArray) -> Tensor:
        key = wanted.tobytes()
        if key not in self._added:
            if len(self._added) == KEPT:
                self._added.pop(next(iter(self._added)))
            self._added[key] = self.user.contributions(wanted).branches
        return self._added[key]

    def _read(self, presence: Tensor, asked: Tensor) -> Tensor:
        """(m, c, dim) what the attention reads; an event that is half there has half its weight."""
        model = self.user.recommender
        if model.fusion.silent:  # nothing is made of it
            return torch.zeros(len(presence), len(asked), model.state.vectors.shape[1])
        with torch.no_grad():
            logits = self.user.attention_logits(model.state.vectors[asked])  # (c, 1 + events)
            weights = (logits - logits.amax(1, keepdim=True)).exp()
            values = self.user.values
        there = torch.cat([torch.ones(len(presence), 1), presence], 1)
        sums = torch.einsum("me,ce,ed->mcd", there, weights, values)
        return sums / (there @ weights.T).unsqueeze(-1)
