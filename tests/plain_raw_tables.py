"""Raw tables written in a test, for the tests of plans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from kgrec_core.data.formats.raw_table import CELL_BREAK, RawTable
from kgrec_core.data.ledger import with_provenance
from kgrec_core.data.plan.planner import Planned, planned
from kgrec_core.data.plan.reading_plan import TablePlan


def raw(name: str, columns: str, rows: Sequence[Sequence[object]], role: str = "") -> RawTable:
    """A table with these columns, named with blanks between; every cell becomes a text."""
    names = columns.split()
    frame = pd.DataFrame([[str(cell) for cell in row] for row in rows], columns=names, dtype=object)
    return RawTable(name, with_provenance(frame, name, range(2, len(rows) + 2)), role=role)


def unnamed(name: str, rows: Sequence[Sequence[object]]) -> RawTable:
    """A table without a header."""
    columns = [f"column {place}" for place in range(1, len(rows[0]) + 1)]
    frame = pd.DataFrame([[str(cell) for cell in row] for row in rows], columns=columns, dtype=object)
    return RawTable(name, with_provenance(frame, name, range(1, len(rows) + 1)), named=False)


def ragged(name: str, lines: Sequence[Sequence[object]]) -> RawTable:
    """A table of lines of any length."""
    frame = pd.DataFrame({"line": [CELL_BREAK.join(map(str, line)) for line in lines]}, dtype=object)
    return RawTable(name, with_provenance(frame, name, range(1, len(lines) + 1)), named=False, ragged=True)


def ratings(
    name: str = "ratings.csv", columns: str = "user_id movie_id rating", users: int = 20, items: int = 15
) -> RawTable:
    """Each user rates every third item, from 1 to 5."""
    rows = [
        (f"u{user}", f"m{item}", 1 + (user * item) % 5)
        for user in range(users)
        for item in range(items)
        if (user + item) % 3 == 0
    ]
    return raw(name, columns, rows)


def plan_of(*tables: RawTable, **chosen: str) -> Planned:
    """The plan of these tables. chosen: column=meaning"""
    return planned(list(tables), chosen)


def table_plan(found: Planned, name: str) -> TablePlan:
    return next(each for each in found.plan.tables if each.table == name)


def meant(found: Planned, name: str) -> Mapping[str, str]:
    """Column -> meaning of one table of a plan."""
    return {each.column: each.meaning for each in table_plan(found, name).columns}
