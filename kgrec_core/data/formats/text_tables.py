"""Any text with rows as a raw table: with a header or without, cells parted by whatever parts them."""

from __future__ import annotations

import csv
import html
import io
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from kgrec_core.data.formats.csv_tables import (
    ONE_CHARACTER,
    BadLines,
    IntArray,
    check_body,
    column_names,
    line_numbers,
    parsed,
    tell_bad_lines,
    tell_swallowed,
)
from kgrec_core.data.formats.decoding import decoded
from kgrec_core.data.formats.delimiters import cells_of, mended
from kgrec_core.data.formats.fill_down import filled_down, told
from kgrec_core.data.formats.header_lines import is_above_header, is_header
from kgrec_core.data.formats.line_blocks import Block, blocks_of
from kgrec_core.data.formats.line_cells import BLANKS, ENTITY, split_line
from kgrec_core.data.formats.long_lines import with_mended_lines
from kgrec_core.data.formats.raw_table import CELL_BREAK, RawTable
from kgrec_core.data.formats.source_files import SourceFile
from kgrec_core.data.formats.text_layout import TextLayout, section_of, text_layout
from kgrec_core.data.formats.text_marks import with_one_character, with_plain_marks
from kgrec_core.data.frames import with_columns
from kgrec_core.data.import_report import NOTE
from kgrec_core.data.ledger import Ledger, with_provenance

_SAMPLE = 1 << 17  # characters in which the header is looked for
_ROWS = 200  # that a first line is compared with


@dataclass(frozen=True, slots=True)
class _Body:
    """The rows under the header. names: of the columns · first: the line where they begin, counted from 0"""

    text: str
    separator: str
    names: tuple[str, ...]
    named: bool
    first: int
    unnamed: tuple[str, ...] = ()  # names that were made, since the header has none there


def read_text(file: SourceFile, ledger: Ledger) -> RawTable:
    """The table of a text. Raises DataError for what is no text, or where no row is split as the header is."""
    text = decoded(file, ledger)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    ledger.allowance.rows(file.name, text.count("\n"))
    if blocks := blocks_of(text):
        return _of_blocks(file, blocks, ledger)
    text = with_plain_marks(file, text, ledger)
    layout = text_layout(text)
    if layout.ragged:
        return _ragged(file, text, layout, ledger)
    if layout.sections:
        text = _with_sections(text, layout.separator)
        ledger.note(file.name, "lines such as '1:' head the lines below them; their id was put before each of these")
    body = _body(file, with_one_character(text, layout), layout, ledger)
    return RawTable(file.name, _frame(file, body, layout, ledger), named=body.named, role=file.role)


def _of_blocks(file: SourceFile, blocks: Sequence[Block], ledger: Ledger) -> RawTable:
    """A row a block; what a block does not tell is empty."""
    names = list(dict.fromkeys(key for block in blocks for key in block.cells))
    ledger.allowance.table(file.name, len(blocks), len(names))
    rows = [[block.cells.get(name, "") for name in names] for block in blocks]
    frame = pd.DataFrame(rows, columns=column_names(file, names, ledger), dtype=object)
    frame = with_provenance(_unescaped(file, frame, ledger), file.name, [block.line for block in blocks])
    ledger.read(file.name, "", len(frame))
    return RawTable(file.name, frame, role=file.role)


def _frame(file: SourceFile, body: _Body, layout: TextLayout, ledger: Ledger) -> pd.DataFrame:
    text = body.text if body.text.endswith("\n") else body.text + "\n"
    ledger.allowance.table(file.name, text.count("\n"), len(body.names))
    text, quoted = mended(file, text, body.separator, ledger, body.first)
    bad = BadLines(whole=True)
    frame, _ = parsed(file, text, (body.separator, quoted), ledger, bad, len(body.names))
    numbers, bad_numbers = line_numbers(frame, bad.numbers, quoted)
    numbers, bad.numbers = numbers + body.first, array("q", (bad_numbers + body.first).tolist())
    frame, numbers, bad = with_mended_lines(file, frame, numbers, bad, (body.separator, layout.listed), ledger)
    called = layout.separator or ","
    check_body(file, body.names, bad, (len(frame), called))
    frame = frame.set_axis(list(body.names), axis=1)
    frame, numbers = _without_blank(frame, numbers)
    frame = _without_empty_ends(frame, body.unnamed)
    frame, down = filled_down(frame)
    if down:
        ledger.note(file.name, told(down))
    frame = _unescaped(file, frame, ledger) if "&" in text else frame
    frame = with_provenance(frame, file.name, numbers)
    ledger.read(file.name, "", len(frame) + len(bad.numbers))
    frame = _again(file, frame, body, ledger)
    if bad.numbers:
        tell_bad_lines(file, bad, (len(body.names), called), ledger)
    if quoted:
        tell_swallowed(frame, [name for name in body.names if name in frame], body.separator, ledger)
    return frame


def _without_empty_ends(frame: pd.DataFrame, unnamed: Sequence[str]) -> pd.DataFrame:
    """The frame without last columns that have neither name nor cells, as separators at the ends of lines make them."""
    while frame.shape[1] > 1 and frame.columns[-1] in unnamed and len(frame) and not (frame.iloc[:, -1] != "").any():
        frame = frame.iloc[:, :-1]
    return frame


def _again(file: SourceFile, frame: pd.DataFrame, body: _Body, ledger: Ledger) -> pd.DataFrame:
    """The frame without rows that say the header again, as files that were put together have them."""
    if not body.named or not len(frame) or not (frame.iloc[:, 0] == body.names[0]).any():
        return frame
    same = np.ones(len(frame), dtype=bool)
    for name in body.names:
        if name in frame:
            same &= (frame[name] == name).to_numpy()
    if same.any():
        ledger.drop(frame[same], body.names[0], "the header stands here again", "Nothing to do.", NOTE)
    return frame[~same].reset_index(drop=True)


def _without_blank(frame: pd.DataFrame, numbers: IntArray) -> tuple[pd.DataFrame, IntArray]:
    blank = np.ones(len(frame), dtype=bool)
    for name in range(frame.shape[1]):
        if not blank.any():
            return frame, numbers
        blank &= (frame.iloc[:, name] == "").to_numpy()
    return frame[~blank].reset_index(drop=True), numbers[~blank]


def _body(file: SourceFile, text: str, layout: TextLayout, ledger: Ledger) -> _Body:
    """Header and rows taken apart."""
    separator = _mark(layout.separator)
    lines = text.split("\n", layout.above)
    rest = lines[-1] if len(lines) > layout.above else ""
    if any(line.strip() for line in lines[: layout.above]):
        above = [line for line in lines[: layout.above] if line.strip()]
        ledger.note(file.name, f"{len(above):,} lines above the table were not read", row=1)
    first, below, used = _first_rows(rest, separator)
    if is_above_header(first, below):
        return _body(file, text, replace(layout, above=layout.above + used), ledger)
    if first[0].startswith(("#", "%")):
        bare = first[1:] if first[0].strip("#%") == "" else [first[0].lstrip("#% "), *first[1:]]
        first = bare if len(bare) == layout.cells and is_header(bare, below) else first
    if not is_header(first, below):
        if other := _other_header(lines[: layout.above], layout, [first, *below]):
            ledger.note(file.name, "the header is split at another sign than the rows", row=layout.above)
            return _Body(rest, separator, tuple(column_names(file, other, ledger)), True, layout.above)
        columns = max(layout.cells, 1)
        names = tuple(f"column {number}" for number in range(1, columns + 1))
        return _Body(rest, separator, names, False, layout.above, names)
    raw = _fitting(first, below, layout.cells)
    names = tuple(column_names(file, raw, ledger))
    unnamed = tuple(name for name, cell in zip(names, raw, strict=True) if not cell.strip())
    parts = rest.split("\n", used)
    return _Body(parts[used] if len(parts) > used else "", separator, names, True, layout.above + used, unnamed)


def _other_header(above: Sequence[str], layout: TextLayout, rows: Sequence[Sequence[str]]) -> list[str]:
    """The names in the line over the rows where another sign splits it into as many cells as they have; else none."""
    for mark in (",", ";", "\t", "|") if above and layout.cells > 1 else ():
        cells = cells_of(above[-1], mark)
        if mark != layout.separator and len(cells) == layout.cells and all(cells) and is_header(cells, rows):
            return cells
    return []


def _fitting(first: Sequence[str], below: Sequence[Sequence[str]], cells: int) -> list[str]:
    """As many names as the rows have cells, where one more or less is explained.

    Rows may end with a separator, have names of their own before the first column, or the header ends with separators.
    """
    names = list(first)
    if len(names) == cells - 1:
        last = [row[-1] for row in below if len(row) == cells]
        return [*names, ""] if not any(last) else ["", *names]
    while len(names) > cells and not names[-1].strip():
        names.pop()
    return names


def _first_rows(text: str, separator: str) -> tuple[list[str], list[list[str]], int]:
    """The cells of the first line, those of some lines below, and how many lines of text the first takes."""
    head = text[:_SAMPLE]
    if len(text) > _SAMPLE and "\n" in head:
        head = head[: head.rfind("\n")]
    reader = csv.reader(io.StringIO(head), delimiter=separator)
    rows: list[list[str]] = []
    used = 0
    try:
        for row in reader:
            if row:
                used = used or reader.line_num
                rows.append([" ".join(cell.split()) for cell in row])
            if len(rows) > _ROWS:
                break
    except csv.Error:
        rows = [cells_of(line, separator) for line in head.split("\n")[:_ROWS]]
        used = 1
    rows = [row for row in rows if any(row)]
    return (rows[0], rows[1:], used) if rows else ([""], [], 1)


def _mark(separator: str) -> str:
    """What stands between cells once the text is made ready."""
    return separator if len(separator) == 1 and separator != BLANKS else ONE_CHARACTER


def _with_sections(text: str, separator: str) -> str:
    """Each line with the id that heads it before it; the heads become blank lines, so that lines keep their numbers."""
    heads, made = "", []
    for line in text.split("\n"):
        found = section_of(line)
        heads = found or heads
        made.append("" if found or not line.strip() else f"{heads}{separator}{line}")
    return "\n".join(made)


def _ragged(file: SourceFile, text: str, layout: TextLayout, ledger: Ledger) -> RawTable:
    """Lines of any length as one column."""
    lines = [(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    mark = layout.separator
    rows = [cells_of(line, mark) if '"' in line else split_line(line, mark) for _, line in lines]
    ledger.allowance.table(file.name, sum(map(len, rows)), 1)
    joined = [CELL_BREAK.join(cell for cell in map(str.strip, row) if cell) for row in rows]
    frame = pd.DataFrame({"line": joined}, dtype=object)
    ledger.read(file.name, "", len(frame))
    named = with_provenance(frame, file.name, [number for number, _ in lines])
    return RawTable(file.name, named, named=False, ragged=True, role=file.role)


def _unescaped(file: SourceFile, frame: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """Cells with the letters that HTML entities stand for."""
    made: dict[str, object] = {}
    for name in frame.columns:
        cells = frame[name]
        if not cells.str.contains("&", regex=False).any():
            continue
        some = cells.str.contains(ENTITY.pattern, regex=True)
        if some.any():
            made[name] = cells.where(~some, cells[some].map(html.unescape).reindex(cells.index))
    if made:
        ledger.note(file.name, "signs written as in web pages, such as &amp;, were read as the signs that they mean")
    return with_columns(frame, made) if made else frame
