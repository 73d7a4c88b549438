"""The facts that a line of words names: by their name, or by a word that means the same, "animated" for Animation.

Of somebody in several roles the words before the name say which is meant, as in "directed by"; else it is the one that
is told first of those in which they are usually met: a director who plays small parts directs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from kgrec_core.data.interactions import IntArray
from kgrec_core.domain import Domain
from kgrec_core.explain.words import PERSON, with_article
from kgrec_core.graph.build import Graph

KNOWN = 5  # facts that lead to somebody who is known by the last name alone
SHORTEST = 3  # letters of a name; the certificate "R" is in many a line by chance
FEW = 60  # entities of a relation that counts as a choice of kinds, such as genre; others are found by name alone
LONGEST = 2  # words of what may mean the same as a kind
ALIKE = 0.72  # cosine from which two short texts mean the same: "scary" and Horror 0.75, "soldiers" and War 0.65
_WORD = re.compile(r"\w+")
_AGAINST = frozenset("no not never without nothing except hate hates isn aren don doesn".split())
_SAME = {"starring": "with", "featuring": "with", "of": "by"}
_REACH = 3  # words after one of these that it may be about

Words = tuple[str, ...]  # folded
Encode = Callable[[Sequence[str]], npt.NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Named:
    """phrase: as it is written in the line · column: of the kernel, the pair of relation and entity that is meant"""

    phrase: str
    entity: int
    column: int


@dataclass(frozen=True, eq=False)
class Names:
    """What can be named in a graph. encode: texts to unit vectors, for what means the same."""

    graph: Graph
    domain: Domain
    encode: Encode

    def in_line(self, line: str) -> tuple[Named, ...]:
        """In the order of the line; each entity once, the longest name where several begin alike."""
        words = [(match.start(), match.end()) for match in _WORD.finditer(line)]
        folded = tuple(_folded(line[start:end]) for start, end in words)
        free = [not _is_denied(folded, place) for place in range(len(words))]
        found: dict[int, tuple[int, int]] = {}  # of an entity, the words that name it
        for entity, first, last in (*self._by_name(line, words, folded), *self._by_meaning(line, words, folded, free)):
            if all(free[first:last]) and entity not in found:
                found[entity] = first, last
                free[first:last] = [False] * (last - first)
        return tuple(
            Named(line[words[first][0] : words[last - 1][1]], entity, self._meant(entity, folded[:first]))
            for entity, (first, last) in sorted(found.items(), key=lambda each: each[1])
        )

    def asks(self, one: Named) -> str:
        """What it asks for: "films directed by Ridley Scott"."""
        return self.domain.group(self._name(one.column), with_article(self.graph.labels[one.entity]))

    def _by_name(self, line: str, words: Sequence[tuple[int, int]], folded: Words) -> Iterator[tuple[int, int, int]]:
        """Entities with their place in the line, (entity, first word, word behind the last); longer names first."""
        for size in range(min(self._longest, len(folded)), 0, -1):
            for first in range(len(folded) - size + 1):
                of_this_name = self._entities.get(folded[first : first + size], ())
                for entity in sorted(of_this_name, key=lambda entity: not self._asked(entity, folded[:first])):
                    written = line[words[first][0] :]
                    if size > 1 or self.graph.types[entity] != PERSON or written[0].isupper():
                        yield entity, first, first + size
        for first in range(1, len(folded)):  # at the start of a line every word is capitalised
            if folded[first] in self._last_names and line[words[first][0]].isupper():
                yield self._last_names[folded[first]], first, first + 1

    def _by_meaning(
        self, line: str, words: Sequence[tuple[int, int]], folded: Words, free: Sequence[bool]
    ) -> Iterator[tuple[int, int, int]]:
        """The same for kinds, those that fit best first."""
        if not self._kinds:
            return
        spans = [
            (first, first + size)
            for size in range(1, LONGEST + 1)
            for first in range(len(folded) - size + 1)
            if all(free[first : first + size]) and not any(map(self._says_nothing, folded[first : first + size]))
        ]
        if not spans:
            return
        texts = [line[words[first][0] : words[last - 1][1]] for first, last in spans]
        likeness = self.encode(texts) @ self._vectors.T
        for place in np.argsort(-likeness.max(1), kind="stable").tolist():
            best = int(likeness[place].argmax())
            if likeness[place, best] < ALIKE:
                return
            yield (self._kinds[best], *spans[place])

    def _says_nothing(self, word: str) -> bool:
        own = (self.domain.item, self.domain.items, self.domain.user.casefold())
        return len(word) < SHORTEST - 1 or word in _stop_words() or word in own

    def _meant(self, entity: int, before: Words) -> int:
        """The column of an entity that the words before its name ask for, else the one it is usually met in."""
        relations = self.graph.relations[self.graph.edges_to(entity)]
        count = {column: int((relations == self._relation(column)).sum()) for column in self._columns[entity]}
        usual = [column for column, items in count.items() if items >= max(count.values()) / 2]
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

    def _relation(self, column: int) -> int:
        return int(self._pairs[column]) // self._count

    def _name(self, column: int) -> str:
        return self.graph.relation_names[self._relation(column)]

    def _lead(self, column: int) -> Words:
        """The words before the name where the relation is told: ("directed", "by")."""
        told = self.domain.group(self._name(column), "{").partition("{")[0]
        return tuple(map(_folded, _WORD.findall(told)))[1:]

    def column(self, relation: int, entity: int) -> int | None:
        """The column of a (relation, entity) pair of the kernel; None where no item has it."""
        pair = relation * self._count + entity
        place = int(np.searchsorted(self._pairs, pair))
        return place if place < len(self._pairs) and self._pairs[place] == pair else None

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
    def _entities(self) -> dict[Words, list[int]]:
        """By the words of their names; of those of one name the one with most facts first."""
        found: dict[Words, list[int]] = {}
        for entity in self._columns:
            name = tuple(map(_folded, _WORD.findall(self.graph.labels[entity])))
            if len("".join(name)) >= SHORTEST and not all(map(self._says_nothing, name)):
                found.setdefault(name, []).append(entity)
        return {
            name: sorted(each, key=lambda entity: -len(self.graph.edges_to(entity))) for name, each in found.items()
        }

    @cached_property
    def _last_names(self) -> dict[str, int]:
        """Who is meant by a last name alone: the one who is in many items, and in three times as many as others."""
        found: dict[str, list[tuple[int, int]]] = {}
        for name, entities in self._entities.items():
            for entity in entities:
                if len(name) > 1 and len(name[-1]) > SHORTEST and self.graph.types[entity] == PERSON:
                    found.setdefault(name[-1], []).append((len(self.graph.edges_to(entity)), entity))
        ranked = {name: [*sorted(each, reverse=True), (0, -1)] for name, each in found.items()}
        return {
            name: first for name, ((many, first), (fewer, _), *_) in ranked.items() if many >= max(KNOWN, 3 * fewer)
        }

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._entities), default=0)

    @cached_property
    def _kinds(self) -> list[int]:
        """Entities of relations that have few."""
        found: dict[int, None] = {}
        for relation in range(len(self.graph.relation_names)):
            own = np.unique(self.graph.tails[self.graph.relations == relation]).tolist()
            named = [entity for entity in own if len(self.graph.labels[entity]) >= SHORTEST]
            if len(own) <= FEW and not any(self.graph.types[entity] == PERSON for entity in own):
                found |= dict.fromkeys(named)
        return list(found)

    @cached_property
    def _vectors(self) -> npt.NDArray[np.float32]:
        return self.encode([self.graph.labels[entity] for entity in self._kinds])


def _is_denied(folded: Words, place: int) -> bool:
    """Whether shortly before it stands "no", "not" or the like."""
    return any(word in _AGAINST for word in folded[max(place - _REACH, 0) : place])


def _folded(word: str) -> str:
    parts = unicodedata.normalize("NFKD", word)
    return "".join(char for char in parts if not unicodedata.combining(char)).casefold()


def _stop_words() -> frozenset[str]:
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    return frozenset(ENGLISH_STOP_WORDS)
