"""What a person changes in a plan: the meaning of a column, the role of a table, the weight of an event."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from kgrec_core.data.plan.reading_plan import (
    ALLOWED,
    FACT,
    LEFT_OUT,
    PROFILE,
    REQUIRED,
    SEVERAL,
    ColumnMeaning,
    ReadingPlan,
    TablePlan,
)
from kgrec_core.errors import ConfigError

CHOSEN = "chosen"
"""Why a column means what it does, where a person said so."""
_USUAL = {"items": FACT, "users": PROFILE}  # what a column of a table is that is nothing else


def with_meaning(plan: ReadingPlan, table: str, column: str, meaning: str) -> ReadingPlan:
    """The plan with this meaning of a column, for certain; the column that had it is left out.

    Where the column was needed for what it meant before, the two change places: who and what were mixed up.
    """
    return _changed(plan, table, lambda each: _with_meaning(each, column, meaning))


def with_role(plan: ReadingPlan, table: str, role: str) -> ReadingPlan:
    """The plan with this role of a table. What its columns meant stays where the role knows it.

    Columns that it needs are those that are called as in another table of the plan; `unmet` tells what is missing.
    """
    called = {
        one.column: one.meaning
        for each in plan.tables
        if each.table != table
        for one in each.columns
        if one.meaning not in SEVERAL
    }
    return _changed(plan, table, lambda each: _with_role(each, role, called))


def with_weight(plan: ReadingPlan, word: str, weight: float) -> ReadingPlan:
    """The plan with this weight of an event, and what was seen of it else."""
    return replace(plan, events={**plan.events, word: weight})


def unmet(plan: ReadingPlan) -> tuple[tuple[str, str], ...]:
    """Tables, and the meaning that a column of each has to have and none has; ("", role) for a role no table has."""
    missing = [
        (each.table, meaning)
        for each in plan.tables
        for meaning in REQUIRED.get(each.role, ())
        if each.column(meaning) is None
    ]
    met = any(each.role == "interactions" for each in plan.tables)
    return (*missing, *(() if met else (("", "interactions"),)))


def _changed(plan: ReadingPlan, table: str, change: Callable[[TablePlan], TablePlan]) -> ReadingPlan:
    if not any(each.table == table for each in plan.tables):
        raise ConfigError(f"The plan has no table {table!r}; it has {_names(each.table for each in plan.tables)}.")
    return replace(plan, tables=tuple(change(each) if each.table == table else each for each in plan.tables))


def _with_meaning(table: TablePlan, column: str, meaning: str) -> TablePlan:
    before = next((one for one in table.columns if one.column == column), None)
    if before is None:
        names = _names(one.column for one in table.columns)
        raise ConfigError(f"{table.table} has no column {column!r}; it has {names}.")
    needed = before.meaning in REQUIRED.get(table.role, ())
    other = before.meaning if needed else LEFT_OUT
    columns = []
    for one in table.columns:
        if one.column == column:
            columns.append(ColumnMeaning(column, meaning, True, CHOSEN))
        elif meaning not in SEVERAL and one.meaning == meaning:
            columns.append(ColumnMeaning(one.column, other, True, f"{column!r} was chosen instead"))
        else:
            columns.append(one)
    return replace(table, columns=tuple(columns))


def _with_role(table: TablePlan, role: str, called: dict[str, str]) -> TablePlan:
    allowed = ALLOWED.get(role, ())
    usual = _USUAL.get(role, LEFT_OUT)
    taken: set[str] = set()
    columns = []
    for one in table.columns:
        found = next((name for name in (one.meaning, called.get(one.column, "")) if name in allowed), usual)
        if found in taken:
            found = usual
        taken |= set() if found in SEVERAL else {found}
        columns.append(one if found == one.meaning else ColumnMeaning(one.column, found, False, _why(found, usual)))
    return replace(
        table, role=role, columns=tuple(columns), why=CHOSEN, event=table.event if role == table.role else ""
    )


def _why(meaning: str, usual: str) -> str:
    return "what such a table tells" if meaning == usual else "a column of another table is called so"


def _names(names: Iterable[str]) -> str:
    return ", ".join(map(repr, names))
