"""What somebody types: its words, and which of them it refuses, as in "a comedy, but no musical"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

Words = tuple[str, ...]  # folded: lower case, without accents

WORD = re.compile(r"\w+")
_PART = re.compile(r"\w+|[.,;:!?]")
# What begins a refusal: one word, or two.
_REFUSES = frozenset(
    """no not never without nothing except neither nor avoid avoiding hate hates dislike dislikes minus less dont cant
    cannot tired enough""".split()
)
_REFUSE = frozenset(
    {
        *((verb, "t") for verb in ("don", "isn", "aren", "doesn", "didn", "wouldn")),
        *(("other", "than"), ("rather", "than"), ("instead", "of"), ("t", "stand"), ("t", "bear")),
        *((all_, "but") for all_ in ("anything", "everything", "all")),
    }
)
_ALLOWS = frozenset({("not", "only"), ("not", "just"), ("nothing", "but"), ("enough", "for")})  # look like one
_ENDS = frozenset("but more though although please just".split())


@dataclass(frozen=True, slots=True)
class RequestText:
    """text: as written · words: folded · places: where each begins and ends · refused: whether each is ·
    signs: whether each is what begins a refusal, "not" or "tired"
    """

    text: str
    words: Words
    places: tuple[tuple[int, int], ...]
    refused: tuple[bool, ...]
    signs: tuple[bool, ...]

    def written(self, first: int, last: int) -> str:
        """The words from `first` to before `last` as they were written."""
        return self.text[self.places[first][0] : self.places[last - 1][1]]

    def is_capital(self, word: int) -> bool:
        return self.text[self.places[word][0]].isupper()

    @property
    def wanted(self) -> str:
        """The request without what it refuses."""
        return self.without(self.refused)

    def without(self, gone: Sequence[bool]) -> str:
        """The request without the words that `gone` marks."""
        if not any(gone):
            return self.text
        kept, before = [], 0
        for (_, end), out in zip(self.places, gone, strict=True):
            if not out:
                kept.append(self.text[before:end])
            before = end
        return " ".join("".join(kept).split()).strip(" ,;.")


def read_request(text: str) -> RequestText:
    """A refusal runs to the next sign or to a word such as "but"."""
    found: list[tuple[tuple[int, int], str, bool, bool]] = []
    refusing, sign, before = False, False, ""
    parts = [(match.span(), folded(match.group())) for match in _PART.finditer(text)]
    for number, (place, word) in enumerate(parts):
        after = parts[number + 1][1] if number + 1 < len(parts) else ""
        sign = sign and (before, word) in _REFUSE  # the second of two words
        begins = (word in _REFUSES and (word, after) not in _ALLOWS) or (word, after) in _REFUSE
        ends = (word in _ENDS and (before, word) not in _REFUSE) or not word[0].isalnum()
        refusing, sign = begins or (refusing and not ends), begins or sign
        if WORD.fullmatch(word):
            found.append((place, word, refusing, sign))
        before = word
    places, words, refused, signs = zip(*found, strict=True) if found else ((), (), (), ())
    return RequestText(text, words, places, refused, signs)


def folded(word: str) -> str:
    if word.isascii():
        return word.casefold()
    parts = unicodedata.normalize("NFKD", word)
    return "".join(char for char in parts if not unicodedata.combining(char)).casefold()


def words_of(text: str) -> Words:
    return tuple(map(folded, WORD.findall(text)))
