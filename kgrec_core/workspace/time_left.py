"""The time that work still takes, from the shares of it that were done so far."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

SURE = 1.0  # seconds of work that have to be seen before anything is said
WINDOW, RECENT = 10.0, 0.3  # seconds, and share of all time so far: how far back the pace is looked at
_KEPT, _INSTANT = 0.02, 0.1  # a jump of so much within so many seconds was done before, and tells no pace


@dataclass(eq=False)
class RemainingTime:
    """Shares as they are reported, each with its moment in seconds. Work has stages, so what counts is the pace of
    late; what was kept from an earlier run passes in no time and counts as no work.
    """

    begin: float
    _seen: deque[tuple[float, float]] = field(default_factory=deque)  # moments, and shares without what was kept
    _share: float = 0.0
    _kept: float = 0.0

    def __post_init__(self) -> None:
        self._seen.append((self.begin, 0.0))

    def update(self, share: float, moment: float) -> None:
        if share - self._share >= _KEPT and moment - self._seen[-1][0] < _INSTANT:
            self._kept += share - self._share
        self._share = max(share, self._share)
        self._seen.append((moment, self._share - self._kept))
        reach = max(WINDOW, RECENT * (moment - self.begin))
        while len(self._seen) > 2 and self._seen[1][0] <= moment - reach:
            self._seen.popleft()

    def left(self, moment: float) -> float | None:
        """Seconds, were the rest done at the pace of late; None while too little was seen to say."""
        since, before = self._seen[0]
        done, spent = self._seen[-1][1] - before, moment - since
        if done <= 0 or spent <= SURE:
            return None
        return spent * (1 - self._share) / done
