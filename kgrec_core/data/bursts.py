"""Whether times tell when people met things, or only in which order they entered them.

Where somebody enters all that they ever saw in one sitting, two things that stand next to each other were met at any
time of a life.
"""

from __future__ import annotations

import numpy as np

from kgrec_core.data.interactions import Interactions

MINUTE, DAY = 60, 86_400  # seconds
MOST = 0.5  # share of the steps within a minute, or of the people within a day, above which times are those of entering


def come_in_bursts(data: Interactions) -> bool:
    """Whether most steps from one event of a person to their next take less than a minute, or most people with two
    events or more have all of them within a day. So they do in MovieLens: 82 % of the steps, 61 % of the people.
    """
    known = data.select(data.timestamps > 0)
    order = np.lexsort((known.timestamps, known.users))
    users, times = known.users[order], known.timestamps[order]
    same = users[1:] == users[:-1]
    if not same.any():
        return False
    steps = np.diff(times)[same] < MINUTE
    first, count = np.unique(users, return_index=True, return_counts=True)[1:]
    spans = (times[first + count - 1] - times[first])[count > 1] < DAY
    return bool(steps.mean() > MOST or spans.mean() > MOST)
