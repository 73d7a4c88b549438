"""Answers questions in plain words with what the service finds; what was not understood is said and asked back."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from kgrec_core.ask import answer_sentences as say
from kgrec_core.ask import answers_on_items as on_items
from kgrec_core.ask import answers_on_lists as on_lists
from kgrec_core.ask.fact_lookup import FactLookup, Shared
from kgrec_core.ask.grammar import QuestionForm, forms, normal, plain_words
from kgrec_core.ask.nearest_kind import NearestKind
from kgrec_core.ask.title_lookup import Found, TitleLookup
from kgrec_core.ask.turn import Names, Turn, called
from kgrec_core.errors import ConfigError
from kgrec_core.schema.answers import ASKED_BACK, NOT_UNDERSTOOD, Answer, Conversation
from kgrec_core.schema.asker import Asker
from kgrec_core.schema.explanation import Sentence
from kgrec_core.schema.progress import milliseconds_since
from kgrec_core.schema.recommendations import Recommendations
from kgrec_core.schema.requests import Wishes
from kgrec_core.service import Service

__all__ = ["Conversation", "Questions"]

ANSWERS: Mapping[str, Callable[[Turn], Answer]] = {
    "why": on_items.why, "why_not": on_items.why_not, "bring_in": on_items.why_not, "take_out": on_items.take_out,
    "how_sure": on_items.how_sure, "what_is": on_items.what_is, "who_else": on_items.who_else,
    "compare": on_items.why_above, "why_above": on_items.why_above, "more_like": on_items.more_like,
    "without_item": on_lists.without_item, "with_item": on_lists.with_item, "without_facts": on_lists.without_facts,
    "leave_out": on_lists.leave_out, "undo": on_lists.undo, "reset": on_lists.reset, "changed": on_lists.changed,
    "list": on_lists.show, "drives": on_lists.drives, "likes": on_lists.likes,
}  # fmt: skip
KEPT = 32  # lists
TWO = ("compare", "why_above")
ITS = frozenset("it that this one him her them so that_one this_one the_first_one".split())
_PLACE = re.compile(
    r"(?:the )?(?:number |no |nr |#)?(?P<word>first|second|third|fourth|fifth|last|\d{1,2})(?:st|nd|rd|th)?(?: \w+)?"
)
_PLACES = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": 0}


@dataclass(frozen=True, slots=True)
class _Name:
    """meant: the item or what items share · several: items of that name · near: those that are a little alike"""

    said: str
    meant: int | Shared | None = None
    several: tuple[int, ...] = ()
    near: tuple[int, ...] = ()


@dataclass(frozen=True, eq=False)
class Questions:
    """Of one open data set; read-only, shared by all who ask."""

    opened: Service

    def answer(self, before: Conversation, question: str) -> Answer:
        """Raises ConfigError where nothing is asked."""
        start = time.perf_counter()
        if not question.strip():
            raise ConfigError("The question is empty; ask, such as: What drives my list?")
        found = self._read(before, question) or self._by_meaning(before, question)
        return replace(found, ms=milliseconds_since(start))

    def first(self, before: Conversation) -> tuple[str, ...]:
        """Questions to begin with."""
        turn = self._turn(before, "", "list")
        cards = [row.item for row in turn.recommended().items]
        asked = [turn.ask("why", card) for card in cards[:1]]
        asked += [turn.ask("why_above", *cards[:2])] if len(cards) > 1 else []
        return (*asked, turn.ask("drives"))

    def _read(self, before: Conversation, question: str) -> Answer | None:
        """By the forms of the grammar: first with names as they are, then with typos; None where none fits."""
        asked_back: list[tuple[QuestionForm, list[_Name]]] = []
        read = list(dict.fromkeys(forms(question)))
        for typos in (False, True):
            for form in read:
                names = [self._name(said, form.kind, before, typos) for said in _said(form, before)]
                meant = tuple(one.meant for one in names if one.meant is not None)
                if len(meant) == len(names) and self._fits(form.kind, meant):
                    return ANSWERS[form.kind](self._turn(before, question, form.kind, meant, form.newer))
                asked_back.append((form, names))
            several = [(form, names) for form, names in asked_back if all(one.meant is not None or one.several
                                                                          for one in names) and names]  # fmt: skip
            if several:
                return self._which(before, question, *several[0])
        return self._unknown(before, question, asked_back)

    def _fits(self, kind: str, meant: Sequence[int | Shared]) -> bool:
        items = sum(isinstance(one, int) for one in meant)
        if kind in TWO:
            return items == 2 and meant[0] != meant[1]
        if kind in ("what_is", "leave_out", "without_facts"):
            return len(meant) == 1
        return items == len(meant) and (items == 1 or kind in _NAMELESS)

    def _name(self, said: str, kind: str, before: Conversation, typos: bool) -> _Name:
        """Of what is called so: an item that was talked about, one of the list, or one of the data."""
        pointed = self._pointed(said, before)
        if pointed is not None or said.replace(" ", "_") in ITS:
            return _Name(said, pointed)
        fact_first = kind in ("leave_out", "without_facts")
        found = Found()
        for text in _shorter(said, self._plain):
            fact = self.facts.find(text, typos) if kind in ("leave_out", "without_facts", "what_is") else None
            if fact is not None and fact_first:
                return _Name(said, fact)
            found = self.titles.find(text, typos)
            if found.sure:
                one = found.sure[0] if len(found.sure) == 1 else None
                return _Name(said, one, found.sure if one is None else ())
            if fact is not None:
                return _Name(said, fact)
        return _Name(said, near=found.near)

    def _pointed(self, said: str, before: Conversation) -> int | None:
        """What "it" or "the third one" is."""
        index = self._index
        if said.replace(" ", "_") in ITS:
            return index.get(before.about[0]) if before.about else None
        place = _PLACE.fullmatch(said)
        if place is None or not before.listed:
            return None
        number = _PLACES.get(place["word"], int(place["word"]) if place["word"].isdigit() else -1)
        return index.get(before.listed[number - 1]) if number <= len(before.listed) else None

    def _which(self, before: Conversation, question: str, form: QuestionForm, names: Sequence[_Name]) -> Answer:
        """Asks which of several items of one name is meant."""
        cards, turn = self.opened.items(), self._turn(before, question, form.kind)
        one = next(name for name in names if name.meant is None)
        several = [cards[item] for item in one.several]
        said = say.WHICH.format(items=turn.domain.items, names=say.listed([called(card) for card in several]))
        others = [name.meant for name in names if isinstance(name.meant, int)]
        offered = []
        for card in several[:5]:
            pair = [card if name is one else cards[others[0]] if others else card for name in names]
            offered.append(replace(turn, names=tuple(self._index[each.item_id] for each in pair),
                                   newer=form.newer).read_as())  # fmt: skip
        return _back(turn, said, offered, ASKED_BACK)

    def _unknown(
        self, before: Conversation, question: str, asked_back: Sequence[tuple[QuestionForm, list[_Name]]]
    ) -> Answer | None:
        """Says which name nothing has, and offers what is a little alike; None where no form fits at all."""
        fitting = [(form, [one for one in names if one.meant is None]) for form, names in asked_back]
        fitting = [(form, lost) for form, lost in fitting if lost]
        if not fitting:
            return None
        form, lost = min(fitting, key=lambda each: (not any(one.near for one in each[1]), len(each[1][0].said)))
        turn = self._turn(before, question, form.kind)
        one, domain = lost[0], self.opened.domain
        if one.said in ITS:
            return _back(turn, say.NO_NAME.format(item=domain.item), self.first(before), ASKED_BACK)
        near = [self.opened.items()[item] for item in one.near]
        if near and form.kind not in TWO:
            names = say.listed([called(card) for card in near])
            said = say.UNKNOWN_NEAR.format(item=domain.item, name=one.said, names=names)
            return _back(turn, said, [replace(turn, names=(item,)).read_as() for item in one.near], ASKED_BACK)
        said = say.UNKNOWN_NAME.format(item=domain.item, name=one.said)
        return _back(turn, said, self.first(before), ASKED_BACK)

    def _by_meaning(self, before: Conversation, question: str) -> Answer:
        """By the nearest meaning among kinds of questions: answered where it is near, asked back where less so."""
        item, rest = self.titles.within(normal(question))
        near = self.nearest.kinds(rest, named=item is not None)
        turn = self._turn(before, question, "not_understood", () if item is None else (item,))
        if near and near[0].sure:
            return ANSWERS[near[0].kind](replace(turn, kind=near[0].kind))
        if near:
            offered = [replace(turn, kind=each.kind).read_as() for each in near]
            return _back(turn, say.PERHAPS.format(question=question), offered, ASKED_BACK)
        return _back(turn, say.NOT_UNDERSTOOD.format(question=question), self.first(before), NOT_UNDERSTOOD)

    def _turn(
        self, before: Conversation, question: str, kind: str, names: Names = (), newer: bool | None = None
    ) -> Turn:
        return Turn(self.opened, self.facts, before, question, kind, names, newer, lists=self._list)

    def _list(self, asker: Asker, k: int, wishes: Wishes) -> Recommendations:
        """The latest ones are kept: an answer needs the list before it and after it."""
        key = (asker, k, wishes)
        found = self._lists.get(key) or self.opened.recommend(asker, k, wishes)
        while len(self._lists) >= KEPT:
            self._lists.pop(next(iter(self._lists)), None)
        self._lists[key] = found
        return found

    @cached_property
    def _lists(self) -> dict[tuple[Asker, int, Wishes], Recommendations]:
        return {}

    @cached_property
    def titles(self) -> TitleLookup:
        cards, liked = self.opened.items(), self.opened.reader.tracer.display.liked_by
        return TitleLookup(cards, [liked(item) for item in range(len(cards))])

    @cached_property
    def facts(self) -> FactLookup:
        return FactLookup(self.opened.reader.bundle, self.opened.reader.tracer)

    @cached_property
    def nearest(self) -> NearestKind:
        return NearestKind(lambda texts: self.opened.reader.tracer.bert_of_items.encode(list(texts)))

    @cached_property
    def _plain(self) -> frozenset[str]:
        return plain_words(self.opened.domain)

    @cached_property
    def _index(self) -> dict[str, int]:
        return {card.item_id: index for index, card in enumerate(self.opened.items())}


_NAMELESS = ("undo", "reset", "changed", "list", "drives", "likes")


def _said(form: QuestionForm, before: Conversation) -> tuple[str, ...]:
    """The names of a form; what needs one and has none is about what was talked about."""
    return form.names if form.names or form.kind in _NAMELESS else ("it",)


def _shorter(said: str, plain: frozenset[str]) -> Iterator[str]:
    """A name as it was said, then without the plain words around it: "the film fargo", "horror films"."""
    yield said
    words = said.split()
    while len(words) > 1 and (words[0] in plain or words[-1] in plain):
        words = words[1:] if words[0] in plain else words[:-1]
        yield " ".join(words)


def _back(turn: Turn, said: str, offered: Sequence[str], status: str) -> Answer:
    return Answer(turn.question, turn.kind, status, (Sentence(said, ()),), turn.before,
                  next=tuple(dict.fromkeys(offered))[:5])  # fmt: skip
