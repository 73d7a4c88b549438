"""Parquet, with its size known before it is parsed."""

from __future__ import annotations

import json
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
from pyarrow import compute as pc
from pyarrow import parquet

from kgrec_core.data.formats.csv_tables import column_names
from kgrec_core.data.formats.json_tables import tables_of_objects
from kgrec_core.data.formats.jsonlines import as_text
from kgrec_core.data.formats.raw_table import RawTable
from kgrec_core.data.formats.source_files import SourceFile
from kgrec_core.data.ledger import Ledger, with_provenance
from kgrec_core.data.size_limits import LEAST_CELL
from kgrec_core.errors import DataError

_BOUNDED = {"thrift_string_size_limit": 1 << 27, "thrift_container_size_limit": 1 << 24}
_UNREADABLE = (pa.ArrowException, OSError, ValueError, UnicodeError, NotImplementedError, KeyError)
_BATCH = 1 << 16  # rows that are decoded at a time
_OBJECTS = 300_000  # rows that are read as objects


def read_parquet(file: SourceFile, ledger: Ledger) -> list[RawTable]:
    """All cells as strings, rows counted from 1 on; a table of its own for lists of objects. Raises DataError."""
    try:
        with _opened(file) as opened:
            ledger.allowance.rows(file.name, opened.metadata.num_rows)
            ledger.allowance.table(file.name, max(_values(opened.metadata).values(), default=0), len(opened.schema))
            if opened.metadata.num_rows <= _OBJECTS and any(_holds_objects(each.type) for each in opened.schema_arrow):
                objects = [row for batch in _batches(file, opened, ledger) for row in batch.to_pylist()]
                named = [{name: each for name, each in row.items() if not _is_index(name)} for row in objects]
                return tables_of_objects(file, named, ledger)
            parts = [_cells(batch) for batch in _batches(file, opened, ledger)]
    except MemoryError:
        raise
    except _UNREADABLE as error:
        raise DataError(f"{file.name} cannot be read as Parquet ({_short(error)}). Write it again.") from error
    names, columns = parts[0][0] if parts else [], zip(*(cells for _, cells in parts), strict=True)
    whole = [np.concatenate(column) for column in columns]
    frame = pd.DataFrame(dict(enumerate(whole))).set_axis(names, axis=1) if whole else pd.DataFrame()
    return [RawTable(file.name, _as_strings(file, frame, ledger), role=file.role)]


def _holds_objects(kind: pa.DataType) -> bool:
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return _holds_objects(kind.value_type)
    return bool(pa.types.is_struct(kind))


def _opened(file: SourceFile) -> parquet.ParquetFile:
    """Texts stay as they are stored, each once in a dictionary, so that a short file is short until it is counted."""
    with parquet.ParquetFile(file.path, **_BOUNDED) as first:
        places = [first.schema.column(number) for number in range(len(first.schema))]
        texts = [place.path for place in places if place.physical_type == "BYTE_ARRAY"]
    return parquet.ParquetFile(file.path, read_dictionary=texts, **_BOUNDED)


def _values(meta: parquet.FileMetaData) -> dict[int, int]:
    """How many values each column has: as many as rows, or more where a cell is a list."""
    counts: dict[int, int] = {}
    for group in range(meta.num_row_groups):
        for place in range(meta.num_columns):
            counts[place] = counts.get(place, 0) + meta.row_group(group).column(place).num_values
    return counts


def _batches(file: SourceFile, opened: parquet.ParquetFile, ledger: Ledger) -> Iterator[pa.RecordBatch]:
    """Piece by piece, each counted as large as it is once it is decoded."""
    whole = 0
    for batch in opened.iter_batches(batch_size=_BATCH):
        size = max(sum(map(_decoded_size, batch.columns)), LEAST_CELL * batch.num_rows * batch.num_columns)
        whole += size
        ledger.allowance.bytes(file.name, size)
        ledger.allowance.growth(file.name, file.size, whole)
        yield batch


def _decoded_size(column: pa.Array) -> int:
    """Bytes of the values, those of a dictionary as often as they are named."""
    if pa.types.is_dictionary(column.type):
        lengths = pc.binary_length(column.dictionary.cast(pa.large_binary()))
        return int(pc.sum(lengths.take(column.indices)).as_py() or 0)
    if pa.types.is_list(column.type) or pa.types.is_large_list(column.type):
        return _decoded_size(column.flatten()) + 4 * len(column)
    if pa.types.is_struct(column.type):
        return sum(map(_decoded_size, column.flatten()))
    return int(column.nbytes)


def _cells(batch: pa.RecordBatch) -> tuple[list[str], list[npt.NDArray[np.object_]]]:
    """The names, and the cells of each column."""
    names = [name for name in batch.schema.names if not _is_index(name)]
    places = [place for place, name in enumerate(batch.schema.names) if not _is_index(name)]
    return names, [_texts(batch.column(place)) for place in places]


def _texts(column: pa.Array) -> npt.NDArray[np.object_]:
    """Cells as strings, each distinct one made once."""
    if pa.types.is_nested(column.type):
        return np.array([*map(_nested_cell, column.to_pylist()), None], dtype=object)[:-1]
    coded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    words = np.array([*map(_cell, coded.dictionary.to_pylist()), ""], dtype=object)
    texts: npt.NDArray[np.object_] = words[coded.indices.fill_null(len(words) - 1).to_numpy(zero_copy_only=False)]
    return texts


def _is_index(name: str) -> bool:
    """Row numbers that pandas writes beside a table."""
    return name.startswith("__index_level_")


def _as_strings(file: SourceFile, frame: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    if not len(frame) or not len(frame.columns):
        raise DataError(f"{file.name} has no rows. Give at least one.")
    texts = frame.set_axis(column_names(file, [str(name) for name in frame], ledger), axis=1)
    filled = ~(texts == "").all(axis=1).to_numpy()
    places = np.flatnonzero(filled) + 1
    kept = with_provenance(texts[filled].reset_index(drop=True), file.name, places)
    ledger.read(file.name, "", len(kept))
    return kept


def _nested_cell(value: object) -> str:
    """A list or an object as JSON text."""
    return json.dumps(value, ensure_ascii=False, default=str) if value else ""


def _cell(value: object) -> str:
    if isinstance(value, str | bool | list | dict | int | float):
        return "" if value != value else as_text(value)
    if hasattr(value, "tolist"):
        return as_text(value.tolist())
    return "" if value is None or value is pd.NaT or value is pd.NA else str(value)


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__
