from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgrec_core.evaluate.bootstrap import estimate, gap


def test_a_mean_counts_each_entry_once() -> None:
    found = estimate(np.array([0, 0, 1]), np.array([0.2, 0.4, 0.9]))
    assert found.mean == pytest.approx((0.2 + 0.4 + 0.9) / 3)


def test_a_share_is_hits_over_chances() -> None:
    found = estimate(np.array([0, 1]), np.array([1.0, 2.0]), np.array([4.0, 2.0]))
    assert found.mean == (1 + 2) / (4 + 2)


def test_without_chances_there_is_nothing_to_estimate() -> None:
    found = estimate(np.array([0, 1]), np.zeros(2), np.zeros(2))
    assert (found.mean, found.low, found.high) == (0, 0, 0)


def test_seeds_of_one_user_are_no_independent_evidence() -> None:
    """The same ten users measured five times give the interval of ten users, not of fifty."""
    values = np.linspace(0, 1, 10)
    once = estimate(np.arange(10), values)
    five = estimate(np.tile(np.arange(10), 5), np.tile(values, 5))
    assert five.high - five.low == pytest.approx(once.high - once.low)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(-1, 1), min_size=2, max_size=20))
def test_the_interval_stays_among_the_values(values: list[float]) -> None:
    found = estimate(np.arange(len(values)), np.array(values))
    assert min(values) - 1e-9 <= found.low <= found.high <= max(values) + 1e-9


def test_a_gap_is_first_minus_second() -> None:
    found = gap((np.array([0, 1]), np.array([0.5, 0.7])), (np.array([2, 3]), np.array([0.1, 0.1])))
    assert found.mean == pytest.approx(0.6 - 0.1)
    assert found.low <= found.mean <= found.high


def test_the_interval_is_about_two_standard_errors_on_either_side() -> None:
    values = np.random.default_rng(0).normal(0.0, 1.0, 400)
    found = estimate(np.arange(400), values)
    assert (found.high - found.low) / 2 == pytest.approx(1.96 / math.sqrt(400), rel=0.15)
    assert found == estimate(np.arange(400), values)
