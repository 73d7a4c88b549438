"""Which tables hold facts about items, in whatever words their columns are called, and these facts in one table."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import pandas as pd

from kgrec_core.data.formats.raw_table import RawTable
from kgrec_core.data.ledger import FILE, PROVENANCE, Ledger, concat, with_provenance
from kgrec_core.data.plan.graph_columns import (
    TripleColumns,
    folded,
    item_link,
    property_columns,
    said_columns,
    triple_columns,
)
from kgrec_core.data.plan.graph_labels import LabelTable, label_table
from kgrec_core.data.plan.item_entities import item_entities
from kgrec_core.data.plan.numbered_facts import numbered_facts
from kgrec_core.data.plan.query_answers import answer_facts, item_column
from kgrec_core.data.values.addresses import last_part, unwrapped
from kgrec_core.schema.columns import HEAD, HEAD_LABEL, RELATION, TAIL, TAIL_LABEL, TIMESTAMP

TRIPLES, PROPERTIES, LINKS, ANSWERS = "triples", "properties", "links", "answers"
LABELS, PARENTS = "labels", "parents"
_TIME = "_time"
_COLUMNS = [HEAD, RELATION, TAIL, HEAD_LABEL, TAIL_LABEL, *PROVENANCE]
_PARENT_NAMES = frozenset(
    "parent parentid parentcategory parentcategoryid parentcategorynumber parentnode broader supercategory".split()
)
_NUMBERS = "it says what the numbers in the facts stand for"
_NOTHING_SAID: Mapping[str, Mapping[str, str]] = MappingProxyType({})
_Lost = tuple[pd.DataFrame, str, str]


@dataclass(frozen=True, slots=True)
class GraphUse:
    """What a table was taken for. columns: its columns -> what they are: head, relation, tail, label, timestamp, ..."""

    kind: str  # triples, properties, links, answers, labels, parents
    columns: Mapping[str, str]
    why: str
    facts: int = 0


@dataclass(frozen=True, eq=False)
class GraphTables:
    """triples: head, relation, tail, head_label, tail_label with provenance, None where there is no fact.

    used: name of a raw table -> what it was taken for · titles: item id -> what the graph calls it
    left: rows that are no facts, with the column and the reason
    """

    triples: pd.DataFrame | None = None
    used: Mapping[str, GraphUse] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    left: tuple[_Lost, ...] = ()


def graph_tables(
    raws: Sequence[RawTable],
    item_ids: Collection[str],
    said: Mapping[str, Mapping[str, str]] = _NOTHING_SAID,
    beside: Sequence[RawTable] = (),
) -> GraphTables:
    """The tables of facts among those that may be some, such as all that are neither interactions nor users.

    item_ids: ids of the items that people met · said: table -> column -> its meaning, as a person chose it
    beside: tables of items, which may say what stands for each item in the facts
    Raises DataError for a table that was given for facts and has too few columns.
    """
    items = frozenset(item_ids) | frozenset(map(last_part, item_ids))
    numbered = numbered_facts(raws, items)
    entities, why = item_entities([raw for raw in raws if raw.name not in numbered.lists], beside, items)
    ids = items | frozenset(entities.items)
    able = [_with_first_row(raw, ids) for raw in raws if not raw.ragged and len(raw.frame)]
    able = [raw for raw in able if raw.name not in entities.tables]
    given = {raw.name: raw.columns for raw in raws}
    found: dict[str, tuple[GraphUse, pd.DataFrame]] = {}
    for raw in able:
        one = _facts(raw, ids, _by_place(said, raw, given[raw.name]), numbered.columns.get(raw.name))
        if one and raw.name not in numbered.lists:
            found[raw.name] = one
    if not found:
        return GraphTables()
    rest = [raw for raw in able if raw.name not in found and raw.name not in numbered.lists]
    inside = [_nodes(raw, found[raw.name][0]) for raw in able if raw.name in found]
    kept = {name: _said(use, frame) for name, (use, frame) in found.items()}
    triples = numbered.named(concat([frame[_COLUMNS] for frame, _ in kept.values()]))
    labels = {raw.name: table for raw in rest if (table := label_table(raw, triples, items))}
    named = [*labels.values(), *(table for raw in inside if raw and (table := label_table(raw, triples, items)))]
    for table in named:
        triples = table.told(triples)
    used = {name: replace(use, facts=len(kept[name][0])) for name, (use, _) in found.items()}
    used |= {name: GraphUse(LABELS, table.columns, table.why) for name, table in labels.items()}
    used |= {name: GraphUse(LABELS, columns, _NUMBERS) for name, columns in numbered.lists.items()}
    used |= {name: GraphUse(LABELS, columns, why[name]) for name, columns in entities.tables.items()}
    used |= {raw.name: use for raw in rest if raw.name not in labels and (use := _parents(raw, triples))}
    left = tuple(each for _, lost in kept.values() for each in lost)
    triples = entities.placed(triples)
    return GraphTables(triples, used, {**entities.titles, **_titles(named, triples, items)}, left)


def tell_graph(graph: GraphTables, ledger: Ledger) -> None:
    """What became of these tables as they were read. Their facts are cleaned, and accounted for, later."""
    before = {account.file: account for account in ledger.accounts()}
    for name, use in graph.used.items():
        lost = sum(len(frame) for frame, _, _ in graph.left if str(frame[FILE].iloc[0]) == name)
        rows, gone = use.facts + lost, 0
        if name in before:
            rows, gone = before[name].rows, before[name].merged + before[name].dropped
        ledger.read(name, "triples" if use.kind not in (LABELS, PARENTS) else "labels", rows)
        more = use.facts + lost + gone - rows
        if use.facts and more:
            ledger.holds_more(name, more, "facts")
        if use.kind == PARENTS:
            ledger.note(name, f"{use.why}; such a tree is not used")
    for frame, column, why in graph.left:
        ledger.drop(frame, column, why, "Nothing to do.", "note")


def _facts(
    raw: RawTable, ids: frozenset[str], said: Mapping[str, str], numbered: tuple[str, str, str] | None
) -> tuple[GraphUse, pd.DataFrame] | None:
    """The facts of one table; None for a table that holds none. numbered: its head, relation, tail, if all numbers."""
    if said:
        columns = said_columns(raw, triple_columns(raw, ids), said)
        return (GraphUse(TRIPLES, _meanings(columns), columns.why), _rows(raw, columns)) if columns else None
    if numbered:
        columns = TripleColumns(*numbered, "its numbers are those of lists of things and of relations")
        return GraphUse(TRIPLES, _meanings(columns), columns.why), _rows(raw, columns)
    if properties := property_columns(raw, ids):
        return GraphUse(PROPERTIES, _meanings(properties), properties.why), _rows(raw, properties)
    if columns := triple_columns(raw, ids):
        return GraphUse(TRIPLES, _meanings(columns), columns.why), _rows(raw, columns)
    if link := item_link(raw, ids):
        return GraphUse(LINKS, _meanings(link), link.why), _rows(raw, link)
    if item := item_column(raw, ids):
        facts, meanings = answer_facts(raw, item)
        why = f"{item!r} holds addresses of items, and the other columns what is said of them"
        return (GraphUse(ANSWERS, meanings, why), facts) if len(facts) else None
    if raw.role == "triples" and (columns := said_columns(raw, None, {})):
        return GraphUse(TRIPLES, _meanings(columns), columns.why), _rows(raw, columns)
    return None


def _with_first_row(raw: RawTable, ids: frozenset[str]) -> RawTable:
    """A table without a header whose first fact was taken for one: an item and a relation that stand below it too."""
    names = raw.columns
    if not raw.named or len(names) != 3 or not {names[0], last_part(names[0]), names[2], last_part(names[2])} & ids:
        return raw
    if names[1] not in set(raw.frame[names[1]]):
        return raw
    places = [f"column {number}" for number in range(1, 4)]
    first = with_provenance(pd.DataFrame([names], columns=places, dtype=object), raw.name, [1])
    below = raw.frame.rename(columns=dict(zip(names, places, strict=True)))
    return replace(raw, frame=concat([first, below]), named=False)


def _by_place(said: Mapping[str, Mapping[str, str]], raw: RawTable, given: Sequence[str]) -> Mapping[str, str]:
    """What was said of the columns, under the names that they have now."""
    now = dict(zip(given, raw.columns, strict=True))
    return {now[name]: meaning for name, meaning in said.get(raw.name, {}).items() if name in now}


def _meanings(columns: TripleColumns) -> dict[str, str]:
    named = {
        columns.head: HEAD,
        columns.relation: RELATION,
        columns.tail: TAIL,
        columns.head_label: HEAD_LABEL,
        columns.tail_label: TAIL_LABEL,
        columns.time: TIMESTAMP,
    }
    return {name: meaning for name, meaning in named.items() if name}


def _rows(raw: RawTable, columns: TripleColumns) -> pd.DataFrame:
    frame = raw.frame
    time = {_TIME: frame[columns.time]} if columns.time else {}
    return pd.DataFrame(
        {
            HEAD: frame[columns.head],
            RELATION: frame[columns.relation] if columns.relation else columns.always,
            TAIL: frame[columns.tail],
            HEAD_LABEL: frame[columns.head_label] if columns.head_label else "",
            TAIL_LABEL: frame[columns.tail_label] if columns.tail_label else "",
            **{name: frame[name] for name in PROVENANCE},
            **time,
        }
    )


def _said(use: GraphUse, frame: pd.DataFrame) -> tuple[pd.DataFrame, list[_Lost]]:
    """Facts that say something, and the other rows; of properties only the latest, and those that have a name."""
    left: list[_Lost] = []

    def without(bad: pd.Series, column: str, why: str) -> pd.DataFrame:
        if bad.any():
            left.append((frame.loc[bad, _COLUMNS], column, why))
        return frame[~bad]

    frame = without((frame[TAIL] == "") | (frame[HEAD] == ""), TAIL, "there is nothing in the cell")
    if use.kind != PROPERTIES:
        return frame, left
    numbers = frame[RELATION].str.isdecimal()
    if not numbers.all():
        frame = without(numbers, RELATION, "is a number instead of the name of a property, so it says nothing")
    if _TIME in frame:
        times = pd.to_numeric(frame[_TIME], errors="coerce")
        order = times if times.notna().all() else frame[_TIME]
        past = order < order.groupby([frame[HEAD], frame[RELATION]]).transform("max")
        frame = without(past, TAIL, "a later row tells this property anew")
    return frame, left


def _nodes(raw: RawTable, use: GraphUse) -> RawTable | None:
    """The rows of a table of facts that have no ends, as exports in one file tell their nodes."""
    ends = [name for name, meaning in use.columns.items() if meaning in (HEAD, TAIL)]
    rows = raw.frame[(raw.frame[ends] == "").all(axis=1)] if use.kind == TRIPLES else raw.frame[:0]
    return replace(raw, frame=rows) if len(rows) else None


def _parents(raw: RawTable, triples: pd.DataFrame) -> GraphUse | None:
    """A tree of categories: things of the facts, and what each belongs to."""
    if len(raw.columns) != 2 or not raw.named:
        return None
    parent = next((name for name in raw.columns if folded(name) in _PARENT_NAMES), "")
    child = next((name for name in raw.columns if name != parent), "")
    if not parent or not raw.frame[child].isin(triples[TAIL]).any():
        return None
    return GraphUse(PARENTS, {child: "id", parent: "parent"}, f"{parent!r} tells what each {child!r} belongs to")


def _titles(labels: Iterable[LabelTable], triples: pd.DataFrame, ids: frozenset[str]) -> dict[str, str]:
    """What the graph calls the items, by their ids."""
    told: dict[str, str] = {}
    for table in labels:
        told |= {item: label for item, label in table.labels.items() if item in ids and label}
    named = triples[triples[HEAD_LABEL] != ""].drop_duplicates(HEAD)
    for head, label in zip(named[HEAD], named[HEAD_LABEL], strict=True):
        for item in (unwrapped(head), last_part(head)):
            if item in ids:
                told.setdefault(item, label)
    return told
