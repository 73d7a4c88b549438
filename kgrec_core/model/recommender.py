"""The trained model as one object: histories in, a score for every item out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import torch
from torch import Tensor

from kgrec_core.config import ModelConfig
from kgrec_core.data.interactions import IntArray
from kgrec_core.graph.build import Graph
from kgrec_core.model.closed_form import ClosedForm
from kgrec_core.model.fusion import Fusion
from kgrec_core.model.histories import Histories, pad
from kgrec_core.model.kernel import GraphKernel, build_kernel, text_kernel


@dataclass(frozen=True, eq=False)
class World:
    """What the model knows of items, apart from who liked them; never trained.

    item_text: (items, XLNet dim) · event_text: (items, levels, BERT dim) · similarity: (items, items) ·
    told: (levels,) bool, whether the data have a rating level; no other one was ever learnt
    """

    graph: Graph
    kernel: GraphKernel
    item_text: Tensor
    event_text: Tensor
    similarity: Tensor
    told: Tensor

    @cached_property
    def edge_index(self) -> Tensor:
        """(2, edges): entity, item."""
        return torch.stack([torch.from_numpy(self.graph.tails), torch.from_numpy(self.graph.heads)])

    @cached_property
    def edge_relations(self) -> Tensor:
        return torch.from_numpy(self.graph.relations)

    @property
    def items(self) -> int:
        return self.graph.items

    @property
    def branch_names(self) -> tuple[str, ...]:
        return ("collaborative", "sequence", *self.graph.relation_names, "text")

    @property
    def graph_branches(self) -> slice:
        """Where the branches of the relations are among all."""
        first = self.branch_names.index("sequence") + 1
        return slice(first, first + len(self.graph.relation_names))

    def without_edges(self, edges: IntArray) -> World:
        """The same world in which these edge numbers of the graph do not exist."""
        kept = np.setdiff1d(np.arange(len(self.graph.heads)), edges)
        return replace(self, graph=self.graph.select(kept), kernel=self.kernel.without(torch.from_numpy(edges)))

    def without_text(self) -> World:
        """The same world in which no item has a word."""
        return replace(
            self,
            item_text=torch.zeros_like(self.item_text),
            event_text=torch.zeros_like(self.event_text),
            similarity=torch.zeros_like(self.similarity),
        )


def build_world(graph: Graph, item_bert: Tensor, item_text: Tensor, event_text: Tensor, config: ModelConfig) -> World:
    """A world from a graph and vectors: item_bert (items, BERT dim) gives the similarity of the text branch."""
    kernel = build_kernel(graph, config.entity_power, config.size_power)
    told = event_text.abs().amax((0, 2)) > 0
    return World(graph, kernel, item_text, event_text, text_kernel(item_bert, config.text_power), told)


def branch_scores(world: World, linear: ClosedForm, history: Tensor, recent: Tensor | None = None) -> Tensor:
    """(batch, items) history weights -> (batch, items, branches), in the order of `World.branch_names`.

    recent: the same, less for older events (`Histories.recent`); `history` itself where order is not asked.
    """
    residual = linear.residual(history)
    together = [linear.collaborative(history), linear.sequential(history if recent is None else recent)]
    return torch.cat(
        [torch.stack(together, -1), world.kernel.scores(residual), (residual @ world.similarity).unsqueeze(-1)], -1
    )


def history_scores(world: World, linear: ClosedForm, histories: Histories) -> Tensor:
    """The same of histories, with their order where it is asked."""
    return branch_scores(world, linear, histories.dense(world.items), histories.recent(world.items, linear.recency))


@dataclass(frozen=True, eq=False)
class ItemState:
    """Vectors that do not depend on the user: before the KGNN, after it, and of every possible event."""

    before: Tensor  # (items, dim)
    vectors: Tensor  # (items, dim)
    events: Tensor  # (items, levels, dim)


def item_state(fusion: Fusion, world: World) -> ItemState:
    """All items through the KGNN, once."""
    before = fusion.item_vectors(world.item_text, torch.arange(world.items))
    vectors = fusion.kgnn(before, fusion.entity.weight, world.edge_index, world.edge_relations)
    levels = torch.arange(world.event_text.shape[1])
    return ItemState(before, vectors, read_events(fusion, world, world.event_text, levels, vectors.unsqueeze(1)))


def read_events(fusion: Fusion, world: World, text: Tensor, levels: Tensor, items: Tensor) -> Tensor:
    """Event vectors from text (..., BERT dim), levels (...) and item vectors (..., dim).

    One of a level that the data do not have, such as a thumb down where people only play, reads as the empty event:
    nobody taught the network what it means. The closed form, which knows its weight, hears it all the same.
    """
    vectors = fusion.event_vectors(text, levels, items)
    return torch.where(world.told[levels].unsqueeze(-1), vectors, fusion.empty)


def score_items(
    fusion: Fusion, state: ItemState, popularity: Tensor, histories: Histories, branches: Tensor, items: Tensor
) -> Tensor:
    """(batch, n) scores of the items with these (n,) indices; popularity: (items,) · branches: (batch, n, branches)."""
    events = state.events[histories.items, histories.levels]  # (batch, length, dim)
    vectors = state.vectors[items]
    user, _ = fusion.attend(vectors.unsqueeze(0), events, histories.mask.unsqueeze(1))
    scores: Tensor = fusion(vectors, user, branches)
    return scores + fusion.prior(popularity[items], histories.mask.sum(1, keepdim=True))


@dataclass(frozen=True, eq=False)
class Recommender:
    """A trained model; read-only, shared by all sessions."""

    world: World
    linear: ClosedForm
    fusion: Fusion

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
        nothing = pad([(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.float32))])
        with torch.no_grad():
            return self.scores(nothing)[0] - self.fusion.prior(self.linear.popularity, torch.tensor(0))

    @torch.no_grad()
    def branches(self, histories: Histories) -> Tensor:
        """(batch, items, branches)."""
        return history_scores(self.world, self.linear, histories)

    @torch.no_grad()
    def scores(self, histories: Histories) -> Tensor:
        """(batch, items) scores; items of the history are scored too, leaving them out is the caller's."""
        everything = torch.arange(self.world.items)
        branches, popularity = self.branches(histories), self.linear.popularity
        return score_items(self.fusion, self.state, popularity, histories, branches, everything)
