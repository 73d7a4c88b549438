from __future__ import annotations

import numpy as np
import pytest
import torch
from scipy.sparse import csr_matrix

from kgrec_core.evaluate.hidden_items import NewItemQuestion
from kgrec_core.evaluate.new_item_peers import (
    BERT,
    FACTS,
    WORDS,
    Content,
    as_it_comes,
    kernel_ridge,
    random_scores,
    taste,
    vectors_of_taste,
)
from tests.evaluate.two_kinds import content, question


def test_kernels_weigh_alike_whatever_the_unit_of_their_content() -> None:
    for kind in (FACTS, WORDS, BERT):
        assert float(content().kernels[kind].diagonal().mean()) == pytest.approx(1.0)
    both = content().kernel((FACTS, BERT))
    assert torch.allclose(both, content().kernels[FACTS] + content().kernels[BERT])


def test_where_nothing_is_known_of_items_the_kernel_is_zero() -> None:
    nothing = csr_matrix((3, 2), dtype=np.float32)
    empty = Content(nothing, nothing, torch.ones(3, 2), torch.zeros(2, 0), torch.zeros(0), 1, 1)
    assert not empty.kernels[FACTS].any() and not empty.kernels[BERT].any()


def test_taste_is_ridge_regression_whichever_side_is_smaller() -> None:
    asked = question()
    x, y = asked.history.double().numpy(), asked.targets.double().numpy()
    expected = x @ np.linalg.solve(x.T @ x + 5 * np.eye(x.shape[1]), x.T @ y)
    assert taste(asked, 5.0).numpy() == pytest.approx(expected, abs=1e-5)
    few = NewItemQuestion(asked.history[:4], asked.targets[:4], asked.likes[:4], asked.wanted[:4], asked.hidden, 0)
    x, y = x[:4], y[:4]
    expected = x @ np.linalg.solve(x.T @ x + 5 * np.eye(x.shape[1]), x.T @ y)
    assert taste(few, 5.0).numpy() == pytest.approx(expected, abs=1e-5)


def test_what_nobody_met_has_no_taste() -> None:
    asked = question()
    assert not taste(asked, 5.0)[:, torch.from_numpy(asked.hidden)].any()


def test_vectors_give_the_scores_of_taste_where_they_are_long_enough() -> None:
    users, items = vectors_of_taste(question(), 5.0, 10)
    assert torch.allclose(users @ items.T, taste(question(), 5.0), atol=1e-4)
    assert torch.allclose(users.T @ users, torch.eye(10), atol=1e-4)


def test_kernel_ridge_gives_a_hidden_twin_the_smoothed_score_of_the_one_that_is_known() -> None:
    """Items 0 and 1 are alike and like no other: S K_01 / (K_00 + smoothing), with K_00 = K_01 = 1."""
    from kgrec_core.evaluate import new_item_peers

    likes = torch.tensor([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])
    asked = NewItemQuestion(likes, likes, likes, np.zeros((2, 3), bool), np.array([False, True, False]), 0)
    kernel = torch.tensor([[1.0, 1.0, 0.0], [1.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
    mapped = new_item_peers.mapped(
        asked, new_item_peers.taste(asked, 1.0), new_item_peers.mapping(kernel, asked.met, 3.0)
    )
    assert mapped[:, 0].tolist() == pytest.approx([1 / 2, 0])  # 1 / (1 + ridge)
    assert mapped[:, 1].tolist() == pytest.approx([1 / 2 / (1 + 3), 0])


@pytest.mark.parametrize("kinds", [(FACTS,), (WORDS,), (BERT,), (FACTS, WORDS, BERT)])
def test_hidden_items_of_the_kind_that_one_likes_come_first(kinds: tuple[str, ...]) -> None:
    asked = question()
    for scores, _ in (as_it_comes(content(), asked, kinds), kernel_ridge(content(), asked, kinds)):
        assert asked.ndcg(scores) == 1.0


def test_the_setting_of_kernel_ridge_is_told() -> None:
    assert kernel_ridge(content(), question(), (FACTS,))[1].startswith("ridge ")


def test_random_scores_depend_on_the_seed_alone() -> None:
    first, again = random_scores(content(), question())[0], random_scores(content(), question())[0]
    assert torch.equal(first, again) and not torch.equal(first, random_scores(content(), question(seed=1))[0])
