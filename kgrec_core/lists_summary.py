"""What the lists of a data set are like, in numbers that can be read out: asked of the service, over all people."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from kgrec_core.domain import Domain
from kgrec_core.schema.cards import ItemCard, Persona
from kgrec_core.schema.explanation import Explanation, Weighted
from kgrec_core.schema.progress import Progress, no_progress
from kgrec_core.service import Service

K = 10  # items of a list
SAMPLED = 12  # people whose first item is explained
_FEW = 0.01  # of all that counts: what counts less is not named
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
    explained: int  # people whose first item was explained
    drivers: tuple[Weighted, ...]  # shares of what raised those scores, largest first; they add up to 1 at most
    parts: tuple[Weighted, ...]  # mean fall of those scores without a part of the model; no shares
    to_look_at: tuple[Persona, ...]

    @property
    def coverage(self) -> float:
        """Share of the items that are in the first K of anybody who was asked."""
        return self.listed / self.items


def summarise(opened: Service, named: int = 3, progress: Progress = no_progress) -> ListsSummary:
    """named: best sellers, and items on most lists.

    Every list is made, of 2,000 people at most; what drives them is asked of a few people, at even steps through the
    data: the Shapley values of their first item, which the model scored again without each cause.
    """
    users, items = opened.users(), opened.items()
    counts = opened.everyone.listed(K, lambda _, share: progress("Making all lists", _LISTS * share))
    places = np.unique(np.linspace(0, len(users) - 1, min(SAMPLED, len(users))).astype(int)).tolist()
    found: list[Explanation] = []
    for number, place in enumerate(places):
        progress("Asking what drives them", _LISTS + (1 - _LISTS) * number / len(places))
        first = opened.recommend(users[place].user_id, 1).items
        found += [opened.why(users[place].user_id, first[0].item.item_id)] if first else []
    return ListsSummary(
        people=len(users),
        items=len(items),
        asked=len(opened.everyone.users),
        listed=int((counts > 0).sum()),
        best_sellers=_most(opened.everyone.liked(), items, named),
        most_listed=_most(counts, items, named),
        explained=len(found),
        drivers=drivers(found, opened.domain),
        parts=_parts(found),
        to_look_at=opened.lists.personas(users),
    )


def drivers(found: list[Explanation], domain: Domain) -> tuple[Weighted, ...]:
    """Net SHAP values by kind of cause, as shares of all that raised the scores; what lowered them is left out."""
    sums: dict[str, float] = defaultdict(float)
    for each in found:
        for part in each.attributions:
            sums[_kind(part.kind, part.label, domain)] += part.value
    above = {label: value for label, value in sums.items() if value > 0}
    whole = sum(above.values())
    shares = [Weighted(label, value / whole) for label, value in above.items() if value >= _FEW * whole]
    return tuple(sorted(shares, key=lambda one: -one.value))


def _kind(kind: str, label: str, domain: Domain) -> str:
    return f"what they {domain.consumed}" if kind == "history" else label


def _parts(found: list[Explanation]) -> tuple[Weighted, ...]:
    falls: dict[str, list[float]] = defaultdict(list)
    for each in found:
        for branch in each.branches:
            falls[branch.name].append(branch.value)
    means = [Weighted(name, sum(values) / len(found)) for name, values in falls.items()]
    return tuple(sorted(means, key=lambda one: -one.value))


def _most(counts: np.ndarray, items: tuple[ItemCard, ...], named: int) -> tuple[CountedItem, ...]:
    best = np.argsort(-counts, kind="stable")[:named].tolist()
    return tuple(CountedItem(items[item], int(counts[item])) for item in best if counts[item])
