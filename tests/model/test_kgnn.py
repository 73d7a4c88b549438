from __future__ import annotations

import pytest
import torch
from torch import Tensor

from kgrec_core.model.network import KGNN

# Items 0, 1, 2 and entities 0, 1, 2; item 2 has no edge.
EDGE_INDEX = torch.tensor([[0, 1, 2, 0], [0, 0, 0, 1]])  # entity, item
RELATIONS = torch.tensor([0, 1, 1, 0])


@pytest.fixture
def network() -> KGNN:
    torch.manual_seed(0)
    network = KGNN(4, relations=2, dropout=0.5).eval()
    torch.nn.init.normal_(network.scale.weight)
    torch.nn.init.normal_(network.shift.weight)
    return network


@pytest.fixture
def items() -> Tensor:
    return torch.randn(3, 4, generator=torch.Generator().manual_seed(1))


@pytest.fixture
def entities() -> Tensor:
    return torch.randn(3, 4, generator=torch.Generator().manual_seed(2))


def test_an_item_without_edges_keeps_its_normed_vector(network: KGNN, items: Tensor, entities: Tensor) -> None:
    out = network(items, entities, EDGE_INDEX, RELATIONS)
    torch.testing.assert_close(out[2], network.norm(items[2]))
    assert not torch.allclose(out[0], network.norm(items[0]), atol=1e-2)


def test_attention_sums_to_one_over_the_edges_of_an_item(network: KGNN, items: Tensor, entities: Tensor) -> None:
    attention = network.attention(items, entities, EDGE_INDEX, RELATIONS).detach()
    assert float(attention[:3].sum()) == pytest.approx(1.0)
    assert float(attention[3]) == pytest.approx(1.0)
    assert len(set(attention[:3].tolist())) == 3


def test_an_item_is_its_vector_plus_the_attended_messages(network: KGNN, items: Tensor, entities: Tensor) -> None:
    messages = entities * (1 + network.scale(torch.tensor([0, 1, 1]))) + network.shift(torch.tensor([0, 1, 1]))
    logits = torch.stack([network.query(items[0]) @ network.key(message) / 4**0.5 for message in messages])
    expected = network.norm(items[0] + logits.softmax(0) @ messages)
    torch.testing.assert_close(network(items, entities, EDGE_INDEX, RELATIONS)[0], expected)


def test_removing_an_edge_changes_its_item_and_no_other(network: KGNN, items: Tensor, entities: Tensor) -> None:
    before = network(items, entities, EDGE_INDEX, RELATIONS)
    after = network(items, entities, EDGE_INDEX[:, 1:], RELATIONS[1:])
    torch.testing.assert_close(after[1:], before[1:])
    assert not torch.allclose(after[0], before[0], atol=1e-3)


def test_the_order_of_edges_says_nothing(network: KGNN, items: Tensor, entities: Tensor) -> None:
    order = torch.tensor([3, 1, 0, 2])
    shuffled = network(items, entities, EDGE_INDEX[:, order], RELATIONS[order])
    torch.testing.assert_close(shuffled, network(items, entities, EDGE_INDEX, RELATIONS))


def test_a_graph_without_edges_is_a_graph(network: KGNN, items: Tensor, entities: Tensor) -> None:
    none = torch.zeros(2, 0, dtype=torch.int64), torch.zeros(0, dtype=torch.int64)
    torch.testing.assert_close(network(items, entities, *none), network.norm(items))
