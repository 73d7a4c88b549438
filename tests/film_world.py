"""A world of ten films and twenty-four viewers: half of them love space films, half love romances."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch.nn.functional import normalize

from kgrec_core.config import ModelConfig, TrainConfig
from kgrec_core.data.interactions import Interactions
from kgrec_core.data.split import split_random
from kgrec_core.data.vocab import Vocab
from kgrec_core.domain import VIDEO
from kgrec_core.graph.typed_graph import Graph
from kgrec_core.model.inputs import Inputs
from kgrec_core.model.network import Fusion, Sizes
from kgrec_core.model.recommender import Recommender
from kgrec_core.model.training import train
from kgrec_core.model.world import World

USERS, ITEMS, LEVELS, TEXT = 24, 10, 5, 6
# (item, relation, entity): items 0 to 4 share entity 0, items 5 to 8 share entity 1; item 9 has no edge.
EDGES = sorted([(item, 0, item // 5) for item in range(9)] + [(0, 1, 2), (1, 1, 2), (5, 1, 3), (6, 1, 3), (2, 1, 3)])


@pytest.fixture(scope="session")
def tiny_graph() -> Graph:
    heads, relations, tails = (np.array(column, dtype=np.int64) for column in zip(*EDGES, strict=True))
    names = ("Space", "Love", "Ridley Scott", "Nora Ephron")
    return Graph(
        items=ITEMS,
        entities=Vocab.of(names, "entity"),
        labels=names,
        types=("genre", "genre", "person", "person"),
        fame=np.bincount(tails, minlength=4).astype(np.int64),
        relation_names=("genre", "director"),
        heads=heads,
        relations=relations,
        tails=tails,
    )


def _interactions() -> Interactions:
    """Each viewer rates nine films: mostly 4 or 5 on their own side, mostly 2 or 3 on the other."""
    rng = np.random.default_rng(7)
    rows = [(user, item) for user in range(USERS) for item in rng.permutation(ITEMS)[:9]]
    users, items = (np.array(column, dtype=np.int64) for column in zip(*rows, strict=True))
    own_side = (users % 2) == (items // 5)
    lucky = rng.random(len(rows)) < 0.85
    values = np.where(own_side == lucky, 4.0, 2.0) + rng.integers(0, 2, len(rows))
    return Interactions(users, items, values.astype(np.float32), rng.permutation(len(rows)).astype(np.int64))


@pytest.fixture(scope="session")
def tiny_inputs(tiny_graph: Graph) -> Inputs:
    rng = torch.Generator().manual_seed(1)
    side = torch.eye(2)[torch.arange(ITEMS) // 5].repeat(1, TEXT // 2)
    vectors = normalize(side + 0.3 * torch.randn(ITEMS, TEXT, generator=rng), dim=1)
    events = normalize(vectors.unsqueeze(1) + 0.3 * torch.randn(ITEMS, LEVELS, TEXT, generator=rng), dim=2)
    return Inputs(USERS, _interactions(), tiny_graph, vectors, vectors, events, VIDEO)


@pytest.fixture(scope="session")
def small_model() -> ModelConfig:
    return ModelConfig(ridge=5.0, dim=8, hidden=8, unknown_half_life=7.0)  # content speaks for all


@pytest.fixture(scope="session")
def short_training() -> TrainConfig:
    return TrainConfig(epochs=2, batch_users=8, folds=3)


@pytest.fixture(scope="session")
def tiny_world(tiny_inputs: Inputs, small_model: ModelConfig) -> World:
    return tiny_inputs.world(small_model)


@pytest.fixture(scope="session")
def tiny_recommender(
    tiny_inputs: Inputs, tiny_world: World, small_model: ModelConfig, short_training: TrainConfig
) -> Recommender:
    split = split_random(tiny_inputs.interactions, 0)
    training = tiny_inputs.training_set(split.train, small_model)
    return train(tiny_world, training, split.valid, small_model, short_training)[0]


@pytest.fixture
def tiny_fusion(tiny_world: World, small_model: ModelConfig) -> Fusion:
    """Random weights in every part of it, large enough to be heard."""
    torch.manual_seed(3)
    sizes = Sizes(ITEMS, 4, 2, LEVELS, TEXT, TEXT, branches=5, expected=3)
    fusion = Fusion(sizes, small_model).eval()
    for weight in fusion.parameters():
        torch.nn.init.normal_(weight, std=0.5)
    fusion.expected.uniform_(0.5, 1.5)
    return fusion
