"""All that training reads of a data set: interactions, graph and text vectors, as arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from torch import Tensor

from kgrec_core.config import ModelConfig
from kgrec_core.data.interactions import Interactions, events, targets
from kgrec_core.domain import Domain
from kgrec_core.graph.typed_graph import Graph
from kgrec_core.model.fitting import TrainingSet
from kgrec_core.model.sequence import ages
from kgrec_core.model.world import World, build_world


@dataclass(frozen=True, eq=False)
class Inputs:
    users: int
    interactions: Interactions
    graph: Graph
    item_bert: Tensor  # (items, BERT dim), unit rows
    item_text: Tensor  # (items, XLNet dim), unit rows
    event_text: Tensor  # (items, levels, BERT dim), unit rows
    domain: Domain

    def world(self, config: ModelConfig, graph: Graph | None = None) -> World:
        """What the model knows of items; with another graph for an ablation."""
        return build_world(graph or self.graph, self.item_bert, self.item_text, self.event_text, config)

    def training_set(self, data: Interactions, config: ModelConfig) -> TrainingSet:
        """`data`, a part of the interactions, as the model reads it."""
        levels, weights = events(data.values, self.domain, config)
        wanted = targets(data.values, self.domain, config)
        age = ages(data) if config.recency is not None else np.zeros(len(data), dtype=np.float32)
        return TrainingSet(self.users, data, levels, weights, wanted, age, self.domain.positive_value)
