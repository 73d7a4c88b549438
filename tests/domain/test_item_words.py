from __future__ import annotations

import pytest

from kgrec_core.domain import MUSIC, OTHER
from kgrec_core.domain.item_words import item_word, plural, with_item


@pytest.mark.parametrize(
    ("name", "noun"),
    [("recipe_id", "recipe"), ("RAW_recipes", "recipe"), ("Spiel-ID", "game"), ("餐厅", "restaurant"), ("item_id", "")],
)
def test_the_noun_of_the_items_is_read_from_names(name: str, noun: str) -> None:
    assert item_word(name) == noun


def test_a_data_set_speaks_of_its_items_by_their_noun() -> None:
    recipes = with_item(OTHER, "recipe")
    assert (recipes.item, recipes.items, plural("dish")) == ("recipe", "recipes", "dishes")
    assert recipes.group("tag", "easy") == "recipes tagged easy"
    assert with_item(MUSIC, "song").phrase("genre").shared.format(tail="pop") == "both are pop songs"


def test_a_noun_that_is_not_known_changes_nothing() -> None:
    assert with_item(OTHER, "{items}") is OTHER and with_item(OTHER, "") is OTHER
