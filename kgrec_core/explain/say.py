"""Names for people: what indices are called in sentences, pictures and answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from kgrec_core.data.catalog import Catalog
from kgrec_core.data.interactions import Interactions
from kgrec_core.data.times import times_of
from kgrec_core.domain import Domain
from kgrec_core.graph.build import Graph
from kgrec_core.schema import ITEM, TEXT, TITLE, ItemCard, Node
from kgrec_core.text.documents import SEPARATOR, clean_text

TAGS = 3
POPULAR = 0.1  # share of the items that count as well known
_TAG_COLUMNS = ("genre", "category", "tag", "interest", "listens_to")


@dataclass(frozen=True, eq=False)
class Say:
    catalog: Catalog
    graph: Graph
    interactions: Interactions

    @property
    def domain(self) -> Domain:
        return self.catalog.domain

    @property
    def users(self) -> int:
        return len(self.catalog.user_vocab)

    @cached_property
    def cards(self) -> tuple[ItemCard, ...]:
        """One card per item, in item_vocab order."""
        return tuple(_card(row) for row in self.catalog.item_rows())

    @cached_property
    def _likes(self) -> list[int]:
        liked = self.interactions.values >= self.domain.positive_value
        counts: list[int] = np.bincount(self.interactions.items[liked], minlength=self.graph.items).tolist()
        return counts

    def title(self, item: int) -> str:
        return self.cards[item].title

    def item_id(self, item: int) -> str:
        return self.cards[item].item_id

    def liked_by(self, item: int) -> int:
        """How many users liked an item."""
        return self._likes[item]

    def is_popular(self, item: int) -> bool:
        """Whether it is of the tenth of all items that most users liked."""
        return self.liked_by(item) > 0 and self.liked_by(item) >= self._many

    @cached_property
    def has_bursts(self) -> bool:
        """Whether times tell the order in which things were entered, and not when people met them."""
        times = times_of(self.interactions)
        return times is not None and times.come_in_bursts

    def text_of(self, item: int) -> str:
        """What the model reads of an item as text, in words."""
        return "its title, facts and description" if item in self._described else "its title and facts, read as text"

    @cached_property
    def _described(self) -> frozenset[int]:
        """Items that have a text of their own."""
        rows = enumerate(self.catalog.item_rows())
        return frozenset(place for place, row in rows if clean_text(row.get(TEXT)))

    @cached_property
    def _many(self) -> float:
        return float(np.quantile(self._likes, 1 - POPULAR))

    def item_node(self, item: int) -> Node:
        return Node(self.item_id(item), self.title(item), "item")

    def entity_node(self, entity: int) -> Node:
        return Node(self.graph.entities.id(entity), self.graph.labels[entity], self.graph.types[entity])


def _card(row: Mapping[str, object]) -> ItemCard:
    year = clean_text(row.get("year")).removesuffix(".0")
    tags = next((str(row[name]).split(SEPARATOR)[:TAGS] for name in _TAG_COLUMNS if row.get(name)), [])
    title = clean_text(row[TITLE]) or str(row[ITEM])
    return ItemCard(str(row[ITEM]), title, int(year) if year.isdigit() else None, tuple(tag for tag in tags if tag))
