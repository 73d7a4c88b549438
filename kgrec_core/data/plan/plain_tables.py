"""Files that no published format claims: read as tables, planned, and given the columns of the contract."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from kgrec_core.data.formats.format import Format, Tables, Wish
from kgrec_core.data.formats.raw_table import RawTable
from kgrec_core.data.formats.source_files import SourceFile
from kgrec_core.data.formats.table_files import raw_tables_of
from kgrec_core.data.ledger import Ledger
from kgrec_core.data.plan.applied import applied
from kgrec_core.data.plan.carried_over import carried_over
from kgrec_core.data.plan.graph_plans import with_titles
from kgrec_core.data.plan.graph_tables import tell_graph
from kgrec_core.data.plan.planner import Planned, planned, planned_beside
from kgrec_core.data.plan.reading_plan import ALLOWED, ROWS
from kgrec_core.data.plan.replayed import replayed
from kgrec_core.errors import ConfigError


def claims(files: Sequence[SourceFile]) -> list[SourceFile]:
    """All files: whether they hold what is needed is seen when they are read."""
    return list(files)


def read(files: Sequence[SourceFile], ledger: Ledger, wish: Wish) -> Tables:
    """The tables of the contract, by the plan of the wish or by one that is made here.

    Raises DataError where no interactions can be told, ConfigError for a wish that cannot be.
    """
    return read_planned(looked_at(files, ledger, wish), ledger)


def read_beside(
    files: Sequence[SourceFile], ledger: Ledger, mapping: Mapping[str, str], met: Collection[str]
) -> Tables:
    """Tables that a person named beside a published data set. met: ids of the items that people met in it."""
    raws = raw_tables_of(files, ledger)
    _check_mapping(raws, mapping)
    if any(table.role == "interactions" for table in raws):
        return read_planned(planned(raws, mapping), ledger)
    return read_planned(planned_beside(raws, mapping, met), ledger)


def looked_at(files: Sequence[SourceFile], ledger: Ledger, wish: Wish) -> Planned:
    """What the files hold, without anything being made of it. Raises as `read` does."""
    raws = raw_tables_of(files, ledger)
    _check_mapping(raws, wish.mapping)
    plan = wish.plan
    if plan is None and wish.before is not None and not wish.mapping:
        plan = carried_over(wish.before, raws)
    found = planned(raws, wish.mapping) if plan is None else replayed(plan, raws, ledger.allowance)
    shapes = {each.table: each.shape for each in found.plan.tables}
    for table in raws:
        if shapes.get(table.name, ROWS) != ROWS:
            ledger.holds_more(table.name, len(found.tables[table.name].frame) - len(table.frame), "items")
    return found


def read_planned(found: Planned, ledger: Ledger) -> Tables:
    """The tables of the contract. What is left out is told, table by table."""
    for each in found.plan.tables:
        if not each.role and not any(join.right == each.table for join in found.plan.joins):
            ledger.unused(each.table, each.rows, f"{each.why}; left out")
    roles = {each.table: each.role for each in found.plan.tables}
    for join in reversed(found.plan.joins):
        if not roles.get(join.right):
            roles[join.right] = roles.get(join.left, "")
            ledger.is_table(join.right, roles[join.right])
    tell_graph(found.graph, ledger)
    return with_titles(applied(found.plan, found.tables, found.graph.triples, ledger), found.graph.titles)


def _check_mapping(raws: Sequence[RawTable], mapping: Mapping[str, str]) -> None:
    """Raises ConfigError for a column that no file has, for a meaning that is none, and for one that is given twice."""
    meanings = list(dict.fromkeys(name for allowed in ALLOWED.values() for name in allowed))
    for column, meant in mapping.items():
        if not any(column in table.columns for table in raws):
            names = dict.fromkeys(name for table in raws for name in table.columns)
            have = ", ".join(map(repr, names))
            raise ConfigError(f"--map {column}={meant}: no file has a column {column!r}; there are {have}.")
        if meant and meant not in meanings:
            raise ConfigError(
                f"--map {column}={meant}: a column cannot be {meant!r}. "
                f"Choose {', '.join(meanings)}, or nothing after = to leave the column out."
            )
    for table in raws:
        told = [
            meant for name, meant in mapping.items() if meant not in ("", "fact", "profile") and name in table.frame
        ]
        if len(set(told)) < len(told):
            twice = next(meant for meant in told if told.count(meant) > 1)
            raise ConfigError(f"--map: two columns of {table.name} are called {twice}. Choose one of them.")


FORMAT = Format("plain", "plain tables", "other", claims, read)
