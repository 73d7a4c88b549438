"""Tables joined by their keys: each row of one gets the columns of the row of the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from kgrec_core.data.formats.raw_table import RawTable
from kgrec_core.data.ledger import PROVENANCE
from kgrec_core.data.plan.profiles import same_id
from kgrec_core.data.plan.reading_plan import Join
from kgrec_core.data.values.column_words import plain


def joined(tables: Mapping[str, RawTable], joins: Sequence[Join]) -> dict[str, RawTable]:
    """All tables, the left one of each join with the columns of the right one, in the order of the joins.

    A key that the right table lacks leaves its cells empty; ids meet without ".0" and zeros in front.
    """
    found = dict(tables)
    for join in joins:
        if join.left in found and join.right in found:
            found[join.left] = with_columns_of(found[join.left], found[join.right], join)
    return found


def with_columns_of(left: RawTable, right: RawTable, join: Join) -> RawTable:
    """`left` with the columns of `right` but its key; where a name is taken, the name of the table stands behind it."""
    gained = right.frame.drop(columns=[join.right_column, *PROVENANCE])
    gained = gained.rename(columns={name: gained_name(left, right, str(name)) for name in gained.columns})
    keys = _folded(right.frame[join.right_column])
    first = ~keys.duplicated() & (keys != "")
    places = pd.Series(np.flatnonzero(first), index=keys[first])
    at = _folded(left.frame[join.left_column]).map(places)
    rows = gained.reindex(at.fillna(-1).astype(int)).fillna("").set_axis(left.frame.index)
    wide = pd.concat([left.frame.drop(columns=list(PROVENANCE)), rows, left.frame[list(PROVENANCE)]], axis=1)
    return RawTable(left.name, wide, left.named, False, left.role, left.parent)


def gained_name(left: RawTable, right: RawTable, name: str) -> str:
    """What a column of `right` is called in `left`."""
    return f"{name} ({right.stem})" if name in left.frame.columns or plain(name) == "value" else name


def _folded(column: pd.Series) -> pd.Series:
    codes, values = pd.factorize(column.astype(object))
    folded = np.array([*(same_id(str(value)) for value in values), ""], dtype=object)
    return pd.Series(folded[codes], dtype=object)
