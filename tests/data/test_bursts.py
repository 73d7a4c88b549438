"""Times say when people met things only where they were not entered all at once."""

from __future__ import annotations

import numpy as np

from kgrec_core.data.bursts import DAY, MINUTE, come_in_bursts
from kgrec_core.data.interactions import Interactions


def met(*times: list[int]) -> Interactions:
    """One user for each list of times."""
    users = np.repeat(np.arange(len(times)), [len(each) for each in times])
    stamps = np.concatenate(times).astype(np.int64)
    return Interactions(users, np.arange(len(users)), np.ones(len(users), dtype=np.float32), stamps)


def test_steps_of_a_day_tell_when_and_steps_of_seconds_do_not() -> None:
    assert not come_in_bursts(met([DAY, 3 * DAY, 9 * DAY], [2 * DAY, 7 * DAY]))
    assert come_in_bursts(met([DAY, DAY + 1, DAY + 2, 9 * DAY], [2 * DAY, 2 * DAY + 5, 4 * DAY]))


def test_whole_histories_within_a_day_are_a_burst_however_long_their_steps() -> None:
    hours = [DAY, DAY + 30 * MINUTE, DAY + 90 * MINUTE]
    assert come_in_bursts(met(hours, hours, [DAY, 4 * DAY, 9 * DAY, 20 * DAY]))


def test_one_time_for_everything_is_a_burst_and_no_time_or_single_events_are_none() -> None:
    assert come_in_bursts(met([DAY, DAY, DAY]))
    assert not come_in_bursts(met([0, 0, 0]))
    assert not come_in_bursts(met([DAY], [2 * DAY]))
