"""What a person changes in a plan."""

from __future__ import annotations

import pytest

from kgrec_core.data.plan.plan_edits import unmet, with_meaning, with_role, with_weight
from kgrec_core.data.plan.reading_plan import ColumnMeaning, ReadingPlan, TablePlan
from kgrec_core.errors import ConfigError


def table(file: str, role: str, **columns: str) -> TablePlan:
    return TablePlan(file, role, "rows", tuple(ColumnMeaning(*each, False, "") for each in columns.items()), "")


BUYS = table("buys.csv", "interactions", a="user_id", b="item_id", c="value", d="")
GOODS = table("goods.csv", "", b="", name="", colour="")
PLAN = ReadingPlan((BUYS, GOODS), events={"view": 1.0})


def meanings(plan: ReadingPlan, place: int = 0) -> dict[str, str]:
    return {each.column: each.meaning for each in plan.tables[place].columns}


def test_who_and_what_that_were_mixed_up_change_places() -> None:
    assert meanings(with_meaning(PLAN, "buys.csv", "b", "user_id")) == {"a": "item_id", "b": "user_id", "c": "value",
                                                                       "d": ""}  # fmt: skip


def test_a_column_that_is_chosen_is_certain_and_the_one_before_it_is_left_out() -> None:
    changed = with_meaning(PLAN, "buys.csv", "d", "value")
    assert meanings(changed) == {"a": "user_id", "b": "item_id", "c": "", "d": "value"}
    assert changed.tables[0].columns[3] == ColumnMeaning("d", "value", True, "chosen")
    assert changed.tables[1] is GOODS


def test_a_second_clock_takes_the_place_of_the_first() -> None:
    first = with_meaning(PLAN, "buys.csv", "d", "clock")
    assert meanings(with_meaning(first, "buys.csv", "c", "clock")) == {"a": "user_id", "b": "item_id", "c": "clock",
                                                                       "d": ""}  # fmt: skip


def test_a_table_of_items_has_its_ids_where_the_interactions_have_theirs_and_facts_else() -> None:
    changed = with_role(PLAN, "goods.csv", "items")
    assert meanings(changed, 1) == {"b": "item_id", "name": "fact", "colour": "fact"}
    assert unmet(changed) == ()


def test_what_is_missing_is_told_by_table_and_meaning() -> None:
    assert unmet(with_meaning(PLAN, "buys.csv", "a", "")) == (("buys.csv", "user_id"),)
    assert unmet(with_role(PLAN, "buys.csv", "")) == (("", "interactions"),)


def test_a_weight_changes_alone() -> None:
    assert with_weight(PLAN, "view", 2.0).events == {"view": 2.0}
    assert PLAN.events == {"view": 1.0}


def test_tables_and_columns_that_are_not_there_are_named() -> None:
    with pytest.raises(ConfigError, match=r"no table 'x'; it has 'buys.csv', 'goods.csv'"):
        with_role(PLAN, "x", "items")
    with pytest.raises(ConfigError, match="no column 'x'; it has 'a', 'b', 'c', 'd'"):
        with_meaning(PLAN, "buys.csv", "x", "value")
