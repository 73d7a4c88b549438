"""What the model knows of items, apart from who liked them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import torch
from torch import Tensor

from kgrec_core.config import ModelConfig
from kgrec_core.data.interactions import IntArray
from kgrec_core.graph.build import Graph
from kgrec_core.model.kernel import GraphKernel, build_kernel, text_kernel


@dataclass(frozen=True, eq=False)
class World:
    """Never trained.

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
