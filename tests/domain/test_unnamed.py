from __future__ import annotations

import pytest

from kgrec_core.domain import E_COMMERCE, OTHER, VIDEO
from kgrec_core.domain.item_words import with_item


@pytest.mark.parametrize(
    ("relation", "said", "many"),
    [
        ("director", "both directed by the same person", "films directed by the same person"),
        ("genre", "both have the same genre", "films of the same genre"),
        ("keyword", "both have the same keyword", "films with the same keyword"),
        ("hair_length", "both have the same hair length", "films with the same hair length"),
        ("painted_by", "both are painted by the same one", "films painted by the same one"),
    ],
)
def test_a_thing_that_is_known_by_a_code_alone_is_not_named(relation: str, said: str, many: str) -> None:
    assert VIDEO.both(relation, "Q201658") == said
    assert VIDEO.group(relation, "Q201658") == many


def test_a_name_with_digits_in_it_is_said_as_it_is() -> None:
    assert VIDEO.both("certificate", "PG-13") == "both are rated PG-13"
    assert OTHER.both("age_group", "18-24") == "both are for the age group 18-24"


def test_what_many_did_together_is_said_in_the_participle() -> None:
    assert with_item(OTHER, "course").without_values().done == "taken"
    assert OTHER.without_values().done == "chosen"
    assert E_COMMERCE.without_values().done == "bought"


def test_games_are_played_and_places_visited() -> None:
    assert (with_item(OTHER, "game").consumed, with_item(OTHER, "game").acts) == ("played", "plays")
    assert with_item(OTHER, "restaurant").without_values().liked == "visited"
    assert with_item(E_COMMERCE, "game").consumed == "bought"


def test_a_recipe_takes_its_minutes() -> None:
    assert with_item(OTHER, "recipe").both("length_band", "30 to 60 minutes") == "both take 30 to 60 minutes"


def test_a_relation_may_begin_with_what_the_items_are() -> None:
    assert OTHER.both("boardgamecategory", "Card Game") == "both are in the category Card Game"
    assert OTHER.both("neighbourhood_cleansed", "Jordaan") == "both are in Jordaan"
