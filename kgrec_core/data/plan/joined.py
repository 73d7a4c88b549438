"""Tables joined by their keys: each row of one gets the columns of the row of the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from kgrec_core.data.formats.raw_table import RawTable
from kgrec_core.data.ledger import PROVENANCE
from kgrec_core.data.plan.profiles import same_id
from kgrec_core.data.plan.reading_plan import Join
from kgrec_core.data.values.column_words import is_bare_name, without_id
from kgrec_core.errors import ConfigError


def joined(tables: Mapping[str, RawTable], joins: Sequence[Join]) -> dict[str, RawTable]:
    """All tables, the left one of each join with the columns of the right one, in the order of the joins.

    A key that the right table lacks leaves its cells empty; ids meet without ".0" and zeros in front. Raises
    ConfigError for a column that a table does not have.
    """
    found = dict(tables)
    for join in joins:
        if join.left in found and join.right in found:
            _check(found[join.left], join.left_column)
            _check(found[join.right], join.right_column)
            found[join.left] = with_columns_of(found[join.left], found[join.right], join)
    return found


def with_columns_of(left: RawTable, right: RawTable, join: Join) -> RawTable:
    """`left` with the columns of `right` but its key; where a name is taken, the name of the table stands behind it."""
    gained = right.frame.drop(columns=[join.right_column, *PROVENANCE])
    gained = gained.rename(columns={name: gained_name(left, right, str(name), join) for name in gained.columns})
    keys = _folded(right.frame[join.right_column])
    first = ~keys.duplicated() & (keys != "")
    places = pd.Series(np.flatnonzero(first), index=keys[first])
    at = _folded(left.frame[join.left_column]).map(places)
    rows = gained.reindex(at.fillna(-1).astype(int)).fillna("").set_axis(left.frame.index)
    wide = pd.concat([left.frame.drop(columns=list(PROVENANCE)), rows, left.frame[list(PROVENANCE)]], axis=1)
    return RawTable(left.name, wide, left.named, False, left.role, left.parent)


def gained_name(left: RawTable, right: RawTable, name: str, join: Join) -> str:
    """What a column of `right` is called in `left`: the name of a category that `category_id` leads to is category."""
    if is_bare_name(name) and (noun := without_id(join.left_column)) and noun not in left.frame.columns:
        return noun
    return f"{name} ({right.stem})" if name in left.frame.columns else name


def _check(table: RawTable, column: str) -> None:
    if column not in table.columns:
        raise ConfigError(
            f"The plan joins {table.name} by its column {column!r}, and it has {', '.join(map(repr, table.columns))}. "
            "Make a new plan, or change the name in it."
        )


def _folded(column: pd.Series) -> pd.Series:
    codes, values = pd.factorize(column.astype(object))
    folded = np.array([*(same_id(str(value)) for value in values), ""], dtype=object)
    return pd.Series(folded[codes], dtype=object)
