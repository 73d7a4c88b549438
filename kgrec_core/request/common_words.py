"""Words of a request that say nothing, and words that name nothing by themselves."""

from __future__ import annotations

from kgrec_core.data.stop_words import stop_words
from kgrec_core.domain import Domain

SHORTEST = 3  # letters of a name that may stand anywhere; "R" is found in "rated R" alone
_ASKING = frozenset(
    """want wants music song songs band bands film films movie movies book books story stories product products item
    items article articles good best better great nice work like love loved favourite favourites favorite favorites
    listen watch read see seen hear play something anything recommend please similar looking""".split()
)
_VAGUE = frozenset("new old cool bad time times lead world life day night man woman live".split())


def is_silent(word: str, domain: Domain) -> bool:
    """Whether it says nothing of what is wanted: a stop word, or one that asks, as in "a good film to watch"."""
    return word in stop_words() or word in _ASKING or word in (domain.item, domain.items, domain.user.casefold())


def is_common(word: str, domain: Domain) -> bool:
    """Whether it is a word of every day, which names nothing by itself."""
    return word in _VAGUE or is_silent(word, domain)


def says_nothing(word: str, domain: Domain) -> bool:
    return len(word) < SHORTEST - 1 or is_common(word, domain)
