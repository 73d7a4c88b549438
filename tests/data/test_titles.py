from __future__ import annotations

import pytest

from kgrec_core.data.titles import display_title, loose_keys, match_keys


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("Matrix, The", "The Matrix"),
        ("Amelie (Fabuleux destin d'Amélie Poulain, Le)", "Amelie"),
        ("Seven (a.k.a. Se7en)", "Seven"),
        ("Bicycle Thieves (a.k.a. The Bicycle Thief) (Ladri di biciclette)", "Bicycle Thieves"),
        ("Boot, Das (Boat, The)", "Das Boot"),
        ("Femme Nikita, La (Nikita)", "La Femme Nikita"),
        ("Avventura, L' (Adventure, The)", "L'Avventura"),
        ("Good, the Bad and the Ugly, The (Buono, il brutto, il cattivo, Il)", "The Good, the Bad and the Ugly"),
        ("Prophet, A (Un Prophète)", "A Prophet"),
        ("(500) Days of Summer", "(500) Days of Summer"),
        ("Birdman: Or (The Unexpected Virtue of Ignorance)", "Birdman: Or (The Unexpected Virtue of Ignorance)"),
        ("I, Robot", "I, Robot"),
        ("Eat Drink Man Woman", "Eat Drink Man Woman"),
        ("Blind Side, The ", "The Blind Side"),
    ],
)
def test_a_title_is_shown_as_people_write_it(raw: str, shown: str) -> None:
    assert display_title(raw) == shown


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Matrix, The", "The Matrix"),
        ("Seven (a.k.a. Se7en)", "Se7en"),
        ("Amelie (Fabuleux destin d'Amélie Poulain, Le)", "Le Fabuleux Destin d'Amélie Poulain"),
        ("Godfather: Part II, The", "The Godfather Part 2"),
        ("Dumb & Dumber", "Dumb and Dumber"),
        ("Schindler's List", "Schindler’s List"),
        ("Spider-Man", "Spiderman"),
        ("M*A*S*H (a.k.a. MASH)", "M.A.S.H."),
        ("Three Colors: Red (Trois couleurs: Rouge)", "Three Colours: Red"),
        ("Killing Fields, The", "Killing Fields"),
        ("Alien³ (a.k.a. Alien 3)", "Alien 3"),
        ("Twelve Monkeys", "12 Monkeys"),
    ],
)
def test_two_spellings_of_one_film_share_a_key(one: str, other: str) -> None:
    assert set(match_keys(one)) & set(match_keys(other))


@pytest.mark.parametrize(("one", "other"), [("9", "Nine"), ("Rocky", "Rocky II"), ("Alien", "Aliens")])
def test_two_films_share_no_key(one: str, other: str) -> None:
    assert not set(match_keys(one)) & set(match_keys(other))


def test_the_surest_key_stands_first() -> None:
    assert match_keys("Matrix, The (a.k.a. Simulation)") == ("thematrix", "simulation", "matrix")


def test_parts_around_a_colon_and_the_maker_are_only_loose_keys() -> None:
    assert "birdman" in loose_keys("Birdman: Or (The Unexpected Virtue of Ignorance)")
    assert "fearless" in loose_keys("Jet Li's Fearless")
    assert "fearless" not in match_keys("Jet Li's Fearless")
    assert loose_keys("Alien") == ()
