from __future__ import annotations

import math

import numpy as np
import pytest

from kgrec_core.evaluate import beyond_accuracy


def test_coverage_is_the_share_of_items_that_anybody_is_shown() -> None:
    assert beyond_accuracy.coverage(np.array([[0, 1], [0, 2]]), items=6) == 3 / 6


def test_only_the_first_ten_are_shown() -> None:
    assert beyond_accuracy.exposure(np.arange(20)[None, :], 20).tolist() == [1] * 10 + [0] * 10


def test_an_empty_place_shows_nothing() -> None:
    assert beyond_accuracy.exposure(np.array([[0, -1]]), 2).tolist() == [1, 0]


def test_even_exposure_has_a_gini_of_zero_and_one_star_nearly_one() -> None:
    assert beyond_accuracy.gini(np.full(8, 3)) == pytest.approx(0)
    assert beyond_accuracy.gini(np.array([0] * 9 + [5])) == pytest.approx(1 - 1 / 10)
    assert beyond_accuracy.gini(np.zeros(4, dtype=np.int64)) == 0


def test_novelty_is_the_surprise_in_bits() -> None:
    met = np.array([8, 2, 0])
    assert beyond_accuracy.novelty(np.array([[0, 1]]), met, users=8) == pytest.approx(
        (-math.log2(8 / 8) - math.log2(2 / 8)) / 2
    )
    assert beyond_accuracy.novelty(np.array([[2]]), met, users=8) == pytest.approx(-math.log2(1 / 8))


def test_diversity_is_one_minus_the_mean_cosine_of_pairs() -> None:
    vectors = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 0.0]])
    cosines = (0 + 1 + 0) / 3  # pairs 0-1, 0-2, 1-2
    assert beyond_accuracy.diversity(np.array([[0, 1, 2]]), vectors) == pytest.approx(1 - cosines)
    assert beyond_accuracy.diversity(np.array([[0, 2]]), vectors) == pytest.approx(0)


def test_thirds_hold_equally_many_items_from_rare_to_popular() -> None:
    assert beyond_accuracy.popularity_thirds(np.array([9, 0, 5, 1, 7, 3])).tolist() == [2, 0, 1, 0, 2, 1]
