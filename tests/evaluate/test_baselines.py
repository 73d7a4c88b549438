from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from torch import Tensor

from kgrec_core.evaluate import tuning
from kgrec_core.evaluate.baselines import (
    RIDGES,
    Answers,
    ease_low_scores,
    ease_scores,
    itemknn_scores,
    popularity_scores,
    tuned_ease,
    tuned_itemknn,
)


@pytest.fixture
def positives() -> Tensor:
    """Thirty users of two tastes over eight items."""
    rng = np.random.default_rng(0)
    likely = np.where((np.arange(30) % 2)[:, None] == (np.arange(8) // 4)[None], 0.7, 0.1)
    return torch.from_numpy((rng.random((30, 8)) < likely).astype(np.float32))


def answers(positives: Tensor) -> Answers:
    """What nobody liked yet is a candidate; relevant is one's own side."""
    side = (np.arange(30) % 2)[:, None] == (np.arange(8) // 4)[None]
    return Answers(positives.numpy() > 0, side)


def test_ease_equals_its_published_solution(positives: Tensor) -> None:
    """B = I - P diag(1 / diag P) with P = (X'X + ridge I)^-1 (Steck 2019, eq. 8)."""
    matrix = positives.numpy().astype(np.float64)
    precision = np.linalg.inv(matrix.T @ matrix + 3.0 * np.eye(8))
    weights = np.eye(8) - precision / np.diag(precision)
    np.testing.assert_allclose(ease_scores(positives, 3.0).numpy(), matrix @ weights, atol=1e-5)


def test_popularity_orders_items_by_how_many_liked_them_for_everybody_alike() -> None:
    scores = popularity_scores(torch.tensor([[1.0, 0, 1], [0, 0, 1], [1, 1, 1]]))
    assert scores.tolist() == [[2.0, 1.0, 3.0]] * 3


def test_items_that_the_same_users_like_are_near_by_their_cosine() -> None:
    """Items 0 and 1: two users in common, of two and three. Item 2 shares one of its one with item 1."""
    liked = torch.tensor([[1.0, 1, 0], [1, 1, 0], [0, 1, 1]])
    scores = itemknn_scores(liked, neighbours=2, shrink=0.0)
    assert float(scores[0, 0]) == pytest.approx(2 / math.sqrt(2 * 3))
    assert float(scores[0, 2]) == pytest.approx(0 + 1 / math.sqrt(3 * 1))


def test_shrinkage_weakens_what_few_users_say() -> None:
    liked = torch.tensor([[1.0, 1, 0], [1, 1, 0], [0, 1, 1]])
    scores = itemknn_scores(liked, neighbours=2, shrink=10.0)
    assert float(scores[0, 0]) == pytest.approx(2 / (math.sqrt(2 * 3) + 10))


def test_only_the_nearest_neighbours_of_the_scored_item_speak() -> None:
    """Item 1 is nearest to item 0; with one neighbour item 2 says nothing of item 1, yet item 1 speaks for item 2."""
    liked = torch.tensor([[1.0, 1, 0], [1, 1, 0], [0, 1, 1]])
    scores = itemknn_scores(liked, neighbours=1, shrink=0.0)
    assert float(scores[2, 1]) == 0.0
    assert float(scores[2, 2]) == pytest.approx(1 / math.sqrt(3 * 1))


def test_an_item_that_nobody_likes_scores_zero() -> None:
    scores = itemknn_scores(torch.tensor([[1.0, 1, 0], [1, 1, 0]]), neighbours=2, shrink=0.0)
    assert scores[:, 2].tolist() == [0.0, 0.0]


def test_the_best_ridge_on_the_validation_part_is_chosen(positives: Tensor) -> None:
    validation = answers(positives)
    tuned = tuned_ease(positives, validation)
    tried = {f"ridge {ridge:g}": tuning.validation_ndcg(ease_scores(positives, ridge), validation) for ridge in RIDGES}
    assert tuned.validation == max(tried.values()) == tried[tuned.setting]


def test_the_chosen_setting_follows_the_validation_part(positives: Tensor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two options the one that puts the relevant item first is taken, whichever comes first."""
    good, bad = torch.tensor([[2.0, 1.0]]), torch.tensor([[1.0, 2.0]])
    one = Answers(np.zeros((1, 2), dtype=bool), np.array([[True, False]]))
    options = [("good", good, torch.clone), ("bad", bad, torch.clone)]
    for order in (options, options[::-1]):
        assert tuning.best(order, one).setting == "good"


def test_low_ratings_are_weaker_input_and_no_targets() -> None:
    """One who disliked item 0 likes item 1: a ridge regression of 1 on 1/2, read by 1/2; nothing predicts item 0."""
    scores = ease_low_scores(torch.tensor([[-1.0, 1.0]]), low=0.5, ridge=1.0)
    assert scores[0].tolist() == pytest.approx([0.0, 0.5 * (0.5 * 1) / (0.25 + 1)])


def test_tuned_item_neighbours_give_the_scores_of_their_setting(positives: Tensor) -> None:
    tuned = tuned_itemknn(positives, answers(positives))
    count, shrink = tuned.setting.split(" neighbours, shrink ")
    torch.testing.assert_close(tuned.scores, itemknn_scores(positives, int(count), float(shrink)))


def test_an_empty_validation_part_takes_the_first_setting(positives: Tensor) -> None:
    nothing = Answers(np.zeros((30, 8), dtype=bool), np.zeros((30, 8), dtype=bool))
    tuned = tuned_ease(positives, nothing)
    assert (tuned.setting, tuned.validation) == (f"ridge {RIDGES[0]:g}", 0.0)
