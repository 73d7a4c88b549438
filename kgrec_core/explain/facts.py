"""What a sentence may state: every fact is looked up by its id where it is stored, not where the sentence was made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

import numpy as np
from torch import Tensor

from kgrec_core.errors import UnknownIdError
from kgrec_core.explain.branch_words import BRANCH_WORDS, BranchWords
from kgrec_core.explain.context import UserContext
from kgrec_core.explain.say import Say
from kgrec_core.explain.words import LINE, WORDS
from kgrec_core.schema import Explanation

HISTORY, LIKES, READ = "history:", "likes:", "read:"


@dataclass(frozen=True, slots=True)
class Fact:
    """labels: names that it may be told by · numbers: as they may be written · relation: of an edge, else empty ·
    liked: False only for an event that is no like · clauses: words of its own that it may be told in
    """

    labels: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    relation: str = ""
    liked: bool = True
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Facts:
    """Facts about one user, the catalogue, and the figures of one explanation."""

    user: UserContext
    say: Say
    figures: Mapping[str, Fact] = field(default_factory=dict)

    def find(self, name: str) -> Fact | None:
        """The fact of an id; None when nothing of that id is stored."""
        if name in self.figures:
            return self.figures[name]
        if name == WORDS:
            return None if self.user.words is None else Fact()
        if name.startswith(f"{LINE}|"):
            return self._asked(name)
        between = self.user.recommender.between
        looks: dict[str, Callable[[str], Fact | None]] = {HISTORY: self._event, LIKES: self._likes, READ: self._read}
        for branch, theirs in between.items():
            looks[BRANCH_WORDS[branch].link] = partial(self._linked, BRANCH_WORDS[branch], theirs)
        for prefix, look in looks.items():
            if name.startswith(prefix):
                return look(name.removeprefix(prefix))
        return next((fact for fact in map(self._edge, _edges(name, self.say.graph.relation_names)) if fact), None)

    def _item(self, name: str) -> int:
        """Index of an item; -1 when there is none."""
        try:
            return self.say.catalog.item_vocab.index(name)
        except UnknownIdError:
            return -1

    def _event(self, name: str) -> Fact | None:
        item = self._item(name)
        place = np.flatnonzero(self.user.items == item)
        return Fact((self.say.title(item),), liked=bool(self.user.weights[place[0]] == 1)) if len(place) else None

    def _likes(self, name: str) -> Fact | None:
        item = self._item(name)
        numbers = (str(self.say.liked_by(item)), str(self.say.users))
        return Fact((self.say.title(item),), numbers) if item >= 0 else None

    def _read(self, name: str) -> Fact | None:
        """The text of an item, as the model reads it."""
        item = self._item(name)
        return Fact((self.say.title(item), self.say.text_of(item))) if item >= 0 else None

    def _linked(self, words: BranchWords, theirs: Tensor, name: str) -> Fact | None:
        """Two items, joined by "|", that these (items, items) weights or likenesses of the model link."""
        one, _, other = name.partition("|")
        ends = self._item(one), self._item(other)
        linked = min(ends) >= 0 and float(theirs[ends]) > 0
        clauses = (words.clause(self.say.domain, self.say.has_bursts, second) for second in (False, True))
        return Fact(tuple(map(self.say.title, ends)), clauses=tuple(clauses)) if linked else None

    def _asked(self, name: str) -> Fact | None:
        """A fact that the line of words names."""
        graph, facts = self.say.graph, None if self.user.words is None else self.user.words.facts
        for _, relation, tail in _edges(name, graph.relation_names):
            if facts is not None and tail in graph.entities:
                entity, kind = graph.entities.index(tail), graph.relation_names.index(relation)
                if bool(((facts.entities == entity) & (facts.relations == kind)).any()):
                    return Fact((graph.labels[entity],), relation=relation)
        return None

    def _edge(self, triple: tuple[str, str, str]) -> Fact | None:
        head, relation, tail = triple
        graph, item = self.say.graph, self._item(head)
        if item < 0 or tail not in graph.entities:
            return None
        edges, entity = graph.edges_of(item), graph.entities.index(tail)
        named = graph.relations[edges] == graph.relation_names.index(relation)
        if not (named & (graph.tails[edges] == entity)).any():
            return None
        return Fact((self.say.title(item), graph.labels[entity]), relation=relation)


def _edges(name: str, relations: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    """Ways to read head|relation|tail; an id may hold a bar of its own."""
    for relation in relations:
        head, found, tail = name.partition(f"|{relation}|")
        if found:
            yield head, relation, tail


def figures(found: Explanation, rivals: int) -> dict[str, Fact]:
    """The numbers of an explanation by id, as they are written in sentences; `rivals`: how many items
    it is ranked among.
    """
    said = {
        "rank": Fact((found.item.title,), (str(found.rank), str(rivals))),
        "score": Fact(numbers=(two(found.score),)),
        "base": Fact(numbers=(two(found.base),)),
        "attribution_error": Fact(numbers=(f"{found.attribution_error:.3f}",)),
    }
    for kind in ("history", "facet", "text", "words", "popularity"):
        said[f"sum:{kind}"] = Fact(numbers=(two(abs(sum_of(found, kind))),))
    for part in found.attributions:
        said[f"attribution:{part.player}"] = Fact((part.label,), (f"{part.value:+z.2f}",))
    for number, path in enumerate(found.paths):
        said[f"path:{number}"] = Fact(numbers=(f"{path.contribution:.3f}",))
    for name, share in found.faithfulness.items():
        size = name.partition("@")[2]
        at_random = found.faithfulness_random[name]
        said[f"faithfulness:{name}"] = Fact(numbers=(size, percent(share), percent(at_random)))
    return said


def sum_of(found: Explanation, kind: str) -> float:
    """Sum of the attributions of a kind."""
    return sum(part.value for part in found.attributions if part.kind == kind)


def two(number: float) -> str:
    """Two decimals, and no minus in front of a zero."""
    return f"{number:z.2f}"


def percent(share: float) -> str:
    return f"{100 * share:z.0f}%"
