from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import Tensor

from kgrec_core.data.vocab import Vocab
from kgrec_core.graph.typed_graph import Graph
from kgrec_core.model.world import build_kernel, text_kernel

ENTITY, SIZE = 0.25, 0.15


def dense_kernel(graph: Graph, relation: int) -> Tensor:
    """K_r as the module's docstring says it, item by item."""
    edges = [(h, t) for h, r, t in zip(graph.heads, graph.relations, graph.tails, strict=True) if r == relation]
    degree = {tail: sum(other == tail for _, other in edges) for _, tail in edges}
    size = {head: sum(degree[tail] ** (-2 * ENTITY) for own, tail in edges if own == head) for head, _ in edges}
    weight = {(head, tail): degree[tail] ** -ENTITY / size[head] ** SIZE for head, tail in edges}
    kernel = torch.zeros(graph.items, graph.items)
    for head, tail in edges:
        for other, same in edges:
            if tail == same and head != other:
                kernel[head, other] += float(weight[head, tail] * weight[other, tail])
    return kernel


@pytest.fixture
def residual() -> Tensor:
    return torch.randn(3, 10, generator=torch.Generator().manual_seed(0))


@pytest.mark.parametrize("relation", [0, 1])
def test_scores_of_a_relation_are_the_residual_times_its_kernel(
    tiny_graph: Graph, residual: Tensor, relation: int
) -> None:
    scores = build_kernel(tiny_graph, ENTITY, SIZE).scores(residual)[..., relation]
    torch.testing.assert_close(scores, residual @ dense_kernel(tiny_graph, relation), atol=1e-5, rtol=1e-4)


def test_an_entity_of_one_item_alone_gives_nothing(tiny_graph: Graph, residual: Tensor) -> None:
    alone = replace(
        tiny_graph,
        entities=Vocab.of([*tiny_graph.entities.ids, "Nobody else"]),
        heads=np.append(tiny_graph.heads, 9),
        relations=np.append(tiny_graph.relations, 1),
        tails=np.append(tiny_graph.tails, 4),
    )
    scores = build_kernel(alone, ENTITY, SIZE).scores(residual)
    torch.testing.assert_close(scores[:, 9], torch.zeros(3, 2), atol=1e-6, rtol=0)
    torch.testing.assert_close(scores[:, :9], build_kernel(tiny_graph, ENTITY, SIZE).scores(residual)[:, :9])


def test_a_graph_without_edges_scores_zero_in_every_relation(tiny_graph: Graph, residual: Tensor) -> None:
    scores = build_kernel(tiny_graph.without_edges(), ENTITY, SIZE).scores(residual)
    assert scores.shape == (3, 10, 2) and scores.abs().sum() == 0


def test_a_graph_without_relations_has_no_branch(tiny_graph: Graph, residual: Tensor) -> None:
    bare = replace(tiny_graph.without_edges(), relation_names=(), entities=Vocab.of([]))
    assert build_kernel(bare, ENTITY, SIZE).scores(residual).shape == (3, 10, 0)


def test_the_scores_of_an_item_follow_its_edges_and_not_those_of_its_neighbour(
    tiny_graph: Graph, residual: Tensor
) -> None:
    """Item 5 loses its genre: items of the other genre keep their scores, and item 5 has none left by genre."""
    kernel = build_kernel(tiny_graph, ENTITY, SIZE)
    lost = int(np.flatnonzero((tiny_graph.heads == 5) & (tiny_graph.relations == 0))[0])
    before, after = kernel.scores(residual), kernel.without(torch.tensor([lost])).scores(residual)
    torch.testing.assert_close(after[:, :5], before[:, :5])
    assert before[:, 5, 0].abs().min() > 1e-3
    torch.testing.assert_close(after[:, 5, 0], torch.zeros(3), atol=1e-6, rtol=0)


def test_text_similarity_is_symmetric_without_self_and_its_mean_is_a_tenth() -> None:
    kernel, _ = text_kernel(torch.randn(6, 4, generator=torch.Generator().manual_seed(0)), 0.6)
    torch.testing.assert_close(kernel, kernel.T)
    assert kernel.diagonal().tolist() == [0.0] * 6
    assert float(kernel.mean()) == pytest.approx(0.1)
    assert float(kernel.min()) == 0


def test_text_similarity_grows_with_the_cosine_to_the_power() -> None:
    """Around their mean the angles are 0, 60 and 180 degrees or more apart; opposite ones are not alike at all."""
    angles = torch.tensor([0.0, 60.0, 180.0, 240.0]).deg2rad()
    kernel, _ = text_kernel(torch.stack([angles.cos(), angles.sin()], 1), 0.5)
    assert kernel[0, 2] == 0  # opposite
    assert kernel[0, 1] > 0
    torch.testing.assert_close(kernel[0, 1], kernel[2, 3])


def test_items_without_text_are_alike_in_nothing() -> None:
    kernel, own = text_kernel(torch.zeros(4, 3), 0.6)
    assert kernel.abs().sum() == own == 0
