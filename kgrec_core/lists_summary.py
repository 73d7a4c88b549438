"""What the lists of a data set are like, in numbers that can be read out: asked of the service, over all people."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kgrec_core.schema.cards import ItemCard, Persona
from kgrec_core.schema.global_explanation import GlobalExplanation
from kgrec_core.schema.progress import Progress, no_progress, part_of
from kgrec_core.service import Service

K = 10  # items of a list
SAMPLED = 40  # people whose lists are taken apart
_LISTS = 0.3  # of the work, roughly: to make all lists


@dataclass(frozen=True, slots=True)
class CountedItem:
    item: ItemCard
    people: int


@dataclass(frozen=True, slots=True)
class ListsSummary:
    """people, items: in the data · asked: people whose lists were made · listed: items on any of these lists."""

    people: int
    items: int
    asked: int
    listed: int
    best_sellers: tuple[CountedItem, ...]  # liked by most people
    most_listed: tuple[CountedItem, ...]  # on most of the lists
    whole: GlobalExplanation  # what drives the lists of SAMPLED people
    to_look_at: tuple[Persona, ...]

    @property
    def coverage(self) -> float:
        """Share of the items that are in the first K of anybody who was asked."""
        return self.listed / self.items


def summarise(opened: Service, named: int = 3, progress: Progress = no_progress) -> ListsSummary:
    """named: best sellers, and items on most lists. Every list is made, of 2,000 people at most."""
    users, items = opened.users(), opened.items()
    counts = opened.everyone.listed(K, lambda _, share: progress("Making all lists", _LISTS * share))
    return ListsSummary(
        people=len(users),
        items=len(items),
        asked=len(opened.everyone.users),
        listed=int((counts > 0).sum()),
        best_sellers=_most(opened.everyone.liked(), items, named),
        most_listed=_most(counts, items, named),
        whole=opened.whole_model.explain(SAMPLED, K, part_of(progress, _LISTS, 1.0)),
        to_look_at=opened.lists.personas(users),
    )


def _most(counts: np.ndarray, items: tuple[ItemCard, ...], named: int) -> tuple[CountedItem, ...]:
    best = np.argsort(-counts, kind="stable")[:named].tolist()
    return tuple(CountedItem(items[item], int(counts[item])) for item in best if counts[item])
