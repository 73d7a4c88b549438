"""How long work tells how far it is."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, float], None]


def no_progress(what: str, share: float) -> None:
    """The progress callback of those who do not listen."""
