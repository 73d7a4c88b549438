"""JSON as raw tables: objects made flat, and a table of its own for each list of objects that most of them hold."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from kgrec_core.data.formats.decoding import decoded
from kgrec_core.data.formats.json_shapes import JsonTable, tables_in
from kgrec_core.data.formats.json_text import JsonText, NoValue, read_json
from kgrec_core.data.formats.jsonlines import Rows, as_text
from kgrec_core.data.formats.raw_table import RawTable
from kgrec_core.data.formats.source_files import SourceFile
from kgrec_core.data.ledger import FILE, PROVENANCE, ROW, Ledger, with_provenance
from kgrec_core.data.masking import reaches, shape
from kgrec_core.errors import DataError

Object = dict[str, Any]
_ONE_A_LINE = (".jsonl", ".ndjson")
_WIDEST = 60  # keys of an object in a cell that become columns
_COLUMNS = 200  # of one table, from which on further objects stay in one cell
_DEEPEST = 4
_OFTEN = 0.3  # share of the rows that hold a list of objects, from which it is a table
_LONGEST = 200  # characters of a cell that is said again in the rows of a list
_CELLS = 8_000_000  # of a table made from lists


def read_json_tables(file: SourceFile, ledger: Ledger) -> list[RawTable]:
    """The tables of a JSON text, lists in objects as tables of their own. Raises DataError where there is no row."""
    text = decoded(file, ledger).replace("\r\n", "\n")
    ledger.allowance.rows(file.name, text.count("\n"))
    found = read_json(file, text, ledger.limits.nesting)
    if file.suffix in _ONE_A_LINE and isinstance(found.whole, dict):
        found = JsonText(rows=((1, found.whole),))
    if found.rows:
        if all(isinstance(value, list) for _, value in found.rows if not isinstance(value, NoValue)):
            table = tables_in([value for _, value in found.rows if isinstance(value, list)])[0]
            return _tables(file, file.name, table, None, ledger)
        table = JsonTable("", [value for _, value in found.rows])
        return _tables(file, file.name, table, [number for number, _ in found.rows], ledger)
    tables = [table for table in tables_in(found.whole) if table.rows]
    if not tables or not any(isinstance(row, dict) for table in tables for row in table.rows):
        raise DataError(f"{file.name}, line 1: holds no object. Give one JSON object a line, or a list of objects.")
    made: list[RawTable] = []
    for table in tables:
        ledger.allowance.rows(file.name, len(table.rows))
        name = f"{file.name}/{table.part}" if len(tables) > 1 else file.name
        made += _tables(file, name, table, None, ledger)
    return made


def tables_of_objects(file: SourceFile, rows: Sequence[Object], ledger: Ledger) -> list[RawTable]:
    """Objects that were read from elsewhere, as raw tables."""
    return _tables(file, file.name, JsonTable("", rows), None, ledger)


@dataclass(frozen=True, slots=True)
class _Flat:
    """cells: of the row · lists: of objects, by the name of their column"""

    cells: Mapping[str, str]
    lists: Mapping[str, list[Object]]


def _tables(
    file: SourceFile, name: str, table: JsonTable, numbers: Sequence[int] | None, ledger: Ledger
) -> list[RawTable]:
    """numbers: the lines of the rows, their places for None"""
    places = numbers if numbers is not None else range(1, len(table.rows) + 1)
    whole = [(place, row) for place, row in zip(places, table.rows, strict=True) if isinstance(row, dict)]
    bad = [(place, row) for place, row in zip(places, table.rows, strict=True) if not isinstance(row, dict)]
    if whole and not any(row for _, row in whole):
        raise DataError(f"{name}, line 1: its objects are empty. Give objects with a field for each column.")
    flattener = _Flattener()
    flats = [flattener.flat(row) for _, row in whole]
    rows = Rows(file, ledger)
    for flat in flats:
        rows.add(flat.cells)
    frame = with_provenance(rows.frame(), name, [place for place, _ in whole])
    ledger.read(name, "", len(whole) + len(bad))
    _tell_bad(name, bad, ledger)
    made = [RawTable(name, frame, named=table.named, role=file.role)]
    return made + _children(name, frame, flats, ledger)


def _children(name: str, frame: pd.DataFrame, flats: Sequence[_Flat], ledger: Ledger, depth: int = 1) -> list[RawTable]:
    """A table for each list of objects that enough of the rows hold, with the plain cells of the row beside.

    Lists in these have tables too, beside the cells of all around them.
    """
    held: dict[str, int] = {}
    for flat in flats:
        for column in flat.lists:
            held[column] = held.get(column, 0) + 1
    often = [column for column, times in held.items() if times >= _OFTEN * len(flats)]
    plain = [column for column in frame.columns if column not in PROVENANCE and _is_plain(frame[column])]
    made: list[RawTable] = []
    for column in often:
        inner, places = _inner(column, flats)
        child = _child(name, column, (frame[[*plain, *PROVENANCE]], inner, places), ledger)
        if child is not None:
            made.append(child)
            made += _children(child.name, child.frame, inner, ledger, depth + 1) if depth < _DEEPEST else []
    return made


def _inner(column: str, flats: Sequence[_Flat]) -> tuple[list[_Flat], list[int]]:
    """The objects of a list, its name before those of their cells, and the places of the rows that hold them."""
    flattener = _Flattener()
    inner: list[_Flat] = []
    places: list[int] = []
    for place, flat in enumerate(flats):
        for each in flat.lists.get(column, ()):
            found = flattener.flat(each)
            cells = {f"{column}.{part}": cell for part, cell in found.cells.items()}
            inner.append(_Flat(cells, {f"{column}.{part}": rows for part, rows in found.lists.items()}))
            places.append(place)
    return inner, places


def _child(
    name: str, column: str, held: tuple[pd.DataFrame, Sequence[_Flat], list[int]], ledger: Ledger
) -> RawTable | None:
    """held: what stands beside each list · the objects of all lists · the places of their rows"""
    beside, inner, places = held
    parts = list(dict.fromkeys(part for flat in inner for part in flat.cells))
    if len(places) * (len(parts) + beside.shape[1]) > _CELLS:
        ledger.note(name, f"the lists of {column!r} are too long to be a table; they stay in one cell each")
        return None
    whole = {part: [flat.cells.get(part, "") for flat in inner] for part in parts}
    repeated = beside.iloc[places].reset_index(drop=True)
    shown = f"{name}/{column}"
    ledger.allowance.table(shown, len(places), len(whole) + beside.shape[1])
    plain = repeated.drop(columns=[FILE, ROW, *(part for part in whole if part in repeated)])
    frame = pd.concat([plain, pd.DataFrame(whole, index=range(len(places)), dtype=object)], axis=1)
    ledger.read(shown, "", len(frame))
    return RawTable(shown, with_provenance(frame, shown, repeated[ROW].to_numpy()), parent=name)


def _is_plain(cells: pd.Series) -> bool:
    """Whether cells hold one short value each."""
    sample = cells.head(200)
    return not sample.str.startswith(("[", "{")).any() and bool(sample.str.len().max() <= _LONGEST)


class _Flattener:
    """Objects to cells; objects in objects become further columns as long as there are not too many."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}  # in the file -> of the column

    def flat(self, row: Object) -> _Flat:
        cells: dict[str, str] = {}
        lists: dict[str, list[Object]] = {}
        self._add(row, "", 0, cells, lists)
        return _Flat(cells, lists)

    def _add(self, row: Object, prefix: str, depth: int, cells: dict[str, str], lists: dict[str, list[Object]]) -> None:
        for key, value in row.items():
            path = prefix + key
            name = self._names.get(path) or self._name(path)
            if isinstance(value, str):
                cells[name] = value.replace("\0", "")
                continue
            value = _unwrapped(value)
            if isinstance(value, dict) and value and depth < _DEEPEST and len(value) <= _WIDEST and self._room(path):
                self._add(value, f"{path}.", depth + 1, cells, lists)
                continue
            cells[name] = _cell(value)
            if isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
                lists[name] = value

    def _room(self, path: str) -> bool:
        return len(self._names) < _COLUMNS or any(name.startswith(f"{path}.") for name in self._names)

    def _name(self, path: str) -> str:
        """A name without blanks around, that is no column of provenance and reaches no person."""
        name = " ".join(path.split()).lstrip("_@").strip()
        if not name or reaches(name):
            name = f"column {len(self._names) + 1}"
        taken = set(self._names.values())
        number = 2
        free = name
        while free in taken:
            free, number = f"{name} ({number})", number + 1
        self._names[path] = free
        return free


def _unwrapped(value: Any) -> Any:
    """{"$oid": "..."}, as MongoDB writes plain values, is its only value."""
    while isinstance(value, dict) and len(value) == 1 and next(iter(value)).startswith("$"):
        value = next(iter(value.values()))
    return value


def _cell(value: Any) -> str:
    """A plain value as text, a list or an object as JSON; nothing for what is empty or no number."""
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=str) if value else ""
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return ""
    return as_text(value)


def _tell_bad(name: str, bad: Sequence[tuple[int, Any]], ledger: Ledger) -> None:
    kinds: dict[str, list[tuple[int, str]]] = {}
    for place, row in bad:
        what, text = (row.what, row.text) if isinstance(row, NoValue) else ("is not a JSON object", str(row)[:200])
        kinds.setdefault(what, []).append((place, text))
    for what, lines in kinds.items():
        frame = pd.DataFrame({"line": [shape(text) for _, text in lines]})
        rows = with_provenance(frame, name, [place for place, _ in lines])
        ledger.drop(rows, "line", what, "Mend or delete the line.")
