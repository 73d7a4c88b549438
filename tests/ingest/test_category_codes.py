"""Codes that many items share are facts, unless a column gives their names; codes of the items themselves are none."""

from __future__ import annotations

import pandas as pd
import pytest

from kgrec_core.data.ingest.fact_columns import ColumnPlan, plan_columns, with_plan
from kgrec_core.domain import E_COMMERCE

ITEMS = 40


def items(**columns: list[str]) -> pd.DataFrame:
    own = {"item_id": [f"p{n}" for n in range(ITEMS)], "title": [f"Thing {n}" for n in range(ITEMS)]}
    return pd.DataFrame({**own, **columns}, dtype=object)


def plans(**columns: list[str]) -> dict[str, ColumnPlan]:
    return {plan.column: plan for plan in plan_columns(items(**columns), E_COMMERCE)}


def numbers(kinds: int, first: int = 800) -> list[str]:
    return [str(first + n % kinds) for n in range(ITEMS)]


@pytest.mark.parametrize(
    "column", ["categoryId", "category_id", "PRODUCT_SUBCLASS", "publisher_id", "genre", "dept_no"]
)
def test_numbers_that_many_items_share_are_labels_and_no_bands(column: str) -> None:
    plan = plans(**{column: numbers(12)})[column]
    assert plan.use and plan.binning == ""
    made, relations = with_plan(items(**{column: numbers(12)}), [plan])
    assert made[next(iter(relations))].tolist()[:2] == ["800", "801"]


def test_the_relation_of_a_code_is_called_without_the_word_for_the_code() -> None:
    assert plans(categoryId=numbers(5))["categoryId"].relation == "category"


def test_lists_of_codes_are_facts_and_rows_of_measures_are_none() -> None:
    kinds = [f"[{n % 6}, {10 + n % 4}]" if n % 3 else f"[{n % 6}]" for n in range(ITEMS)]
    vectors = [f"[{n % 6}, {10 + n % 4}, {n % 5}]" for n in range(ITEMS)]
    found = plans(feat=kinds, nutrition=vectors)
    assert found["feat"].use and not found["nutrition"].use


def test_codes_of_things_themselves_are_no_facts() -> None:
    found = plans(isbn_code=numbers(5), imdb_id=numbers(ITEMS), category_id=numbers(ITEMS - 1), barcode=numbers(4))
    assert not any(plan.use for plan in found.values())


def test_amounts_stay_bands() -> None:
    assert plans(price=[str(100 + n % 30) for n in range(ITEMS)])["price"].binning == "bands"


def test_codes_beside_their_names_are_left_out() -> None:
    names = [f"Kind {'ABCDE'[n % 5]}" for n in range(ITEMS)]
    found = plans(product_type_no=numbers(5), product_type_name=names)
    assert found["product_type_name"].use and not found["product_type_no"].use
    assert "product_type_name" in found["product_type_no"].why


def test_names_that_several_codes_share_in_a_coarser_column_hide_no_codes() -> None:
    coarse = [f"Area {'AB'[n % 2]}" for n in range(ITEMS)]
    assert plans(product_type_no=numbers(6), product_area_name=coarse)["product_type_no"].use
