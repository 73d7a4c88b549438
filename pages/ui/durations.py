"""How a span of time is said: "about 3 minutes"."""

from __future__ import annotations


def duration(seconds: float) -> str:
    """Such as "about 3 min", of what is expected."""
    return f"about {_fives(seconds)} s" if seconds < 90 else f"about {seconds / 60:.0f} min"


def time_taken(seconds: float) -> str:
    """Such as "3 min", of what is over."""
    return f"{_fives(seconds)} s" if seconds < 90 else f"{seconds / 60:.0f} min"


def _fives(seconds: float) -> int:
    return max(5, 5 * round(seconds / 5))
