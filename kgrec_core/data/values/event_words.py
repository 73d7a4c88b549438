"""Words for what somebody did, and for how they found it, as weights."""

from __future__ import annotations

from collections.abc import Iterable


def event_weights(words: Iterable[str]) -> dict[str, float]:
    """Weight of each word that is known, by the word as given; 0 says nothing of an item, below 0 takes away."""
    return {}


def rating_words(words: Iterable[str]) -> dict[str, float] | None:
    """Grades of words such as bad, good, great, 1 to 5; None where some is unknown."""
    return None
