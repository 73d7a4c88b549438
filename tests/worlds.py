"""A small made-up catalogue for tests that need a prepared data set: two kinds of films, two kinds of viewers."""

from __future__ import annotations

import pandas as pd

from kgrec_core.data.attribute_triples import triples_from_attributes
from kgrec_core.data.catalog import Catalog
from kgrec_core.domain import VIDEO

ITEMS, USERS = 14, 16
DIRECTORS = ("Ada Star", "Ben Orbit", "Cleo Heart", "Dan Rose")


def tiny_catalog() -> Catalog:
    """Fourteen films, even viewers like the first seven, odd ones the others; everyone rated ten films."""
    items = pd.DataFrame([_film(index) for index in range(ITEMS)])
    relations = {"director": ("director", "person"), "genre": ("genre", "genre")}
    rows = [_rating(user, step) for user in range(USERS) for step in range(10)]
    return Catalog(
        name="tiny",
        title="Tiny films",
        domain=VIDEO,
        interactions=pd.DataFrame(rows, columns=["user_id", "item_id", "value", "timestamp"]),
        items=items,
        triples=triples_from_attributes(items, relations),
        sources=("Made up for tests.",),
    )


def _film(index: int) -> dict[str, object]:
    space = index < ITEMS // 2
    return {
        "item_id": f"f{index}",
        "title": f"{'Comet' if space else 'Letter'} {index}",
        "year": 1990 + index,
        "text": "",
        "director": DIRECTORS[2 * (not space) + index % 2],
        "genre": "Sci-Fi|Adventure" if space else "Romance|Drama",
    }


def _rating(user: int, step: int) -> tuple[str, str, float, int]:
    item = (user + step * 3) % ITEMS
    liked = (item < ITEMS // 2) == (user % 2 == 0)
    return f"u{user}", f"f{item}", 5.0 if liked else 2.0, 1_000_000 + 100 * user + step
