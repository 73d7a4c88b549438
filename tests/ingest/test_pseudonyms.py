from __future__ import annotations

import pandas as pd
import pytest

from kgrec_core.data.ingest.identifying_columns import identifying
from kgrec_core.data.ingest.k_anonymity import anonymity
from kgrec_core.data.ingest.pseudonyms import Pseudonyms


def test_equal_ids_get_equal_names_under_one_key_and_others_under_another() -> None:
    one, other = Pseudonyms(b"a"), Pseudonyms(b"b")
    assert one.of("7") == one.of("7")
    assert one.of("7") != other.of("7")
    assert one.column(pd.Series([7.0, " 7", "8"])).tolist() == [one.of("7"), one.of("7"), one.of("8")]


@pytest.mark.parametrize(
    "column", ["email", "E-Mail", "firstName", "last_name", "Phone", "street", "ip address", "user_name"]
)
def test_a_column_that_is_called_like_an_identifier_is_one(column: str) -> None:
    assert identifying(pd.DataFrame({column: ["x"]}), of_people=True) == (column,)


@pytest.mark.parametrize("column", ["age", "gender", "tariff", "zip", "mailing_frequency", "occupation"])
def test_a_profile_is_no_identifier(column: str) -> None:
    assert identifying(pd.DataFrame({column: ["x"]}), of_people=True) == ()


@pytest.mark.parametrize("cells", [["a@b.org", "c.d@e.com"], ["+49 151 2345678", "(030) 123-4567"]])
def test_a_column_that_looks_like_one_is_one(cells: list[str]) -> None:
    assert identifying(pd.DataFrame({"info": cells}), of_people=False) == ("info",)


@pytest.mark.parametrize(
    "cells", [["2024-05-17", "1999-01-01"], ["978030760", "12345678901"], ["3.5", "10.25"], ["B001LLIKVU"]]
)
def test_dates_and_numbers_are_no_phones(cells: list[str]) -> None:
    assert identifying(pd.DataFrame({"info": cells}), of_people=False) == ()


def test_the_smallest_group_of_like_users_is_measured() -> None:
    users = pd.DataFrame({"user_id": list("abcd"), "age": ["20", "20", "30", "30"], "sex": ["f", "f", "m", "f"]})
    found = anonymity(users)
    assert found is not None
    assert (found.k, found.alone, found.columns) == (1, 2, ("age", "sex"))
    assert anonymity(users[["user_id"]]) is None
