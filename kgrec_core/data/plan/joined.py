"""Tables joined by their keys: each row of one gets the columns of the row of the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, count

import numpy as np
import pandas as pd

from kgrec_core.data.formats.raw_table import RawTable
from kgrec_core.data.ledger import PROVENANCE
from kgrec_core.data.plan.plan_checks import check_columns
from kgrec_core.data.plan.profiles import same_id
from kgrec_core.data.plan.reading_plan import Join
from kgrec_core.data.size_limits import Allowance
from kgrec_core.data.values.column_words import is_bare_name, plain, without_id


def joined(tables: Mapping[str, RawTable], joins: Sequence[Join], allowance: Allowance) -> dict[str, RawTable]:
    """All tables, the left one of each join with the columns of the right one, in the order of the joins.

    A key that the right table lacks leaves its cells empty; ids meet without ".0" and zeros in front. Raises
    ConfigError for a column that is not there, DataError for a table that becomes too wide.
    """
    found = dict(tables)
    for join in joins:
        left, right = found[join.left], found[join.right]
        check_columns(left.name, [join.left_column], left.columns)
        check_columns(right.name, [join.right_column], right.columns)
        allowance.columns(left.name, len(left.columns) + len(right.columns) - 1)
        found[join.left] = with_columns_of(left, right, join)
    return found


def with_columns_of(left: RawTable, right: RawTable, join: Join) -> RawTable:
    """`left` with the columns of `right` but its key; where a name is taken, the name of the table stands behind it."""
    gained = right.frame.drop(columns=[join.right_column, *PROVENANCE])
    gained = gained.set_axis(gained_names(left.frame.columns, gained.columns, right.stem, join.left_column), axis=1)
    keys = _folded(right.frame[join.right_column])
    first = ~keys.duplicated() & (keys != "")
    places = pd.Series(np.flatnonzero(first), index=keys[first])
    at = _folded(left.frame[join.left_column]).map(places)
    rows = gained.reindex(at.fillna(-1).astype(int)).fillna("").set_axis(left.frame.index)
    wide = pd.concat([left.frame.drop(columns=list(PROVENANCE)), rows, left.frame[list(PROVENANCE)]], axis=1)
    return RawTable(left.name, wide, left.named, False, left.role, left.parent)


def gained_names(taken: Iterable[str], names: Iterable[str], stem: str, key: str) -> list[str]:
    """What columns of a table are called beside those that are there: by the table where their name is taken.

    The name of what a key leads to is called as the key is. key: the column that leads to the table

    >>> gained_names(["id", "name", "age", "age (people)"], ["name", "age"], "people", "owner_id")
    ['owner', 'age (people 2)']
    """
    used = set(taken)
    found = []
    for name in names:
        called = [noun] if (is_bare_name(name) or plain(name) == "value") and (noun := without_id(key)) else []
        ways = chain([*called, name, f"{name} ({stem})"], (f"{name} ({stem} {number})" for number in count(2)))
        found.append(next(each for each in ways if each not in used))
        used.add(found[-1])
    return found


def _folded(column: pd.Series) -> pd.Series:
    codes, values = pd.factorize(column.astype(object))
    folded = np.array([*(same_id(str(value)) for value in values), ""], dtype=object)
    return pd.Series(folded[codes], dtype=object)
