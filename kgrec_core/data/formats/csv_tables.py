"""Tables in text with a separator: every cell a string, every row with its line number, no row lost unseen."""

from __future__ import annotations

import io
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
from pyarrow import csv

from kgrec_core.data.formats.decoding import decoded
from kgrec_core.data.formats.delimiters import SEPARATORS, cells_of, find_separator, mended
from kgrec_core.data.formats.source_files import SourceFile
from kgrec_core.data.frames import with_columns
from kgrec_core.data.ledger import Ledger, with_provenance
from kgrec_core.data.masking import reaches, shape, without_contacts
from kgrec_core.errors import DataError

IntArray = npt.NDArray[np.int64]
ONE_CHARACTER = "\x1f"  # stands in for a separator of two characters, which the parser does not know
_SAMPLE = 50  # lines
_BLOCK = 1 << 27  # bytes; a single row must fit


@dataclass(frozen=True, slots=True)
class TableLayout:
    """How a file is written. names: of the columns where the file has no header line; needs: columns it must have."""

    separator: str = ""  # found out when empty
    names: tuple[str, ...] | None = None
    quoted: bool = True
    needs: tuple[str, ...] = ()


class BadLines:
    """Lines of another length than the header: their places, their shapes (see masking.shape) and how many cells."""

    def __init__(self, whole: bool = False) -> None:
        """whole: whether the lines are kept as they stand, for who can mend them"""
        self.numbers, self.cells = array("q"), array("q")
        self.shapes: list[str] = []
        self.first = ""  # as it stands in the file
        self.texts: list[str] | None = [] if whole else None
        self._shape = lru_cache(maxsize=4096)(shape)  # lines of millions are often alike

    def add(self, number: int, text: str, cells: int) -> None:
        self.first = self.first if self.numbers else text
        self.numbers.append(number)
        self.cells.append(cells)
        self.shapes.append(self._shape(text))
        if self.texts is not None:
            self.texts.append(text)

    def without(self, places: frozenset[int]) -> BadLines:
        """All but those at these places."""
        rest = BadLines()
        for place, number in enumerate(self.numbers):
            if place not in places:
                rest.numbers.append(number)
                rest.cells.append(self.cells[place])
                rest.shapes.append(self.shapes[place])
        return rest


_NO_ROOM = "Resource temporarily unavailable"  # for the stack of a thread, where memory is limited


def read_delimited(file: SourceFile, table: str, ledger: Ledger, layout: TableLayout = TableLayout()) -> pd.DataFrame:
    """The rows of a file with the names of its header, and provenance. Lines of another length are dropped with note.

    Line numbers are those of a text editor. Raises DataError for what is no table.
    """
    text = decoded(file, ledger)
    lines = max(text.count("\n"), text.count("\r"))
    ledger.allowance.rows(file.name, lines)
    text = text if text.endswith(("\n", "\r")) else text + "\n"
    separator = called = layout.separator or find_separator(text.splitlines()[:_SAMPLE])
    ledger.allowance.table(file.name, lines, _first(text).count(separator) + 1)
    if len(separator) > 1:
        text, separator = text.replace(separator, ONE_CHARACTER), ONE_CHARACTER
    text, quoted = mended(file, text, separator, ledger) if layout.quoted else (text, False)
    frame, bad = _parse(file, text, (separator, quoted), ledger)
    numbers, bad_numbers = line_numbers(frame, bad.numbers, quoted)
    bad.numbers = array("q", bad_numbers.tolist())
    if layout.names is None:
        frame, names = frame.iloc[1:], column_names(file, list(frame.iloc[0]), ledger)
        numbers = numbers[1:]
        _check_needs(file, names, layout.needs)
        check_body(file, names, bad, (len(frame), called))
    else:
        names = _given_names(file, frame, layout.names)
    frame = frame.set_axis(names, axis=1)
    blank = (frame == "").all(axis=1).to_numpy() if len(frame) else np.zeros(0, dtype=bool)
    frame = with_provenance(frame[~blank].reset_index(drop=True), file.name, numbers[~blank])
    ledger.read(file.name, table, len(frame) + len(bad.numbers))
    if bad.numbers:
        tell_bad_lines(file, bad, (len(names), called), ledger)
    tell_swallowed(frame, names, separator, ledger)
    return frame


def _first(text: str) -> str:
    """The first line."""
    return text[: min(place for place in (text.find("\n"), text.find("\r"), len(text)) if place >= 0)]


def _parse(file: SourceFile, text: str, written: tuple[str, bool], ledger: Ledger) -> tuple[pd.DataFrame, BadLines]:
    """written: the separator, and whether cells are quoted."""
    return parsed(file, text, written, ledger, BadLines())


def parsed(
    file: SourceFile, text: str, written: tuple[str, bool], ledger: Ledger, bad: BadLines, columns: int = 0
) -> tuple[pd.DataFrame, BadLines]:
    """All records as strings, and those of another length, which are added to `bad`.

    written: the separator, of one character, and whether cells are quoted; columns: as many as the first record has
    for 0
    """
    separator, quoted = written

    def skip(row: csv.InvalidRow) -> str:
        bad.add(row.number, row.text, row.actual_columns)
        return "skip"

    data = text.encode("utf-8", errors="surrogatepass")
    try:
        found = csv.read_csv(
            io.BytesIO(data),
            read_options=csv.ReadOptions(
                use_threads=False,
                autogenerate_column_names=not columns,
                column_names=[f"f{number}" for number in range(columns)] if columns else None,
                block_size=min(len(data) + 1, _BLOCK),
            ),
            parse_options=csv.ParseOptions(
                delimiter=separator,
                quote_char='"' if quoted else False,
                newlines_in_values=quoted,
                ignore_empty_lines=False,
                invalid_row_handler=skip,
            ),
            convert_options=csv.ConvertOptions(
                column_types={f"f{number}": pa.string() for number in range(ledger.limits.columns)},
                strings_can_be_null=False,
            ),
        )
    except MemoryError:
        raise
    except (pa.ArrowException, ValueError) as error:
        if _NO_ROOM in str(error):
            raise MemoryError from error
        raise DataError(f"{file.name} cannot be read as a table ({error}). Save it as CSV in UTF-8.") from error
    ledger.allowance.columns(file.name, found.num_columns)
    return found.to_pandas(), bad


def line_numbers(frame: pd.DataFrame, bad: Sequence[int], quoted: bool = True) -> tuple[IntArray, IntArray]:
    """Lines of the parsed records and of the bad ones: records before them, and line breaks inside their cells.

    quoted: whether there are cells in quotation marks, which alone hold line breaks
    """
    total = len(frame) + len(bad)
    wrong = np.asarray(bad, dtype=np.int64) - 1
    good = np.delete(np.arange(total), wrong)
    breaks = np.zeros(total, dtype=np.int64)
    for name in frame.columns if quoted else ():
        if frame[name].str.contains("\n", regex=False).any():
            breaks[good] += frame[name].str.count("\n").to_numpy(dtype=np.int64)
    lines = np.arange(1, total + 1) + np.cumsum(breaks) - breaks
    return lines[good], lines[wrong]


def column_names(file: SourceFile, cells: Sequence[object], ledger: Ledger) -> list[str]:
    """Names from the cells of a header: no two alike, none empty, none that reaches a person; changes are told."""
    raw = [" ".join(str(name).split()) for name in cells]
    names: list[str] = []
    for number, name in enumerate(raw, start=1):
        free = f"column {number}" if not name or reaches(name) else name
        if free in names or free.startswith("_"):
            free = f"{free.strip('_')} ({number})"
            ledger.note(
                file.name,
                f"the column name {without_contacts(name)!r} was changed to {free!r}",
                "Rename it, if it matters.",
                row=1,
            )
        names.append(free)
    return names


def _check_needs(file: SourceFile, names: Sequence[str], needs: Sequence[str]) -> None:
    missing = [name for name in needs if name not in names]
    if missing:
        have = ", ".join(repr(name) for name in names[:10])
        raise DataError(
            f"{file.name}, line 1: there is no column {missing[0]!r}; there are {have}. Restore the header line."
        )


def _given_names(file: SourceFile, frame: pd.DataFrame, names: tuple[str, ...]) -> list[str]:
    if frame.shape[1] < len(names):
        raise DataError(
            f"{file.name}, line 1: there are {frame.shape[1]} columns; expected {len(names)}: {', '.join(names)}. "
            "Check the separator."
        )
    return [*names, *(f"column {number}" for number in range(len(names) + 1, frame.shape[1] + 1))]


def check_body(file: SourceFile, names: Sequence[str], bad: BadLines, read: tuple[int, str]) -> None:
    """Raises DataError where no row at all is split as the header is. read: rows that are, and the separator."""
    rows, separator = read
    if rows or not bad.numbers:
        return
    others = [each for each in SEPARATORS if each != separator and len(cells_of(bad.first, each)) == len(names)]
    seem = f", and the rows seem to be split at {others[0]!r}" if others else ""
    raise DataError(
        f"{file.name}, line {bad.numbers[0]}: split at {separator!r}, the header has {len(names)} cells and no row "
        f"has as many; this one has {bad.cells[0]}{seem}. Use one separator in the whole file."
    )


def tell_swallowed(frame: pd.DataFrame, names: Sequence[str], separator: str, ledger: Ledger) -> None:
    """Cells that go on over lines which look like rows: a mark that two other cells lack would hide them unseen."""
    for name in names:
        if not len(frame) or not frame[name].str.contains("\n", regex=False).any():
            continue
        inside = frame[name].str.split("\n").str[1:-1]
        rows = inside.map(lambda lines: bool(lines) and all(line.count(separator) == len(names) - 1 for line in lines))
        if len(names) > 1 and rows.any():
            what = "the cell in quotation marks goes on over lines that look like rows"
            ledger.keep(
                with_columns(frame[rows], {name: frame.loc[rows, name].map(shape)}),
                name,
                what,
                "Close the mark where the cell ends, if these lines are rows.",
            )


def tell_bad_lines(file: SourceFile, bad: BadLines, header: tuple[int, str], ledger: Ledger) -> None:
    """header: how many cells it has, and the separator."""
    rows = with_provenance(pd.DataFrame({"line": bad.shapes}), file.name, bad.numbers)
    columns, separator = header
    what = (
        f"split at {separator!r}, the line has another number of cells than the header ({columns}), "
        f"such as {bad.cells[0]}; x stands for a letter, 9 for a digit"
    )
    ledger.drop(rows, "line", what, "Put quotation marks around cells that hold the separator, or fill the gaps.")
