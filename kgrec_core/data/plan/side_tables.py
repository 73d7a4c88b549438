"""The tables beside the interactions: what they met, who met it, and lists of names that these refer to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kgrec_core.data.formats.raw_table import RawTable
from kgrec_core.data.plan.person_and_item import Pair
from kgrec_core.data.plan.profiles import Profile, shared
from kgrec_core.data.plan.reading_plan import Join, TablePlan
from kgrec_core.data.plan.side_plans import ITEMS, USERS, SideTable, side_plan
from kgrec_core.data.plan.table_keys import Key
from kgrec_core.data.values.column_words import (
    PERSON,
    THING,
    is_bare_id,
    is_id,
    last_noun,
    nouns,
    plain,
    role_words,
)
from kgrec_core.schema.columns import ITEM, USER

_ONE_ROW = 1.2  # rows a person in a table of people
_MEETS = 0.5  # share of the ids of one table that another has


@dataclass(frozen=True, slots=True)
class SideTables:
    """Plans of the tables of items and of users, and the joins that they need."""

    plans: tuple[TablePlan, ...]
    joins: list[Join]


def side_tables(
    tables: Mapping[str, RawTable],
    profiles: Mapping[str, Mapping[str, Profile]],
    keys: Sequence[Key],
    pairs: Mapping[str, Pair],
    chosen: Mapping[str, str],
) -> SideTables:
    """pairs: table -> its reading as interactions."""
    rest = [
        table
        for name, table in tables.items()
        if name not in pairs and not table.parent and (table.role or not _of_both(table, profiles[name], pairs))
    ]
    items = {each.table: each for each in _direct(rest, tables, profiles, keys, pairs, ITEMS, chosen)}
    left = [table for table in rest if table.name not in items]
    users = {each.table: each for each in _direct(left, tables, profiles, keys, pairs, USERS, chosen)}
    for found in (items, users):
        left = [table for table in rest if not table.role and table.name not in {**items, **users}]
        found |= {each.table: each for each in _indirect(left, found, profiles, keys)}
    joins = [_join_through(each) for each in (*items.values(), *users.values()) if each.through]
    known = {*pairs, *items, *users}
    lookups = [
        key
        for key in keys
        if key.table in items
        and key.target not in known
        and key.column != items[key.table].column
        and tables[key.target].named
    ]
    joins += [Join(key.table, key.column, key.target, key.target_column, key.found) for key in lookups]
    plans = [
        side_plan(tables, profiles, each, role, joins)
        for role, found in ((ITEMS, items), (USERS, users))
        for each in found.values()
    ]
    return SideTables(tuple(plans), joins)


def named_sides(
    tables: Mapping[str, RawTable], profiles: Mapping[str, Mapping[str, Profile]], chosen: Mapping[str, str]
) -> list[TablePlan]:
    """Plans of tables that a person named for items or users, beside interactions that are known already."""
    found = []
    for table in tables.values():
        if table.role in (ITEMS, USERS):
            own = profiles[table.name]
            one = _chosen(table, table.role, chosen) or _named(table, own, table.role)
            if one is not None:
                found.append(side_plan(tables, profiles, one, table.role, []))
    return found


def _direct(
    rest: Sequence[RawTable],
    tables: Mapping[str, RawTable],
    profiles: Mapping[str, Mapping[str, Profile]],
    keys: Sequence[Key],
    pairs: Mapping[str, Pair],
    role: str,
    chosen: Mapping[str, str],
) -> Iterator[SideTable]:
    """The tables of one role that hold ids of the interactions."""
    for table in rest:
        if table.role and table.role != role:
            continue
        if not table.role and _lists_others(table, tables, pairs, role):
            continue
        found = _chosen(table, role, chosen) or next(
            (one for pair in pairs.values() if (one := _of_pair(table, pair, tables, profiles, keys, role))), None
        )
        if found is None and table.role == role:
            found = _named(table, profiles[table.name], role)
        if found is not None:
            yield found


def _indirect(
    rest: Sequence[RawTable],
    met: Mapping[str, SideTable],
    profiles: Mapping[str, Mapping[str, Profile]],
    keys: Sequence[Key],
) -> Iterator[SideTable]:
    """The tables that are found through those of one role."""
    known = dict(met)
    for table in rest:
        found = _through(table, known, profiles, keys)
        if found:
            known[table.name] = found
            yield found


def _of_both(table: RawTable, own: Mapping[str, Profile], pairs: Mapping[str, Pair]) -> bool:
    """Whether a table tells of people and items together, or of people and people, or is an example of an answer."""
    if {"social", "sample"} & role_words(table.stem):
        return True
    names = {plain(name) for name in own if not own[name].unique}
    both = any({plain(pair.user), plain(pair.item)} <= {plain(name) for name in own} for pair in pairs.values())
    acts = "interactions" in role_words(table.stem)
    return table.named and both and (acts or any(plain(pair.item) in names for pair in pairs.values()))


def _lists_others(table: RawTable, tables: Mapping[str, RawTable], pairs: Mapping[str, Pair], role: str) -> bool:
    """Whether interactions are nested in the rows of a table, and these are what the role is not about."""
    inside = [pair for pair in pairs.values() if tables[pair.table].parent == table.name]
    own = {pair.item if role == ITEMS else pair.user for pair in inside}
    return bool(inside) and not own & set(table.columns)


def _chosen(table: RawTable, role: str, chosen: Mapping[str, str]) -> SideTable | None:
    meaning = ITEM if role == ITEMS else USER
    column = next((name for name, meant in chosen.items() if meant == meaning and name in table.columns), None)
    return SideTable(table.name, column, True, "chosen") if column else None


def _of_pair(
    table: RawTable,
    pair: Pair,
    tables: Mapping[str, RawTable],
    profiles: Mapping[str, Mapping[str, Profile]],
    keys: Sequence[Key],
    role: str,
) -> SideTable | None:
    """Whether a table tells of the items, or of the users, of a reading."""
    column = pair.item if role == ITEMS else pair.user
    noun, other_noun = (THING, PERSON) if role == ITEMS else (PERSON, THING)
    own, ids = profiles[table.name], profiles[pair.table][column]
    by_key = [key for key in keys if key.table == pair.table and key.column == column and key.target == table.name]
    if by_key and not _of_others(table, own[by_key[0].target_column], other_noun):
        return SideTable(table.name, by_key[0].target_column, True, f"{by_key[0].found:.0%} of {column!r} stand in it")
    for name, each in own.items():
        alike = table.named and tables[pair.table].named and plain(name) == plain(column)
        if role == USERS and each.repeats > _ONE_ROW:
            continue
        unmet = each.unique and not is_bare_id(name)  # told by its name alone
        if alike and (shared(each, ids) >= 0.2 or unmet or shared(ids, each) >= 0.2):
            return SideTable(table.name, name, True, "both tables call it so")
    for name, each in own.items():
        if role == USERS and each.repeats > _ONE_ROW:
            continue
        if (noun in nouns(name) or role in role_words(table.stem)) and _id_like(each):
            part = max(shared(ids, each), shared(each, ids))
            if (
                part >= _MEETS
                and not _counted_otherwise(each, ids)
                and (each.unique or role in role_words(table.stem) or last_noun(name) == noun)
            ):
                return SideTable(table.name, name, False, f"{part:.0%} of the ids meet")
    named = _named(table, own, role)
    if named and (role in role_words(table.stem) or table.role == role) and _same_thing(named.column, column, noun):
        return SideTable(table.name, named.column, False, "its name speaks of it, though no id meets")
    return None


def _counted_otherwise(each: Profile, ids: Profile) -> bool:
    """Whether one numbers things from 1 and the other from 0, so that every id would meet its neighbour."""
    return bool(each.is_index and ids.whole and ("0" in ids.known) != ("0" in each.known))


def _of_others(table: RawTable, target: Profile, other_noun: str) -> bool:
    return table.named and last_noun(target.name) == other_noun


def _same_thing(one: str, other: str, noun: str) -> bool:
    return plain(one) == plain(other) or (noun in nouns(one) and noun in nouns(other))


def _id_like(each: Profile) -> bool:
    return bool(each.distinct >= 2 and not each.dates and not each.lists and each.words <= 8)


def _named(table: RawTable, own: Mapping[str, Profile], role: str) -> SideTable | None:
    """The id of a table that was given for a role, by names alone."""
    noun = THING if role == ITEMS else PERSON
    able = [name for name, each in own.items() if each.distinct and not each.dates]
    usable = [name for name in able if not {PERSON, THING} <= nouns(name)] or able  # "user_url" names no thing
    ranked = (
        [name for name in usable if last_noun(name) == noun and is_id(name)],
        [name for name in usable if is_bare_id(name)],
        [name for name in usable if last_noun(name) == noun and own[name].unique],
        [name for name in usable if noun in nouns(name)],
        [name for name in usable if own[name].unique and own[name].words <= 3],
    )
    column = next((names[0] for names in ranked if names), None)
    return SideTable(table.name, column, table.named, "its name says so") if column else None


def _through(
    table: RawTable,
    met: Mapping[str, SideTable],
    profiles: Mapping[str, Mapping[str, Profile]],
    keys: Sequence[Key],
) -> SideTable | None:
    """A table whose rows are those of a table that was met, by another id: links between two ids of a film."""
    for key in keys:
        if key.table == table.name and key.target in met and profiles[table.name][key.column].unique:
            if key.target_column == met[key.target].column:
                return SideTable(table.name, key.column, True, f"its ids are those of {key.target}")
            return SideTable(table.name, met[key.target].column, True, f"through {key.target}", key)
        back = key.target == table.name and key.table in met and profiles[key.table][key.column].unique
        if back and key.column != met[key.table].column:
            turned = Key(table.name, key.target_column, key.table, key.column, key.found)
            return SideTable(table.name, met[key.table].column, True, f"through {key.table}", turned)
    return None


def _join_through(each: SideTable) -> Join:
    assert each.through is not None
    key = each.through
    return Join(key.table, key.column, key.target, key.target_column, key.found)
