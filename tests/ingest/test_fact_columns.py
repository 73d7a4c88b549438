from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from kgrec_core.data.ingest.fact_columns import ColumnPlan, plan_columns, recounted, with_plan
from kgrec_core.domain import NEWS, OTHER, VIDEO
from kgrec_core.errors import ConfigError

ITEMS = pd.DataFrame(
    {
        "item_id": ["1", "2", "3", "4"],
        "title": ["A", "B", "C", "D"],
        "Genres": ["Drama, Crime", "drama", "Comedy,Crime", ""],
        "Year": ["1994", "1999", "2003", ""],
        "Price": ["$9.99", "12,50", "100", "11"],
        "Link": ["http://a", "http://b", "http://c", "http://d"],
        "Blurb": ["a very long story of two friends who meet again"] * 4,
        "Maker": ["X|Y", "Z", "Z", "Q"],
    }
)


def plan(column: str) -> ColumnPlan:
    return next(each for each in plan_columns(ITEMS, VIDEO) if each.column == column)


def test_separators_are_found_and_a_column_of_many_is_one_relation() -> None:
    genres = plan("Genres")
    assert (genres.separator, genres.relation, genres.entity_type) == (",", "genre", "genre")
    assert (genres.values, genres.shared, genres.facts) == (3, 2, 5)  # drama and Drama are one value
    assert genres.coverage == 0.75


def test_years_become_decades_and_amounts_bands() -> None:
    assert (plan("Year").binning, plan("Year").relation) == ("decades", "decade")
    assert set(plan("Year").examples) == {"1990s", "2000s"}
    assert plan("Price").binning == "bands"


def test_a_column_that_links_nothing_is_left_out_with_the_reason() -> None:
    assert not plan("Link").use
    assert plan("Link").why == "it holds links"
    assert not plan("Blurb").use
    assert "description" in plan("Blurb").why


def test_the_plan_becomes_columns_of_values_and_long_text_becomes_text() -> None:
    items, relations = with_plan(ITEMS, plan_columns(ITEMS, VIDEO))
    assert items["genre"].tolist() == ["Drama|Crime", "drama", "Comedy|Crime", ""]
    assert relations["genre"] == ("genre", "genre")
    assert items["text"].str.startswith("a very long").all()
    assert "Link" not in items


def test_a_person_may_rename_a_relation_and_join_two_columns() -> None:
    plans = [replace(plan("Maker"), relation="brand"), replace(plan("Genres"), relation="brand", separator=",")]
    items, _ = with_plan(ITEMS, plans)
    assert items["brand"].tolist()[0] == "X|Y|Drama|Crime"


def test_a_table_without_rows_has_a_plan_that_uses_nothing() -> None:
    assert not any(each.use for each in plan_columns(ITEMS.head(0), VIDEO))


def test_a_plan_that_a_person_changed_is_counted_anew() -> None:
    whole = replace(plan("Genres"), separator="", relation="Kind of film")
    (found,) = recounted(ITEMS, [whole], VIDEO)
    assert (found.relation, found.values, found.shared, found.facts) == ("kind_of_film", 3, 0, 3)  # one value a cell
    assert found.use and "link nothing" in found.why
    (bands,) = recounted(ITEMS, [replace(plan("Year"), binning="bands")], VIDEO)
    assert all(example.startswith(("up to", "over")) or " to " in example for example in bands.examples)


def test_a_column_that_was_switched_off_stays_off() -> None:
    off = replace(plan("Genres"), use=False)
    assert recounted(ITEMS, [off], VIDEO) == (off,)


@pytest.mark.parametrize("name", ["Title", "item id", "year"])
def test_a_relation_cannot_take_the_name_of_a_part_of_every_item(name: str) -> None:
    with pytest.raises(ConfigError, match="Choose another name"):
        recounted(ITEMS, [replace(plan("Maker"), relation=name)], VIDEO)


def test_a_column_that_the_preset_knows_keeps_its_name() -> None:
    articles = pd.DataFrame({"item_id": ["1", "2"], "title": ["A", "B"], "mentions": ["Mars", "Mars"]})
    (found,) = plan_columns(articles, NEWS)
    assert (found.relation, found.entity_type) == ("mentions", "entity")


def test_what_readers_say_of_themselves_is_no_fact() -> None:
    tags = [f"{kind}|{own}" for kind in ("haiku", "sonnet", "epic") for own in ("to-read", "owned")] * 4
    items = pd.DataFrame({"item_id": [str(n) for n in range(24)], "title": [f"T{n}" for n in range(24)], "Tags": tags})
    (made,) = plan_columns(items, OTHER)
    assert made.facts == 24
    table, _ = with_plan(items, [made])
    assert set(table["tag"]) == {"haiku", "sonnet", "epic"}
