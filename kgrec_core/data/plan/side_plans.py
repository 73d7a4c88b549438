"""What the columns of a table of items or of users mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kgrec_core.data.formats.raw_table import RawTable
from kgrec_core.data.plan.interaction_columns import text_column, title_column
from kgrec_core.data.plan.joined import gained_names
from kgrec_core.data.plan.profiles import Profile
from kgrec_core.data.plan.reading_plan import FACT, KEY, LEFT_OUT, PROFILE, ROWS, ColumnMeaning, Join, TablePlan
from kgrec_core.data.plan.table_keys import Key
from kgrec_core.schema.columns import ITEM, TEXT, TITLE, USER

ITEMS, USERS = "items", "users"


@dataclass(frozen=True, slots=True)
class SideTable:
    """A table of items or users. through: the table whose column holds the ids, where it has none of its own."""

    table: str
    column: str
    sure: bool
    why: str
    through: Key | None = None


def side_plan(
    tables: Mapping[str, RawTable],
    profiles: Mapping[str, Mapping[str, Profile]],
    found: SideTable,
    role: str,
    joins: Sequence[Join],
) -> TablePlan:
    """What each column of a table of items or users means. joins: those that give it columns."""
    table = tables[found.table]
    own = dict(profiles[table.name])
    for join in joins:
        if join.left == table.name:
            gained = {n: p for n, p in profiles[join.right].items() if n != join.right_column}
            names = gained_names(own, gained, tables[join.right].stem, join.left_column)
            own |= dict(zip(names, gained.values(), strict=True))
    key = {join.left_column for join in joins if join.left == table.name}
    meaning = ITEM if role == ITEMS else USER
    id_column = found.column if found.column in own else next(n for n in own if n.startswith(found.column))
    columns = [ColumnMeaning(id_column, meaning, found.sure, found.why)]
    rest = {name: each for name, each in own.items() if name != id_column and name not in key}
    columns += _attributes(rest, role, table.named, own[id_column])
    columns += [ColumnMeaning(name, KEY, True, "it joins two tables") for name in key if name != id_column]
    return TablePlan(table.name, role, ROWS, tuple(columns), found.why, len(table.frame))


def _attributes(own: Mapping[str, Profile], role: str, named: bool, ids: Profile) -> list[ColumnMeaning]:
    if role == USERS:
        return [ColumnMeaning(name, PROFILE, True, "of a person") for name in own]
    title = title_column(own, ids.distinct, ids.name) if named else _unnamed_title(own)
    text = text_column({name: each for name, each in own.items() if name != title})
    told = {title: (TITLE, "its name says so" if named else "its cells are titles"), text: (TEXT, "long cells")}
    return [
        ColumnMeaning(name, *((told[name][0], named, told[name][1]) if name in told else (FACT, named, "of an item")))
        if each.distinct
        else ColumnMeaning(name, LEFT_OUT, True, "it is empty")
        for name, each in own.items()
    ]


def _unnamed_title(own: Mapping[str, Profile]) -> str:
    """The last column of varied words."""
    texts = [
        name
        for name, each in own.items()
        if not each.numeric and not each.dates and each.distinct > 0.6 * each.filled > 0 and not each.addresses
    ]
    return texts[-1] if texts else ""
