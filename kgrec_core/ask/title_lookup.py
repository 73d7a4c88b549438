"""From a name as somebody types it to the item: lower case, without year, a part of the title, with a small typo."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from kgrec_core.request.request_text import words_of
from kgrec_core.schema.cards import ItemCard

ALIKE = 0.82  # likeness of letters from which a name is taken for a title with a typo
CLOSE = 0.72  # from which a title is offered when somebody is asked back
AHEAD = 0.03  # of the next title, or it is asked which one is meant
MOST = 5  # titles that are offered
_ARTICLES = frozenset({"the", "a", "an"})
_YEAR = re.compile(r"\(?\b(1[89]\d\d|20\d\d)\)?$")


@dataclass(frozen=True, slots=True)
class Found:
    """sure: the items, one where it is plain which is meant, several where not · near: titles that are
    a little alike
    """

    sure: tuple[int, ...] = ()
    near: tuple[int, ...] = ()


@dataclass(frozen=True, eq=False)
class TitleLookup:
    """Of all items. likes: how many liked each, those first when several are offered."""

    cards: Sequence[ItemCard]
    likes: Sequence[int]

    def find(self, name: str, typos: bool) -> Found:
        """Without `typos` by its words alone."""
        year = _YEAR.search(name.strip())
        found = self._named(name, typos and year is None)
        if year and not found.sure:
            found = self._named(name[: year.start()], typos)
        if year and len(found.sure) > 1:
            exact = tuple(item for item in found.sure if self.cards[item].year == int(year[1]))
            return Found(exact or found.sure, found.near)
        return found

    def within(self, question: str) -> tuple[int | None, str]:
        """The item whose whole title, of two words or of five letters, is in a question; "this" takes its place."""
        words = question.split()
        for size in range(min(len(words), 8), 0, -1):
            for first in range(len(words) - size + 1):
                key = " ".join(words[first : first + size])
                items = self._whole.get(" ".join(_bare(_words(key))), []) if size > 1 or len(key) > 4 else []
                if len(items) == 1:
                    return items[0], " ".join([*words[:first], "this", *words[first + size :]])
        return None, question

    def _named(self, name: str, typos: bool) -> Found:
        words = _bare(_words(name))
        if not words:
            return Found()
        key = " ".join(words)
        for known in (self._whole, self._parts):
            if key in known:
                return Found(self._ordered(known[key]))
        if len(key) > 3:
            inside = [item for item, title in enumerate(self._titles) if f" {key} " in f" {title} "]
            if inside:
                return Found(self._ordered(inside))
        return self._misspelt(key) if typos else Found()

    def _misspelt(self, key: str) -> Found:
        scored = sorted(((_likeness(key, title), -item) for title, items in self._spellings.items() for item in items
                         if abs(len(title) - len(key)) <= max(2, len(key) // 4)), reverse=True)  # fmt: skip
        best: dict[int, float] = {}
        for score, item in scored[:40]:
            best.setdefault(-item, score)
        near = [item for item, score in best.items() if score >= CLOSE][:MOST]
        if len(key) < 4 or not near or best[near[0]] < ALIKE:
            return Found((), tuple(near))
        top = best[near[0]]
        return Found(self._ordered([item for item in near if best[item] > top - AHEAD]), tuple(near))

    def _ordered(self, items: Sequence[int]) -> tuple[int, ...]:
        return tuple(sorted(set(items), key=lambda item: (-self.likes[item], item)))

    @cached_property
    def _titles(self) -> tuple[str, ...]:
        return tuple(" ".join(_bare(_words(card.title))) for card in self.cards)

    @cached_property
    def _whole(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for item, title in enumerate(self._titles):
            found.setdefault(title, []).append(item)
        return found

    @cached_property
    def _parts(self) -> dict[str, list[int]]:
        """Before and behind a colon."""
        found: dict[str, list[int]] = {}
        for item, card in enumerate(self.cards):
            for part in card.title.split(":") if ":" in card.title else ():
                if key := " ".join(_bare(_words(part))):
                    found.setdefault(key, []).append(item)
        return found

    @cached_property
    def _spellings(self) -> dict[str, list[int]]:
        found = {title: list(items) for title, items in self._whole.items()}
        for part, items in self._parts.items():
            found.setdefault(part, []).extend(items)
        for item, title in enumerate(self._titles):  # a number behind a name is often left out
            if len(short := re.sub(r" \d+$", "", title)) > 3:
                found.setdefault(short, []).append(item)
        return found


def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, other, one, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() > CLOSE and matcher.quick_ratio() > CLOSE else 0.0


def _words(text: str) -> tuple[str, ...]:
    """An apostrophe splits no word: people leave it out."""
    return words_of(text.replace("'", "").replace("’", ""))


def _bare(words: Sequence[str]) -> tuple[str, ...]:
    """Without an article in front."""
    return tuple(words[1:]) if len(words) > 1 and words[0] in _ARTICLES else tuple(words)
