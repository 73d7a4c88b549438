"""The facts that a request names: by their name, or by a word that means the same, "animated" for Animation.

Of somebody in several roles the words before the name say which is meant, as in "directed by"; else it is the one that
is told first of those in which they are usually met: a director who plays small parts directs. The title of an item is
no fact: its words name nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np
import numpy.typing as npt

from kgrec_core.data.interactions import IntArray
from kgrec_core.domain import Domain
from kgrec_core.explain.sentences.clauses import PERSON, with_article
from kgrec_core.graph.typed_graph import Graph
from kgrec_core.request.common_words import SHORTEST, is_common, says_nothing
from kgrec_core.request.mentions import FactMention, Mentions, TitleMention
from kgrec_core.request.request_text import RequestText, Words, read_request, words_of
from kgrec_core.request.synonyms import synonyms

KNOWN = 5  # facts that lead to somebody who is known by the last name alone, after a word such as "by"
FAMOUS = 10  # the same at the beginning of a request
USUAL = 0.4  # share of the items of somebody's main role that make another role usual too
FEW = 60  # entities of a relation that counts as a choice of kinds, such as genre; others are found by name alone
LONGEST = 2  # words of what may mean the same as a kind
ALIKE = 0.72  # cosine from which two short texts mean the same: "scary" and Horror 0.75, "soldiers" and War 0.65
_LIKE = "like"
_PARTICLES = frozenset("da de del della den der di du la le van von".split())
_DECADE = re.compile(r"\d\d(\d0s)")
_DECADES = {"20s": "twenties", "30s": "thirties", "40s": "forties", "50s": "fifties", "60s": "sixties",
            "70s": "seventies", "80s": "eighties", "90s": "nineties"}  # fmt: skip
_SAME = {"starring": "with", "featuring": "with"}

Encode = Callable[[Sequence[str]], npt.NDArray[np.float32]]
Span = tuple[int, int, int]  # what is named, its first word, the word behind its last


@dataclass(frozen=True, eq=False)
class FactNames:
    """What can be named. titles: of all items · encode: texts to unit vectors, for what means the same."""

    graph: Graph
    domain: Domain
    titles: Sequence[str]
    encode: Encode

    def mentions(self, text: str) -> Mentions:
        request = read_request(text)
        free = [True] * len(request.words)
        facts: dict[int, tuple[int, int]] = {}  # of an entity, the words that name it
        titles: list[TitleMention] = []
        names = list(self._by_name(request))
        in_role = (span for span in names if self._asked(span[0], request.words[: span[1]]))
        for kind, spans in (
            ("fact", in_role),
            ("title", self._titles(request)),
            ("fact", chain(names, self._by_last_name(request), self._by_synonym(request))),
            ("fact", self._by_meaning(request, free)),
        ):
            for found, first, last in spans:
                if all(free[first:last]) and (kind == "title" or found not in facts):
                    free[first:last] = [False] * (last - first)
                    if kind == "fact":
                        facts[found] = first, last
                    else:
                        titles.append(TitleMention(found, first, last))
        met = sorted(facts.items(), key=lambda each: each[1])
        named = [(self._fact(request, entity, *span), request.refused[slice(*span)]) for entity, span in met]
        said = any(not self._says_nothing(word) for word in words_of(request.wanted))
        return Mentions(
            request=request,
            asked=tuple(one for one, refused in named if not any(refused)),
            refused=tuple(one for one, refused in named if any(refused)),
            titles=tuple(titles),
            text=request.wanted if said else "",
        )

    def asks(self, one: FactMention) -> str:
        """What it asks for: "films directed by Ridley Scott"."""
        return self.domain.group(self._name(one.column), with_article(self.graph.labels[one.entity]))

    def _fact(self, request: RequestText, entity: int, first: int, last: int) -> FactMention:
        before = request.words[:first]
        asking = first - self._asking(entity, before)
        return FactMention(request.written(first, last), entity, self._intended(entity, before), asking, last)

    def _spans(self, request: RequestText, longest: int) -> Iterator[tuple[int, int]]:
        """Longer ones first."""
        for size in range(min(longest, len(request.words)), 0, -1):
            for first in range(len(request.words) - size + 1):
                yield first, first + size

    def _titles(self, request: RequestText) -> Iterator[Span]:
        for first, last in self._spans(request, max(map(len, self._items), default=0)):
            words = request.words[first:last]
            said_so = first > 0 and request.words[first - 1] == _LIKE
            if said_so and words in self._beginnings:
                yield self._beginnings[words], first, last
            elif words in self._items and (said_so or (len(words) > 1 and not all(map(self._says_nothing, words)))):
                yield self._items[words], first, last

    def _by_name(self, request: RequestText) -> Iterator[Span]:
        """Of several of one name first the one that the words before it ask for."""
        for first, last in self._spans(request, max(map(len, self._entities), default=0)):
            of_this_name = self._entities.get(request.words[first:last], ())
            for entity in sorted(of_this_name, key=lambda entity: not self._asked(entity, request.words[:first])):
                in_role = bool(self._asked(entity, request.words[:first]))
                short = len(self.graph.labels[entity].strip()) < SHORTEST
                plain = last - first > 1 or self.graph.types[entity] != PERSON or request.is_capital(first)
                if in_role or (plain and not short):
                    yield entity, first, last

    def _by_last_name(self, request: RequestText) -> Iterator[Span]:
        """A capital, or a word that asks for a role, makes a name of a word; every request begins with a capital, so
        there the name has to be famous and in no title.
        """
        for first, word in enumerate(request.words):
            entity = self._last_names.get(word)
            if entity is not None:
                known = len(self.graph.edges_to(entity)) >= FAMOUS and word not in self._title_words
                capital = request.is_capital(first) and (first > 0 or known)
                if capital or self._asked(entity, request.words[:first]):
                    yield entity, first, first + 1

    def _by_meaning(self, request: RequestText, free: Sequence[bool]) -> Iterator[Span]:
        """Kinds, those that fit best first."""
        spans = [
            (first, last)
            for first, last in self._spans(request, LONGEST)
            if all(free[first:last]) and not any(map(self._says_nothing, request.words[first:last]))
        ]
        if not self._kinds or not spans:
            return
        likeness = self.encode([request.written(first, last) for first, last in spans]) @ self._vectors.T
        for place in np.argsort(-likeness.max(1), kind="stable").tolist():
            best = int(likeness[place].argmax())
            if likeness[place, best] < ALIKE:
                return
            yield (self._kinds[best], *spans[place])

    def _by_synonym(self, request: RequestText) -> Iterator[Span]:
        for first, last in self._spans(request, max(map(len, self._synonyms), default=0)):
            if request.words[first:last] in self._synonyms:
                yield self._synonyms[request.words[first:last]], first, last

    def _says_nothing(self, word: str) -> bool:
        return says_nothing(word, self.domain)

    def _intended(self, entity: int, before: Words) -> int:
        """The column of an entity that the words before its name ask for, else the one it is usually met in."""
        relations = self.graph.relations[self.graph.edges_to(entity)]
        count = {column: int((relations == self._relation(column)).sum()) for column in self._columns[entity]}
        usual = [column for column, items in count.items() if items >= USUAL * max(count.values())]
        asked = self._asked(entity, before) or usual
        return min(asked, key=lambda column: self.domain.phrase(self._name(column)).priority)

    def _asked(self, entity: int, before: Words) -> tuple[int, ...]:
        """Columns of an entity whose relation is told with the very words that stand before its name."""
        before = tuple(_SAME.get(word, word) for word in before)
        for size in (2, 1):
            own = (column for column in self._columns[entity] if self._lead(column)[-size:] == before[-size:] != ())
            if asked := tuple(own):
                return asked
        return ()

    def _asking(self, entity: int, before: Words) -> int:
        """How many of the words before its name ask for its role."""
        two = tuple(_SAME.get(word, word) for word in before[-2:])
        columns = self._asked(entity, before)
        return max((len(two) if self._lead(column)[-2:] == two else 1 for column in columns), default=0)

    def column(self, relation: int, entity: int) -> int | None:
        """The column of a (relation, entity) pair of the kernel; None where no item has it."""
        pair = relation * self._count + entity
        place = int(np.searchsorted(self._pairs, pair))
        return place if place < len(self._pairs) and self._pairs[place] == pair else None

    def _relation(self, column: int) -> int:
        return int(self._pairs[column]) // self._count

    def _name(self, column: int) -> str:
        return self.graph.relation_names[self._relation(column)]

    def _lead(self, column: int) -> Words:
        """The words before the name where the relation is told: ("directed", "by")."""
        return words_of(self.domain.group(self._name(column), "{").partition("{")[0])[1:]

    @property
    def _count(self) -> int:
        return max(len(self.graph.entities), 1)

    @cached_property
    def _pairs(self) -> IntArray:
        """(columns,) relation * `_count` + entity, numbered as in the kernel."""
        pairs: IntArray = np.unique(self.graph.relations * self._count + self.graph.tails)
        return pairs

    @cached_property
    def _columns(self) -> dict[int, tuple[int, ...]]:
        """Of each entity, its columns."""
        found: dict[int, list[int]] = {}
        for column, entity in enumerate((self._pairs % self._count).tolist()):
            found.setdefault(entity, []).append(column)
        return {entity: tuple(columns) for entity, columns in found.items()}

    @cached_property
    def leads(self) -> frozenset[str]:
        """The last word before a name, where a relation is told: "by", "with"."""
        before = (self.domain.group(name, "{").partition("{")[0] for name in self.graph.relation_names)
        met = frozenset(word for words in before for word in words_of(words)[1:][-1:])
        return met | {"by", "with", *_SAME}

    @cached_property
    def _synonyms(self) -> dict[Words, int]:
        return {said: entity for said, entity in synonyms(self.graph).items() if entity in self._columns}

    @cached_property
    def _items(self) -> dict[Words, int]:
        found: dict[Words, int] = {}
        for item, title in enumerate(self.titles):
            found.setdefault(words_of(title), item)
        for item, title in enumerate(self.titles):  # "Star Wars" of "Star Wars: Episode IV"
            series = words_of(title.partition(":")[0])
            if len(series) > 1:
                found.setdefault(series, item)
        return {words: item for words, item in found.items() if words}

    @cached_property
    def _beginnings(self) -> dict[Words, int]:
        """The first words of titles, two or more: "Harry Potter" of each part of it; of several the first item."""
        found = dict[Words, int]()
        for words, item in self._items.items():
            for size in range(2, len(words)):
                found.setdefault(words[:size], item)
        common = (words for words in found if any(is_common(word, self.domain) for word in (words[0], words[-1])))
        for words in list(common):
            del found[words]
        return found

    @cached_property
    def _title_words(self) -> frozenset[str]:
        return frozenset(word for words in self._items for word in words)

    @cached_property
    def _entities(self) -> dict[Words, list[int]]:
        """By the words of their names; of those of one name the one with most facts first."""
        found: dict[Words, list[int]] = {}
        for entity in self._columns:
            for name in self._called(entity):
                if name and not all(is_common(word, self.domain) for word in name):
                    found.setdefault(name, []).append(entity)
        return {name: sorted(each, key=lambda one: -len(self.graph.edges_to(one))) for name, each in found.items()}

    def _called(self, entity: int) -> Iterator[Words]:
        """A name in full, without "the", the last name with its particle, "de niro"; a decade in short, "90s"."""
        name = words_of(self.graph.labels[entity])
        yield name
        if len(name) > 1 and name[0] == "the":
            yield name[1:]
        if len(name) > 2 and name[-2] in _PARTICLES and len(self.graph.edges_to(entity)) >= KNOWN:
            yield name[-2:]
        if len(name) == 1 and (decade := _DECADE.fullmatch(name[0])):
            yield (decade[1],)
            if name[0].startswith("19") and decade[1] in _DECADES:
                yield (_DECADES[decade[1]],)

    @cached_property
    def _last_names(self) -> dict[str, int]:
        """Who is meant by a last name alone: the one who is in many items, and in three times as many as others."""
        found: dict[str, list[tuple[int, int]]] = {}
        for entity in self._columns:
            name = words_of(self.graph.labels[entity])
            if len(name) > 1 and len(name[-1]) > SHORTEST and self.graph.types[entity] == PERSON:
                found.setdefault(name[-1], []).append((len(self.graph.edges_to(entity)), entity))
        ranked = {name: [*sorted(each, reverse=True), (0, -1)] for name, each in found.items()}
        return {
            name: first for name, ((many, first), (fewer, _), *_) in ranked.items() if many >= max(KNOWN, 3 * fewer)
        }

    @cached_property
    def _kinds(self) -> list[int]:
        """Entities of relations that have few, and say something of an item."""
        found: dict[int, None] = {}
        for relation, name in enumerate(self.graph.relation_names):
            own = np.unique(self.graph.tails[self.graph.relations == relation]).tolist()
            people = any(self.graph.types[entity] == PERSON for entity in own)
            if len(own) <= FEW and not people and not self.domain.phrase(name).dull:
                found |= dict.fromkeys(entity for entity in own if len(self.graph.labels[entity]) >= SHORTEST)
        return list(found)

    @cached_property
    def _vectors(self) -> npt.NDArray[np.float32]:
        return self.encode([self.graph.labels[entity] for entity in self._kinds])
