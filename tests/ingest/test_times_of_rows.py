from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd

from kgrec_core.data.import_report import Finding
from kgrec_core.data.ingest.column_values import with_times
from kgrec_core.data.ledger import Ledger, with_provenance

NOW = 1_800_000_000.0


def read(*cells: str) -> tuple[list[str], list[Finding]]:
    """Days as 2024-05-17, and what was found."""
    rows = with_provenance(
        pd.DataFrame({"user_id": "u", "item_id": "i", "timestamp": list(cells)}), "f.csv", range(9)[: len(cells)]
    )
    book = Ledger()
    book.read("f.csv", "interactions", len(cells))
    times = with_times(rows, NOW, book)["timestamp"]
    return [datetime.fromtimestamp(int(each), UTC).date().isoformat() for each in times], list(book.findings())


def test_points_between_the_parts_mean_day_first_in_the_whole_column() -> None:
    assert read("13.05.2024", "02.03.2024") == (["2024-05-13", "2024-03-02"], [])
    assert read("02.03.2024", "04.05.24 10:30") == (["2024-03-02", "2024-05-04"], [])


def test_one_first_part_over_twelve_means_day_first_in_the_whole_column() -> None:
    assert read("13/05/2024", "02/03/2024") == (["2024-05-13", "2024-03-02"], [])


def test_one_second_part_over_twelve_means_month_first_in_the_whole_column() -> None:
    assert read("05/13/2024", "02/03/2024") == (["2024-05-13", "2024-02-03"], [])


def test_dates_with_the_year_first_are_read_as_they_stand_beside_others() -> None:
    assert read("13.05.2024", "2024-03-02", "2024/03/02")[0] == ["2024-05-13", "2024-03-02", "2024-03-02"]


def test_an_order_that_nothing_tells_is_noted() -> None:
    days, found = read("01/02/2024", "03/04/2024")
    assert days == ["2024-01-02", "2024-03-04"]
    assert [(each.severity, each.rows) for each in found] == [("note", 2)]
    assert "may be day or month first; read as month first" in found[0].what


def test_dates_of_both_orders_are_each_read_as_they_can_be_and_the_fewer_are_told() -> None:
    days, found = read("13/05/2024", "14/05/2024", "05/15/2024", "02/03/2024")
    assert days == ["2024-05-13", "2024-05-14", "2024-05-15", "2024-03-02"]
    assert [(each.severity, each.value, each.rows) for each in found] == [("warning", "05/15/2024", 1)]


def test_days_as_a_spreadsheet_counts_them_are_times() -> None:
    days, found = read("45425.5", "45426")
    assert days == ["2024-05-13", "2024-05-14"]
    assert [(each.severity, each.rows) for each in found] == [("note", 2)]


def test_numbers_that_count_from_some_start_are_no_times_and_never_1970() -> None:
    rows = with_provenance(pd.DataFrame({"user_id": "u", "timestamp": ["1", "250", "17"]}), "f.csv", range(3))
    book = Ledger()
    book.read("f.csv", "interactions", 3)
    assert "timestamp" not in with_times(rows, NOW, book)
    assert ["too small a number for a time" in each.what for each in book.findings()] == [True]


def test_a_small_number_beside_seconds_is_no_time() -> None:
    rows = with_provenance(pd.DataFrame({"user_id": "u", "timestamp": ["45425", "1700000000"]}), "f.csv", range(2))
    book = Ledger()
    book.read("f.csv", "interactions", 2)
    assert with_times(rows, NOW, book)["timestamp"].isna().tolist() == [True, False]
