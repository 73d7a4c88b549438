"""Cells of a hundred thousand letters that were made to keep a pattern busy are read at once."""

from __future__ import annotations

import time

import pandas as pd
import pytest

from kgrec_core.data.masking import without_contacts
from kgrec_core.data.values.codes import what_they_name
from kgrec_core.data.values.list_cells import how_split
from kgrec_core.data.values.numbers import as_numbers

SECONDS = 3.0  # far more than needed, far less than a pattern that goes back over the text takes
UNITS = ("%40", "a%40", "1", "1-", " ", "A1", "a.", "1,", "0 1", "(0", "中", "a@")


@pytest.mark.parametrize("unit", UNITS)
def test_a_long_cell_is_read_at_once_whatever_it_repeats(unit: str) -> None:
    cell = "x" + (unit * 100_000)[:100_000] + "!"
    start = time.process_time()
    without_contacts(cell)
    what_they_name([cell, cell[1:], "x"])
    how_split(pd.Series([cell, cell[1:]]))
    as_numbers(pd.Series([cell, cell[1:]]))
    assert time.process_time() - start < SECONDS


def test_addresses_that_run_into_each_other_are_all_hidden() -> None:
    assert "@" not in without_contacts("+@_-.anna%40@mail.org")
