from __future__ import annotations

import math

import numpy as np
import pytest

from kgrec_core.evaluate.quality_table import Slice
from kgrec_core.evaluate.slices import COLD_ALL, COLD_ONLY, GAP, LATER, LONG, SHORT, THIRDS, Ground, slices
from kgrec_core.evaluate.stored_result import TOP, StoredResult
from kgrec_core.model.metrics import RankingMetrics

ITEMS = 6


def lists(*rows: list[int]) -> np.ndarray:
    return np.array([row + [-1] * (TOP - len(row)) for row in rows])


@pytest.fixture
def found() -> dict[str, Slice]:
    """Three users with 1, 2 and 9 training interactions; items 0 and 1 are cold and rare, 4 and 5 popular."""
    ndcg = np.array([0.2, 0.5, 0.8])
    metrics = RankingMetrics(np.array([0, 1, 2]), ndcg, ndcg, ndcg, ndcg)
    outcome = StoredResult("ours", "", 1.0, metrics, lists([0, 4], [5], [1, 2]), lists([0], [1], [1]))
    relevant = np.zeros((3, ITEMS), dtype=bool)
    relevant[0, [0, 4]] = relevant[1, [1, 5]] = relevant[2, [2, 4]] = True
    later = np.zeros_like(relevant)
    later[0, 4] = later[1, 1] = True
    ground = Ground(np.array([1, 3, 4, 5, 8, 9]), np.array([1, 2, 9]), relevant, later)
    return {part.name: part for part in slices("ours", [outcome], [ground])}


def test_users_are_told_apart_by_the_length_of_their_history(found: dict[str, Slice]) -> None:
    assert found[SHORT].value.mean == 0.2 and found[SHORT].count == 1
    assert found[LONG].value.mean == 0.8
    assert found[GAP].value.mean == pytest.approx(0.8 - 0.2)


def test_a_slice_of_items_counts_found_pairs_among_all_pairs(found: dict[str, Slice]) -> None:
    rare, middling, popular = (found[name] for name in THIRDS)
    assert (rare.value.mean, rare.count) == (1 / 2, 2)  # item 0 of user 0 is listed, item 1 of user 1 is not
    assert (middling.value.mean, middling.count) == (1, 1)
    assert (popular.value.mean, popular.count) == (2 / 3, 3)


def test_cold_items_are_looked_for_in_the_whole_list(found: dict[str, Slice]) -> None:
    assert (found[COLD_ALL].value.mean, found[COLD_ALL].count) == (1 / 2, 2)


def test_few_cold_items_are_not_ranked_among_themselves(found: dict[str, Slice]) -> None:
    """A list of twenty would hold them all."""
    assert COLD_ONLY not in found


def test_of_events_a_day_later_others_count_as_misses(found: dict[str, Slice]) -> None:
    """User 0 has theirs at rank two, user 1 not at all, user 2 has none."""
    assert found[LATER].value.mean == pytest.approx((1 / math.log2(3) + 0) / 2) and found[LATER].count == 2
