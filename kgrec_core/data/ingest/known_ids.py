"""Ids that stand in several tables: mended where they are spelled otherwise, and none lost for want of a row."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from kgrec_core.data.formats.format import Tables
from kgrec_core.data.ledger import FILE, ROW, Ledger, shown
from kgrec_core.data.values.same_ids import matching_ids
from kgrec_core.schema.columns import ITEM, TITLE, USER


def with_same_ids(tables: Tables, ledger: Ledger) -> Tables:
    """Interactions whose ids are spelled as in the tables of items and users, where a difference can be seen."""
    met = tables.interactions
    if met is None or not len(met):
        return tables
    for column, kind, table in ((ITEM, "item", tables.items), (USER, "user", tables.users)):
        if table is None or column not in table or column not in met:
            continue
        found = matching_ids(_stripped(met[column]), _stripped(table[column]))
        if found is not None:
            left, _, told = found
            rows = met[left != met[column]]
            what = f"the ids of {kind}s {told}, and were written as in the table of {kind}s"
            ledger.note(str(rows[FILE].iloc[0]) if len(rows) else "", what)
            met = met.assign(**{column: left})
    return replace(tables, interactions=met)


def _stripped(column: pd.Series) -> pd.Series:
    distinct = column.drop_duplicates()
    trimmed = distinct.where(distinct.notna(), "").astype(str).str.strip()
    return column.map(dict(zip(distinct, trimmed, strict=True))).fillna("")


def with_unknown(column: str, kind: str, met: pd.DataFrame, table: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """The table with a row for each id that is met and has none, told in the ledger; other cells of it are empty."""
    unknown = met[~met[column].isin(table[column])]
    if not len(unknown):
        return table
    ids = pd.unique(unknown[column])
    name = "is called by its id" if column == ITEM else "has no profile"
    if len(ids) == met[column].nunique():
        examples = f": {_some(met[column])} here, {_some(table[column])} there" if column == ITEM else ""
        what = f"no {column} is in the table of {kind}s{examples}; each {name}"
        mend = f"Give the table of {kind}s whose ids these are, or map its column of ids."
        ledger.keep(unknown, column, what, mend)
    else:
        mend = f"Add the {kind}s to the table of {kind}s, if more is known of them."
        what = f"is not in the table of {kind}s; the row is kept, and the {kind} {name}"
        ledger.keep(unknown, column, what, mend, "note")
    made = pd.DataFrame({column: ids, FILE: "", ROW: 0})
    if column == ITEM:
        made[TITLE] = ids
    return _below(table, made)


def of_known(column: str, kind: str, met: pd.DataFrame, table: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """The rows whose id is in the table, as published data sets have them; the others are dropped."""
    known = met[column].isin(table[column])
    if not known.all():
        mend = f"Add the {kind} to the table of {kind}s, or leave these rows out."
        ledger.drop(met[~known], column, f"is not in the table of {kind}s", mend)
    return met[known]


def _below(table: pd.DataFrame, made: pd.DataFrame) -> pd.DataFrame:
    found = pd.concat([table.assign(**{FILE: table[FILE].astype(str)}), made], ignore_index=True)
    texts = [name for name in table.columns if table[name].dtype == object]
    return found.assign(**{name: found[name].fillna("") for name in texts})


def _some(ids: pd.Series) -> str:
    return ", ".join(shown(each) for each in ids.drop_duplicates().head(2))
