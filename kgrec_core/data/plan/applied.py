"""From a plan and the tables that it is about to the tables of the contract."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import pandas as pd

from kgrec_core.data.formats.format import Tables
from kgrec_core.data.formats.raw_table import RawTable
from kgrec_core.data.frames import with_columns
from kgrec_core.data.ledger import FILE, PROVENANCE, ROW, Ledger, concat
from kgrec_core.data.plan.reading_plan import CLOCK, FACT, LEFT_OUT, PROFILE, ReadingPlan, TablePlan
from kgrec_core.data.values.column_words import are_pieces, is_best_first, is_count, is_tag
from kgrec_core.data.values.dates import joined_day_and_clock
from kgrec_core.data.values.numbers import as_numbers
from kgrec_core.data.values.plain_numbers import floats_of
from kgrec_core.schema.columns import EVENT, ITEM, TEXT, TIMESTAMP, TITLE, USER, VALUE

_INTERACTIONS, _ITEMS, _USERS = "interactions", "items", "users"
_TAGS = 50  # words of an item, the most frequent ones
_OF_ITEM = (TITLE, TEXT, FACT)


def applied(plan: ReadingPlan, tables: Mapping[str, RawTable], triples: pd.DataFrame | None, ledger: Ledger) -> Tables:
    """tables: reshaped and joined, by name. What the plan leaves out is told in the ledger."""
    frames: dict[str, list[pd.DataFrame]] = {_INTERACTIONS: [], _ITEMS: [], _USERS: []}
    made: list[pd.DataFrame] = []
    for each in plan.tables:
        if each.role in frames and each.table in tables:
            _told(each, ledger)
            frame = tables[each.table].frame
            frames[each.role].append(_best_last(each, _renamed(each, frame), ledger))
            if each.role == _INTERACTIONS:
                made += _items_inside(each, tables[each.table])
    values = [name for each in plan.tables if each.role == _INTERACTIONS and (name := each.column(VALUE))]
    return Tables(
        interactions=_below(frames[_INTERACTIONS]),
        items=_below([*frames[_ITEMS], *made]),
        users=_below(frames[_USERS]),
        triples=triples,
        implicit=bool(values) and all(_counts(name, tables, plan) for name in values),
        pieces=bool(values) and all(map(are_pieces, values)),
        guess=True,
        event_weights=plan.events,
        no_rating=plan.no_rating,
        plan=plan,
    )


def _best_last(each: TablePlan, frame: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """Grades of which 1 is the best, turned round, so that more is better."""
    name = each.column(VALUE)
    if name is None or VALUE not in frame or not is_best_first(name):
        return frame
    grades = as_numbers(frame[VALUE])
    turned = grades.min() + grades.max() - grades
    what = f"of {name!r} 1 is the best grade, so grades were turned round: {grades.max():g} stands for the best now"
    ledger.note(each.table, what)
    return with_columns(frame, {VALUE: turned.map("{:g}".format).where(grades.notna(), frame[VALUE])})


def _counts(name: str, tables: Mapping[str, RawTable], plan: ReadingPlan) -> bool:
    """Whether a value tells how often: by its name, or where there is none, by numbers that no grades have."""
    if is_count(name):
        return True
    unnamed = [each for each in plan.tables if each.column(VALUE) == name and not tables[each.table].named]
    if not unnamed:
        return False
    numbers = floats_of(tables[unnamed[0].table].frame[name]).dropna()
    return bool(len(numbers) and (numbers % 1 == 0).all() and numbers.max() > 10 and (numbers.min() >= 0))


def _told(each: TablePlan, ledger: Ledger) -> None:
    meaning = {one.column: one.meaning for one in each.columns if one.meaning not in (LEFT_OUT, FACT, PROFILE, CLOCK)}
    others = [one.column for one in each.columns if one.column not in meaning and one.meaning != CLOCK]
    ledger.called(each.table, each.role, meaning, others)
    ledger.is_table(each.table, each.role)
    for one in each.columns:
        if not one.sure and one.meaning in (USER, ITEM, VALUE, TIMESTAMP):
            ledger.note(
                each.table,
                f"{one.column!r} was taken for {one.meaning}, which is a guess ({one.why})",
                f'Say --map "{one.column}=" and which column it is, if another is meant.',
            )


def _renamed(each: TablePlan, frame: pd.DataFrame) -> pd.DataFrame:
    """The columns of the contract by their names there; attributes keep their own."""
    taken = {one.column: one.meaning for one in each.columns if one.meaning in (USER, ITEM, VALUE, EVENT, TIMESTAMP)}
    if each.role != _INTERACTIONS:
        taken |= {one.column: one.meaning for one in each.columns if one.meaning in (TITLE, TEXT)}
        kept = [one.column for one in each.columns if one.meaning in (FACT, PROFILE)]
    else:
        kept = []
    clock = each.column(CLOCK)
    day = each.column(TIMESTAMP)
    if clock and day:
        frame = frame.assign(**{day: joined_day_and_clock(frame[day], frame[clock])})
    spare = {name: f"{name} (other)" for name in kept if name in taken.values() and name not in taken}
    found = frame[[*taken, *kept, *PROVENANCE]].rename(columns={**taken, **spare})
    return found.assign(**{EVENT: each.event}) if each.event and EVENT not in found else found


def _items_inside(each: TablePlan, table: RawTable) -> list[pd.DataFrame]:
    """What rows of interactions tell of their items: one row an item, made and not read."""
    own = {one.column: one.meaning for one in each.columns if one.meaning in _OF_ITEM}
    item = each.column(ITEM)
    if not own or item is None:
        return []
    names = {item: ITEM, **{column: meant for column, meant in own.items() if meant != FACT}}
    if not table.named:
        names |= _relations([column for column, meant in own.items() if meant == FACT])
    spare = {name: f"{name} (other)" for name in own if name in names.values() and name not in names}
    called = {**names, **spare}
    found = table.frame[[item, *own]].rename(columns=called)
    groups = found.replace("", None).groupby(ITEM, sort=False)
    one = groups.first().fillna("")
    tags = [called.get(name, name) for name, meant in own.items() if meant == FACT and table.named and is_tag(name)]
    for column in tags:
        one[column] = groups[column].agg(_listed)
    return [with_columns(one.reset_index(), {FILE: "", ROW: 0})]


def _relations(columns: Sequence[str]) -> dict[str, str]:
    """What facts in columns without names are called."""
    return {column: "category" if place == 0 else f"category {place + 1}" for place, column in enumerate(columns)}


def _listed(cells: pd.Series) -> str:
    """The words that most often stand for one item, as one cell; a single one as it is."""
    words = list(cells.dropna().value_counts().index[:_TAGS])
    return json.dumps(words, ensure_ascii=False) if len(words) > 1 else "".join(map(str, words))


def _below(frames: Sequence[pd.DataFrame]) -> pd.DataFrame | None:
    """Tables of one role below each other; a cell that one does not have is empty."""
    if not frames:
        return None
    frame = concat(list(frames))
    columns = [name for name in frame.columns if name not in PROVENANCE]
    return with_columns(frame, {name: frame[name].fillna("") for name in columns})
