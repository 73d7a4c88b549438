from __future__ import annotations

import pandas as pd
import pytest

from kgrec_core.data.values.numbers import as_numbers
from kgrec_core.data.values.plain_numbers import floats_of


def read(*cells: str, decimal_comma: bool = False, whole: bool = False) -> list[float | None]:
    found = as_numbers(pd.Series(list(cells), dtype=object), decimal_comma, whole)
    return [None if number != number else number for number in found]


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("€ 12,50", 12.5),
        ("53,90 €", 53.9),
        ("$1,234.50", 1234.5),
        ("1 234,5", 1234.5),
        ("1'234.50", 1234.5),
        ("4 stars", 4),
        ("★★★★☆", 4),
        ("4/5", 4),
        ("5.0 out of 5 stars", 5),
        ("80%", 80),
        ("12 plays", 12),
        ("−5", -5),
        ("(5)", -5),
        ("1e5", 1e5),
        ("1.5k", 1500),
    ],
)
def test_a_number_is_read_with_what_stands_around_it(cell: str, number: float) -> None:
    assert read(cell) == [number]


@pytest.mark.parametrize("cell", ["A123", "Toy Story 2", "2014-05-13", "10:20", "192.168.1.1", "1,2,3", "1e2147483648"])
def test_what_is_no_number_is_none(cell: str) -> None:
    assert read(cell) == [None]


def test_a_comma_before_three_digits_in_every_cell_parts_thousands() -> None:
    assert read("1,234", "950", "12,000") == [1234, 950, 12000]


def test_a_comma_is_a_decimal_point_where_some_cell_shows_it() -> None:
    assert read("3,5", "1,234") == [3.5, 1.234]
    assert read("0,125", "1,250") == [0.125, 1.25]


def test_a_file_with_decimal_commas_has_points_for_thousands() -> None:
    assert read("1.234", "5.234", decimal_comma=True) == [1234, 5234]
    assert read("1,234", decimal_comma=True) == [1.234]


def test_a_count_has_no_decimals_so_that_its_point_parts_thousands() -> None:
    assert read("1.234", "950", whole=True) == [1234, 950]
    assert read("1.234", "5.234") == [1.234, 5.234]


def test_a_cell_with_both_signs_tells_for_the_column() -> None:
    assert read("1.234,50", "12.000,00") == [1234.5, 12000]


def test_an_exponent_that_ends_pandas_is_no_number() -> None:
    assert floats_of(pd.Series(["09184e7163731829", "7"])).isna().tolist() == [True, False]
