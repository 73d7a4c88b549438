"""Plans that were edited by hand are followed or refused in words."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kgrec_core.data.formats.source_files import Given
from kgrec_core.data.ingest.import_choice import Choice
from kgrec_core.data.plan.plan_checks import check_plan
from kgrec_core.data.plan.reading_plan import LARGEST_PLAN, ColumnMeaning, Join, ReadingPlan, TablePlan, read_plan
from kgrec_core.errors import ConfigError, DataError
from kgrec_core.workspace import own_data

ROWS = [(f"u{n % 9}", f"i{n % 7}", 1 + n % 5) for n in range(60)]


def columns(**meanings: str) -> tuple[ColumnMeaning, ...]:
    return tuple(ColumnMeaning(name, meaning, True, "") for name, meaning in meanings.items())


def table(name: str = "met.csv", role: str = "interactions", **meanings: str) -> TablePlan:
    return TablePlan(name, role, "rows", columns(**(meanings or {"user": "user_id", "item": "item_id"})), "")


@pytest.fixture
def shop(tmp_path: Path) -> list[Given]:
    met = "user,item,stars\n" + "".join(f"{u},{i},{v}\n" for u, i, v in ROWS)
    goods = "item,name,maker\n" + "".join(f"i{n},Good {n},m{n % 2}\n" for n in range(7))
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "met.csv").write_text(met, encoding="utf-8")
    (tmp_path / "shop" / "goods.csv").write_text(goods, encoding="utf-8")
    return [Given(tmp_path / "shop")]


def made(shop: list[Given]) -> ReadingPlan:
    plan = own_data.preview_files(shop).plan
    assert plan is not None
    return plan


def test_a_plan_that_is_saved_and_read_again_reads_the_same_rows(shop: list[Given]) -> None:
    first = own_data.validate_files(shop)
    again = own_data.validate_files(shop, Choice(plan=read_plan(made(shop).to_json())))
    assert again.accounts == first.accounts


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (ReadingPlan((table(), table())), "stands 2 times"),
        (ReadingPlan((table(role="owners"),)), "Choose one of interactions, items, users, triples"),
        (ReadingPlan((replace(table(), shape="cube"),)), "Choose one of rows, wide"),
        (ReadingPlan((table(user="user_id"),)), "no column of 'met.csv' is item_id; there are 'user'"),
        (ReadingPlan((table(a="user_id", b="item_id", c="item_id"),)), "item_id' stands 2 times"),
        (ReadingPlan((table(a="user_id", b="item_id", c="head"),)), "cannot be that"),
        (ReadingPlan((table(),), events={"view": float("nan")}), "weighs nan"),
        (ReadingPlan((table(),), (Join("a", "x", "a", "x", 1.0),)), "joined to itself"),
        (ReadingPlan((table(),), (Join("a", "x", "b", "x", 1), Join("b", "x", "a", "x", 1))), "lead back to it"),
        (ReadingPlan((table(),), (Join("a", "x", "b", "x", 1),) * 2), "stands 2 times"),
        (ReadingPlan((table(),), tuple(Join("a", f"{n}", "b", "x", 1) for n in range(999))), "at most 200"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_with_what_to_choose(plan: ReadingPlan, said: str) -> None:
    with pytest.raises(ConfigError, match=r".") as refused:
        check_plan(plan)
    assert said in str(refused.value)


def test_a_join_by_a_column_that_is_not_there_names_those_that_are(shop: list[Given]) -> None:
    plan = replace(made(shop), joins=(Join("shop/met.csv", "item", "shop/goods.csv", "sku", 1.0),))
    with pytest.raises(ConfigError, match=r"'sku' of shop/goods.csv, which has 'item', 'name', 'maker'"):
        own_data.validate_files(shop, Choice(plan=plan))


def test_joins_that_double_a_table_again_and_again_end_at_the_widest_table(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    names = [f"k{n}" for n in range(20)]
    for number in range(4):
        cells = "".join(",".join(f"{n % 9}" for _ in names) + "\n" for n in range(40))
        (folder / f"t{number}.csv").write_text(",".join(names) + "\n" + cells, encoding="utf-8")
    plans = tuple(table(f"many/t{n}.csv", "interactions", k0="user_id", k1="item_id") for n in range(4))
    joins = tuple(
        Join(f"many/t{left}.csv", name, f"many/t{left + 1}.csv", "k0", 1.0) for left in (2, 1, 0) for name in names
    )
    with pytest.raises(DataError, match="at most 500 are read"):
        own_data.validate_files([Given(folder)], Choice(plan=ReadingPlan(plans, joins)))


@pytest.mark.parametrize("shape", ["wide", "lists"])
def test_a_shape_that_a_table_has_not_is_refused(shop: list[Given], shape: str) -> None:
    plan = made(shop)
    edited = replace(plan, tables=tuple(replace(each, shape=shape) for each in plan.tables))
    with pytest.raises(ConfigError, match="Choose the shape rows"):
        own_data.validate_files(shop, Choice(plan=edited))


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"tables": {}},
        {"tables": ["x"]},
        {"joins": "abc"},
        {"joins": [{}]},
        {"events": {"view": "x"}},
        {"no_rating": [1]},
        {"domain": None},
        {"domain": "\ud800"},
    ],
)
def test_a_plan_whose_parts_are_of_another_type_is_refused(change: dict[str, Any]) -> None:
    found = {**json.loads(ReadingPlan((table(),)).to_json()), **change}
    with pytest.raises(ConfigError, match=r"plan .*\.$"):
        read_plan(json.dumps(found))


def test_a_plan_of_more_letters_than_any_has_is_not_parsed() -> None:
    with pytest.raises(ConfigError, match="longer than 5,000,000 letters"):
        read_plan("[" * (LARGEST_PLAN + 1))


def test_a_wide_table_may_have_an_item_called_value(tmp_path: Path) -> None:
    names = ["guest", "value", *(f"dish {n}" for n in range(11))]
    rows = [[f"anna{n}", *(str((n * k + k) % 6) for k in range(12))] for n in range(14)]
    (tmp_path / "poll.csv").write_text("\n".join(",".join(row) for row in (names, *rows)), encoding="utf-8")
    account = own_data.validate_files([Given(tmp_path / "poll.csv")]).accounts[0]
    assert account.records == 14 * 12
