"""Film titles: the form people write, and the keys under which two sources can agree."""

from __future__ import annotations

import re
import unicodedata

# Articles that catalogues move behind the title. Those with an apostrophe are glued back without a space.
_ARTICLES = (
    "the a an le la les l' un une il lo gli i uno una el los las der die das den det de ein eine en et o os as".split()
)
_MOVED = re.compile(rf"^(?P<rest>.*\S), ?(?P<article>{'|'.join(_ARTICLES)})$", re.IGNORECASE)
_LEADING = re.compile(r"^(?:(?:the|an?|le|la|les|une?|il|el|los|las|der|das|det)\s+|l')", re.IGNORECASE)
_TRAILING_GROUP = re.compile(r"^(?P<rest>.*\S)\s*\((?P<group>[^()]*)\)$")
_KNOWN_AS = re.compile(r"^a\.?k\.?a\.?\s+", re.IGNORECASE)

_JOINT = re.compile(r"(?:\s+or)?:\s+|\s+[-–*/]\s+", re.IGNORECASE)
_MAKER = re.compile(r"^(?:\S+ ){0,3}\S+['’]s\s+(?=\S)")

_SAME_WORD = {
    **{
        word: str(n)
        for n, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)
    },
    **{roman: str(n) for n, roman in enumerate("ii iii iv v vi vii viii ix x xi xii xiii".split(), 2)},
    "vol": "volume",
    "pt": "part",
    "versus": "vs",
    "doctor": "dr",
    "mister": "mr",
    "saint": "st",
    "colour": "color",
    "colours": "colors",
    "grey": "gray",
    "theatre": "theater",
    "blvd": "boulevard",
}
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ł": "l", "đ": "d", "&": " and ", "’": "'"})


def display_title(raw: str) -> str:
    """The title as people write it: article in front, other titles in trailing brackets left out.

    >>> display_title("Matrix, The"), display_title("Seven (a.k.a. Se7en)"), display_title("Amant, L'")
    ('The Matrix', 'Seven', "L'Amant")
    """
    return _article_first(_alternatives(raw)[0])


def match_keys(raw: str) -> tuple[str, ...]:
    """Keys of every title in `raw`, surest first: the titles themselves, then without article. No duplicates.

    A key has no accents, punctuation, spaces or upper case; "&" is "and", numerals are Arabic.

    >>> match_keys("Twelve Monkeys (a.k.a. 12 Monkeys)")
    ('12monkeys',)
    """
    titles = [_article_first(title) for title in _alternatives(raw)]
    bare = [_LEADING.sub("", title) for title in titles]
    return _keys([*titles, *bare])


def loose_keys(raw: str) -> tuple[str, ...]:
    """Keys of the parts around a colon or dash and of the title without its maker ("Jet Li's Fearless").

    They are proof of identity only together with other facts.
    """
    parts: list[str] = []
    for title in map(_article_first, _alternatives(raw)):
        pieces = _JOINT.split(title)
        parts += [*pieces, " ".join(pieces[1:]), " ".join(pieces[:-1])] if len(pieces) > 1 else []
        parts += [_MAKER.sub("", title)] if _MAKER.match(title) else []
    return _keys([*parts, *(_LEADING.sub("", part) for part in parts)])


def _keys(titles: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for title in titles if (key := _key(title))))


def _key(title: str) -> str:
    folded = unicodedata.normalize("NFKD", title.lower().translate(_LETTERS))
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    words: list[str] = re.findall(r"[^\W_]+", plain.replace("'", ""))
    if len(words) == 1:  # "Nine" and "9" are two films of 2009
        return words[0]
    return "".join(_SAME_WORD.get(word, word) for word in words)


def _alternatives(raw: str) -> list[str]:
    """The main title, then those in trailing brackets from left to right; at least one, maybe ''."""
    rest, groups = " ".join(raw.split()), list[str]()
    while (match := _TRAILING_GROUP.match(rest)) and not match["rest"].lower().endswith(" or"):
        rest = match["rest"]
        groups.insert(0, _KNOWN_AS.sub("", match["group"].strip()))
    return [rest, *(group for group in groups if group)]


def _article_first(title: str) -> str:
    match = _MOVED.match(title)
    if match is None:
        return title
    rest, article = str(match["rest"]), str(match["article"])
    return f"{article}{rest}" if article.endswith("'") else f"{article} {rest}"
