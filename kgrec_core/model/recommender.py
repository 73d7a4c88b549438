"""The trained model as one object: histories in, scores of items out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import torch
from torch import Tensor

from kgrec_core.model.branches import TEXT, Columns, columns, history_scores
from kgrec_core.model.closed_form import ClosedForm
from kgrec_core.model.fusion import Fusion
from kgrec_core.model.histories import Histories, empty
from kgrec_core.model.scorer import ExtraLike, ItemState, item_state, score_parts
from kgrec_core.model.world import World


@dataclass(frozen=True, eq=False)
class Recommender:
    """A trained model; read-only, shared by all sessions."""

    world: World
    linear: ClosedForm
    fusion: Fusion

    @cached_property
    def columns(self) -> Columns:
        """Which branch is which."""
        return columns(self.world, self.linear)

    @property
    def between(self) -> dict[str, Tensor]:
        """Of each branch that needs no fact, (items, items): how strongly it links an event's item to another."""
        return {each.name: each.weights for each in self.linear.event_branches} | {TEXT: self.world.similarity}

    @cached_property
    def state(self) -> ItemState:
        with torch.no_grad():
            return item_state(self.fusion, self.world)

    @cached_property
    def messages(self) -> tuple[Tensor, Tensor]:
        """Of every edge of the graph: its message in the KGNN, and its key."""
        with torch.no_grad():
            entities = self.fusion.entity.weight[self.world.edge_index[0]]
            return self.fusion.kgnn.messages(entities, self.world.edge_relations)

    @torch.no_grad()
    def after_graph(self, before: Tensor, owner: Tensor, edges: Tensor) -> Tensor:
        """The KGNN on items (n, dim) of which item owner[j] has edge edges[j] of the graph, and no others."""
        message, key = self.messages
        return self.fusion.kgnn.read(before, (message[edges], key[edges]), owner)

    @cached_property
    def nobody(self) -> Tensor:
        """(items,) the score of each item for someone without a history, the popularity prior left out."""
        with torch.no_grad():
            return self.scores(empty())[0] - self.fusion.prior(self.linear.popularity, 0)

    @torch.no_grad()
    def branches(self, histories: Histories) -> Tensor:
        """(batch, items, branches)."""
        return history_scores(self.world, self.linear, histories)

    @torch.no_grad()
    def scores(self, histories: Histories, items: Tensor | None = None, extra: ExtraLike | None = None) -> Tensor:
        """(batch, n) scores of these (n,) items, of all by default; `extra` is one more like of each history.

        Items of the history are scored too, leaving them out is the caller's.
        """
        items = torch.arange(self.world.items) if items is None else items
        branches = self.branches(histories)[:, items]
        popularity = self.linear.popularity
        scores: Tensor = self.fusion(
            score_parts(self.fusion, self.state, popularity, histories, branches, items, extra)
        )
        return scores
