"""Checks that every catalog passes before anything is computed on it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from kgrec_core.data.catalog import Catalog
from kgrec_core.errors import DataError, closest
from kgrec_core.schema.columns import HEAD, ITEM, RELATION, TAIL, TIMESTAMP, TITLE, USER, VALUE

_REQUIRED = {
    "interactions": (USER, ITEM),
    "items": (ITEM, TITLE),
    "triples": (HEAD, RELATION, TAIL),
    "users": (USER,),
}
_MAY_BE_EMPTY = frozenset({"triples"})


def check_catalog(catalog: Catalog) -> None:
    """Return when the catalog keeps the contract; else raise DataError for the first breach found.

    The text names the table, the column, the first bad row (counted from 0) with its value, and the way out.
    """
    for name, table in catalog.tables().items():
        _check_columns(name, table)
        _check_ids(name, table)
    _check_unique("items", catalog.items, ITEM)
    if catalog.users is not None:
        _check_unique("users", catalog.users, USER)
        _check_known("interactions", catalog.interactions, USER, "users", catalog.users[USER])
    _check_known("interactions", catalog.interactions, ITEM, "items", catalog.items[ITEM])
    _check_known("triples", catalog.triples, HEAD, "items", catalog.items[ITEM])
    for column in (VALUE, TIMESTAMP):
        _check_finite("interactions", catalog.interactions, column)


def _check_columns(name: str, table: pd.DataFrame) -> None:
    for column in _REQUIRED[name]:
        if column not in table:
            have = ", ".join(map(str, table.columns)) or "none"
            raise DataError(f"Table {name} has no column {column!r}; it has {have}. Rename or add the column.")
    if table.empty and name not in _MAY_BE_EMPTY:
        raise DataError(f"Table {name} has no rows. Give at least one row with {', '.join(_REQUIRED[name])}.")


def _check_ids(name: str, table: pd.DataFrame) -> None:
    for column in _REQUIRED[name]:
        if pd.api.types.infer_dtype(table[column], skipna=False) == "string" and (table[column] != "").all():
            continue
        bad = ~table[column].map(lambda value: isinstance(value, str) and value != "")
        _fail(name, table, column, bad, "is not a text, or is empty", "Write ids as text, or drop the row")


def _check_unique(name: str, table: pd.DataFrame, column: str) -> None:
    advice = "Each id may stand in one row: merge the rows, or drop all but one"
    _fail(name, table, column, table[column].duplicated(), "was seen in an earlier row", advice)


def _check_known(name: str, table: pd.DataFrame, column: str, other: str, known: Sequence[str] | pd.Series) -> None:
    bad = ~table[column].isin(known)
    if bad.any():
        near = closest(str(table.loc[bad, column].iloc[0]), list(known))
        advice = f"Add it to {other} or drop the row; closest there: {near}"
        _fail(name, table, column, bad, f"is not in table {other}", advice)


def _check_finite(name: str, table: pd.DataFrame, column: str) -> None:
    if column not in table:
        return
    numbers = pd.to_numeric(table[column], errors="coerce")
    absent = table[column].isna()  # a missing value is allowed, a wrong one is not
    bad = (numbers.isna() & ~absent) | pd.Series(np.isinf(numbers.to_numpy(float, na_value=0.0)), index=table.index)
    _fail(name, table, column, bad, "is not a finite number", "Give a number, or leave the cell empty")


def _fail(name: str, table: pd.DataFrame, column: str, bad: pd.Series, what: str, advice: str) -> None:
    if not bad.any():
        return
    row = int(np.flatnonzero(bad.to_numpy())[0])
    more = f" ({int(bad.sum())} such rows)" if bad.sum() > 1 else ""
    value = table[column].astype(object).iloc[row]  # as Python writes it: 10, not np.int64(10)
    raise DataError(f"Table {name}, column {column!r}, row {row}: {value!r} {what}{more}. {advice}.")
