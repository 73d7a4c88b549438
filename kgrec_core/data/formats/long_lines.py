"""Lines with more or fewer cells than the others that can be mended without a guess about their values."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence

import numpy as np
import pandas as pd

from kgrec_core.data.formats.csv_tables import BadLines, IntArray
from kgrec_core.data.formats.source_files import SourceFile
from kgrec_core.data.ledger import Ledger

_SAMPLE = 300  # rows that a long line is compared with
_FEW, _MANY = 3, 0.1  # lines, and share of all, from which on their being short or long is how the file is written
_WORDS = 2  # in a cell, on average, from which on a column holds texts and no names or codes


def with_mended_lines(
    file: SourceFile, frame: pd.DataFrame, numbers: IntArray, bad: BadLines, written: tuple[str, bool], ledger: Ledger
) -> tuple[pd.DataFrame, IntArray, BadLines]:
    """The rows with those lines put in that have a text with separators in their last cell, or lack empty last cells.

    The rest of the bad lines comes back as it was. written: the separator, and whether the last column holds whatever
    follows.
    """
    separator, listed = written
    if not bad.numbers or bad.texts is None:
        return frame, numbers, bad
    columns = frame.shape[1]
    many = max(_FEW, _MANY * (len(frame) + len(bad.numbers)))
    short = sum(count < columns for count in bad.cells) >= many
    rows: dict[int, list[str]] = {}
    texts: dict[int, list[str]] = {}
    for place, text in enumerate(bad.texts):
        cells = text.rstrip("\r\n").split(separator)
        if '"' in text:
            continue
        if len(cells) > columns > 1 and not any(map(str.strip, cells[columns:])):
            rows[place] = cells[:columns]
        elif len(cells) > columns > 1 and (listed or _fits(frame, cells, columns)):
            texts[place] = [*cells[: columns - 1], separator.join(cells[columns - 1 :])]
        elif short and len(frame) and len(cells) < columns:
            rows[place] = [*cells, *[""] * (columns - len(cells))]
    if listed or (2 * len(texts) > sum(count > columns for count in bad.cells) and _wordy(frame, len(texts) >= many)):
        rows |= texts
    if not rows:
        return frame, numbers, bad
    _tell(file, [(bad.numbers[place], bad.cells[place] > columns) for place in rows], ledger)
    more = pd.DataFrame(list(rows.values()), columns=frame.columns, dtype=object)
    whole = np.concatenate([numbers, np.array([bad.numbers[place] for place in rows], dtype=np.int64)])
    order = np.argsort(whole, kind="stable")
    joined = pd.concat([frame, more], ignore_index=True).iloc[order].reset_index(drop=True)
    return joined, whole[order], bad.without(frozenset(rows))


def _fits(frame: pd.DataFrame, cells: Sequence[str], columns: int) -> bool:
    """Whether the cells before the last are of the kind that their columns hold, and the last column holds texts.

    Within a text a blank follows the separator; two cells that belong elsewhere, such as a name, have none.
    """
    if not len(frame) or not all(cell.startswith(" ") for cell in cells[columns:]):
        return False
    last = frame.iloc[:_SAMPLE, columns - 1]
    if last.str.contains(r"[^\W\d_]{2}", regex=True).mean() < 0.8:
        return False
    return all(_alike(cells[place], frame.iloc[:_SAMPLE, place]) for place in range(columns - 1))


def _wordy(frame: pd.DataFrame, many: bool) -> bool:
    """Whether the last column holds texts: of several words, or of a single one where many lines go on."""
    words = frame.iloc[:_SAMPLE, -1].map(lambda cell: len(str(cell).split()))
    return many or float(words.mean()) >= _WORDS


def _alike(cell: str, column: pd.Series) -> bool:
    """Whether a cell is a number or not, as most of the column are."""
    return abs(float(column.map(_is_number).mean()) - float(_is_number(cell))) < 0.5


def _is_number(cell: str) -> bool:
    return bool(re.fullmatch(r"\s*-?\d[\d.,]*\s*", cell)) or not cell.strip()


def _tell(file: SourceFile, mended: Sequence[tuple[int, bool]], ledger: Ledger) -> None:
    long = array("q", (number for number, is_long in mended if is_long))
    short = array("q", (number for number, is_long in mended if not is_long))
    if long:
        ledger.note(
            file.name,
            f"in {len(long):,} lines the last cell holds the separator; the rest of the line was read as one text",
            "Put quotation marks around such cells.",
            row=min(long),
        )
    if short:
        ledger.note(
            file.name,
            f"{len(short):,} lines end before the last column; what they lack was read as empty",
            row=min(short),
        )
