"""The tables of some files while they are being understood, and what joins give them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kgrec_core.data.formats.raw_table import RawTable
from kgrec_core.data.plan.joined import with_columns_of
from kgrec_core.data.plan.person_and_item import Pair
from kgrec_core.data.plan.profiles import Profile, determines, profile
from kgrec_core.data.plan.reading_plan import ROWS, Join
from kgrec_core.data.plan.table_keys import Key
from kgrec_core.data.values.column_words import GROUP, PERSON, THING, is_id, is_tag, last_noun, nouns
from kgrec_core.schema.columns import ITEM, USER

_NAMES = 3  # columns of a table that only names
_BOUND = 0.98  # share of the rows from which the item settles a kind


@dataclass
class TableSet:
    """The tables while they are looked at. chosen: column -> meaning, as a person said."""

    tables: dict[str, RawTable]
    chosen: Mapping[str, str]
    shapes: dict[str, str] = field(default_factory=dict)
    profiles: dict[str, dict[str, Profile]] = field(default_factory=dict)
    keys: list[Key] = field(default_factory=list)
    hints: dict[str, Mapping[str, str]] = field(default_factory=dict)  # table -> column -> what its shape speaks for
    joins: list[Join] = field(default_factory=list)
    headers: dict[str, set[str]] = field(default_factory=dict)  # table -> columns that joins gave it, and lead on

    def look(self, table: RawTable, shape: str = ROWS) -> None:
        """Takes in a table, or a new form of it."""
        self.tables[table.name] = table
        self.profiles[table.name] = profile(table)
        self.shapes[table.name] = shape

    def hints_of(self, table: str) -> Mapping[str, str]:
        """What the shape of a table speaks for, and where it leads: through an order to a person, else to an item."""
        people = self.headers.get(table, set())
        if not people:
            return self.hints.get(table, {})
        joined = {join.left_column for join in self.joins if join.left == table}
        things = {key.column for key in self.keys if key.table == table} - people - joined
        return {name: ITEM for name in things} | {name: USER for name in people} | dict(self.hints.get(table, {}))

    def join(self, key: Key) -> None:
        """Gives the table of a key the columns of the other one."""
        join = Join(key.table, key.column, key.target, key.target_column, key.found)
        self.look(with_columns_of(self.tables[key.table], self.tables[key.target], join), self.shapes[key.table])
        self.joins.append(join)


def gain(table_set: TableSet, table: RawTable) -> None:
    """Joins the table of orders or sessions to its rows, where it says who or when and the rows do not."""
    for _ in range(2):  # an order line leads to its order, and that to a customer
        own = table_set.profiles[table.name]
        people = [name for name in own if PERSON in nouns(name)]
        for key in table_set.keys:
            other = table_set.profiles.get(key.target, {})
            if key.table != table.name or key.target_column not in other or _joined(table_set, key):
                continue
            person = any(PERSON in nouns(name) and name != key.target_column for name in other)
            group = GROUP in nouns(key.column) and last_noun(key.column) != THING
            more_people = PERSON in nouns(key.column) and any(
                PERSON in nouns(name) and is_id(name) and each.repeats > 1.02
                for name, each in other.items()
                if name != key.target_column
            )
            header = not people and _is_header(table_set, key)
            told = more_people or header or (group and person and not people)
            if told or (group and _dated(other) and not _dated(own)):
                table_set.headers.setdefault(table.name, set()).update(_dimensions(table_set, key) if header else ())
                table_set.join(key)
                table_set.keys += [
                    Key(table.name, each.column, each.target, each.target_column, each.found)
                    for each in table_set.keys
                    if each.table == key.target and each.target != table.name
                ]
                break


def _dated(columns: Mapping[str, Profile]) -> bool:
    return any(each.dates for each in columns.values())


def name_kinds(table_set: TableSet, pair: Pair) -> None:
    """Joins the tables that name the tags or kinds whose ids stand in rows of interactions."""
    own = table_set.profiles[pair.table]
    for key in table_set.keys:
        if key.table != pair.table or key.column in (pair.user, pair.item) or _joined(table_set, key):
            continue
        table, other = table_set.tables[key.target], table_set.profiles[key.target]
        few = len(table.columns) <= _NAMES and own[key.column].distinct < own[pair.item].distinct
        nobody = not table.parent and table.named and not any({PERSON, GROUP} & nouns(name) for name in other)
        settled = own[pair.item].repeats >= 1.3 and determines(own[pair.item], own[key.column]) >= _BOUND
        if few and nobody and is_id(key.column) and (is_tag(key.column) or settled):
            table_set.join(key)


def _is_header(table_set: TableSet, key: Key) -> bool:
    """Whether a table that a row leads to leads on to another, as an order does to its customer."""
    column = table_set.profiles[key.table].get(key.column)
    lines = column is not None and column.repeats > 1.02 and len(_targets(table_set, key.table) - {key.target}) > 0
    return lines and bool(_dimensions(table_set, key))


def _dimensions(table_set: TableSet, key: Key) -> set[str]:
    """The columns of the target of a key that lead to tables which its own table does not lead to."""
    own = _targets(table_set, key.table)
    return {
        each.column
        for each in table_set.keys
        if each.table == key.target
        and each.column != key.target_column
        and each.target not in (*own, key.table)
        and table_set.profiles[each.table][each.column].repeats > 1.2
    }


def _targets(table_set: TableSet, table: str) -> set[str]:
    return {key.target for key in table_set.keys if key.table == table}


def _joined(table_set: TableSet, key: Key) -> bool:
    return any(join.left == key.table and join.right == key.target for join in table_set.joins)
