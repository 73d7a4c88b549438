from __future__ import annotations

import numpy as np

from benchmarks.days_apart import DAY, by_days
from kgrec_core.data.interactions import Interactions


def test_the_last_day_is_asked_the_one_before_validates_and_people_of_two_days_stay_known() -> None:
    users = np.array([0, 0, 0, 0, 1, 1])
    days = np.array([5, 1, 5, 3, 1, 2])
    items = np.arange(6)
    split = by_days(Interactions(users, items, np.ones(6, np.float32), days * DAY + 60))
    parts = [part.items.tolist() for part in (split.train, split.valid, split.test)]
    assert parts == [[1, 4, 5], [3], [0, 2]]
    assert split.valid_is_read
