from __future__ import annotations

import pytest
import torch

from kgrec_core.model.network import Fusion
from kgrec_core.model.weight_search import RankedQuestion, search_weights

USERS, ITEMS = 6, 10


def question(right: int, wrong: int, known: int = 500) -> RankedQuestion:
    """Everybody wants the three items for which branch `right` speaks; branch `wrong` speaks louder for others."""
    branches = torch.zeros(USERS, ITEMS, 8)
    branches[:, :3, right], branches[:, 5:, wrong] = 1.0, 1.5
    relevant = torch.zeros(USERS, ITEMS, dtype=torch.bool)
    relevant[:, :3] = True
    seen = torch.zeros_like(relevant)
    return RankedQuestion(branches, torch.zeros(ITEMS), torch.full((USERS, 1), known), seen, relevant)


@pytest.fixture
def fusion(tiny_fusion: Fusion) -> Fusion:
    tiny_fusion.log_weight.data.zero_()
    tiny_fusion.log_first.data.zero_()
    return tiny_fusion.requires_grad_(False)


def quality(fusion: Fusion, asked: RankedQuestion) -> int:
    """How many of the first three are wanted, of the first user."""
    usual, _ = fusion.weights
    return int((asked.branches[0] @ usual).topk(3).indices.lt(3).sum())


def test_the_weight_of_a_branch_that_ranks_well_grows_beside_one_that_does_not(fusion: Fusion) -> None:
    asked = question(right=1, wrong=2)
    assert quality(fusion, asked) == 0
    search_weights(fusion, [asked], [])
    assert fusion.log_weight[1] > fusion.log_weight[2]
    assert quality(fusion, asked) == 3


def test_a_branch_that_changes_no_list_keeps_its_weight(fusion: Fusion) -> None:
    search_weights(fusion, [question(right=1, wrong=2)], [])
    assert fusion.log_weight[[0, 3, 4]].tolist() == [0.0, 0.0, 0.0]


def test_who_is_known_says_nothing_of_the_weights_of_who_is_new(fusion: Fusion) -> None:
    search_weights(fusion, [question(right=1, wrong=2)], [])
    assert fusion.log_first.abs().sum() == 0


def test_who_is_new_says_nothing_of_the_weights_of_who_is_known(fusion: Fusion) -> None:
    search_weights(fusion, [], [question(right=1, wrong=2, known=0)])
    assert fusion.log_first[1] > fusion.log_first[2]
    assert fusion.log_weight.abs().sum() == 0


def test_popularity_that_misleads_counts_less_than_a_branch_that_ranks_well(fusion: Fusion) -> None:
    fusion.log_prior.fill_(0.0)
    asked = question(right=1, wrong=2, known=0)
    asked.branches[..., 2] = 0.0
    asked.popularity[5:] = 1.5
    search_weights(fusion, [asked], [])
    assert fusion.log_first[1] > fusion.log_prior


def test_what_is_expected_of_items_that_nobody_met_counts_less_where_it_misleads(fusion: Fusion) -> None:
    heard, before = len(fusion.scale), fusion.expected.clone()
    asked = question(right=0, wrong=1)
    asked.branches[..., 1] = 0.0
    assert asked.branches.shape[-1] == heard + len(before)
    asked.branches[:, 5:, heard] = 1.5 / float(before[0]) if before[0] else 1.5
    search_weights(fusion, [asked], [])
    assert fusion.expected[0] < before[0]


def test_nothing_to_find_changes_nothing(fusion: Fusion) -> None:
    asked = question(right=1, wrong=2)
    asked.relevant[:] = False
    search_weights(fusion, [asked], [])
    assert fusion.log_weight.abs().sum() == 0
