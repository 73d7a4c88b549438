"""Files of one person's export as rows of named cells: CSV, JSON, XML and XLSX, whole or their beginning.

Names of columns are words in small letters: "Your Rating" and "yourRating" are both "your rating", and what is nested
has the words of its place, "movie ids imdb".
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

import pandas as pd

from kgrec_core.data.formats.decoding import decoded
from kgrec_core.data.formats.delimiters import find_separator
from kgrec_core.data.formats.export_kinds import TITLES
from kgrec_core.data.formats.jsonlines import as_text
from kgrec_core.data.formats.sheets import first_words, read_sheets
from kgrec_core.data.formats.source_files import SourceFile
from kgrec_core.data.ledger import PROVENANCE, Ledger
from kgrec_core.errors import DataError

Row = dict[str, str]
_SAMPLE = 400  # rows of a beginning
_MOST = 500_000  # rows of one file, which are kept as they are
_SMALL = 2_000_000  # bytes of a workbook that may be one person's export
_NESTED = 4  # levels whose cells get a column
_TABLES, _JSON = (".csv", ".tsv", ".txt", ".dat", ".tab"), (".json", ".jsonl", ".ndjson")
_RECORDS = ("anime", "manga")  # elements of an XML list that are rows
_DECODER = json.JSONDecoder()


@dataclass(frozen=True, eq=False)
class ExportTable:
    """names: of the columns as the file has them · rows: by the words of those names."""

    file: str
    names: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def base(self) -> str:
        """The name of the file with its folder, in small letters: "likes/films.csv"."""
        return "/".join(self.file.lower().split("/")[-2:])

    @property
    def columns(self) -> frozenset[str]:
        return frozenset(map(words, self.names))


def words(name: str) -> str:
    """The words of a column's name, in small letters.

    >>> words("Your Rating"), words("msPlayed"), words("Letterboxd_URI")
    ('your rating', 'ms played', 'letterboxd uri')
    """
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return " ".join(re.findall(r"[^\W_]+", spaced.lower()))


def beginning(file: SourceFile) -> ExportTable | None:
    """The first rows, read from 64 KiB; None for what is no table with named columns. Raises nothing."""
    try:
        if file.suffix == ".xlsx":
            titled = file.size <= _SMALL and any(words(cell) in TITLES for cell in first_words(file))
            sheets = read_sheets(file, Ledger()) if titled else []
            return _of_frame(file, sheets[0].frame) if len(sheets) == 1 else None  # others may be of other people
        text = file.head()
        kind = _kind(file, text)
        if kind == "xml":
            return ExportTable(file.name, ("my score", "series title"), ()) if "<myanimelist" in text else None
        if kind == "json":
            return _of_objects(file, _first_objects(text))
        return _of_lines(file, text.splitlines(keepends=True)[:_SAMPLE]) if kind else None
    except (DataError, csv.Error, ValueError, RecursionError, OSError):
        return None  # whoever reads the file says what is wrong with it


def whole(file: SourceFile, ledger: Ledger) -> ExportTable:
    """All rows. Raises DataError for what is no table, or more than the limits allow."""
    try:
        if file.suffix == ".xlsx":
            return _of_sheet(file, ledger)
        text = decoded(file, ledger)
        kind = _kind(file, text)
        found = {"xml": _of_xml, "json": _of_json}.get(kind)
        if found is not None:
            return found(file, text, ledger)
        _count(file, text.count("\n"), ledger)
        table = _of_lines(file, text.splitlines(keepends=True))
    except (csv.Error, ValueError, RecursionError) as error:
        told = " ".join(str(error).split())[:120]
        raise DataError(f"{file.name} cannot be read ({told}). Export it again, or save it as CSV.") from error
    if table is None:
        raise DataError(f"{file.name} has no line with the names of columns. Add one, such as title,rating.")
    return table


def person_column_holds_several(file: SourceFile, column: str, ledger: Ledger) -> bool:
    """Whether a column of the file has two different values; a text table is read no further than to the second."""
    if file.suffix in (".xlsx", *_JSON):
        try:
            return _several(row.get(column, "") for row in whole(file, ledger).rows)
        except DataError:
            return True  # not read as one person's, so that the readers of tables say what is wrong
    lines = file.path.open(encoding="utf-8", errors="replace", newline="")
    with lines:
        head = [line.lstrip("\ufeff") for line in (lines.readline(1 << 20) for _ in range(50)) if line]
        separator = find_separator([line.rstrip("\r\n") for line in head])
        if len(separator) > 1:
            return True
        lines.seek(0)
        rows = csv.reader(lines, delimiter=separator)
        try:
            names = [words(name.lstrip("\ufeff")) for name in next(rows, [])]
            place = names.index(column)
            return _several(row[place] for row in rows if len(row) > place)
        except (csv.Error, ValueError):
            return True


def _several(cells: Iterator[str]) -> bool:
    first = ""
    for cell in cells:
        if cell.strip() and first and cell.strip() != first:
            return True
        first = first or cell.strip()
    return False


def _kind(file: SourceFile, text: str) -> str:
    """table, json or xml; "" for what a name says to be something else."""
    start = text.lstrip("\ufeff \t\r\n")[:200].lower()
    if start.startswith(("<?xml", "<myanimelist")):
        return "xml"
    if start.startswith(("[", "{")) and file.suffix in (*_JSON, "", ".txt"):
        return "json"
    return "table" if file.suffix in (*_TABLES, "") else ""


def _count(file: SourceFile, rows: int, ledger: Ledger) -> None:
    ledger.allowance.rows(file.name, rows)
    if rows > _MOST:
        raise DataError(f"{file.name} has {rows:,} rows; no person's own history has more than {_MOST:,}.")


def _of_lines(file: SourceFile, lines: Sequence[str]) -> ExportTable | None:
    separator = find_separator([line.rstrip("\r\n") for line in lines[:50]])
    if len(separator) > 1:
        return None
    rows = csv.reader(io.StringIO("".join(lines), newline=""), delimiter=separator)
    names = [name.strip() for name in next(rows, [])]
    if not names or len(names) > 200:
        return None
    keys = [words(name) for name in names]
    found = (dict(zip(keys, (cell.strip() for cell in row), strict=False)) for row in rows)
    return ExportTable(file.name, tuple(names), tuple(row for row in found if any(row.values())))


def _of_sheet(file: SourceFile, ledger: Ledger) -> ExportTable:
    """The first sheet that has titles, else the first one."""
    tables = [_of_frame(file, sheet.frame) for sheet in read_sheets(file, ledger)]
    return next((table for table in tables if not table.columns.isdisjoint(TITLES)), tables[0])


def _of_frame(file: SourceFile, frame: pd.DataFrame) -> ExportTable:
    names = [str(name) for name in frame.columns if name not in PROVENANCE]
    keys = [words(name) for name in names]
    cells = zip(*(frame[name].astype(str) for name in names), strict=True)
    return ExportTable(file.name, tuple(names), tuple(dict(zip(keys, row, strict=True)) for row in cells))


def _of_json(file: SourceFile, text: str, ledger: Ledger) -> ExportTable:
    try:
        value = json.loads(text)
    except ValueError:
        value = [json.loads(line) for line in text.splitlines() if line.strip()]
    objects = _objects(value)
    _count(file, len(objects), ledger)
    table = _of_objects(file, objects)
    if table is None:
        raise DataError(f"{file.name} holds no list of objects. Give the file as the service exported it.")
    return table


def _objects(value: Any) -> list[dict[str, Any]]:
    """The objects of a list, or of the longest list inside an object."""
    if isinstance(value, list):
        return [each for each in value if isinstance(each, dict)]
    if isinstance(value, dict):
        return max((_objects(each) for each in value.values() if isinstance(each, list | dict)), key=len, default=[])
    return []


def _first_objects(text: str) -> list[dict[str, Any]]:
    """The objects that a text begins with, in a list, in lines, or in the first list of an object."""
    text = text.lstrip("\ufeff \t\r\n")
    place = 0
    if text.startswith("[") or (text.startswith("{") and not _is_object(text)):
        place = text.find("[") + 1
        if not place:
            return []
    found: list[dict[str, Any]] = []
    while len(found) < _SAMPLE:
        gap = re.compile(r"[\s,]*").match(text, place)
        place = gap.end() if gap else place
        if not text.startswith("{", place):
            break
        try:
            value, place = _DECODER.raw_decode(text, place)
        except ValueError:  # it is cut off
            break
        found.append(value)
    return found


def _is_object(text: str) -> bool:
    """Whether the first line is a whole object that has no list of objects itself."""
    try:
        value = json.loads(text.split("\n", 1)[0])
    except ValueError:
        return False
    return isinstance(value, dict) and not _objects(value)


def _of_objects(file: SourceFile, objects: Sequence[dict[str, Any]]) -> ExportTable | None:
    rows = [dict(_flat(each)) for each in objects]
    names = tuple(dict.fromkeys(name for row in rows for name in row))
    if not names:
        return None
    return ExportTable(file.name, names, tuple({words(name): cell for name, cell in row.items()} for row in rows))


def _flat(value: dict[str, Any], before: str = "", level: int = 0) -> Iterator[tuple[str, str]]:
    for name, each in value.items():
        place = f"{before} {name}".strip()
        if isinstance(each, dict) and level < _NESTED:
            yield from _flat(each, place, level + 1)
        else:
            yield place, as_text(each)


def _of_xml(file: SourceFile, text: str, ledger: Ledger) -> ExportTable:
    if "<!doctype" in text.lower() or "<!entity" in text.lower():
        raise DataError(f"{file.name} declares entities, which are not read. Export it again.")
    try:
        root = ElementTree.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text.lstrip("\ufeff"), count=1))
    except ElementTree.ParseError as error:
        raise DataError(f"{file.name} is no whole XML file ({error}). Export it again.") from error
    records = [each for each in root if each.tag.lower() in _RECORDS]
    _count(file, len(records), ledger)
    rows = tuple({words(cell.tag): (cell.text or "").strip() for cell in each} for each in records)
    return ExportTable(file.name, tuple(dict.fromkeys(name for row in rows for name in row)), rows)
