"""Separators and quotation marks of tables in text: which character splits, and which marks are letters."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence

from kgrec_core.data.formats.source_files import SourceFile
from kgrec_core.data.ledger import Ledger

SEPARATORS = (",", "\t", ";", "|", "::")
_SAMPLE = 1 << 16  # characters in which the separator is looked for


def find_separator(lines: Sequence[str]) -> str:
    """The separator that splits most lines as it splits the first of them; a comma for a single column.

    What stands in a quoted cell splits nothing, and a separator that the first line does not have is none.

    >>> find_separator(["a;b", "1,5;2"]), find_separator(["a,b", '1,"x|y"', '2,"z|y"'])
    (';', ',')
    """
    sample = "\n".join(line for line in lines if line.strip())[:_SAMPLE]
    best, most = ",", 0.0
    for separator in SEPARATORS:
        plain = quoted_cell(separator).sub("", sample) if '"' in sample else sample
        counts = [line.count(separator) for line in plain.split("\n")]
        if not counts[0]:
            continue
        alike = sum(count == counts[0] for count in counts)
        score = alike + 0.01 * min(counts[0], 9) + 0.5 * (separator == "::")
        if score > most:
            best, most = separator, score
    return best


def cells_of(line: str, separator: str) -> list[str]:
    """The cells of one line, without their quotation marks and surplus blanks."""
    try:
        cells = next(csv.reader([line], delimiter=separator)) if len(separator) == 1 else line.split(separator)
    except (csv.Error, StopIteration):
        cells = line.split(separator)
    return [" ".join(cell.strip().strip('"').split()) for cell in cells]


def mended(file: SourceFile, text: str, separator: str, ledger: Ledger, above: int = 0) -> tuple[str, bool]:
    """The text in which each mark that opens a cell also closes it, and whether there are quoted cells at all.

    separator: of one character; above: lines of the file before the text

    A mark inside a cell that does not begin with one is a letter for every reader of CSV; one that begins a cell and
    is not closed at its end is made a letter of this cell alone, and told.
    """
    if '"' not in text:
        return text, False
    whole, border = quoted_cell(separator), re.escape(separator)
    opening = re.compile(rf'(?<![^{border}\r\n])"')
    if not opening.search(whole.sub("", text)):
        return text, True
    places: list[int] = []

    def as_letters(match: re.Match[str]) -> str:
        cell = match.group(1)
        if cell is None:
            return match.group()
        places.append(match.start())
        return '"' + cell.replace('"', '""') + '"'

    text_with_letters = re.sub(rf'{whole.pattern}|(?<![^{border}\r\n])("[^{border}\r\n]*)', as_letters, text)
    cells = "in this cell" if len(places) == 1 else f"in {len(places):,} cells, of which this is the first,"
    ledger.warn(
        file.name,
        f"a quotation mark opens a cell and is not closed where the cell ends; {cells} it was read as a letter",
        "Close it at the end of the cell, or double it where it is a letter.",
        row=above + text.count("\n", 0, places[0]) + 1,
    )
    return text_with_letters, True


def quoted_cell(separator: str) -> re.Pattern[str]:
    """A cell from its opening mark to its closing one; marks inside are doubled (RFC 4180)."""
    if len(separator) == 1:
        border = re.escape(separator)
        before, after = rf"(?<![^{border}\r\n])", rf"(?![^{border}\r\n])"
    else:
        before, after = rf"(?:(?<={separator})|(?<=\n)|(?<!.))", rf"(?={separator}|\n|\Z)"
    return re.compile(rf'{before}"(?:[^"]|"")*+"{after}')
