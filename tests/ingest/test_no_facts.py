"""Which columns of items are no facts, and what the others are called."""

from __future__ import annotations

import pandas as pd
import pytest

from kgrec_core.data.ingest.fact_columns import ColumnPlan, plan_columns, with_plan
from kgrec_core.data.ingest.repeated_items import joined_rows
from kgrec_core.domain import OTHER, VIDEO

ROWS = 24


def planned(column: str, cells: list[str]) -> ColumnPlan:
    """The plan of one column whose cells are repeated down the table."""
    rows = (cells * ROWS)[:ROWS]
    items = pd.DataFrame(
        {
            "item_id": [f"B{row:04}" for row in range(ROWS)],
            "title": [f"Title {row}" for row in range(ROWS)],
            column: rows,
        }
    )
    return next(each for each in plan_columns(items, VIDEO) if each.column == column)


NUMBERED = [str(1000 + 37 * row) for row in range(ROWS)]


@pytest.mark.parametrize(
    ("column", "cells", "reason"),
    [
        ("imdb_id", [f"tt{100_000 + row}" for row in range(ROWS)], "ids or codes"),
        ("tmdbId", NUMBERED, "ids or codes"),
        ("ISBN13", ["9780000000023", "9780000000024"], "ids or codes"),
        ("EAN", ["4006381333931", "4006381333932"], "ids or codes"),
        ("product_code", NUMBERED, "ids or codes"),
        ("reference", ["LMP-0001", "LMP-0002"], "codes"),
        ("checksum", ["d41d8cd98f00b204e9800998ecf8427e", "e41d8cd98f00b204e9800998ecf8427e"], "hashes"),
        ("phone", ["+49 30 1234567", "+49 30 7654321"], "reached"),
        ("postal_code", ["85705", "85706"], "reached"),
        ("latitude", ["32.2217", "32.2218"], "map"),
        ("where", ["(32.2217, -110.9265)", "(32.2218, -110.9265)"], "map"),
        ("banner", ["https://shop.example/a.png", "https://shop.example/b.png"], "links"),
        ("file", ["a/b.jpg", "a/c.jpg"], "files"),
        ("contributor_id", ["4700", "4701"], "users"),
        ("vote_count", NUMBERED, "audience"),
        ("popularity", ["4.5", "6.7", "3.1"], "audience"),
        ("averageRating", ["4.5", "3.7"], "audience"),
        ("created_at", ["2014-03-27 03:51:24", "2014-03-28 03:51:24"], "record"),
        ("checked", ["2014-03-27 03:51:24", "2014-03-28 03:51:24"], "dates"),
        ("n_steps", ["3", "4"], "unit"),
        ("stock", ["3", "4"], "record"),
        ("nutrition", ["[51.5, 0.0]", "[13.0, 2.0]"], "numbers"),
        ("vector", ["1116713 960600 n277.200", "1116713 n552.000"], "numbers in a row"),
        ("condition", ["new"], "same value"),
        ("nothing", ["Unknown", "-", "?", "\\N", "n/a", "NULL"], "empty"),
        ("motto", [f"motto {row}" for row in range(ROWS)], "value of its own"),
        ("steps", ["['cut the bread in slices', 'fry it']", "['boil the water', 'wait some minutes']"], "read as text"),
    ],
)
def test_what_is_no_fact_is_left_out_with_the_reason(column: str, cells: list[str], reason: str) -> None:
    found = planned(column, cells)
    assert not found.use and reason in found.why


@pytest.mark.parametrize(
    ("column", "cells", "relation", "example"),
    [
        ("cast", ["Ada Bellamy, Boris Castle", "Ada Bellamy"], "cast", "Ada Bellamy"),
        ("actor_1_name", ["Ada Bellamy", "Boris Castle"], "actor", "Ada Bellamy"),
        ("genre1", ["Drama", "War"], "genre", "Drama"),
        ("genre", ["Action, Comedy", "Drama, War"], "genre", "Action"),
        (
            "production_companies",
            ["[{'name': 'North'}]", "[{'name': 'South'}]"],
            "production_company",
            "North",
        ),
        ("literaryGenre", ["Gothic", "Satire"], "literary_genre", "Gothic"),
        ("Warengruppe", ["Garten", "Bad"], "warengruppe", "Garten"),
        ("rating", ["PG-13", "R"], "rating", "PG-13"),
        ("is_vegan", ["yes", "no"], "quality", "vegan"),
        ("has_parking", ["1", "0"], "has", "parking"),
        ("explicit", ["True", "False"], "mark", "explicit"),
        ("release_date", ["1999-03-27", "2004-03-27"], "decade", "1990s"),
        ("Year", ["0", "1999", "2004"], "decade", "1990s"),
        ("path", ["Home > Garden > Lamps", "Home > Kitchen"], "path", "Home"),
        ("country_code", ["DE", "FR"], "country", "Germany"),
        ("original_language", ["en", "xx", "fr", "en", "fr"], "original_language", "English"),
        ("episodes", ["12", "24", "Unknown"], "episode_count", "12"),
    ],
)
def test_what_is_a_fact_has_a_relation_and_values(column: str, cells: list[str], relation: str, example: str) -> None:
    found = planned(column, cells)
    assert found.use, found.why
    assert found.relation == relation and example in found.examples


def test_numbers_are_told_in_bands_with_their_unit_only_where_their_name_says_what_they_are() -> None:
    lengths = planned("runtime", [str(61 + 7 * row) for row in range(ROWS)])
    assert (lengths.relation, lengths.binning) == ("length_band", "bands")
    assert all(example.endswith(" minutes") for example in lengths.examples)
    assert not planned("product_number", NUMBERED).use


def test_many_columns_of_yes_and_no_are_one_relation() -> None:
    items = pd.DataFrame({"item_id": list("abcd"), "title": list("ABCD")})
    items = items.assign(Action=list("1100"), Drama=list("0110"), **{"Sci-Fi": list("1011"), "unknown": list("0001")})
    plans = plan_columns(items, OTHER)
    assert {plan.relation for plan in plans if plan.use} == {"genre"} and not plans[3].use
    made, _ = with_plan(items, plans)
    assert made["genre"].tolist() == ["Action|Sci-Fi", "Action|Drama", "Drama|Sci-Fi", "Sci-Fi"]


def test_what_is_bought_together_ends_at_titles_and_not_at_ids_of_things_that_are_not_here() -> None:
    items = pd.DataFrame({"item_id": ["B01", "B02", "B03"], "title": ["Lamp", "Chair", "Desk"]})
    items = items.assign(also_bought=["['B02', 'B99']", "['B01', 'B03']", "['B02', 'B01']"])
    plans = plan_columns(items, OTHER)
    made, _ = with_plan(items, plans)
    assert made["also_bought"].tolist() == ["Chair", "Lamp|Desk", "Chair|Lamp"]


def test_a_column_that_repeats_the_title_or_another_one_is_left_out() -> None:
    items = pd.DataFrame({"item_id": list("abc"), "title": ["A", "B", "B"], "original_title": ["A", "B", "B"]})
    items = items.assign(type=["x", "y", "x"], type_name=["x", "y", "x"])
    why = {plan.column: plan.why for plan in plan_columns(items, OTHER) if not plan.use}
    assert "repeats the title" in why["original_title"] and "same as 'type'" in why["type_name"]


def test_an_item_in_several_rows_has_all_words_and_the_first_number_and_title() -> None:
    rows = pd.DataFrame({"item_id": ["a", "a", "b"], "title": ["A", "A!", "B"], "genre": ["War", "Love", "War"]})
    found = joined_rows(rows.assign(price=["1.50", "2.50", "9"]), "item_id", frozenset({"title"}))
    assert found["genre"].tolist() == ['["War", "Love"]', "War"]
    assert (found["price"].tolist(), found["title"].tolist()) == (["1.50", "9"], ["A", "B"])
