from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from kgrec_core.data.catalog import Catalog
from kgrec_core.data.catalog_checks import check_catalog
from kgrec_core.errors import DataError


def test_a_good_catalog_passes(tiny: Catalog) -> None:
    check_catalog(tiny)
    check_catalog(replace(tiny, triples=tiny.triples.head(0)))  # a catalog may know no facts


def test_a_missing_column_is_named_with_those_that_exist(tiny: Catalog) -> None:
    bad = replace(tiny, items=tiny.items.rename(columns={"title": "name"}))
    with pytest.raises(DataError, match=r"items has no column 'title'; it has item_id, name"):
        check_catalog(bad)


def test_an_empty_table_is_refused(tiny: Catalog) -> None:
    with pytest.raises(DataError, match="interactions has no rows"):
        check_catalog(replace(tiny, interactions=tiny.interactions.head(0)))


def test_an_item_may_stand_once(tiny: Catalog) -> None:
    with pytest.raises(DataError, match=r"items, column 'item_id', row 1: '10' was seen"):
        check_catalog(replace(tiny, items=tiny.items.assign(item_id=["10", "10", "30"])))


def test_an_id_is_a_text(tiny: Catalog) -> None:
    with pytest.raises(DataError, match=r"column 'item_id', row 0: 10 is not a text"):
        check_catalog(replace(tiny, items=tiny.items.assign(item_id=[10, 20, 30])))


def test_an_interaction_with_an_unknown_item_is_shown_with_the_closest_known(tiny: Catalog) -> None:
    table = tiny.interactions.assign(item_id=["30", "11", "12"])
    with pytest.raises(DataError, match=r"row 1: '11' is not in table items \(2 such rows\).*'10'"):
        check_catalog(replace(tiny, interactions=table))


@pytest.mark.parametrize("wrong", [float("inf"), float("-inf"), "five"])
def test_a_value_is_a_finite_number(tiny: Catalog, wrong: object) -> None:
    table = tiny.interactions.assign(value=pd.Series([5.0, wrong, 2.0], dtype=object))
    with pytest.raises(DataError, match=r"column 'value', row 1: .* is not a finite number"):
        check_catalog(replace(tiny, interactions=table))


def test_the_head_of_a_triple_is_an_item(tiny: Catalog) -> None:
    table = tiny.triples.assign(head=["10", "20", "elsewhere"])
    with pytest.raises(DataError, match=r"triples, column 'head', row 2: 'elsewhere' is not in table items"):
        check_catalog(replace(tiny, triples=table))


def test_users_are_known_when_there_is_a_users_table(tiny: Catalog) -> None:
    with pytest.raises(DataError, match=r"interactions, column 'user_id', row 2: 'u2' is not in table users"):
        check_catalog(replace(tiny, users=pd.DataFrame({"user_id": ["u1"]})))
