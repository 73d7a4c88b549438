from __future__ import annotations

import pandas as pd
import pytest

from kgrec_core.data.ingest.column_values import tidy, with_times, with_values
from kgrec_core.data.ledger import Ledger, with_provenance
from kgrec_core.data.values.scales import Scale

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


def test_a_rating_off_the_scale_is_dropped_and_named() -> None:
    book = ledger()
    cells = ["4", "5", "3"] * 20 + ["55"]
    found, scale = with_values(frame("value", *cells), False, book)
    assert scale == Scale(3, 5, 1)
    assert len(found) == 60
    assert [(each.row, each.value) for each in book.findings()] == [(62, "55")]


def test_a_decimal_comma_is_a_decimal_point() -> None:
    found, _ = with_values(frame("value", "2,5", "4"), False, ledger())
    assert found["value"].tolist() == [2.5, 4.0]


def test_an_empty_count_stays_empty_and_no_value_at_all_is_no_column() -> None:
    found, _ = with_values(frame("value", "2", ""), True, ledger())
    assert found["value"].isna().tolist() == [False, True]
    assert "value" not in with_values(frame("value", "", ""), False, ledger())[0]


def test_a_row_without_a_rating_beside_rated_ones_is_neither_liked_nor_disliked_and_left_out() -> None:
    book = ledger()
    found, _ = with_values(frame("value", "2", "", "5"), False, book)
    assert found["value"].tolist() == [2, 5]
    assert [(each.row, each.severity, each.fate) for each in book.findings()] == [(3, "note", "dropped")]


def test_where_hardly_any_row_is_rated_every_row_counts_and_that_is_told() -> None:
    book = ledger()
    found, scale = with_values(frame("value", *[""] * 95, "1", "2", "3", "4", "5"), False, book)
    assert (len(found), scale, "value" in found) == (100, None, False)
    assert "5.0%" in book.findings()[0].what


def test_a_code_for_no_rating_is_told_and_its_rows_are_left_out() -> None:
    book = ledger()
    found, scale = with_values(frame("value", "-1", "7", "10", "3", "-1"), False, book)
    assert (found["value"].tolist(), scale) == ([7, 10, 3], Scale(3, 10, 1))
    assert "stands for no rating" in book.findings()[0].what


def test_votes_keep_their_dislikes() -> None:
    found, scale = with_values(frame("value", "-1", "1", "1"), False, ledger())
    assert (found["value"].tolist(), scale) == ([-1, 1, 1], Scale(-1, 1, 1))


def test_grades_in_words_are_numbers_and_told() -> None:
    book = ledger()
    found, _ = with_values(frame("value", "bad", "great", "ok"), False, book)
    assert found["value"].tolist() == [2, 5, 3]
    assert "bad 2, ok 3, great 5" in book.findings()[0].what


def test_a_count_of_pieces_may_take_away_and_a_count_of_plays_may_have_thousands() -> None:
    assert with_values(frame("value", "3", "-2"), True, ledger())[0]["value"].tolist() == [3, -2]
    assert with_values(frame("value", "1.234", "950"), True, ledger())[0]["value"].tolist() == [1234, 950]
