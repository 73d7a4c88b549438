from __future__ import annotations

import pytest
import torch

from kgrec_core.model.content_regression import content_kernel, kernel_shares, smoother, unknown_share
from kgrec_core.model.recommender import Recommender
from kgrec_core.model.world import World

PENALTY = 2.0


@pytest.fixture
def kernel(tiny_world: World) -> torch.Tensor:
    return content_kernel(tiny_world)


def test_facts_and_text_each_make_one_of_what_an_item_on_average_shares_with_itself(tiny_world: World) -> None:
    *facts, text = kernel_shares(tiny_world).tolist()
    assert len(set(facts)) == 1
    assert float(facts[0] * tiny_world.kernel.own.sum(0).mean()) == pytest.approx(1.0)
    assert text * tiny_world.own_similarity == pytest.approx(1.0)


def test_the_kernel_is_what_two_items_share_by_all_relations_and_by_their_texts(
    tiny_world: World, kernel: torch.Tensor
) -> None:
    *facts, text = kernel_shares(tiny_world).tolist()
    shared = tiny_world.kernel.scores(torch.eye(tiny_world.items)).sum(2)
    apart = ~torch.eye(tiny_world.items, dtype=torch.bool)
    torch.testing.assert_close(kernel[apart], (facts[0] * shared + text * tiny_world.similarity)[apart])
    own = facts[0] * tiny_world.kernel.own.sum(0) + text * tiny_world.own_similarity
    torch.testing.assert_close(kernel.diagonal(), own)


def test_a_world_without_facts_and_texts_says_nothing(tiny_world: World) -> None:
    bare = tiny_world.without_text().without_edges(torch.arange(len(tiny_world.graph.heads)).numpy())
    assert content_kernel(bare).abs().sum() == 0


def test_what_is_expected_of_an_item_is_the_kernel_ridge_regression_of_the_scores_of_those_that_were_met(
    kernel: torch.Tensor,
) -> None:
    """Dual form: scores of the met, by (K + penalty I)^-1 among them, by K to the one that nobody met."""
    met = torch.arange(10) != 3
    scores = torch.randn(4, 10, generator=torch.Generator().manual_seed(0))
    found = (scores @ smoother(kernel, met, PENALTY) @ kernel)[:, 3]
    among = kernel[met][:, met] + PENALTY * torch.eye(9)
    torch.testing.assert_close(found, scores[:, met] @ torch.linalg.solve(among, kernel[met][:, 3]))


def test_an_item_that_nobody_met_teaches_nothing(kernel: torch.Tensor) -> None:
    found = smoother(kernel, torch.arange(10) != 3, PENALTY)
    assert found[3].abs().sum() == found[:, 3].abs().sum() == 0


def test_what_is_expected_counts_whole_of_an_item_that_nobody_met_and_half_with_every_half_life() -> None:
    counts = torch.tensor([0.0, 1.0, 2.0, 4.0])
    torch.testing.assert_close(unknown_share(counts, 2.0), torch.tensor([1.0, 0.5**0.5, 0.5, 0.25]))


def test_of_an_item_that_is_well_known_nothing_that_is_expected_counts() -> None:
    """Nine half-lives leave 1 / 512, ten 1 / 1024, which is less than a thousandth."""
    assert unknown_share(torch.tensor([4.5, 5.0]), 0.5).tolist() == [1 / 512, 0]


def test_a_weight_of_what_is_expected_is_a_multiple_of_that_of_the_collaborative_branch(
    tiny_recommender: Recommender, tiny_world: World
) -> None:
    """For facts and text alike the same multiple of the spread of their kernel, whatever was found to rank best."""
    fusion = tiny_recommender.fusion
    multiple = fusion.expected / kernel_shares(tiny_world)
    torch.testing.assert_close(multiple, multiple[:1].expand_as(multiple))
    for known in (0, 5, 500):
        weight = fusion.branch_weight(known)
        torch.testing.assert_close(weight[tiny_recommender.columns.heard.stop :], fusion.expected * weight[0])
