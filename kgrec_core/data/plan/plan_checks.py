"""What a plan that was saved or edited must keep, so that every plan is either followed or refused in words."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from kgrec_core.data.ledger import shown
from kgrec_core.data.plan.reading_plan import (
    ALLOWED,
    CLOCK,
    FACT,
    KEY,
    PROFILE,
    REQUIRED,
    SEVERAL,
    SHAPES,
    Join,
    ReadingPlan,
    TablePlan,
)
from kgrec_core.errors import ConfigError
from kgrec_core.schema.columns import HEAD_LABEL, TITLE

LABELS = "labels"
_BESIDE: Mapping[str, tuple[str, ...]] = {
    "interactions": (PROFILE, KEY, CLOCK),
    "items": (KEY,),
    "users": (KEY,),
    "triples": (KEY, FACT),
    LABELS: (KEY, HEAD_LABEL, TITLE, FACT),
}
_MOST_JOINS = 200
_NAMED = 20
_MEND = "Take out what is too much, or make a new plan."
_LARGEST_WEIGHT = 1e6


def check_plan(plan: ReadingPlan) -> None:
    """Raises ConfigError for what no plan can say, whatever files it is for."""
    _once([each.table for each in plan.tables], "the table", "the plan")
    for each in plan.tables:
        _check_table(each)
    if len(plan.joins) > _MOST_JOINS:
        raise ConfigError(f"The plan has {len(plan.joins):,} joins; at most {_MOST_JOINS} are followed. {_MEND}")
    _once([f"{join.left} by {join.left_column} to {join.right}" for join in plan.joins], "the join of", "the plan")
    for join in plan.joins:
        if join.left == join.right:
            raise ConfigError(f"In the plan, {_said(join.left)} is joined to itself. Take the join out.")
    _check_order(plan.joins)
    for word, weight in plan.events.items():
        if not math.isfinite(weight) or abs(weight) > _LARGEST_WEIGHT:
            raise ConfigError(f"In the plan, the event {_said(word)} weighs {weight}. Give a number, such as 1.")


def check_given(plan: ReadingPlan, given: Sequence[str]) -> None:
    """Raises ConfigError where the plan speaks of a table that is not among the files."""
    named = [each.table for each in plan.tables if each.role]
    named += [name for join in plan.joins for name in (join.left, join.right)]
    missing = [name for name in named if name not in given]
    if missing:
        raise ConfigError(
            f"The plan speaks of {_said(missing[0])}, and there is no such table; there are {_listed(given)}. "
            "Give the files under the names that the plan has, or make a new plan."
        )


def check_columns(name: str, columns: Iterable[str], there: Sequence[str]) -> None:
    """Raises ConfigError for a column that the table has not."""
    absent = [column for column in columns if column not in there]
    if absent:
        raise ConfigError(
            f"The plan speaks of the column {_said(absent[0])} of {name}, which has {_listed(there)}. "
            "Make a new plan, or change the name in it."
        )


def _check_table(each: TablePlan) -> None:
    if each.role and each.role not in (*ALLOWED, LABELS):
        roles = ", ".join((*ALLOWED, LABELS))
        raise ConfigError(f"In the plan, {_said(each.table)} has the role {_said(each.role)}. Choose one of {roles}.")
    if each.shape not in SHAPES:
        raise ConfigError(
            f"In the plan, {_said(each.table)} has the shape {_said(each.shape)}. Choose one of {', '.join(SHAPES)}."
        )
    _once([one.column for one in each.columns], "the column", _said(each.table))
    if not each.role:
        return
    able = (*ALLOWED.get(each.role, ()), *_BESIDE[each.role])
    for one in each.columns:
        if one.meaning and one.meaning not in able:
            raise ConfigError(
                f"In the plan, the column {_said(one.column)} of {_said(each.table)} is {_said(one.meaning)}, and one "
                f'of {each.role} cannot be that. Choose {", ".join(able)}, or "" to leave it out.'
            )
    own = [one.meaning for one in each.columns if one.meaning not in SEVERAL]
    _once(own if each.role != LABELS else (), "a column that is", _said(each.table))
    needed = [name for name in REQUIRED.get(each.role, ()) if each.column(name) is None]
    if needed:
        raise ConfigError(
            f"In the plan, no column of {_said(each.table)} is {needed[0]}; there are "
            f"{_listed([one.column for one in each.columns])}. Choose one of them."
        )


def _check_order(joins: Sequence[Join]) -> None:
    """Joins in a ring would give a table its own columns again and again."""
    leads: dict[str, set[str]] = {}
    for join in joins:
        leads.setdefault(join.left, set()).add(join.right)
    done: set[str] = set()
    for start in leads:
        on_way, stack = set[str](), [(start, False)]
        while stack:
            name, back = stack.pop()
            if back:
                on_way.discard(name)
                done.add(name)
                continue
            if name in on_way:
                raise ConfigError(f"In the plan, the joins of {_said(name)} lead back to it. Take one of them out.")
            if name not in done:
                on_way.add(name)
                stack += [(name, True), *((each, False) for each in sorted(leads.get(name, ())))]


def _once(names: Iterable[str], what: str, where: str) -> None:
    name, times = next(iter(Counter(names).most_common(1)), ("", 0))
    if times > 1:
        raise ConfigError(f"In the plan, {what} {_said(name)} stands {times} times in {where}. Leave one of them.")


def _said(name: str) -> str:
    return repr(shown(name))


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(map(_said, names[:_NAMED])) + more if names else "none"
