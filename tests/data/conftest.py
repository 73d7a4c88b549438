"""A catalog of three films and two viewers."""

from __future__ import annotations

import pandas as pd
import pytest

from kgrec_core.data.attribute_triples import triples_from_attributes
from kgrec_core.data.catalog import Catalog
from kgrec_core.domain import VIDEO


@pytest.fixture
def tiny() -> Catalog:
    items = pd.DataFrame(
        {
            "item_id": ["10", "20", "30"],
            "title": ["Alien", "Blade Runner", "Gandhi"],
            "year": pd.array([1979, 1982, None], dtype="Int64"),
            "director": ["Ridley Scott", "Ridley Scott", "Richard Attenborough"],
        }
    )
    interactions = pd.DataFrame(
        {
            "user_id": ["u1", "u1", "u2"],
            "item_id": ["30", "10", "20"],
            "value": [5.0, None, 2.0],
            "timestamp": [100, 200, 300],
        }
    )
    return Catalog(
        name="tiny",
        title="Three films",
        domain=VIDEO,
        interactions=interactions,
        items=items,
        triples=triples_from_attributes(items, {"director": ("director", "person")}),
        sources=("Made up for tests.",),
    )
