"""Words for what somebody did, and for how they found it, as weights."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from kgrec_core.data.values.event_vocabulary import (
    AGAINST,
    AWAY,
    BETWEEN,
    BOUGHT,
    DISLIKED,
    FROM_CART,
    GRADES,
    GRADING,
    IN_CART,
    MEANT,
    NEGATIONS,
    STATUSES,
    STEMS,
    STRENGTHENED,
    USED,
    WISHED,
)

_LONGEST = 60  # characters of a word for an event; longer ones are sentences
_CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Ý])")
_PARTS = re.compile(r"[\W_]+")


def event_weights(words: Iterable[str]) -> dict[str, float]:
    """Weight of each word that is known, by the word as given; 0 says nothing of an item, below 0 speaks against it.

    View < wish < play < cart < like < purchase; a refund has the weight of a purchase below 0.

    >>> event_weights(["view_item", "addToCart", "Gekauft", "refund", "dislike", "frobnicate"])
    {'view_item': 1.0, 'addToCart': 3.0, 'Gekauft': 5.0, 'refund': -5.0, 'dislike': -1.0}
    """
    found = {word: weight for word in dict.fromkeys(map(str, words)) if (weight := _weight(word)) is not None}
    return found


def takes_away(word: str) -> bool:
    """Whether the word undoes what was done before, as a refund does, and is no dislike.

    >>> takes_away("order_cancelled"), takes_away("dislike")
    (True, False)
    """
    parts = _parts(word)
    return any(_begins(part, stem) for part in parts for stem in AWAY) and not _against(parts)


def is_grading(word: str) -> bool:
    """Whether the event is that somebody gave a grade.

    >>> is_grading("rate_item"), is_grading("view")
    (True, False)
    """
    return any(_begins(part, stem) for part in _parts(word) for stem in GRADING)


def are_statuses(words: Iterable[str]) -> bool:
    """Whether the words are states of an order, so that "refunded" is said of the row itself.

    >>> are_statuses(["paid", "refunded"]), are_statuses(["purchase", "refund"])
    (True, False)
    """
    given = {"_".join(_parts(word)) for word in words}
    known = {word for word in given if word in STATUSES or set(word.split("_")) & STATUSES}
    return bool(given) and len(known) >= 0.5 * len(given)


def rating_words(words: Iterable[str]) -> dict[str, float] | None:
    """Grades, 1 to 5, of words such as bad, good, great; None where some is unknown or all are of one grade.

    >>> rating_words(["bad", "very good"])
    {'bad': 2.0, 'very good': 5.0}
    >>> rating_words(["bad", "Tuesday"]) is None
    True
    """
    read = {word: _grade(word) for word in dict.fromkeys(map(str, words))}
    grades = {word: grade for word, grade in read.items() if grade is not None}
    return grades if len(grades) == len(read) and len(set(grades.values())) >= 2 else None


@lru_cache(maxsize=4096)
def _weight(word: str) -> float | None:
    parts = _parts(word)
    if not parts or len(word) > _LONGEST:
        return None
    done = [weight for weight in map(_plain, parts) if weight is not None]
    if _against(parts):
        return DISLIKED
    if any(_begins(part, stem) for part in parts for stem in AWAY):
        usual = IN_CART if any(_begins(part, stem) for part in parts for stem in FROM_CART) else BOUGHT
        return -max([weight for weight in done if weight > 0], default=usual)
    if not done:
        return None
    return WISHED if max(done) == USED and set(parts) & MEANT else max(done)


def _against(parts: tuple[str, ...]) -> bool:
    if any(_begins(part, stem) for part in parts for stem in AGAINST):
        return True
    return bool(set(parts) & NEGATIONS) and any(_plain(part) is not None for part in parts)


def _plain(part: str) -> float | None:
    for weight, stems in _STEMS:
        if any(_begins(part, stem) for stem in stems):
            return weight
    return None


def _begins(part: str, stem: str) -> bool:
    """Whether a part of a word is of the stem; Chinese ones may stand anywhere in it."""
    if stem.startswith("="):
        return part == stem[1:]
    if not stem.isascii() and ord(stem[0]) >= 0x3000:
        return stem in part
    return part.startswith(stem) if len(stem) > 3 else part == stem


def _parts(word: str) -> tuple[str, ...]:
    """The words of a compound, in small letters: ("add", "to", "cart") of "addToCart" or "add_to_cart"."""
    text = _CAMEL.sub("_", unicodedata.normalize("NFKC", word[: _LONGEST + 1]).strip())
    return tuple(part for part in _PARTS.split(text.casefold()) if part)


def _grade(word: str) -> float | None:
    text = unicodedata.normalize("NFKC", word).strip(" .!").casefold()
    if text in _GRADES:
        return _GRADES[text]
    if text in BETWEEN:
        return 3.0
    first, _, rest = text.partition(" ")
    grade = _GRADES.get(rest) if first in STRENGTHENED else None
    if grade is None:
        return None
    return {2.0: 1.0, 4.0: 5.0}.get(grade, grade)


_STEMS = tuple((weight, tuple(stems.split())) for weight, stems in STEMS)
_GRADES = {word: grade for grade, words in GRADES for word in words.split()}
