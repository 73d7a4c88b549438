from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import ndcg_score

from kgrec_core.model.metrics import RankingMetrics, ranking_metrics


def rank(scores: list[float], relevant: set[int], seen: frozenset[int] = frozenset()) -> RankingMetrics:
    """Metrics of one user."""
    items = range(len(scores))
    mask = [np.array([[item in group for item in items]]) for group in (seen, relevant)]
    return ranking_metrics(np.array([scores]), *mask)


def test_a_hit_at_rank_two_is_discounted_by_log2_of_three() -> None:
    assert rank([0.9, 0.8, 0.1], {1}).ndcg_10 == pytest.approx(1 / math.log2(3))


def test_two_hits_at_ranks_one_and_three_are_measured_against_ranks_one_and_two() -> None:
    gained, best = 1 + 1 / math.log2(4), 1 + 1 / math.log2(3)
    assert rank([0.9, 0.8, 0.7], {0, 2}).ndcg_10 == pytest.approx(gained / best)


def test_a_hit_at_rank_eleven_counts_for_recall_and_mrr_but_not_for_the_first_ten() -> None:
    metrics = rank([float(-item) for item in range(30)], {10, 25})
    assert metrics.ndcg_10 == 0 and metrics.hr_10 == 0
    assert metrics.recall_20 == 1 / 2
    assert metrics.mrr == pytest.approx(1 / 11)


def test_recall_of_a_user_with_more_than_twenty_relevant_items_can_reach_one() -> None:
    assert rank([float(-item) for item in range(30)], set(range(25))).recall_20 == 20 / 20


def test_users_without_relevant_items_are_left_out() -> None:
    relevant = np.array([[False, False], [True, False], [False, False]])
    metrics = ranking_metrics(np.ones((3, 2)), np.zeros((3, 2), dtype=bool), relevant)
    assert metrics.users.tolist() == [1]
    assert len(metrics.ndcg_10) == len(metrics.recall_20) == len(metrics.hr_10) == len(metrics.mrr) == 1


def test_a_seen_item_is_no_candidate_however_high_its_score() -> None:
    assert rank([9.0, 1.0, 0.5], {1}, seen=frozenset({0})).mrr == 1.0


def test_a_user_whose_only_relevant_item_is_seen_is_left_out() -> None:
    assert len(rank([9.0, 1.0], {0}, seen=frozenset({0})).users) == 0


def test_equal_scores_are_ordered_by_the_item_index() -> None:
    assert rank([0.5, 0.5, 0.5], {2}).mrr == pytest.approx(1 / 3)


@given(
    st.lists(st.tuples(st.integers(0, 10**6), st.booleans()), min_size=2, max_size=40, unique_by=lambda pair: pair[0])
)
def test_ndcg_agrees_with_scikit_learn(pairs: list[tuple[int, bool]]) -> None:
    scores, relevant = [float(score) for score, _ in pairs], [right for _, right in pairs]
    if not any(relevant):
        return
    ours = rank(scores, {item for item, right in enumerate(relevant) if right}).ndcg_10[0]
    assert ours == pytest.approx(ndcg_score([relevant], [scores], k=10))
