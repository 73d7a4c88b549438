"""What came of each column of the files, for people to see: its meaning, its fact, its text, or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kgrec_core.data.import_report import FileColumns
from kgrec_core.data.ingest.cleaning import CleanTables
from kgrec_core.data.ingest.fact_columns import ColumnPlan, is_text
from kgrec_core.schema.columns import TEXT


def described(
    read: Sequence[FileColumns], clean: CleanTables, plans: Sequence[ColumnPlan], gone: Sequence[str]
) -> tuple[FileColumns, ...]:
    """The columns as read, with those of items and users that became facts, text or profiles among the used ones.

    gone: columns that were left out, since they name or reach a person
    """
    words = [plan.column for plan in plans if not plan.binning and plan.column in clean.items]
    facts = {column: TEXT for column in words if is_text(clean.items[column])}
    facts |= {plan.column: f"fact: {plan.relation}" for plan in plans if plan.use}
    profile = {str(name): "profile" for name in (() if clean.users is None else clean.users.columns)}
    more: Mapping[str, Mapping[str, str]] = {"items": facts, "users": profile}
    return tuple(_with(one, more.get(one.table, {}), gone) for one in read)


def _with(one: FileColumns, meant: Mapping[str, str], gone: Sequence[str]) -> FileColumns:
    found = {name: meant[name] for name in one.unused if name in meant and name not in gone}
    return replace(one, used={**one.used, **found}, unused=tuple(name for name in one.unused if name not in found))
