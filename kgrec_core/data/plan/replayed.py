"""A plan that was saved or edited, done again on files of the same names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kgrec_core.data.formats.raw_table import RawTable
from kgrec_core.data.plan.graph_plans import NAMES, graph_again
from kgrec_core.data.plan.joined import joined
from kgrec_core.data.plan.planner import Planned
from kgrec_core.data.plan.reading_plan import (
    ALLOWED,
    CLOCK,
    FACT,
    KEY,
    LEFT_OUT,
    PROFILE,
    REQUIRED,
    ROWS,
    SHAPES,
    ReadingPlan,
    TablePlan,
)
from kgrec_core.data.plan.reshaped import FILE_CELL, reshaped, with_file_name
from kgrec_core.errors import ConfigError
from kgrec_core.schema.columns import ITEM


def replayed(plan: ReadingPlan, raws: Sequence[RawTable]) -> Planned:
    """The tables as the plan says. Raises ConfigError where files and plan do not fit."""
    given = {table.name: table for table in raws}
    own = [each for each in plan.tables if each.role]
    missing = [each.table for each in own if each.table not in given]
    if missing:
        raise ConfigError(
            f"The plan speaks of {missing[0]!r}, and there is no such table; there are {', '.join(map(repr, given))}. "
            "Give the files under the names that the plan has, or make a new plan."
        )
    for each in own:
        _check_words(each)
    shapes = {each.table: each.shape for each in own}
    by_file = {each.table for each in own if any(one.column == FILE_CELL for one in each.columns)}
    forms = {name: reshaped(table, shapes.get(name, ROWS)) for name, table in given.items()}
    forms |= {name: with_file_name(forms[name]) for name in by_file}
    tables = joined(forms, plan.joins)
    for each in own:
        _check(each.table, [one.column for one in each.columns if one.meaning], tables[each.table])
        needed = [name for name in REQUIRED.get(each.role, ()) if each.column(name) is None]
        if needed:
            raise ConfigError(
                f"In the plan, no column of {each.table} is {needed[0]}; there are "
                f"{', '.join(repr(one.column) for one in each.columns)}. Choose one of them."
            )
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


def _check_words(each: TablePlan) -> None:
    """Raises ConfigError for a role, a shape or a meaning that is none, as a slip in an editor makes it."""
    every = {*(name for allowed in ALLOWED.values() for name in allowed), FACT, PROFILE, KEY, CLOCK, LEFT_OUT}
    told = [("role", each.role, [*REQUIRED, NAMES]), ("shape", each.shape, [*SHAPES])]
    told += [(f"meaning of {one.column!r}", one.meaning, sorted(every)) for one in each.columns]
    for what, word, known in told:
        if word not in known:
            raise ConfigError(
                f"In the plan, the {what} of {each.table} is {word!r}. Choose one of {', '.join(map(repr, known))}."
            )


def _check(name: str, columns: Sequence[str], table: RawTable) -> None:
    absent = [column for column in columns if column not in table.frame.columns]
    if absent:
        raise ConfigError(
            f"The plan speaks of the column {absent[0]!r} of {name}, which has "
            f"{', '.join(map(repr, table.columns))}. Make a new plan, or change the name in it."
        )
