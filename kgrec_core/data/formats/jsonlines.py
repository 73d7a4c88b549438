"""JSON Lines, and a JSON list of objects: each object with its line number."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pandas as pd

from kgrec_core.data.formats.decoding import decoded, lines_of
from kgrec_core.data.formats.source_files import SourceFile
from kgrec_core.data.ledger import Ledger, with_provenance
from kgrec_core.data.masking import shape
from kgrec_core.errors import DataError

Object = dict[str, Any]
_MANY = " | "
_TRIED = 5  # lines


def read_objects(
    file: SourceFile, table: str, ledger: Ledger, pick: Callable[[Object], Mapping[str, str]]
) -> pd.DataFrame:
    """One row for each object, made by `pick`; lines that are no object are dropped with note.

    Raises DataError when no line is an object.
    """
    rows = Rows(file, ledger)
    numbers: list[int] = []
    bad: dict[str, list[tuple[int, str]]] = {}
    for number, found in _objects(file, ledger):
        if isinstance(found, dict):
            rows.add(pick(found))
            numbers.append(number)
        else:
            bad.setdefault(str(found.what), []).append((number, found.text))
    lost = sum(map(len, bad.values()))
    if not numbers:
        what, lines = next(iter(bad.items()), ("holds no object", [(1, "")]))
        raise DataError(f"{file.name}, line {lines[0][0]}: {what}. Give one JSON object a line, or a list of objects.")
    ledger.read(file.name, table, len(numbers) + lost)
    for what, lines in bad.items():
        frame = pd.DataFrame({"line": [shape(text) for _, text in lines]})
        ledger.drop(
            with_provenance(frame, file.name, [number for number, _ in lines]), "line", what, "Mend or delete the line."
        )
    return with_provenance(rows.frame(), file.name, numbers)


def first_object(file: SourceFile) -> Object:
    """The object of one of the first lines, to recognise a format; {} when there is none."""
    for line in file.lines(_TRIED):
        found = _parse(line, 20) if line.lstrip().startswith("{") else None
        if isinstance(found, dict):
            return found
    return {}


def as_text(value: object) -> str:
    """A JSON value as a cell: lists of plain values are joined with " | ", objects are left out.

    >>> as_text(["a", 3.0, None, {"b": 1}])
    'a | 3'
    """
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case list():
            return _MANY.join(_parts(value))
        case dict():
            return ""
        case _:
            return str(value).replace("\0", "")


def flat(row: Object) -> dict[str, str]:
    """All plain values and lists of an object as cells."""
    return {name: as_text(value) for name, value in row.items() if not name.startswith("_")}


class Rows:
    """Cells column by column; a key that a row lacks is an empty cell, and each new key is another column."""

    def __init__(self, file: SourceFile, ledger: Ledger) -> None:
        self._file, self._allowance = file, ledger.allowance
        self._columns: dict[str, list[str]] = {}
        self._rows = 0

    def add(self, row: Mapping[str, str]) -> None:
        for name, cell in row.items():
            column = self._columns.get(name)
            if column is None:
                self._allowance.has_cells(self._file.name, self._rows, len(self._columns) + 1)
                column = self._columns[name] = []
            column.extend([""] * (self._rows - len(column)))
            column.append(cell)
        self._rows += 1

    def frame(self) -> pd.DataFrame:
        self._allowance.table(self._file.name, self._rows, len(self._columns))
        cells = {name: column + [""] * (self._rows - len(column)) for name, column in self._columns.items()}
        return pd.DataFrame(cells, index=range(self._rows), dtype=object)


class _Bad:
    def __init__(self, what: str, text: str) -> None:
        self.what, self.text = what, text[:200]


def _objects(file: SourceFile, ledger: Ledger) -> Iterable[tuple[int, Object | _Bad]]:
    if file.head().lstrip().startswith("["):
        text = decoded(file, ledger)
        whole = _parse(text, ledger.limits.nesting)
        if not isinstance(whole, list):
            what = whole.what if isinstance(whole, _Bad) else "is no list of objects"
            raise DataError(f"{file.name}, line 1: {what}. Give one JSON object a line, or a list of objects.")
        ledger.allowance.rows(file.name, len(whole))
        for number, each in enumerate(whole, start=1):
            yield number, each if isinstance(each, dict) else _Bad("is not a JSON object", str(each))
        return
    for number, line in lines_of(file, ledger):
        found = _parse(line, ledger.limits.nesting)
        yield number, found if isinstance(found, dict | _Bad) else _Bad("is not a JSON object", line)


def _parse(text: str, nesting: int) -> Any:
    """The value of a JSON text, or why it has none."""
    try:
        found = json.loads(text)
    except RecursionError:
        return _Bad(f"is nested more than {nesting} deep", text)
    except ValueError as error:
        reason = str(error).split(":")[0].lower()
        return _Bad(f"is not JSON ({reason})", text)
    return found if _depth_is_within(found, nesting) else _Bad(f"is nested more than {nesting} deep", text)


def _depth_is_within(value: object, most: int) -> bool:
    layer = [value]
    for _ in range(most):
        layer = [inner for each in layer for inner in _children(each)]
        if not layer:
            return True
    return False


def _children(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return [each for each in value.values() if isinstance(each, dict | list)]
    if isinstance(value, list):
        return [each for each in value if isinstance(each, dict | list)]
    return ()


def _parts(values: list[Any]) -> Iterable[str]:
    plain = (as_text(each) for each in values if not isinstance(each, list | dict))
    return (text.replace("|", "/") for text in plain if text)
