"""Plain tables: CSV, TSV, Parquet, JSON Lines, XLSX, with guessed columns that a person can correct."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from kgrec_core.data.formats.column_guesses import (
    ALLOWED,
    BY_POSITION,
    REQUIRED,
    are_pieces,
    guess_columns,
    guess_domain,
    guess_table,
    is_count,
)
from kgrec_core.data.formats.csv_tables import TableLayout, read_delimited
from kgrec_core.data.formats.delimiters import cells_of, find_separator
from kgrec_core.data.formats.format import Format, Tables, Wish
from kgrec_core.data.formats.jsonlines import first_object, flat, read_objects
from kgrec_core.data.formats.parquet_and_xlsx import parquet_columns, read_parquet, read_xlsx, xlsx_columns
from kgrec_core.data.formats.source_files import PARQUET, ZIP, SourceFile
from kgrec_core.data.frames import with_columns
from kgrec_core.data.ledger import PROVENANCE, Ledger, concat
from kgrec_core.errors import ConfigError, DataError
from kgrec_core.schema.columns import VALUE

_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class FileGuess:
    """What a plain file seems to be, for the person to correct."""

    file: str
    table: str  # interactions | items | users | triples | ""
    columns: tuple[str, ...]
    meaning: Mapping[str, str]  # file column -> contract column
    examples: Mapping[str, tuple[str, ...]]  # file column -> first values


def claims(files: Sequence[SourceFile]) -> list[SourceFile]:
    """The files that hold a table of the contract, by what the person said or by the names of their columns."""
    return [file for file in files if _table_of(file)]


def read(files: Sequence[SourceFile], ledger: Ledger, wish: Wish) -> Tables:
    """All tables, those of one kind below each other.

    Raises DataError for a column that is needed and not there, ConfigError for a wish that cannot be.
    """
    raw = [(file, table := _table_of(file), read_plain(file, table, ledger)) for file in files]
    _check_mapping(raw, wish.mapping)
    found: dict[str, list[pd.DataFrame]] = {}
    for file, table, frame in raw:
        found.setdefault(table, []).append(_renamed(file, table, frame, wish.mapping, ledger))
    joined = {table: _filled(concat(frames)) for table, frames in found.items()}
    return Tables(
        interactions=joined.get("interactions"),
        items=joined.get("items"),
        users=joined.get("users"),
        triples=joined.get("triples"),
        implicit=_all_called(files, is_count, ledger),
        pieces=_all_called(files, are_pieces, ledger),
        guess=True,
    )


def about(files: Sequence[SourceFile]) -> str:
    """The preset that the names of the columns speak for, "" for none."""
    names = [name for file in claims(files) for name in _columns(file)]
    return guess_domain(names)


def read_plain(file: SourceFile, table: str, ledger: Ledger) -> pd.DataFrame:
    """One file by what it is, all cells strings."""
    with file.path.open("rb") as opened:
        start = opened.read(4)
    if start == PARQUET or file.suffix in (".parquet", ".pq"):
        return read_parquet(file, table, ledger)
    if start == ZIP or file.suffix == ".xlsx":
        return read_xlsx(file, table, ledger)
    if _is_json(file):
        return read_objects(file, table, ledger, flat)
    return read_delimited(file, table, ledger, _layout(file, table))


def inspect(file: SourceFile, ledger: Ledger) -> FileGuess:
    """The guess that `read` would follow, with examples."""
    table = _table_of(file)
    frame = read_plain(file, table or "items", ledger).drop(columns=list(PROVENANCE))
    meaning = guess_columns(frame, table, {}) if table else {}
    examples = {name: tuple(frame[name].head(_EXAMPLES).astype(str)) for name in frame.columns}
    return FileGuess(file.name, table, tuple(map(str, frame.columns)), meaning, examples)


def _check_mapping(raw: Sequence[tuple[SourceFile, str, pd.DataFrame]], mapping: Mapping[str, str]) -> None:
    """Raises ConfigError for a column that no file has, for a meaning that is none, and for one that is given twice."""
    for column, meant in mapping.items():
        tables = sorted({table for _, table, frame in raw if column in frame})
        if not tables:
            names = dict.fromkeys(str(name) for _, _, frame in raw for name in frame if name not in PROVENANCE)
            have = ", ".join(map(repr, names))
            raise ConfigError(f"--map {column}={meant}: no file has a column {column!r}; there are {have}.")
        allowed = list(dict.fromkeys(name for table in tables for name in ALLOWED[table]))
        if meant and meant not in allowed:
            raise ConfigError(
                f"--map {column}={meant}: a column of {' or '.join(tables)} cannot be {meant!r}. "
                f"Choose {', '.join(allowed)}, or nothing after = to leave the column out."
            )
    for file, _, frame in raw:
        told = [meant for name, meant in mapping.items() if meant and name in frame]
        if len(set(told)) < len(told):
            twice = next(meant for meant in told if told.count(meant) > 1)
            raise ConfigError(f"--map: two columns of {file.name} are called {twice}. Choose one of them.")


def _all_called(files: Sequence[SourceFile], so: Callable[[str], bool], ledger: Ledger) -> bool:
    """Whether every column of values is called `so`; a count is no rating, however small it is."""
    names = [name for file in files if (name := ledger.own_name(file.name, VALUE))]
    return bool(names) and all(map(so, names))


def _table_of(file: SourceFile) -> str:
    if file.role:
        return file.role
    by_name = next((table for table in REQUIRED if file.stem in (table, table[:-1])), "")
    return guess_table(_columns(file)) or by_name


def _columns(file: SourceFile) -> list[str]:
    with file.path.open("rb") as opened:
        start = opened.read(4)
    if start == PARQUET:
        return parquet_columns(file)
    if start == ZIP:
        return xlsx_columns(file)
    if _is_json(file):
        return list(first_object(file))
    head = file.lines(50)
    return cells_of(head[0], find_separator(head)) if head else []


def _is_json(file: SourceFile) -> bool:
    return file.suffix in (".json", ".jsonl", ".ndjson") or file.head().lstrip().startswith("{")


def _layout(file: SourceFile, table: str) -> TableLayout:
    """Without a header when a number stands in the first line and none of its cells is a known column name."""
    head = file.lines(50)
    separator = find_separator(head) if head else ","
    cells = cells_of(head[0], separator) if head else []
    known = bool(guess_table(cells)) or any(cell in REQUIRED.get(table, ()) for cell in cells)
    if known or not any(_is_number(cell) for cell in cells):
        return TableLayout(separator)
    names = BY_POSITION[table][: len(cells)]
    return TableLayout(separator, names)


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _renamed(
    file: SourceFile, table: str, frame: pd.DataFrame, said: Mapping[str, str], ledger: Ledger
) -> pd.DataFrame:
    meaning = guess_columns(frame.drop(columns=list(PROVENANCE)), table, said)
    missing = [name for name in REQUIRED[table] if name not in meaning.values()]
    if missing:
        have = ", ".join(repr(str(name)) for name in frame.columns if name not in PROVENANCE)
        raise DataError(
            f"{file.name}, line 1: no column could be taken for {missing[0]!r} of the table {table}; there are {have}. "
            f"Rename the right one to {missing[0]}, or say --map COLUMN={missing[0]}."
        )
    unused = [str(name) for name in frame.columns if name not in meaning and name not in PROVENANCE]
    ledger.called(file.name, table, {str(name): meant for name, meant in meaning.items()}, unused)
    taken = set(meaning.values())
    spare = {name: f"{name} (other)" for name in frame.columns if name in taken and name not in meaning}
    ignored = [name for name, meant in said.items() if meant == "" and name in frame]
    return frame.drop(columns=ignored).rename(columns={**meaning, **spare})


def _filled(frame: pd.DataFrame) -> pd.DataFrame:
    """Files of one table may have other columns each; a cell that a file does not have is empty."""
    columns = [name for name in frame.columns if name not in PROVENANCE]
    return with_columns(frame, {name: frame[name].fillna("") for name in columns})


FORMAT = Format("plain", "plain tables", "other", claims, read)
