"""Workbooks of XLSX: a raw table for each sheet, from the row of its header on; values, never formulas."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pandas as pd

from kgrec_core.data.formats.archives import opened_zip
from kgrec_core.data.formats.csv_tables import column_names
from kgrec_core.data.formats.fill_down import filled_down, told
from kgrec_core.data.formats.header_lines import is_above_header, is_header
from kgrec_core.data.formats.jsonlines import as_text
from kgrec_core.data.formats.raw_table import RawTable
from kgrec_core.data.formats.source_files import SourceFile
from kgrec_core.data.formats.xlsx_sizes import extents
from kgrec_core.data.ledger import Ledger, with_provenance
from kgrec_core.errors import DataError

_SMALL = 400_000  # cells, up to which a workbook is read with what is merged in it
_LOOKED_AT = 50  # rows in which the header is looked for
_ROWS = 400
_FIRST = 30  # rows and columns, for a first look
_ERRORS = frozenset("#N/A #REF! #VALUE! #DIV/0! #NAME? #NULL! #NUM! #GETTING_DATA".split())
_MIDNIGHT = " 00:00:00"


@dataclass(frozen=True, slots=True)
class _Sheet:
    """rows: the cells as texts, all of one length · merged: (first row, last row, column), counted from 0"""

    title: str
    rows: list[list[str]]
    merged: tuple[tuple[int, int, int], ...] = ()


def read_sheets(file: SourceFile, ledger: Ledger) -> list[RawTable]:
    """A table for each sheet that has cells; hidden ones are left out with a note. Raises DataError."""
    with _in_words(file):
        sheets = [sheet for sheet in _sheets(file, ledger) if sheet.rows]
    if not sheets:
        raise DataError(f"{file.name} has no rows. Give at least one.")
    return [
        _table(file, f"{file.name}/{each.title}" if len(sheets) > 1 else file.name, each, ledger) for each in sheets
    ]


def first_words(file: SourceFile) -> frozenset[str]:
    """The texts in the first rows of the first sheet, which is all that is read. Raises DataError."""
    with _in_words(file), file.path.open("rb") as opened:
        book = openpyxl.load_workbook(opened, read_only=True, data_only=True, keep_links=False)
        rows = book.worksheets[0].iter_rows(max_row=_FIRST, max_col=_FIRST, values_only=True) if book.worksheets else ()
        found = frozenset(value for row in rows for value in row if isinstance(value, str))
        book.close()
    return found


@contextmanager
def _in_words(file: SourceFile) -> Iterator[None]:
    try:
        yield
    except (MemoryError, DataError):
        raise
    except Exception as error:  # the parser raises whatever a damaged file leads it to; nothing of it is ours
        short = " ".join(str(error).split())[:120] or type(error).__name__
        raise DataError(f"{file.name} cannot be read as XLSX ({short}). Save it again, or as CSV.") from error


def _sheets(file: SourceFile, ledger: Ledger) -> Iterator[_Sheet]:
    with opened_zip(file) as archive:
        sizes = list(extents(archive, file.name))
    small = sum(size.rows * size.columns for size in sizes) <= _SMALL
    for size in sizes:
        ledger.allowance.rows(file.name, size.rows)
        ledger.allowance.table(file.name, size.rows, size.columns)
    with file.path.open("rb") as opened:
        book = openpyxl.load_workbook(opened, read_only=not small, data_only=True, keep_links=False)
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or book.worksheets
        for sheet in book.worksheets:
            if sheet not in shown:
                ledger.note(file.name, f"the sheet {sheet.title!r} is hidden; left out", "Show it, if it is needed.")
        for sheet in shown:
            yield _read(sheet, small)
        book.close()


def _read(sheet: Any, small: bool) -> _Sheet:
    if not small:
        sheet.reset_dimensions()
    rows = [[_cell(value) for value in row] for row in sheet.iter_rows(values_only=True)]
    width = max(map(len, rows), default=0)
    while rows and not any(rows[-1]):
        rows.pop()
    merged = sheet.merged_cells.ranges if small else ()
    places = tuple(
        (each.min_row - 1, each.max_row - 1, each.min_col - 1) for each in merged if each.max_row > each.min_row
    )
    return _Sheet(sheet.title, [row + [""] * (width - len(row)) for row in rows], places)


def _table(file: SourceFile, name: str, sheet: _Sheet, ledger: Ledger) -> RawTable:
    rows = sheet.rows
    start = _header_place(rows)
    above = sum(any(row) for row in rows[:start])
    if above:
        ledger.note(name, f"{above:,} rows above the table were not read", row=1)
    filled = _with_merged(rows, sheet, start, name, ledger)
    used = [place for place in range(len(rows[start])) if any(row[place] for row in filled[start:])]
    cells = [[row[place] for place in used] for row in filled]
    named = is_header(cells[start], cells[start + 1 :])
    shown = SourceFile(name, file.path)
    if named:
        names = column_names(shown, cells[start], ledger)
    else:
        names = [f"column {number}" for number in range(1, len(used) + 1)]
    first = start + named
    numbered = [(number, row) for number, row in enumerate(cells[first:], start=first + 1) if any(row)]
    frame = pd.DataFrame([row for _, row in numbered], columns=pd.Index(names), dtype=object)
    frame = frame.apply(_days) if len(frame) else frame
    frame, down = filled_down(frame)
    if down:
        ledger.note(name, told(down))
    ledger.read(name, "", len(frame))
    whole = with_provenance(frame, name, [number for number, _ in numbered])
    return RawTable(name, whole, named=named, role=file.role)


def _header_place(rows: Sequence[Sequence[str]]) -> int:
    """The first row that has more than half as many cells as most rows have, or a header below that has all."""
    filled = [sum(map(bool, row)) for row in rows[:_ROWS]]
    usual = Counter(count for count in filled if count).most_common(1)[0][0]
    first = next((place for place, count in enumerate(filled[:_LOOKED_AT]) if count > 0.5 * usual), 0)
    whole = next((place for place, count in enumerate(filled[:_LOOKED_AT]) if count >= usual), first)
    if first < whole < len(rows) - 1 and is_header(rows[whole], rows[whole + 1 :]):
        first = whole
    return first + is_above_header(rows[first], rows[first + 1 : first + _ROWS])


def _with_merged(rows: list[list[str]], sheet: _Sheet, start: int, name: str, ledger: Ledger) -> list[list[str]]:
    """The rows in which each cell of a merged range says what its first one says."""
    inside = [each for each in sheet.merged if each[0] > start]
    if not inside:
        return rows
    made = [list(row) for row in rows]
    for first, last, column in inside:
        for row in made[first + 1 : last + 1]:
            row[column] = row[column] or made[first][column]
    ledger.note(name, f"{len(inside):,} merged cells were read as the same value in each of their rows")
    return made


def _days(cells: pd.Series) -> pd.Series:
    """Days without a clock where none of the column has one."""
    filled = cells[cells != ""]
    if not len(filled) or not filled.str.endswith(_MIDNIGHT).all():
        return cells
    return cells.str.removesuffix(_MIDNIGHT)


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case str():
            text = value.strip()
            return "" if text in _ERRORS else text
        case dt.datetime():
            return str((value + dt.timedelta(milliseconds=500)).replace(microsecond=0))
        case _:
            return "" if value != value else as_text(value)
