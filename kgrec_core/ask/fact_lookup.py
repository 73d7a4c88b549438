"""From a word as somebody types it to what items share: "musicals", "tom hanks", "scary", and the items with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

import numpy as np

from kgrec_core.explain.why.step_trace import Tracer
from kgrec_core.model.bundle import Bundle
from kgrec_core.request.named_facts import FactNames
from kgrec_core.request.request_text import words_of
from kgrec_core.request.synonyms import synonyms
from kgrec_core.schema.explanation import Edge

ALIKE = 0.86  # likeness of letters from which a word is taken for a name with a typo


@dataclass(frozen=True, slots=True)
class Shared:
    """What some items share. relation: the one that most of them have it by · items: indices"""

    entity: int
    label: str
    relation: str
    items: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class FactLookup:
    """Of one data set; reads its graph, and its encoder where no name fits."""

    bundle: Bundle
    tracer: Tracer

    def find(self, name: str, typos: bool) -> Shared | None:
        """By its name, in the plural too, by a word that means the same, or with a small typo."""
        words = words_of(name)
        for form in _singulars(words):
            if form in self._entities:
                return self.shared(self._entities[form])
        if not typos or not words:
            return None
        known = get_close_matches(" ".join(words), self._spelt, 1, ALIKE) if len(name) > 4 else []
        if known:
            return self.shared(self._entities[self._spelt[known[0]]])
        asked = self._names.mentions(f"no {name}").refused
        return self.shared(asked[0].entity) if asked else None

    def shared(self, entity: int) -> Shared:
        graph = self.bundle.inputs.graph
        edges = graph.edges_to(entity)
        kinds, counts = np.unique(graph.relations[edges], return_counts=True)
        relation = graph.relation_names[int(kinds[counts.argmax()])]
        return Shared(entity, graph.labels[entity], relation, tuple(np.unique(graph.heads[edges]).tolist()))

    def in_common(self, one: int, other: int, most: int = 3) -> tuple[tuple[str, Edge], ...]:
        """What two items share, "both are Drama films", with the fact of the first one; what says most first."""
        graph, domain = self.bundle.inputs.graph, self.bundle.catalog.domain
        sides = [{(int(graph.relations[edge]), int(graph.tails[edge])) for edge in graph.edges_of(item)}
                 for item in (one, other)]  # fmt: skip
        found = sorted(sides[0] & sides[1], key=lambda pair: (domain.phrase(graph.relation_names[pair[0]]).priority,
                                                              len(graph.edges_to(pair[1]))))  # fmt: skip
        head = self.bundle.catalog.item_vocab.id(one)
        named = ((graph.relation_names[kind], tail) for kind, tail in found[:most])
        return tuple((domain.both(relation, graph.labels[tail]), Edge(head, relation, graph.entities.id(tail)))
                     for relation, tail in named)  # fmt: skip

    def facts_of(self, item: int) -> dict[str, list[str]]:
        """What is known of an item: what each relation is called, and to what it leads."""
        graph, domain = self.bundle.inputs.graph, self.bundle.catalog.domain
        found: dict[str, list[str]] = {}
        edges = sorted(graph.edges_of(item).tolist(), key=lambda edge: domain.phrase(
            graph.relation_names[int(graph.relations[edge])]).priority)  # fmt: skip
        for edge in edges:
            called = domain.phrase(graph.relation_names[int(graph.relations[edge])]).label
            found.setdefault(called, []).append(graph.labels[int(graph.tails[edge])])
        return found

    @cached_property
    def _entities(self) -> dict[tuple[str, ...], int]:
        graph = self.bundle.inputs.graph
        count = np.bincount(graph.tails, minlength=len(graph.entities))
        found: dict[tuple[str, ...], int] = {}
        for entity in np.argsort(-count, kind="stable").tolist():
            if count[entity] and (words := words_of(graph.labels[entity])):
                found.setdefault(words, entity)
        for said, entity in synonyms(graph).items():
            found.setdefault(said, entity)
        return found

    @cached_property
    def _spelt(self) -> dict[str, tuple[str, ...]]:
        return {" ".join(words): words for words in self._entities}

    @cached_property
    def _names(self) -> FactNames:
        graph, cards = self.bundle.inputs.graph, self.tracer.display.cards
        encode = self.tracer.bert_of_items.encode
        titles = [card.title for card in cards]
        return FactNames(graph, self.bundle.catalog.domain, titles, lambda texts: encode(list(texts)))


def _singulars(words: Sequence[str]) -> list[tuple[str, ...]]:
    """The words, and with the last one in the singular."""
    if not words:
        return []
    *rest, last = words
    ends = (("ies", "y"), ("es", ""), ("s", ""))
    forms = [last, *(last.removesuffix(end) + to for end, to in ends if last.endswith(end) and len(last) > 4)]
    return [(*rest, form) for form in forms]
