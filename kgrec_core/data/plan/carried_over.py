"""The plan by which a data set was read, for newer files of the same columns under whatever names.

By itself, for a plan that is replayed asks for the very names of its files.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kgrec_core.data.formats.raw_table import RawTable
from kgrec_core.data.plan.reading_plan import LEFT_OUT, ColumnMeaning, ReadingPlan, TablePlan


def carried_over(plan: ReadingPlan, raws: Sequence[RawTable]) -> ReadingPlan | None:
    """The plan of these tables as that of the tables before; None where one of them has not the columns of any."""
    found = {raw.name: _same_columns(plan, raw) for raw in raws}
    columns = {raw.name: raw.columns for raw in raws}
    tables = [_renamed(table, name, columns[name]) for name, table in found.items() if table is not None]
    if len(tables) < len(found) or not any(table.role for table in tables):
        return None
    new_names = {table.table: name for name, table in found.items() if table is not None}
    if len(new_names) < len(tables):
        return None  # two tables that were one before: which rows join to which is not known
    joins = tuple(
        replace(join, left=new_names[join.left], right=new_names[join.right])
        for join in plan.joins
        if join.left in new_names and join.right in new_names
    )
    return replace(plan, tables=tuple(tables), joins=joins)


def _same_columns(plan: ReadingPlan, raw: RawTable) -> TablePlan | None:
    """The table before whose columns are all in this one: of the same name where there is one, else the widest."""
    joined = {join.left for join in plan.joins}  # these have columns of other tables too
    fitting = [
        each
        for each in plan.tables
        if each.table not in joined
        and (not raw.role or each.role in ("", raw.role))
        and _used(each)
        and _used(each) <= set(raw.columns)
    ]
    return max(fitting, key=lambda each: (each.table == raw.name, len(_used(each))), default=None)


def _renamed(table: TablePlan, name: str, columns: Sequence[str]) -> TablePlan:
    """The plan of a table under its new name, with the columns that it did not have among those left out."""
    known = {one.column for one in table.columns}
    more = [ColumnMeaning(each, LEFT_OUT, True, "the files before had no such column") for each in columns]
    there = tuple(one for one in table.columns if one.column in columns)
    return replace(table, table=name, columns=(*there, *(one for one in more if one.column not in known)))


def _used(table: TablePlan) -> set[str]:
    return {one.column for one in table.columns if one.meaning != LEFT_OUT}
