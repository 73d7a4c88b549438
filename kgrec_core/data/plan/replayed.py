"""A plan that was saved or edited, done again on files of the same names.

By itself, for doing a plan again is the counterpart of making one (`planner.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kgrec_core.data.formats.raw_table import RawTable
from kgrec_core.data.plan.graph_plans import graph_again
from kgrec_core.data.plan.joined import joined
from kgrec_core.data.plan.plan_checks import check_columns, check_given, check_plan
from kgrec_core.data.plan.planner import Planned
from kgrec_core.data.plan.reading_plan import ROWS, ReadingPlan
from kgrec_core.data.plan.reshaped import FILE_CELL, reshaped, with_file_name
from kgrec_core.data.size_limits import Allowance
from kgrec_core.schema.columns import ITEM


def replayed(plan: ReadingPlan, raws: Sequence[RawTable], allowance: Allowance) -> Planned:
    """The tables as the plan says. Raises ConfigError where files and plan do not fit, DataError for a table that joins
    make too wide.
    """
    given = {table.name: table for table in raws}
    check_plan(plan)
    check_given(plan, list(given))
    own = [each for each in plan.tables if each.role]
    shapes = {each.table: each.shape for each in plan.tables}
    by_file = {each.table for each in own if any(one.column == FILE_CELL for one in each.columns)}
    forms = {name: reshaped(table, shapes.get(name, ROWS)) for name, table in given.items()}
    forms |= {name: with_file_name(forms[name]) for name in by_file}
    tables = joined(forms, plan.joins, allowance)
    for each in own:
        check_columns(each.table, [one.column for one in each.columns if one.meaning], tables[each.table].columns)
    counted = tuple(
        replace(each, rows=len(tables[each.table].frame)) if each.table in tables else each for each in plan.tables
    )
    met = {
        str(item)
        for each in own
        if each.role == "interactions"
        for item in tables[each.table].frame[each.column(ITEM)].unique()
    }
    return Planned(replace(plan, tables=counted), tables, graph_again(own, tables, met))
