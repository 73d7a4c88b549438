"""From raw tables to a plan of what each is and means."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kgrec_core.data.formats.raw_table import RawTable
from kgrec_core.data.ledger import concat
from kgrec_core.data.plan.graph_plans import FACTS, graph_of, graph_plans
from kgrec_core.data.plan.graph_tables import GraphTables
from kgrec_core.data.plan.interaction_columns import meanings
from kgrec_core.data.plan.joined import with_columns_of
from kgrec_core.data.plan.nested_readings import best_reading
from kgrec_core.data.plan.person_and_item import Pair, enough, opinions_of, points_beside_others
from kgrec_core.data.plan.profiles import profile, shared
from kgrec_core.data.plan.question import refuse_one_listener, which_columns
from kgrec_core.data.plan.reading_plan import (
    FACT,
    KEY,
    LISTS,
    NUMBERED,
    ROWS,
    SEQUENCES,
    ColumnMeaning,
    Join,
    ReadingPlan,
    TablePlan,
)
from kgrec_core.data.plan.reshaped import (
    FILE_CELL,
    ITEM_CELL,
    is_cell_of_wide,
    list_columns,
    reshaped,
    shape_of,
    with_file_name,
)
from kgrec_core.data.plan.side_tables import named_sides, side_tables
from kgrec_core.data.plan.table_events import unrated, weights_of, with_events_of_files
from kgrec_core.data.plan.table_keys import keys
from kgrec_core.data.plan.table_set import TableSet, gain, name_kinds
from kgrec_core.data.values.column_words import (
    PERSON,
    is_author_of_opinion,
    last_noun,
    plain,
    role_words,
)
from kgrec_core.schema.columns import ITEM, USER

INTERACTIONS = "interactions"
_MANY_FILES = 5  # of one kind, from which on each can be of one item or person
_SMALLEST = 0.02  # rows of a table of interactions, as a share of the largest that could be one
_FACT_COLUMNS = 3  # head, relation, tail; wider tables with the ids of items describe these


@dataclass(frozen=True, eq=False)
class Planned:
    """A plan, and the tables that it is about, reshaped and joined; those of facts apart."""

    plan: ReadingPlan
    tables: Mapping[str, RawTable]
    graph: GraphTables = field(default_factory=GraphTables)


def planned(raws: Sequence[RawTable], chosen: Mapping[str, str]) -> Planned:
    """What each table is. Raises DataError where no table can be told to hold interactions."""
    table_set = TableSet({}, chosen)
    for table in raws:
        shape = shape_of(table, alone=False)
        table_set.look(reshaped(table, shape), shape)
    for family in _families(list(table_set.tables.values())):
        whole = profile(replace(family[0], frame=concat([table.frame for table in family])))
        table_set.profiles |= {table.name: whole for table in family}
    if raws and all(table.role == FACTS for table in raws):  # more facts beside a published data set
        graph = graph_of(table_set.tables, (), (), chosen)
        return Planned(ReadingPlan(tuple(graph_plans(graph, table_set.tables))), table_set.tables, graph)
    table_set.keys = keys(list(table_set.tables.values()), table_set.profiles)
    found = _interactions(table_set)
    if not found:
        for table in _in_question(table_set):
            shape = shape_of(table, alone=True)
            if shape != ROWS:
                table_set.hints[table.name] = _hints(table_set, table, shape)
                table_set.look(reshaped(table, shape), shape)
        found = _interactions(table_set) or _one_file_each(table_set)
    if not found:
        refuse_one_listener(raws, table_set.profiles)
        raise which_columns(list(raws), table_set.profiles)
    for pair in found:
        name_kinds(table_set, pair)
    graph = graph_of(table_set.tables, _no_facts(table_set, found), _met(table_set, found), chosen)
    taken = {*graph.used, *(join.right for join in table_set.joins)}
    rest_of = {name: table for name, table in table_set.tables.items() if name not in taken}
    keys_left = [key for key in table_set.keys if key.table in rest_of and key.target in rest_of]
    sides = side_tables(rest_of, table_set.profiles, keys_left, {pair.table: pair for pair in found}, chosen)
    for join in sides.joins:
        table_set.tables[join.left] = with_columns_of(table_set.tables[join.left], table_set.tables[join.right], join)
    table_set.joins += sides.joins
    plans = with_events_of_files([_plan_of(table_set, pair) for pair in found])
    facts = graph_plans(graph, table_set.tables)
    known = {each.table for each in (*plans, *sides.plans, *facts)}
    joined = {join.right for join in table_set.joins}
    rest = [_unused(table, joined, table_set.shapes) for table in raws if table.name not in known]
    sides_as_read = [replace(each, shape=table_set.shapes[each.table]) for each in sides.plans]
    order = {table.name: place for place, table in enumerate(raws)}
    tables = sorted((*plans, *sides_as_read, *facts, *rest), key=lambda each: order[each.table])
    return Planned(
        ReadingPlan(
            tuple(tables),
            tuple(table_set.joins),
            weights_of(plans, table_set.profiles),
            unrated(plans, table_set.tables),
        ),
        table_set.tables,
        graph,
    )


def planned_beside(raws: Sequence[RawTable], chosen: Mapping[str, str], met: Collection[str]) -> Planned:
    """What tables of items, users and facts are that a person named beside interactions which are known already.

    met: ids of the items of these interactions
    """
    table_set = TableSet({}, chosen)
    for table in raws:
        table_set.look(table)
    graph = graph_of(table_set.tables, [], met, chosen)
    plans = [*named_sides(table_set.tables, table_set.profiles, chosen), *graph_plans(graph, table_set.tables)]
    known = {each.table for each in plans}
    rest = [_unused(table, set(), {}) for name, table in table_set.tables.items() if name not in known]
    return Planned(ReadingPlan((*plans, *rest)), table_set.tables, graph)


def _no_facts(table_set: TableSet, found: Sequence[Pair]) -> list[str]:
    """Tables of interactions, and wide ones that have the ids of the items themselves, with what is nested in them."""
    met = {(pair.table, pair.item) for pair in found}
    own = {pair.table for pair in found}
    own |= {
        key.target
        for key in table_set.keys
        if (key.table, key.column) in met
        and len(table_set.tables[key.target].columns) > _FACT_COLUMNS
        and not table_set.profiles[key.target][key.target_column].addresses
    }
    return [name for name, table in table_set.tables.items() if name in own or table.parent in own]


def _met(table_set: TableSet, found: Sequence[Pair]) -> set[str]:
    """Ids of the items that people met."""
    return {str(item) for pair in found for item in table_set.tables[pair.table].frame[pair.item].unique() if item}


def _hints(table_set: TableSet, table: RawTable, shape: str) -> Mapping[str, str]:
    """Column -> what the shape of a table says of it."""
    if shape == LISTS:
        return list_columns(table_set.profiles[table.name])
    return {ITEM_CELL: ITEM} if shape == NUMBERED else {}


def _one_file_each(table_set: TableSet) -> list[Pair]:
    """Interactions of many files alike, each of one item or of one person, whom the name of the file tells."""
    families = _families(_in_question(table_set))
    for family in families:
        if len(family) < _MANY_FILES:
            continue
        for table in family:
            table_set.look(with_file_name(table), table_set.shapes[table.name])
        whole = profile(replace(family[0], frame=concat([table_set.tables[table.name].frame for table in family])))
        table_set.profiles |= {table.name: whole for table in family}
        about = opinions_of(family[0])
        told = any(last_noun(name) == PERSON or is_author_of_opinion(name, about) for name in family[0].columns)
        missing = ITEM if told else USER
        table_set.hints |= {table.name: {FILE_CELL: missing} for table in family}
    return _interactions(table_set)


def _families(tables: Sequence[RawTable]) -> list[list[RawTable]]:
    """Tables that are parts of one: of the same columns; where these have no names, called alike but for digits."""
    found: dict[tuple[str, ...], list[RawTable]] = {}
    for table in tables:
        part = () if table.named else (plain(table.stem),)
        found.setdefault((*table.columns, *part, str(bool(table.parent))), []).append(table)
    return [family for family in found.values() if len(family) > 1]


def _interactions(table_set: TableSet) -> list[Pair]:
    """The reading of the table that most speaks for interactions, and of those like it."""
    readings: list[Pair] = []
    for table in _in_question(table_set):
        gain(table_set, table)
        readings += best_reading(table_set, table.name)
    largest = max((len(table_set.tables[pair.table].frame) for pair in readings), default=0)
    readings = [
        pair
        for pair in readings
        if enough(pair, table_set.tables[pair.table])
        and len(table_set.tables[pair.table].frame) >= _SMALLEST * largest
        and not (table_set.tables[pair.table].named and is_cell_of_wide(table_set.profiles[pair.table], pair.item))
    ]
    if not readings:
        return []
    best = max(readings, key=lambda pair: (points_beside_others(pair), table_set.tables[pair.table].frame.shape[0]))
    parent = table_set.tables[best.table].parent
    others = [
        pair
        for pair in readings
        if not f"{best.table}/".startswith(f"{pair.table}/")
        and table_set.tables[pair.table].parent not in ({best.table, parent} - {""})
        and _alike(table_set, pair, best)
    ]
    return [best, *others]


def _in_question(table_set: TableSet) -> list[RawTable]:
    """Tables that may hold interactions: those that a person named for it, else all without another role."""
    named = [table for table in table_set.tables.values() if table.role == INTERACTIONS]
    if named:
        return named
    return [table for table in table_set.tables.values() if not table.role and not _is_graph(table)]


def _is_graph(table: RawTable) -> bool:
    """Whether the names of the columns are those of facts."""
    names = {plain(name) for name in table.columns}
    heads = {"head", "headid", "subject", "s", "startid", "source", "src", "h", "from"}
    links = {"relation", "relationid", "predicate", "p", "type", "property", "edge", "r", "rel", "label"}
    tails = {"tail", "tailid", "object", "o", "endid", "target", "t", "to", "dst"}
    return bool(names & heads and names & links and names & tails)


def _alike(table_set: TableSet, pair: Pair, best: Pair) -> bool:
    """Whether another table tells of the same people and things."""
    one, other = table_set.profiles[pair.table], table_set.profiles[best.table]
    table, chief = table_set.tables[pair.table], table_set.tables[best.table]
    if {"social", "sample"} & role_words(table.stem):
        return False
    if table_set.shapes[table.name] == SEQUENCES and "items" in role_words(table.stem) - role_words(chief.stem):
        return False  # lists of what things have, beside lists of what people met
    names = (
        table.named and chief.named and plain(pair.user) == plain(best.user) and plain(pair.item) == plain(best.item)
    )
    item_in = shared(one[pair.item], other[best.item])
    user_in = shared(one[pair.user], other[best.user])
    if table.named != chief.named and not table.role:
        return False
    if not table.named and (item_in < 0.5 or user_in < 0.2):
        return False
    if names:
        return item_in >= 0.2 or user_in < 0.2 or set(table.columns) == set(chief.columns)
    return item_in >= 0.5 and user_in >= 0.2 and not one[pair.item].unique


def _plan_of(table_set: TableSet, pair: Pair) -> TablePlan:
    table, found = table_set.tables[pair.table], table_set.profiles[pair.table]
    user = ColumnMeaning(pair.user, USER, pair.user_sure, pair.user_why)
    item = ColumnMeaning(pair.item, ITEM, pair.item_sure, pair.item_why)
    columns = meanings(found, user, item, table.named)
    own = {name: meant for name, meant in table_set.chosen.items() if name in found}
    columns = [_said(each, own) for each in columns]
    columns = [_key(each, table_set.joins, table.name) for each in columns]
    return TablePlan(table.name, INTERACTIONS, table_set.shapes[table.name], tuple(columns), "", len(table.frame))


def _said(each: ColumnMeaning, chosen: Mapping[str, str]) -> ColumnMeaning:
    if each.column in chosen:
        return ColumnMeaning(each.column, chosen[each.column], True, "chosen")
    return (
        each
        if each.meaning not in chosen.values() or not each.meaning
        else ColumnMeaning(each.column, "", True, "another column was chosen")
    )


def _key(each: ColumnMeaning, joins: Sequence[Join], table: str) -> ColumnMeaning:
    if each.meaning in ("", FACT) and any(join.left == table and join.left_column == each.column for join in joins):
        return ColumnMeaning(each.column, KEY, True, "it joins two tables")
    return each


def _unused(table: RawTable, joined: set[str], shapes: Mapping[str, str]) -> TablePlan:
    """Of a table without a role, as it stands in its file."""
    why = "its columns were joined to another table" if table.name in joined else "nothing in it meets the rest"
    columns = tuple(ColumnMeaning(name, "", True, why) for name in table.columns)
    shape = shapes[table.name] if table.name in joined else ROWS
    return TablePlan(table.name, "", shape, columns, why, len(table.frame))
