from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl

from kgrec_core.config import ImportLimits
from kgrec_core.data.formats.gathering import gather
from kgrec_core.data.formats.raw_table import RawTable
from kgrec_core.data.formats.source_files import Given, SourceFile
from kgrec_core.data.formats.table_files import raw_tables
from kgrec_core.data.ledger import Ledger
from tests.raw_tables import places, rows, said

ORDERS = [["k1", "a1", 2], ["k1", "a2", 1], ["k2", "a1", 4], ["k3", "a3", 1], ["k3", "a1", 5], ["k4", "a2", 2]]


def workbook(folder: Path, fill: Callable[[Any], None], ledger: Ledger | None = None) -> list[RawTable]:
    book = openpyxl.Workbook()
    fill(book)
    book.save(folder / "b.xlsx")
    return raw_tables(SourceFile("b.xlsx", folder / "b.xlsx"), ledger or Ledger())


def put(sheet: Any, lines: list[list[Any]]) -> None:
    for line in lines:
        sheet.append(line)


def test_each_sheet_with_cells_is_a_table(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        book.active.title = "Orders"
        put(book.active, [["client", "article", "pieces"], *ORDERS])
        put(book.create_sheet("Goods"), [["article", "name"], ["a1", "Lamp"], ["a2", "Vase"]])
        book.create_sheet("Empty")

    first, second = workbook(tmp_path, fill)
    assert (first.name, second.name) == ("b.xlsx/Orders", "b.xlsx/Goods")
    assert rows(first) == [[str(cell) for cell in row] for row in ORDERS]
    assert places(first) == [2, 3, 4, 5, 6, 7]


def test_the_only_sheet_has_the_name_of_the_file_and_titles_above_it_are_passed_over(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        put(book.active, [["Sales of the north"], [], ["As of", "March"], ["client", "article", "pieces"], *ORDERS])

    ledger = Ledger()
    (found,) = workbook(tmp_path, fill, ledger)
    assert (found.name, found.columns, places(found)[0]) == ("b.xlsx", ("client", "article", "pieces"), 5)
    assert "2 rows above" in said(ledger)


def test_what_is_merged_stands_in_each_row(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        put(book.active, [["client", "article"], ["k1", "a1"], [None, "a2"], ["k2", "a1"]])
        book.active.merge_cells("A2:A3")

    ledger = Ledger()
    (found,) = workbook(tmp_path, fill, ledger)
    assert rows(found) == [["k1", "a1"], ["k1", "a2"], ["k2", "a1"]]
    assert "merged" in said(ledger)


def test_a_hidden_sheet_is_left_out_and_told(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        put(book.active, [["client", "article", "pieces"], *ORDERS])
        hidden = book.create_sheet("Old")
        hidden.sheet_state = "hidden"
        put(hidden, [["client", "article"], ["k9", "a9"]])

    ledger = Ledger()
    assert len(workbook(tmp_path, fill, ledger)) == 1
    assert "'Old' is hidden" in said(ledger)


def test_cells_are_values_in_plain_text(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        day, moment = dt.datetime(2024, 1, 5), dt.datetime(2024, 1, 5, 10, 30)
        put(book.active, [["id", "day", "moment", "share", "yes", "error"]])
        put(book.active, [[7.0, day, moment, 0.25, True, "#N/A"], [8, day, day, 1.5, False, "fine"]])

    (found,) = workbook(tmp_path, fill)
    assert rows(found) == [
        ["7", "2024-01-05", "2024-01-05 10:30:00", "0.25", "true", ""],
        ["8", "2024-01-05", "2024-01-05 00:00:00", "1.5", "false", "fine"],
    ]


def test_a_sheet_without_names_of_columns_is_read_from_its_first_row(tmp_path: Path) -> None:
    (found,) = workbook(tmp_path, lambda book: put(book.active, ORDERS))
    assert (found.named, len(found.frame)) == (False, 6)


def test_names_of_groups_of_columns_stand_above_the_header(tmp_path: Path) -> None:
    lines = [["Who", None, "What"], ["client", "city", "article"], *([f"k{n}", "Rome", f"a{n}"] for n in range(5))]
    (found,) = workbook(tmp_path, lambda book: put(book.active, lines))
    assert (found.columns, places(found)[0]) == (("client", "city", "article"), 3)


def test_a_workbook_with_another_ending_is_a_workbook(tmp_path: Path) -> None:
    workbook(tmp_path, lambda book: put(book.active, [["client", "article", "pieces"], *ORDERS]))
    (tmp_path / "work").mkdir()
    (tmp_path / "b.xlsx").rename(tmp_path / "old.xls")
    (file,) = gather([Given(tmp_path / "old.xls")], tmp_path / "work", ImportLimits()).files
    assert raw_tables(file, Ledger())[0].columns == ("client", "article", "pieces")


def test_a_workbook_is_not_read_as_text_to_recognise_it(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "b.xlsx")
    assert SourceFile("b.xlsx", tmp_path / "b.xlsx").lines() == []
