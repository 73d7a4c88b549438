"""Histories as explainers read them: of a stored user or of a visitor, with what was said here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from kgrec_core.data.interactions import IntArray
from kgrec_core.domain import Domain
from kgrec_core.explain.context import UserContext
from kgrec_core.model.bundle import Bundle
from kgrec_core.model.inputs import events
from kgrec_core.text.documents import LEVELS, event_level


def context_of(bundle: Bundle, user: int | None, history: Sequence[str] | None) -> UserContext:
    """The history of a stored user (index); `history`, item ids all taken as liked, stands in for it.

    With neither the history is empty. Raises UnknownIdError for an unknown item.
    """
    domain, catalog = bundle.catalog.domain, bundle.catalog
    if history is not None or user is None:
        items = np.array([catalog.item_vocab.index(item) for item in dict.fromkeys(history or ())], dtype=np.int64)
        values = np.full(len(items), domain.positive_value, dtype=np.float32)
    else:
        data = bundle.inputs.interactions.of_user(user)
        items, values = data.items, data.values
    return UserContext(bundle.recommender, items, *events(values, domain, bundle.config))


def with_thumbs(user: UserContext, liked: IntArray, disliked: IntArray, domain: Domain) -> UserContext:
    """The history with what was said here, which takes the place of an older event of the same item.

    A dislike has weight -1: the closed form is linear in the history, so it takes away exactly what a like adds. A low
    rating of the data is another thing: people choose what they rate, so it speaks for like items, and has its
    trained weight. Where nobody is asked for a dislike the attention does not read it (`model.recommender`).
    """
    said = np.concatenate([liked, disliked])
    if not len(said):
        return user
    kept = ~np.isin(user.items, said)
    like = event_level(domain.positive_value, domain)  # where nothing is graded: bought, played
    levels = np.concatenate([np.full(len(liked), like), np.full(len(disliked), LEVELS.index("disliked"))])
    weights = np.concatenate([np.ones(len(liked)), -np.ones(len(disliked))]).astype(np.float32)
    return replace(
        user,
        items=np.concatenate([user.items[kept], said]),
        levels=np.concatenate([user.levels[kept], levels]),
        weights=np.concatenate([user.weights[kept], weights]),
    )


def without(user: UserContext, item: int) -> UserContext:
    """The history that does not have this item."""
    return only(user, user.items != item)


def only(user: UserContext, kept: npt.NDArray[np.bool_]) -> UserContext:
    """The history of the places that `kept` (events,) marks."""
    return replace(user, items=user.items[kept], levels=user.levels[kept], weights=user.weights[kept])
