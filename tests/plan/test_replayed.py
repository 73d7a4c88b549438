from __future__ import annotations

import json
from dataclasses import replace

import pytest

from kgrec_core.config import ImportLimits
from kgrec_core.data.formats.raw_table import RawTable
from kgrec_core.data.plan.planner import Planned
from kgrec_core.data.plan.reading_plan import ColumnMeaning, ReadingPlan, read_plan
from kgrec_core.data.plan.replayed import replayed
from kgrec_core.data.size_limits import Allowance
from kgrec_core.errors import ConfigError
from tests.plain_raw_tables import meant, plan_of, ragged, ratings, raw, table_plan
from tests.raw_tables import rows


def shop() -> list[RawTable]:
    return [
        raw("lines.csv", "order_id product_id quantity", [(n // 2, f"p{n * 4 % 9}", 1 + n % 3) for n in range(60)]),
        raw("orders.csv", "order_id customer_id", [(n, f"c{n % 6}") for n in range(30)]),
        raw("products.csv", "product_id name", [(f"p{n}", f"Thing {n}") for n in range(9)]),
    ]


def again(found: Planned, tables: list[RawTable]) -> Planned:
    """The plan saved, read and done again."""
    return replayed(read_plan(found.plan.to_json()), tables, Allowance(ImportLimits()))


def with_meaning(plan: ReadingPlan, table: str, column: str, meaning: str) -> ReadingPlan:
    """The plan with another meaning of one column, as a person edits it."""
    tables = [
        replace(
            each,
            columns=tuple(
                ColumnMeaning(one.column, meaning, True, "chosen") if one.column == column else one
                for one in each.columns
            ),
        )
        if each.table == table
        else each
        for each in plan.tables
    ]
    return replace(plan, tables=tuple(tables))


def test_a_saved_plan_is_the_plan_that_was_saved() -> None:
    found = plan_of(*shop()).plan
    assert read_plan(found.to_json()) == found


def test_a_plan_done_again_gives_the_same_tables() -> None:
    first = plan_of(*shop())
    second = again(first, shop())
    assert second.plan == first.plan
    assert {name: rows(each) for name, each in second.tables.items()} == {
        name: rows(each) for name, each in first.tables.items()
    }


def test_a_plan_of_lines_of_any_length_is_done_again() -> None:
    lines = [[n, *(100 + (n * 3 + k) % 17 for k in range(3 + n % 4))] for n in range(20)]
    first = plan_of(ragged("train.txt", lines))
    assert rows(again(first, [ragged("train.txt", lines)]).tables["train.txt"]) == rows(first.tables["train.txt"])


def test_a_plan_of_files_of_one_item_each_is_done_again() -> None:
    files = [raw(f"b{n}.csv", "reader stars", [(f"r{(n + k) % 8}", 1 + k % 5) for k in range(8)]) for n in range(6)]
    first = plan_of(*files)
    assert rows(again(first, files).tables["b2.csv"]) == rows(first.tables["b2.csv"])


def test_newer_files_of_the_same_names_are_read_by_the_plan_and_counted_anew() -> None:
    first = plan_of(ratings())
    more = ratings(users=40)
    assert table_plan(again(first, [more]), "ratings.csv").rows == len(more.frame) > len(ratings().frame)


def test_a_meaning_that_was_edited_is_followed() -> None:
    edited = with_meaning(plan_of(*shop()).plan, "lines.csv", "quantity", "")
    assert meant(replayed(edited, shop(), Allowance(ImportLimits())), "lines.csv")["quantity"] == ""


def test_a_file_that_is_missing_is_named_with_those_that_are_there() -> None:
    with pytest.raises(ConfigError, match=r"speaks of 'products.csv'.* there are 'lines.csv', 'orders.csv'"):
        again(plan_of(*shop()), shop()[:2])


def test_a_column_that_is_missing_is_named_with_those_that_are_there() -> None:
    tables = shop()
    tables[2] = raw("products.csv", "product_id called", [("p1", "Thing 1")])
    with pytest.raises(ConfigError, match=r"column 'name' of products.csv, which has 'product_id', 'called'"):
        again(plan_of(*shop()), tables)


def test_a_key_that_is_missing_is_named() -> None:
    tables = shop()
    tables[1] = raw("orders.csv", "nr customer_id", [(n, f"c{n % 6}") for n in range(30)])
    with pytest.raises(ConfigError, match="order_id"):
        again(plan_of(*shop()), tables)


def test_a_plan_without_an_item_is_refused() -> None:
    edited = with_meaning(plan_of(ratings()).plan, "ratings.csv", "movie_id", "")
    with pytest.raises(ConfigError, match=r"no column of 'ratings.csv' is item_id; there are 'user_id', 'movie_id'"):
        replayed(edited, [ratings()], Allowance(ImportLimits()))


@pytest.mark.parametrize(
    "text",
    ["", "no plan", "[]", "{}", '{"version": 1}', '{"version": 1, "tables": [{}], "joins": [], "events": {}}', "null"],
)
def test_a_file_that_is_no_plan_is_refused_in_words(text: str) -> None:
    with pytest.raises(ConfigError, match="plan"):
        read_plan(text)


def test_a_plan_of_another_version_is_refused() -> None:
    later = {**json.loads(plan_of(ratings()).plan.to_json()), "version": 2}
    with pytest.raises(ConfigError, match="version '2', not 1"):
        read_plan(json.dumps(later))


def test_a_meaning_that_is_none_is_refused_with_those_there_are() -> None:
    edited = with_meaning(plan_of(ratings()).plan, "ratings.csv", "rating", "valeu")
    with pytest.raises(ConfigError, match=r"column 'rating' of 'ratings.csv' is 'valeu'.* value"):
        replayed(edited, [ratings()], Allowance(ImportLimits()))


@pytest.mark.parametrize(("key", "value"), [("role", "nothing"), ("shape", "round")])
def test_a_role_or_a_shape_that_is_none_is_refused(key: str, value: str) -> None:
    told = json.loads(plan_of(ratings()).plan.to_json())
    told["tables"][0][key] = value
    with pytest.raises(ConfigError, match=value):
        replayed(read_plan(json.dumps(told)), [ratings()], Allowance(ImportLimits()))
