"""What the name of a column or of a file says, in many languages: who, what, how much, when, what happened."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from kgrec_core.data.values import column_vocabulary as known_words

_KNOWN = (
    known_words.PERSONS
    | known_words.GROUPS
    | known_words.THINGS
    | known_words.RATINGS
    | known_words.COUNTS
    | known_words.EVENTS
    | known_words.NAMES
)
_STEM = 5  # letters of a word that have to be alike in another case
_STEMS = {word[:-1]: word for word in sorted(_KNOWN) if len(word) > _STEM}
_ONE_IS_BEST = r"\b1\s*(=|:|is)\s*(the )?(sehr gut|best|very good|excellent|très bien|muy bueno|ottimo|ótimo|отлично)"
PERSON, GROUP, THING = "person", "group", "thing"
"""Who acts · what several rows of one visit or purchase share (an order, a session) · what is met."""


@lru_cache(maxsize=4096)
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name, in small letters without accents: camel case, signs and digits part them.

    >>> words_of("Lineitem quantity"), words_of("ArtistMBID"), words_of("Größe_2")
    (('lineitem', 'quantity'), ('artist', 'mbid'), ('grosse',))
    """
    text = name.replace("ß", "ss")
    text = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    text = unicodedata.normalize("NFC", text)
    text = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", text)
    return tuple(word for word in re.split(r"[\W\d_]+", text.casefold()) if word)


def plain(name: str) -> str:
    """The words of a name without anything between them, as in "userid" of "User-ID"."""
    return "".join(words_of(name))


@lru_cache(maxsize=4096)
def nouns(name: str) -> frozenset[str]:
    """Which of person, group and thing the name speaks of; "visitorid" and "Kundennr." too."""
    parts = () if is_of_many(name) else _parts(name)
    known = ((PERSON, known_words.PERSONS), (GROUP, known_words.GROUPS), (THING, known_words.THINGS))
    return frozenset(kind for kind, words in known if any(part in words for part in parts))


def last_noun(name: str) -> str:
    """The noun that a name is about: "order_item_id" is about an item, "user_name" about a person; "" for none."""
    for part in () if is_of_many(name) else reversed(_parts(name)):
        for kind, words in ((PERSON, known_words.PERSONS), (THING, known_words.THINGS), (GROUP, known_words.GROUPS)):
            if part in words:
                return kind
    return ""


def is_of_many(name: str) -> bool:
    """Whether a name tells how many there are, as "num_followers" and "reviewCount" do."""
    parts = words_of(name)
    many = parts[0] in ("num", "n", "nb", "total", "avg") and parts[-1].endswith("s") if parts else False
    return len(parts) > 1 and (many or parts[-1] in ("count", "counts", "total"))


def is_id(name: str) -> bool:
    """Whether a name ends or begins with a word for an id, as in "movieId", "id_client" or "Artikelnr."."""
    parts = _parts(name)
    number = len(parts) > 1 and parts[0] == "n" and not is_of_many(name)  # "N° commande"
    return bool(parts) and (parts[-1] in known_words.IDS or parts[0] in known_words.IDS or number)


def without_id(name: str) -> str:
    """A name without its word for an id; "" where nothing else is left, or no such word stands in it.

    >>> without_id("category_id"), without_id("brandName"), without_id("id")
    ('category', '', '')
    """
    parts = _parts(name)
    rest = [part for part in parts if part not in known_words.IDS]
    return " ".join(rest) if len(rest) < len(parts) else ""


def sounds_like_person(name: str) -> bool:
    """Whether a name that no list knows ends as words for people who do something end: adopter, taster, visitor.

    >>> sounds_like_person("adopter"), sounds_like_person("order"), sounds_like_person("dog")
    (True, False, False)
    """
    parts = _parts(name)
    return (
        bool(parts) and not nouns(name) and len(parts[-1]) > 5 and parts[-1].endswith(("er", "or", "eur", "ist", "ee"))
    )


def is_best_first(name: str) -> bool:
    """Whether the name of a grade says that 1 is the best.

    >>> is_best_first("Schulnote (1 = sehr gut, 6 = ungenügend)"), is_best_first("rating")
    (True, False)
    """
    school = {"schulnote", "schulnoten", "zensur", "zensuren"} & {*words_of(name)}
    return bool(school) or re.search(_ONE_IS_BEST, name.casefold()) is not None


def is_bare_id(name: str) -> bool:
    """Whether a name says that it is an id and not of what: "id", "key", "Nr."."""
    parts = _parts(name)
    return bool(parts) and all(part in known_words.IDS for part in parts)


def is_name(name: str) -> bool:
    """Whether a name speaks of a title or a name, as in "Book-Title" or "商品名"."""
    parts = _parts(name)
    return bool(parts) and (parts[-1] in known_words.NAMES or parts[0] in known_words.NAMES)


def is_bare_name(name: str) -> bool:
    """Whether a name is "title" or "name" alone."""
    return bool(_parts(name)) and all(part in known_words.NAMES for part in _parts(name))


def is_text(name: str) -> bool:
    """Whether a name speaks of a description."""
    return any(part in known_words.TEXTS for part in _parts(name))


def is_rating(name: str) -> bool:
    """Whether a name speaks of a grade."""
    parts = _parts(name)
    sure = any(part in known_words.RATINGS - known_words.ALONE for part in parts)
    return (sure or (len(parts) == 1 and parts[0] in known_words.ALONE)) and not _mean(parts)


def is_count(name: str) -> bool:
    """Whether a column of this name tells how often, as in "quantity", "play_count" or "total clicks".

    >>> is_count("order_quantity"), is_count("rating"), is_count("discount")
    (True, False, False)
    """
    parts = _parts(name)
    return "".join(parts) in known_words.COUNTS or (
        1 <= len(parts) <= 3 and parts[-1] in known_words.COUNTS and not _mean(parts[:-1])
    )


def are_pieces(name: str) -> bool:
    """Whether a count of this name tells how many things one event had, as in "quantity" or "Menge".

    >>> are_pieces("order_qty"), are_pieces("plays")
    (True, False)
    """
    return is_count(name) and _parts(name)[-1] in known_words.PIECES


def grades_nothing(name: str) -> bool:
    """Whether a name speaks of small numbers that are no grade: an age, a store, a place in the cart."""
    return any(part in known_words.NO_VALUES for part in _parts(name))


def time_rank(name: str) -> int | None:
    """How well a name speaks of the time of an event, 0 best; None where it does not."""
    parts = (*_parts(name), plain(name))
    if any(part in known_words.LATER for part in parts):
        return None
    return min((known_words.TIMES[part] for part in parts if part in known_words.TIMES), default=None)


def is_other_time(name: str) -> bool:
    """Whether a name speaks of the time of something else: a birthday, a release, a delivery."""
    return any(part in known_words.LATER for part in _parts(name))


def is_whole(name: str) -> bool:
    """Whether a name speaks of the grade that sums up the others."""
    return bool(known_words.WHOLES.intersection(words_of(name)))


def is_tag(name: str) -> bool:
    """Whether a name speaks of words that people give to things."""
    return any(word in known_words.TAGS for word in words_of(name))


def is_author_of_opinion(name: str, table: str = "") -> bool:
    """Whether a name speaks of who wrote a review, or the table is one of reviews. table: its name

    >>> is_author_of_opinion("Reviews.Author"), is_author_of_opinion("author")
    (True, False)
    """
    own = words_of(name)
    return bool(own and own[-1] in known_words.AUTHORS and known_words.OPINIONS.intersection((*own, *words_of(table))))


def is_event(name: str) -> bool:
    """Whether a name speaks of what happened."""
    parts = _parts(name)
    return plain(name) in known_words.EVENTS or any(part in known_words.EVENTS for part in parts)


def role_words(name: str) -> frozenset[str]:
    """The roles that the name of a file or sheet speaks of."""
    parts = {*_parts(name), *words_of(name)}
    return frozenset(role for role, words in known_words.TABLES.items() if parts & words)


def _mean(parts: tuple[str, ...]) -> bool:
    """Whether the words speak of a mean or a total over people, not of one person's grade."""
    return bool({"average", "avg", "mean", "total", "sum", "votes", "reviews", "expected", "max", "min"} & {*parts})


@lru_cache(maxsize=4096)
def _parts(name: str) -> tuple[str, ...]:
    """The words of a name, with endings that are glued to them parted: "movieid" is movie and id."""
    found: list[str] = []
    for word in words_of(name):
        found += _split(word)
    return tuple(found)


def _split(word: str) -> list[str]:
    if word in _KNOWN or word in known_words.IDS or word in known_words.TIMES:
        return [word]
    for ending in (*known_words.IDS, *known_words.NAMES, "bezeichnung", "date", "datum", "name", "time"):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = _single(word[: -len(ending)])
            if stem in _KNOWN:
                return [stem, ending]
    for beginning in ("id", "is", "has", "num", "n"):
        if word.startswith(beginning) and word[len(beginning) :] in _KNOWN:
            return [beginning, word[len(beginning) :]]
    single = _single(word)
    return [single] if single in _KNOWN else _chinese(word, _KNOWN)


def _single(word: str) -> str:
    """The known word that this one is a form of: a plural, or another case, as "klienta" is of "klient"."""
    if word in _KNOWN:
        return word
    for less in (1, 2):
        if len(word) - less >= _STEM and word[:-less] in _KNOWN:
            return word[:-less]
    short = word[:-1] if word.endswith("s") else word
    if short in _KNOWN:
        return short
    return _STEMS.get(word[:-1], word) if len(word) > _STEM else word


def _chinese(word: str, known: frozenset[str]) -> list[str]:
    """Signs without blanks between them: the longest known beginning, then the rest."""
    if not re.search(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]", word):
        return [word]
    everything = known | known_words.IDS | frozenset(known_words.TIMES) | known_words.TEXTS
    for end in range(len(word) - 1, 0, -1):
        if word[:end] in everything:
            return [word[:end], *_split(word[end:])]
    return [word]
