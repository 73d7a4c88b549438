"""Who the users are: their cards, and three of them to start from."""

from __future__ import annotations

from collections import Counter

import numpy as np

from kgrec_core.browse.starting_people import Liker, personas
from kgrec_core.data.interactions import Interactions
from kgrec_core.domain import Domain
from kgrec_core.explain.sentences.clauses import DisplayNames, tag_columns
from kgrec_core.schema.cards import Event, ItemCard, Persona, Recorded, UserCard

_MOST = 2 / 3  # share of the items that a tag may have and still say something of a taste


def user_cards(data: Interactions, display: DisplayNames) -> tuple[UserCard, ...]:
    """One card per user, in user_vocab order."""
    names = display.catalog.user_vocab
    met = np.bincount(data.users, minlength=len(names))
    liked = _liked(data, display)
    tags = _telling(display.cards)
    return tuple(
        UserCard(name, display.people[name], int(met[user]), len(liked[user]), _taste(liked[user], tags))
        for user, name in enumerate(names.ids)
    )


def starting_points(data: Interactions, display: DisplayNames, cards: tuple[UserCard, ...]) -> tuple[Persona, ...]:
    """The personas of a data set; cards: of the users among whom they are looked for."""
    liked = _liked(data, display)
    likers = [Liker(card, liked[display.catalog.user_vocab.index(card.user_id)]) for card in cards]
    _, kinds = tag_columns(tuple(map(str, display.catalog.items.columns)))
    return personas(likers, display.cards, display.domain, kinds)


def who_liked(data: Interactions, item: int, domain: Domain) -> list[int]:
    """Users, in user_vocab order."""
    liked: list[int] = np.sort(data.users[(data.items == item) & (data.values >= domain.positive_value)]).tolist()
    return liked


def _liked(data: Interactions, display: DisplayNames) -> list[tuple[ItemCard, ...]]:
    """What each user liked, newest first; where times are unknown, most liked or most played first."""
    rows = np.flatnonzero(data.values >= display.domain.positive_value)
    rows = rows[np.lexsort((data.items[rows], -data.values[rows], -data.timestamps[rows]))]
    found: list[list[ItemCard]] = [[] for _ in range(display.users)]
    for user, item in zip(data.users[rows].tolist(), data.items[rows].tolist(), strict=True):
        found[user].append(display.cards[item])
    return [tuple(cards) for cards in found]


def _telling(cards: tuple[ItemCard, ...]) -> frozenset[str]:
    """Tags that tell items apart: not what most items have; the latter where there are no others."""
    counts = Counter(tag for card in cards for tag in card.tags)
    tagged = sum(bool(card.tags) for card in cards)
    return frozenset(tag for tag, count in counts.items() if count <= _MOST * tagged) or frozenset(counts)


def _taste(liked: tuple[ItemCard, ...], telling: frozenset[str]) -> str:
    """The two most frequent tags, or, where none tells anything, the two titles that were liked last."""
    tags = Counter(tag for card in liked for tag in card.tags if tag in telling)
    if tags:
        return "mostly " + ", ".join(tag for tag, _ in tags.most_common(2))
    return f"such as {' and '.join(card.title for card in liked[:2])}" if liked else ""


def recorded(data: Interactions, domain: Domain, has_values: bool) -> Recorded:
    """has_values: whether the data have a value column."""
    graded = has_values and not domain.implicit and len(data) > 0
    return Recorded(bool(data.timestamps.any()), float(data.values.max()) if graded else None)


def events_of(rows: Interactions, display: DisplayNames, has_values: bool) -> tuple[Event, ...]:
    """The events of one user, liked ones first, newest first, then those of the highest value.

    has_values: whether the data have a value column.
    """
    liked = rows.values >= display.domain.positive_value
    order = np.lexsort((rows.items, -rows.values, -rows.timestamps, ~liked))
    return tuple(
        Event(display.cards[rows.items[row]], float(rows.values[row]) if has_values else None, bool(liked[row]))
        for row in order
    )
