"""Tables of facts as parts of a plan: shown, edited and replayed like others."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from kgrec_core.data.formats.format import Tables
from kgrec_core.data.formats.raw_table import RawTable
from kgrec_core.data.ledger import FILE, ROW
from kgrec_core.data.plan.graph_tables import LABELS, PARENTS, GraphTables, GraphUse, graph_tables
from kgrec_core.data.plan.reading_plan import ALLOWED, KEY, LEFT_OUT, ROWS, ColumnMeaning, TablePlan
from kgrec_core.schema.columns import HEAD_LABEL, ITEM, TITLE

FACTS, NAMES = "triples", "labels"  # roles of tables


def graph_of(
    tables: Mapping[str, RawTable], taken: Collection[str], items: Collection[str], chosen: Mapping[str, str]
) -> GraphTables:
    """The tables of facts among those that are not taken, with columns as a person chose them: column -> meaning."""
    able = [table for name, table in tables.items() if name not in taken and table.role in ("", FACTS)]
    said = {table.name: _said(table, chosen) for table in able}
    beside = [tables[name] for name in taken if name in tables]
    return graph_tables(able, items, {name: told for name, told in said.items() if told}, beside)


def graph_again(plans: Sequence[TablePlan], tables: Mapping[str, RawTable], items: Collection[str]) -> GraphTables:
    """The tables of facts of a plan, with the columns that it has."""
    own = [each for each in plans if each.role in (FACTS, NAMES)]
    able = [replace(tables[each.table], role=FACTS if each.role == FACTS else "") for each in own]
    beside = [tables[each.table] for each in plans if each.role == "items"]
    anew = graph_tables(able, items, beside=beside)
    alike = {each.table: _meanings(each) for each in graph_plans(anew, tables)}
    said = {
        each.table: {one.column: one.meaning for one in each.columns if one.meaning in ALLOWED[FACTS]}
        for each in own
        if each.role == FACTS and alike.get(each.table) != _meanings(each)
    }
    return graph_tables(able, items, said, beside) if said else anew


def _meanings(plan: TablePlan) -> dict[str, str]:
    return {one.column: one.meaning for one in plan.columns}


def graph_plans(graph: GraphTables, tables: Mapping[str, RawTable]) -> list[TablePlan]:
    """What each table was taken for."""
    return [_plan(tables[name], use) for name, use in graph.used.items()]


def with_titles(tables: Tables, titles: Mapping[str, str]) -> Tables:
    """Items called as the graph calls them, where no table gives titles."""
    items = tables.items
    if not titles or tables.interactions is None or (items is not None and TITLE in items):
        return tables
    if items is None:
        ids = pd.unique(tables.interactions[ITEM])
        items = pd.DataFrame({ITEM: pd.Series(ids, dtype=object), FILE: "", ROW: 0})
    return replace(tables, items=items.assign(**{TITLE: items[ITEM].map(titles).fillna("")}))


def _said(table: RawTable, chosen: Mapping[str, str]) -> dict[str, str]:
    return {name: chosen[name] for name in table.columns if chosen.get(name) in ALLOWED[FACTS]}


def _plan(table: RawTable, use: GraphUse) -> TablePlan:
    role = {LABELS: NAMES, PARENTS: ""}.get(use.kind, FACTS)
    told = dict(use.columns)
    if not set(told) <= set(table.columns):  # its first row was taken for its header
        told = dict(zip(table.columns, told.values(), strict=False))
    columns = tuple(ColumnMeaning(name, _meaning(told.get(name, "")), True, use.why) for name in table.columns)
    return TablePlan(table.name, role, ROWS, columns, use.why, len(table.frame))


def _meaning(told: str) -> str:
    if told in ALLOWED[FACTS]:
        return told
    return {"id": KEY, "label": HEAD_LABEL}.get(told, "fact" if told.startswith("fact") else LEFT_OUT)
