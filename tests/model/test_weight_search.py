from __future__ import annotations

import numpy as np
import pytest
import torch

from kgrec_core.model.network import Fusion
from kgrec_core.model.weight_search import RankedQuestion, search_weights

USERS, ITEMS = 6, 10


def question(right: int, wrong: int, known: int = 500) -> RankedQuestion:
    """Everybody wants the three items for which branch `right` speaks; branch `wrong` speaks louder for others."""
    branches = torch.zeros(USERS, ITEMS, 8)
    branches[:, :3, right], branches[:, 5:, wrong] = 1.0, 1.5
    relevant = np.zeros((USERS, ITEMS), bool)
    relevant[:, :3] = True
    seen = np.zeros_like(relevant)
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
    search_weights(fusion, [asked])
    assert fusion.log_weight[1] > fusion.log_weight[2]
    assert quality(fusion, asked) == 3


def test_a_branch_that_changes_no_list_keeps_its_weight(fusion: Fusion) -> None:
    search_weights(fusion, [question(right=1, wrong=2)])
    assert fusion.log_weight[[0, 3, 4]].tolist() == [0.0, 0.0, 0.0]


def test_weights_of_who_is_new_stay_as_they_were_fitted(fusion: Fusion) -> None:
    search_weights(fusion, [question(right=1, wrong=2)])
    assert fusion.log_first.abs().sum() == 0


def test_nothing_to_find_changes_nothing(fusion: Fusion) -> None:
    asked = question(right=1, wrong=2)
    asked.relevant[:] = False
    search_weights(fusion, [asked])
    assert fusion.log_weight.abs().sum() == 0
