"""The cover of each item of a data set: its own picture, else one drawn from its stored facts, as a data address."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from kgrec_core.domain.presets import E_COMMERCE
from kgrec_core.domain.standard_relations import standard_relation
from kgrec_core.explain.sentences.clauses import DisplayNames
from kgrec_core.pictures.drawn_covers import CoverFacts, described, drawn_cover

KEPT = 2_000  # covers that stay drawn, some kB each


@dataclass(frozen=True)
class Cover:
    """address: of the image, a data: URL that loads nothing · words: what it shows, not escaped"""

    address: str
    words: str


@dataclass(frozen=True, eq=False)
class ItemCovers:
    """Covers of one data set; read-only."""

    display: DisplayNames
    pictures: Mapping[str, bytes] = field(default_factory=dict)  # item id -> WebP

    def of(self, item: str) -> Cover:
        """By item id; made once while it is among the last KEPT. Raises UnknownIdError."""
        return self._made(item)

    @cached_property
    def _made(self) -> Callable[[str], Cover]:
        return lru_cache(KEPT)(self._make)

    def _make(self, item: str) -> Cover:
        index = self.display.catalog.item_vocab.index(item)
        if item in self.pictures:
            stored = b64encode(self.pictures[item]).decode()
            return Cover(f"data:image/webp;base64,{stored}", f"Picture of {self.display.title(index)}")
        facts = self._facts(index)
        drawn = b64encode(drawn_cover(facts).encode()).decode()
        return Cover(f"data:image/svg+xml;base64,{drawn}", described(facts))

    def of_known(self, items: Iterable[str]) -> dict[str, Cover]:
        """By item id; ids of the items that are not known are left out."""
        vocab = self.display.catalog.item_vocab
        return {item: self.of(item) for item in dict.fromkeys(items) if item in vocab}

    def addresses(self, items: Iterable[str]) -> dict[str, str]:
        """Of `of_known`, the addresses alone."""
        return {item: cover.address for item, cover in self.of_known(items).items()}

    def _facts(self, item: int) -> CoverFacts:
        card = self.display.cards[item]
        thing = self.display.domain.name == E_COMMERCE.name
        if not thing:
            return CoverFacts(card)
        return CoverFacts(card, True, self._named(item, "colour"), self._named(item, "material"))

    def _named(self, item: int, relation: str) -> tuple[str, ...]:
        """What the facts of this relation name."""
        graph, wanted = self.display.graph, self._relations.get(relation, frozenset())
        edges = graph.edges_of(item).tolist() if wanted else []
        return tuple(graph.labels[int(graph.tails[edge])] for edge in edges if int(graph.relations[edge]) in wanted)

    @cached_property
    def _relations(self) -> dict[str, frozenset[int]]:
        """Indices of the relations that mean a colour, or a material, under any name."""
        names = [standard_relation(name) or name for name in self.display.graph.relation_names]
        return {
            wanted: frozenset(number for number, name in enumerate(names) if name == wanted)
            for wanted in ("colour", "material")
        }
