from __future__ import annotations

import pandas as pd
import pytest

from kgrec_core.data.ingest.column_values import rating_scale, tidy, with_times, with_values
from kgrec_core.data.ledger import Ledger, with_provenance

NOW = 1_800_000_000.0


def frame(name: str, *cells: str) -> pd.DataFrame:
    rows = pd.DataFrame({"user_id": "u", "item_id": "i", name: list(cells)})
    return with_provenance(rows, "f.csv", range(2, len(cells) + 2))


def ledger() -> Ledger:
    book = Ledger()
    book.read("f.csv", "interactions", 3)
    return book


def test_whole_numbers_and_words_for_nothing_are_tidied() -> None:
    assert tidy(pd.Series([5.0, " 7 ", "NaN", None, "NA", "x"], dtype=object)).tolist() == ["5", "7", "", "", "", "x"]


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [
        ("964982703", 964982703),
        ("964982703000", 964982703),
        ("964982703000000", 964982703),
        ("2000-07-30", 964915200),
        ("2000-07-30T18:45:03Z", 964982703),
    ],
)
def test_every_usual_way_to_write_a_time_is_read(cell: str, seconds: int) -> None:
    assert with_times(frame("timestamp", cell), NOW, ledger())["timestamp"].tolist() == [seconds]


@pytest.mark.parametrize("cell", ["99999999999", "soon", "-500", "1e300"])
def test_an_impossible_time_is_emptied_and_the_row_stays(cell: str) -> None:
    book = ledger()
    found = with_times(frame("timestamp", "964982703", cell), NOW, book)
    assert len(found) == 2
    assert found["timestamp"].isna().tolist() == [False, True]
    assert [each.row for each in book.findings() if each.severity == "warning"] == [3]


def test_times_that_nobody_knows_are_no_column() -> None:
    assert "timestamp" not in with_times(frame("timestamp", "-1", "0", ""), NOW, ledger())


@pytest.mark.parametrize(
    ("values", "top"),
    [
        ([0.5, 4.0, 5.0], 5.0),
        ([1.0, 8.0, 10.0], 10.0),
        ([0.0, 1.0], 1.0),
        ([30.0, 88.0], 100.0),
        ([2.0, 13883.0, 400.0], None),
    ],
)
def test_the_scale_of_ratings_is_found(values: list[float], top: float | None) -> None:
    assert rating_scale(pd.Series(values)) == top


def test_a_rating_off_the_scale_is_dropped_and_named() -> None:
    book = ledger()
    cells = ["4", "5", "3"] * 20 + ["55"]
    found, top = with_values(frame("value", *cells), False, book)
    assert top == 5
    assert len(found) == 60
    assert [(each.row, each.value) for each in book.findings()] == [(62, "55")]


def test_a_decimal_comma_is_a_decimal_point() -> None:
    found, _ = with_values(frame("value", "2,5", "4"), False, ledger())
    assert found["value"].tolist() == [2.5, 4.0]


def test_an_empty_value_stays_empty_and_no_value_at_all_is_no_column() -> None:
    found, _ = with_values(frame("value", "2", ""), False, ledger())
    assert found["value"].isna().tolist() == [False, True]
    assert "value" not in with_values(frame("value", "", ""), False, ledger())[0]
