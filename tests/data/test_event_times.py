from __future__ import annotations

import numpy as np
import pytest

from kgrec_core.data.event_times import times_of
from kgrec_core.data.interactions import Interactions


def history(*times: tuple[int, int]) -> Interactions:
    """(user, seconds) each."""
    users, seconds = (np.array(column, dtype=np.int64) for column in zip(*times, strict=True))
    return Interactions(users, np.arange(len(users)), np.ones(len(users), np.float32), seconds)


def test_events_of_one_sitting_are_told_from_those_of_weeks() -> None:
    day = 86_400
    found = times_of(history((0, 100), (0, 110), (0, 130), (1, 100), (1, 100 + 5 * day), (2, 7)))
    assert found is not None
    assert found.one_day == 1 / 2  # user 2 has no second event
    assert found.within_minute == pytest.approx(2 / 3)
    assert found.come_in_bursts


def test_where_most_steps_take_longer_there_are_no_bursts() -> None:
    found = times_of(history((0, 100), (0, 50_000), (0, 100_000), (0, 100_010)))
    assert found is not None and not found.come_in_bursts


def test_without_times_nothing_is_told() -> None:
    assert times_of(history((0, 0), (0, 0))) is None
    assert times_of(history((0, 5), (1, 5))) is None


def test_whole_histories_within_a_day_are_a_burst_however_long_their_steps() -> None:
    hours = [(user, hour * 3_600) for user in (0, 1) for hour in (1, 2, 9)]
    found = times_of(history(*hours, (2, 10), (2, 4 * 86_400)))
    assert found is not None and found.within_minute == 0 and found.one_day == 2 / 3
    assert found.come_in_bursts
