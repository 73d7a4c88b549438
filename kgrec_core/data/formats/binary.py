"""Parquet and XLSX, with their sizes known before they are parsed."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
from pyarrow import parquet

from kgrec_core.data.formats.jsonlines import as_text
from kgrec_core.data.formats.source import SourceFile
from kgrec_core.data.ledger import Ledger, with_provenance
from kgrec_core.errors import DataError

_WIDEST = 2_000  # columns


def read_parquet(file: SourceFile, table: str, ledger: Ledger) -> pd.DataFrame:
    """All cells as strings, rows counted from 1 on. Raises DataError."""
    try:
        opened = parquet.ParquetFile(file.path, thrift_string_size_limit=1 << 27, thrift_container_size_limit=1 << 24)
        meta = opened.metadata
        ledger.expect(file.name, meta.num_rows)
        size = sum(meta.row_group(group).total_byte_size for group in range(meta.num_row_groups))
        if size > ledger.limits.megabytes * 1_000_000 or meta.num_columns > _WIDEST:
            raise DataError(
                f"{file.name} would take {size // 1_000_000} MB and has {meta.num_columns} columns; at most "
                f"{ledger.limits.megabytes} MB and {_WIDEST} columns are read. Give fewer rows or columns."
            )
        frame = opened.read().to_pandas(integer_object_nulls=True)
    except (pa.ArrowException, OSError, ValueError, MemoryError, UnicodeError, NotImplementedError) as error:
        raise DataError(f"{file.name} cannot be read as Parquet ({_short(error)}). Write it again.") from error
    return _as_strings(file, table, frame.reset_index(drop=True), ledger, first_row=1)


def read_xlsx(file: SourceFile, table: str, ledger: Ledger) -> pd.DataFrame:
    """The first sheet, all cells as strings; values, never formulas. Raises DataError."""
    try:
        with file.path.open("rb") as opened:
            frame = pd.read_excel(opened, sheet_name=0, dtype=object, engine="openpyxl", nrows=ledger.limits.rows + 1)
    except Exception as error:  # the parser raises whatever a damaged file leads it to; nothing of it is ours
        raise DataError(f"{file.name} cannot be read as XLSX ({_short(error)}). Save it again, or as CSV.") from error
    ledger.expect(file.name, len(frame))
    return _as_strings(file, table, frame, ledger, first_row=2)


def _as_strings(file: SourceFile, table: str, frame: pd.DataFrame, ledger: Ledger, first_row: int) -> pd.DataFrame:
    names = [f"column {n}" if str(name).startswith(("_", "Unnamed")) else str(name) for n, name in enumerate(frame, 1)]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise DataError(f"{file.name}: two columns are called {twice!r}. Rename one.")
    texts = frame.set_axis(names, axis=1).apply(lambda column: column.map(_cell).astype(object))
    texts = texts if len(frame.columns) else pd.DataFrame(index=frame.index)
    if not len(texts) or not len(texts.columns):
        raise DataError(f"{file.name} has no rows. Give at least one.")
    blank = (texts == "").all(axis=1)
    rows = [number + first_row for number in range(len(texts))]
    kept = with_provenance(
        texts[~blank].reset_index(drop=True), file.name, pd.Series(rows)[~blank.to_numpy()].to_numpy()
    )
    ledger.read(file.name, table, len(kept))
    return kept


def _cell(value: object) -> str:
    if isinstance(value, str | bool | list | dict | int | float):
        return "" if value != value else as_text(value)
    if hasattr(value, "tolist"):
        return as_text(value.tolist())
    return "" if value is None or value is pd.NaT or value is pd.NA else str(value)


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__
