"""Domains: every preset can say every relation, and knows what counts as a like."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgrec_core.domain import BOOKS, CONSUMED, DOMAINS, E_COMMERCE, MUSIC, SOCIAL, VIDEO, Domain, event_level
from kgrec_core.domain.unnamed import is_code


@pytest.mark.parametrize("domain", DOMAINS.values(), ids=str)
def test_every_phrase_of_a_preset_names_the_entity(domain: Domain) -> None:
    for relation, phrase in domain.relations.items():
        assert "Zeta" in phrase.shared.format(tail="Zeta")
        assert domain.group(relation, "Zeta").count("Zeta") == 1 and domain.items in domain.group(relation, "Zeta")


@pytest.mark.parametrize("domain", DOMAINS.values(), ids=str)
def test_no_two_relations_of_a_preset_are_told_at_the_same_place(domain: Domain) -> None:
    places = [phrase.priority for phrase in domain.relations.values()]
    assert places == sorted(set(places))


def test_the_words_of_the_fields() -> None:
    said = {name: (domain.item, domain.consumed) for name, domain in DOMAINS.items()}
    assert said == {
        "video": ("film", "watched"),
        "music": ("artist", "played"),
        "e-commerce": ("product", "bought"),
        "news": ("article", "read"),
        "books": ("book", "read"),
        "social": ("person", "followed"),
        "other": ("item", "chose"),
    }


@pytest.mark.parametrize(
    ("domain", "relations"),
    [
        (E_COMMERCE, ("brand", "works_with", "complements", "feature", "price_band")),
        (MUSIC, ("genre", "tag")),
        (BOOKS, ("series", "author", "genre", "tag")),
        (SOCIAL, ("friend", "group", "interest")),
    ],
    ids=lambda given: getattr(given, "name", ""),
)
def test_what_people_choose_by_is_not_kept_for_when_nothing_else_is_there(
    domain: Domain, relations: tuple[str, ...]
) -> None:
    assert not any(domain.phrase(relation).dull for relation in relations)


def test_a_field_whose_data_have_grades_speaks_of_likes() -> None:
    assert all(domain.rated(4.0).liked == "liked" for domain in DOMAINS.values())


def test_a_group_of_items_is_said_as_people_say_it() -> None:
    assert VIDEO.group("director", "Ridley Scott") == "films directed by Ridley Scott"
    assert MUSIC.group("genre", "jazz") == "jazz artists"
    assert E_COMMERCE.group("brand", "Norvik") == "products made by Norvik"


def test_an_unknown_relation_gets_plain_words() -> None:
    assert VIDEO.phrase("filming_location").facet == "its filming location"
    assert VIDEO.phrase("film.film.sequel").shared.format(tail="Up") == "both have the film film sequel Up"
    assert VIDEO.group("filming_location", "Rome") == "films with the filming location Rome"


@given(st.text(), st.text())
def test_any_name_of_a_relation_and_of_an_entity_can_be_said(relation: str, tail: str) -> None:
    for domain in DOMAINS.values():
        assert tail in domain.phrase(relation).shared.format(tail=tail)
        assert tail in domain.group(relation, tail) or is_code(tail)


def test_without_values_every_interaction_is_a_like_called_by_what_was_done() -> None:
    shop = E_COMMERCE.without_values()
    assert (shop.implicit, shop.liked, shop.positive_value) == (True, "bought", 1.0)


def test_play_counts_are_all_likes_of_one_kind_however_many() -> None:
    music = MUSIC.without_values(lowest=2.0)
    assert music.positive_value == 2.0
    assert event_level(2.0, music) == event_level(500.0, music) == CONSUMED


def test_grades_are_likes_from_their_own_value_on() -> None:
    clicks = MUSIC.rated(8.0)
    assert (clicks.positive_value, clicks.implicit) == (8.0, False)
    assert event_level(10.0, clicks) != event_level(2.0, clicks)


def test_what_people_did_is_called_as_the_data_are() -> None:
    assert MUSIC.rated(4.0).events == "ratings"
    assert MUSIC.without_values().events == "plays"
    assert E_COMMERCE.without_values().events == "purchases"


def test_a_count_has_a_unit_and_a_rating_has_none() -> None:
    assert [MUSIC.without_values().amount(value) for value in (1.0, 13_883.0)] == ["1 play", "13,883 plays"]
    assert VIDEO.amount(4.5) == "rated 4.5" and VIDEO.amount(4.0, 5.0) == "rated 4 of 5"
    assert MUSIC.without_values().amount(3.0, 9.0) == "3 plays"


def test_what_an_entity_is_to_many_items_is_said_as_people_say_it() -> None:
    said = [VIDEO.role(*asked) for asked in (("actor", 16), ("award", 400), ("director", 22), ("genre", 1))]
    assert said == ["in the cast of 16 films", "given to 400 films", "director of 22 films", "genre of 1 film"]
    assert VIDEO.role("made {in}", 2) == "made {in} of 2 films"


@pytest.mark.parametrize("domain", DOMAINS.values(), ids=str)
def test_every_role_names_the_items(domain: Domain) -> None:
    assert all(f"3 {domain.items}" in domain.role(relation, 3) for relation in domain.relations)
