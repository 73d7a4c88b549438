from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from kgrec_core.config import ModelConfig
from kgrec_core.data.interactions import Interactions
from kgrec_core.model.linear import fit_popularity
from kgrec_core.model.recommender import pad
from kgrec_core.model.sequence import ages, fit_sequence, places

PLAIN = ModelConfig(near=1.0, sequence_smoothing=1e-9, popularity_power=0.0)


def met(*rows: tuple[int, int, int]) -> Interactions:
    """(user, item, time) in each row."""
    users, items, times = (np.array(column, dtype=np.int64) for column in zip(*rows, strict=True))
    return Interactions(users, items, np.full(len(rows), 5, dtype=np.float32), times)


def sequence(data: Interactions, items: int, config: ModelConfig) -> torch.Tensor:
    ones = np.ones(len(data), dtype=np.float32)
    return fit_sequence(data, ones, ones, items, config)


def test_places_count_the_events_of_one_user_in_time_and_one_time_shares_the_middle() -> None:
    data = met((0, 1, 30), (1, 1, 5), (0, 2, 10), (0, 3, 20), (0, 4, 20))
    assert places(data).tolist() == [3.0, 0.0, 0.0, 1.5, 1.5]
    assert ages(data).tolist() == [0.0, 0.0, 3.0, 1.5, 1.5]


def test_a_pair_counts_half_for_each_further_step_between() -> None:
    """0, 1, 2 in time: 0 has 1 next to it and 2 at two steps, so of its row 1 / 1.5 and 0.5 / 1.5."""
    found = sequence(met((0, 0, 1), (0, 1, 2), (0, 2, 3)), 3, PLAIN)
    torch.testing.assert_close(found[0], torch.tensor([0.0, 1 / 1.5, 0.5 / 1.5]))
    torch.testing.assert_close(found[1], torch.tensor([0.5, 0.0, 0.5]))


def test_where_what_comes_next_is_asked_only_the_later_one_is_a_target() -> None:
    found = sequence(met((0, 0, 1), (0, 1, 2), (1, 0, 7), (1, 1, 9)), 2, replace(PLAIN, recency=4.0))
    assert found[0].tolist() == [0.0, pytest.approx(1.0)]
    assert found[1].tolist() == [0.0, 0.0]


def test_what_has_one_time_is_together_in_both_directions() -> None:
    found = sequence(met((0, 0, 5), (0, 1, 5)), 2, replace(PLAIN, recency=4.0))
    assert found.tolist() == [[0.0, 1.0], [1.0, 0.0]]


def test_without_times_and_without_a_window_the_branch_is_silent() -> None:
    assert sequence(met((0, 0, 0), (0, 1, 0)), 2, PLAIN).abs().sum() == 0
    assert sequence(met((0, 0, 1), (0, 1, 2)), 2, replace(PLAIN, near=0.0)).abs().sum() == 0


def test_the_order_of_rows_does_not_matter() -> None:
    rng = np.random.default_rng(0)
    rows = [(int(user), int(item), int(time)) for user in range(5) for item, time in enumerate(rng.integers(1, 9, 8))]
    mixed = [rows[place] for place in rng.permutation(len(rows))]
    torch.testing.assert_close(sequence(met(*rows), 8, ModelConfig()), sequence(met(*mixed), 8, ModelConfig()))


def test_an_event_that_is_a_half_life_older_weighs_half() -> None:
    one = (np.array([3, 1]), np.array([0, 0]), np.array([1, 1], dtype=np.float32))
    histories = pad([one], [np.array([0, 4], dtype=np.float32)])
    assert histories.recent(5, 4.0).tolist() == [[0.0, 0.5, 0.0, 1.0, 0.0]]
    torch.testing.assert_close(histories.recent(5, None), histories.dense(5))


def test_ages_count_from_the_latest_event_that_is_known() -> None:
    one = (np.array([3, 1, 2]), np.zeros(3, dtype=np.int64), np.ones(3, dtype=np.float32))
    histories = pad([one], [np.array([0, 4, 6], dtype=np.float32)])
    earlier = histories.as_of(torch.tensor([[False, True, True]]))
    assert earlier.ages.tolist() == [[0.0, 0.0, 2.0]]
    assert histories.as_of(torch.zeros(1, 3, dtype=torch.bool)).ages.tolist() == [[0.0, 0.0, 0.0]]


def test_popularity_is_the_log_of_likes_in_standard_deviations_from_the_mean_item() -> None:
    """Likes 1 and 3: logs of 2 and 4 are 1 and 2 times log 2, so one deviation off their mean; of 0 none."""
    likes = torch.tensor([[0.0, 1.0, 1.0], [0.0, 0.0, 1.0], [0.0, 0.0, 1.0]])
    torch.testing.assert_close(fit_popularity(likes), torch.tensor([0.0, -1.0, 1.0]))


def test_where_every_item_is_as_popular_as_the_other_nothing_is_popular() -> None:
    assert fit_popularity(torch.ones(4, 3)).tolist() == [0.0, 0.0, 0.0]
