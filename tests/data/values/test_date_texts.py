from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd
import pytest

from kgrec_core.data.values.dates import are_dates, are_years, as_seconds, joined_day_and_clock, read_dates

NOW = 1_800_000_000.0


def at(cell: str) -> str:
    seconds = read_dates(pd.Series([cell], dtype=object), NOW).seconds[0]
    return "" if seconds != seconds else datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%S")


@pytest.mark.parametrize(
    ("cell", "time"),
    [
        ("2015-07-01T10:20:30Z", "2015-07-01 10:20:30"),
        ("2015-07-01T10:20:30.5+02:00", "2015-07-01 08:20:30"),
        ("20230105", "2023-01-05 00:00:00"),
        ("20230105123000", "2023-01-05 12:30:00"),
        ("2024年1月5日", "2024-01-05 00:00:00"),
        ("05.01.2024", "2024-01-05 00:00:00"),
        ("5/13/14", "2014-05-13 00:00:00"),
        ("Feb 1, 2007", "2007-02-01 00:00:00"),
        ("1er février 2007", "2007-02-01 00:00:00"),
        ("1. März 2007", "2007-03-01 00:00:00"),
        ("1 de enero de 2007", "2007-01-01 00:00:00"),
        ("3 maggio 2007 10:20", "2007-05-03 10:20:00"),
        ("5 мая 2007 г.", "2007-05-05 00:00:00"),
        ("5 mei 2007", "2007-05-05 00:00:00"),
        ("Wed Jul 01 10:20:30 -0700 2015", "2015-07-01 17:20:30"),
        ("Saturday, July 4, 2015 at 10:20 pm", "2015-07-04 22:20:00"),
        ("1400000000000000", "2014-05-13 16:53:20"),
        ("2015-W27-3", "2015-07-01 00:00:00"),
    ],
)
def test_dates_of_every_common_kind_are_read(cell: str, time: str) -> None:
    assert at(cell) == time


@pytest.mark.parametrize("cell", ["10:20", "Monday", "May", "soon", "1", "250", "1999", "2015-02-30", "0001-01-01"])
def test_nothing_is_made_up_of_what_names_no_day(cell: str) -> None:
    assert at(cell) == ""


def test_years_alone_are_told_as_such() -> None:
    read = read_dates(pd.Series(["1999", "2004"]), NOW)
    assert read.seconds.isna().all() and "a year only" in read.remarks[0].what
    assert are_years(pd.Series(["1999", "2004"])) and not are_years(pd.Series(["1", "250"]))


def test_the_share_of_dates_leaves_empty_cells_out() -> None:
    assert are_dates(pd.Series(["2024-05-17", "", "x", None])) == 1 / 2


def test_a_day_and_a_clock_of_two_columns_are_one_time() -> None:
    joined = joined_day_and_clock(pd.Series(["2023-05-01", "20230502"]), pd.Series(["10:20", "102030"]))
    assert as_seconds(joined).diff().tolist()[1] == 86_400 + 30
