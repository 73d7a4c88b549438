"""How a span of time is said: "about 3 minutes"."""

from __future__ import annotations


def duration(seconds: float) -> str:
    """Such as "about 3 min"."""
    return f"about {max(5, 5 * round(seconds / 5)):.0f} s" if seconds < 90 else f"about {seconds / 60:.0f} min"
