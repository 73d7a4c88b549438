from __future__ import annotations

import numpy as np

from kgrec_core.data.interactions import Interactions
from kgrec_core.model.recommender import Histories, of_users, pad


def event_arrays(*events: tuple[int, int, float]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    columns = list(zip(*events, strict=True)) or [(), (), ()]
    return np.array(columns[0], np.int64), np.array(columns[1], np.int64), np.array(columns[2], np.float32)


def two_users() -> Histories:
    return pad([event_arrays((4, 2, 1.0), (1, 0, 0.5), (3, 3, 1.0)), event_arrays((2, 2, 1.0))])


def test_shorter_histories_are_padded_with_nothing() -> None:
    histories = two_users()
    assert histories.mask.tolist() == [[True, True, True], [True, False, False]]
    assert histories.items[1].tolist() == [2, 0, 0]
    assert histories.dense(5).tolist() == [[0, 0.5, 0, 1, 1], [0, 0, 1, 0, 0]]


def test_a_hidden_event_leaves_the_dense_form() -> None:
    kept = two_users().keep(two_users().items != 4)
    assert kept.dense(5).tolist() == [[0, 0.5, 0, 1, 0], [0, 0, 1, 0, 0]]
    assert kept.mask.sum() == 3


def test_keeping_cannot_bring_back_what_was_padding() -> None:
    histories = two_users()
    assert histories.keep(~histories.mask | histories.mask).mask.sum() == 4


def test_thinning_keeps_real_events_before_padding() -> None:
    """One viewer with two events beside one with fifty: both of the two stay, whatever is drawn."""
    histories = pad([event_arrays((4, 2, 1.0), (1, 0, 0.5)), event_arrays(*[(item, 0, 1.0) for item in range(50)])])
    thin = histories.thin(5, np.random.default_rng(0))
    assert thin.mask.sum(1).tolist() == [2, 5]
    assert thin.dense(50)[0, [1, 4]].tolist() == [0.5, 1.0]


def test_thinning_draws_other_events_each_time() -> None:
    rng, long = np.random.default_rng(0), pad([event_arrays(*[(item, 0, 1.0) for item in range(50)])])
    first, second = (set(long.thin(10, rng).items[0].tolist()) for _ in range(2))
    assert len(first) == len(second) == 10 and first != second


def test_short_histories_are_not_copied() -> None:
    histories = two_users()
    assert histories.thin(3, np.random.default_rng(0)) is histories


def test_users_come_in_the_order_asked_and_one_without_events_is_empty() -> None:
    data = Interactions(
        users=np.array([2, 0, 2]),
        items=np.array([5, 6, 7]),
        values=np.ones(3, dtype=np.float32),
        timestamps=np.zeros(3, dtype=np.int64),
    )
    levels, weights, ages = np.array([1, 2, 3]), np.ones(3, dtype=np.float32), np.array([1, 0, 0], dtype=np.float32)
    histories = of_users(data, levels, weights, ages, [2, 1, 0])
    assert [histories.items[row][histories.mask[row]].tolist() for row in range(3)] == [[5, 7], [], [6]]
    assert histories.levels[0].tolist() == [1, 3]
    assert histories.ages[0].tolist() == [1, 0]


def test_nobody_is_a_batch_too() -> None:
    assert pad([]).mask.shape == (0, 0)
