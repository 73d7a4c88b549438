"""What a person is known by: kinds that tell items apart, else two of what they liked."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from kgrec_core.browse.user_cards import user_cards
from kgrec_core.data.catalog import Catalog
from kgrec_core.data.interactions import Interactions
from kgrec_core.explain.sentences.clauses import DisplayNames
from kgrec_core.graph.typed_graph import build_graph
from tests.worlds import tiny_catalog


def taste(genres: str) -> str:
    """Of the first viewer of the tiny catalogue, all films of which are of these genres."""
    catalog = tiny_catalog()
    catalog = replace(catalog, items=catalog.items.assign(genre=genres))
    return user_cards(Interactions.from_catalog(catalog), display(catalog))[0].taste


def display(catalog: Catalog) -> DisplayNames:
    return DisplayNames(catalog, build_graph(catalog), Interactions.from_catalog(catalog))


def test_a_taste_is_told_by_kinds() -> None:
    assert taste("Drama").startswith("mostly Drama")


def test_what_most_items_have_is_told_only_where_nothing_else_is_there() -> None:
    catalog = tiny_catalog()
    kinds = [f"time-to-make|{'stew' if place % 2 else 'cake'}" for place in range(len(catalog.items))]
    catalog = replace(catalog, items=catalog.items.assign(genre=pd.Series(kinds, index=catalog.items.index)))
    assert all(
        "time-to-make" not in card.taste for card in user_cards(Interactions.from_catalog(catalog), display(catalog))
    )


def test_where_no_kind_has_a_name_two_titles_stand_for_the_taste() -> None:
    assert taste("Q201658").startswith("such as ")
