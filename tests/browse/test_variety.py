from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgrec_core.browse.variety import likeness, mmr, surprise, unit

ALIKE = np.array([[1.0, 0.9, 0.0], [0.9, 1.0, 0.0], [0.0, 0.0, 1.0]])  # the first two are nearly the same


def test_without_diversity_the_order_is_that_of_relevance() -> None:
    assert mmr(np.array([0.2, 1.0, 0.6]), ALIKE, 3, 0.0) == [1, 2, 0]


def test_a_twin_of_the_first_choice_waits_for_what_is_different() -> None:
    relevance = np.array([1.0, 0.9, 0.5])
    # second choice at 0.5: the twin gains 0.5 * 0.9 - 0.5 * 0.9 = 0, the other one 0.5 * 0.5 - 0 = 0.25
    assert mmr(relevance, ALIKE, 2, 0.5) == [0, 2]


@given(st.integers(1, 12), st.integers(0, 15), st.floats(0, 1), st.integers(0, 99))
def test_a_mixture_has_as_many_places_as_asked_for_and_none_twice(n: int, k: int, diversity: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    chosen = mmr(rng.random(n), likeness(rng.normal(size=(n, 3)), np.zeros(3)), k, diversity)
    assert len(chosen) == len(set(chosen)) == min(n, k)


def test_an_item_that_half_of_all_liked_has_one_bit_of_surprise() -> None:
    found = surprise(np.array([8.0, 16.0, 1.0]), users=16)
    assert found == pytest.approx([1 / math.log2(16), 0.0, 1.0])


def test_unit_stretches_scores_from_nought_to_one() -> None:
    assert unit(np.array([2.0, 4.0, 3.0])) == pytest.approx([0, 1, 0.5])
    assert unit(np.array([5.0, 5.0])) == pytest.approx([1, 1])
