"""How work tells how far it is, a callback, and how long it took."""

from __future__ import annotations

import time
from collections.abc import Callable

Progress = Callable[[str, float], None]
"""Called as progress(what is being done, share done between 0 and 1)."""


def part_of(progress: Progress, start: float, end: float) -> Progress:
    """The callback of a part of the work, told as from `start` to `end` of the whole."""
    return lambda what, share: progress(what, start + share * (end - start))


def no_progress(what: str, share: float) -> None:
    """The progress callback of those who do not listen."""


def milliseconds_since(start: float) -> float:
    """start: of `time.perf_counter`"""
    return round(1000 * (time.perf_counter() - start), 2)
