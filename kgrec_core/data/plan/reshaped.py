"""Tables in which a row holds many interactions, as tables of one interaction a row."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from kgrec_core.data.formats.raw_table import CELL_BREAK, RawTable
from kgrec_core.data.ledger import FILE, PROVENANCE, ROW, shown
from kgrec_core.data.plan.profiles import Profile, profile
from kgrec_core.data.plan.reading_plan import LISTS, NUMBERED, ROWS, SEQUENCES, WIDE
from kgrec_core.data.values.column_words import PERSON, THING, is_id, is_name, is_other_time, last_noun, plain
from kgrec_core.data.values.list_cells import split_cells
from kgrec_core.data.values.plain_numbers import floats_of
from kgrec_core.errors import ConfigError
from kgrec_core.schema.columns import ITEM, USER

LINE, USER_CELL, ITEM_CELL, VALUE_CELL, FILE_CELL = "line", "user", "item", "value", "name of the file"
"""Columns of a table that was reshaped: the number of its line as who acts, or its first cell; item; value."""
_LEAST_COLUMNS = 8  # of a wide table
_QUESTION = r"^.*\S\s*\[(.+)\]\s*$"  # of a form: "How do you like our dishes? [Soup]"
_ROWS = 2_000  # by which a column of lists is judged
_SIGNS = (",", ";", "|", "\t", " ")
_BLANKS = 3  # parts of a cell that only blanks separate
_NARROW = 5  # columns of a table whose cells list what a person met
_OPEN = r"^[^)]*\([^)]*$|^[^(]*\)"  # a bracket that another part closes
_MATRIX = 0.6  # share of the columns that are items


def shape_of(table: RawTable, alone: bool) -> str:
    """How the interactions of a table lie. alone: whether no other table holds one interaction a row."""
    if table.ragged:
        return SEQUENCES
    if table.named and not alone:
        return ROWS
    found = profile(table)
    if not table.named and _of_one_kind(found):
        return SEQUENCES
    if alone and _wide_columns(found, table.named):
        return WIDE
    if alone and numbered_columns(found):
        return NUMBERED
    if alone and len(found) <= _NARROW and list_column(found):
        return LISTS
    return ROWS


def numbered_columns(found: dict[str, Profile]) -> list[str]:
    """Columns that are called alike but for a number, and hold things of one kind: first, second and third choice."""
    families: dict[str, list[str]] = {}
    for name, each in found.items():
        if re.search(r"\d", name) and not each.numeric and not each.dates and each.distinct > 1:
            families.setdefault(plain(name), []).append(name)
    for names in families.values():
        every = frozenset().union(*(found[name].known for name in names))
        if len(names) > 1 and all(len(found[name].known) > 0.3 * len(every) for name in names):
            return names
    return []


def _of_one_kind(found: dict[str, Profile]) -> bool:
    """Whether all columns hold words of one vocabulary, as baskets of one size do."""
    if len(found) < 3 or any(each.numeric or each.dates for each in found.values()):
        return False
    every = frozenset().union(*(each.known for each in found.values()))
    return all(len(each.known) > 0.3 * len(every) for each in found.values())


def reshaped(table: RawTable, shape: str) -> RawTable:
    """The table with one interaction a row; as it is where it is so already. Raises ConfigError for a shape that the
    table has not.
    """
    if shape == SEQUENCES:
        return _of_lines(table)
    if shape == WIDE:
        return _of_matrix(table)
    if shape == LISTS:
        return _of_lists(table)
    if shape == NUMBERED:
        return _of_numbered(table)
    return table


def with_file_name(table: RawTable) -> RawTable:
    """The table with the name of its file in each row."""
    if FILE_CELL in table.frame.columns:
        return table
    named = table.frame.assign(**{FILE_CELL: table.name.split("/")[-1 if not table.parent else -2].rsplit(".", 1)[0]})
    order = [name for name in named.columns if name not in PROVENANCE]
    return replace(table, frame=named[[*order, *PROVENANCE]])


def list_columns(found: dict[str, Profile]) -> dict[str, str]:
    """Column of lists -> item, and the column that names each row -> user."""
    lists = list_column(found)
    names = [name for name, each in found.items() if each.unique and name != lists]
    who = next((name for name in names if last_noun(name) == PERSON), names[0] if names else "")
    return {lists: ITEM, **({who: USER} if who else {})}


def list_column(found: dict[str, Profile]) -> str:
    """The column whose cells list things that other rows list too; "" for none."""
    for name, each in found.items():
        if each.dates or each.addresses or not any(other.unique for other in found.values() if other is not each):
            continue
        if any(is_name(other) or last_noun(other) == THING for other in found if found[other].unique and other != name):
            continue  # a catalogue, whose lists are of what items have
        lists = _split(pd.Series(each.values[each.codes[each.codes >= 0][:_ROWS]], dtype=object))
        parts = lists.explode().dropna()
        least = _BLANKS if _only_blanks(each) else 2
        again = (
            len(parts) > 1.5 * parts.nunique()
            and parts.str.count(" ").mean() < 4
            and parts.str.contains(_OPEN).mean() < 0.1
        )
        if lists.map(len).mean() >= least and again:
            return name
    return ""


def _only_blanks(each: Profile) -> bool:
    """Whether nothing but blanks could separate cells, as in names of people."""
    return each.share(r"[^\[{,;|\t]*") > 0.9


def _split(cells: pd.Series) -> pd.Series:
    """A list for each cell: as it is written, or at the sign that is most of them."""
    lists, how = split_cells(cells)
    if how:
        return lists
    texts = cells.astype(str)
    sign = max(_SIGNS, key=lambda each: (texts.str.count(re.escape(each)) > 0).mean())
    if sign == " " and texts.str.count(r"\S*\d\S*").sum() < 0.8 * texts.str.count(r"\S+").sum():
        return texts.map(lambda text: [text])  # blanks part ids, and not the words of a name
    return texts.str.split(sign, regex=False).map(lambda parts: [part for each in parts if (part := each.strip())])


def _of_lines(table: RawTable) -> RawTable:
    """A line is a person: by its first cell, where no other line begins with it and none has it inside."""
    cells = _without_counts(_cells(table))
    first = cells.str[0]
    inside = set(cells.str[1:].explode().dropna())
    named = bool(len(first)) and first.nunique() == len(first) and _apart(first, inside)
    rest = cells.str[1:] if named else cells
    who = first if named else pd.Series([f"{LINE} {row}" for row in table.frame[ROW]], index=table.frame.index)
    return _long(table, who, rest)


def _cells(table: RawTable) -> pd.Series:
    if table.ragged:
        return table.frame["line"].str.split(CELL_BREAK, regex=False)
    rows = table.frame[list(table.columns)].to_numpy(dtype=object)
    return pd.Series([list(row) for row in rows], index=table.frame.index, dtype=object)


def _without_counts(cells: pd.Series) -> pd.Series:
    """The lists without a first number that says, in each, how many follow."""
    counts = floats_of(cells.str[0])
    return cells.str[1:] if len(cells) > 1 and (counts == cells.map(len) - 1).all() else cells


def _apart(first: pd.Series, inside: set[str]) -> bool:
    """Whether the first cells are other things than those behind them: numbers one after another, or never inside."""
    numbers = floats_of(first)
    running = bool(numbers.notna().all() and (np.diff(numbers) > 0).all())
    return running or not inside.intersection(first)


def _of_lists(table: RawTable) -> RawTable:
    name = list_column(profile(table))
    if not name:
        raise _no_shape(table, LISTS, "no column of it holds lists")
    longer = table.frame.assign(**{name: _split(table.frame[name])}).explode(name, ignore_index=True)
    return _with(table, longer[longer[name].notna()])


def _of_numbered(table: RawTable) -> RawTable:
    names = numbered_columns(profile(table))
    lists = pd.Series(table.frame[names].to_numpy(dtype=object).tolist(), index=table.frame.index, dtype=object)
    longer = table.frame.drop(columns=names).assign(**{ITEM_CELL: lists}).explode(ITEM_CELL, ignore_index=True)
    return _with(table, longer[longer[ITEM_CELL].notna() & (longer[ITEM_CELL] != "")])


def _of_matrix(table: RawTable) -> RawTable:
    found = profile(table)
    items = _wide_columns(found, table.named)
    if not items:
        raise _no_shape(table, WIDE, f"it has not {_LEAST_COLUMNS} columns of like numbers, each of one item")
    others = [name for name in found if name not in items]
    able = [name for name in others if found[name].unique and not found[name].dates and not _counts(table, name, items)]
    who = next((name for name in able if last_noun(name) == PERSON), able[0] if able else None)
    frame = table.frame
    line = frame[who] if who else pd.Series([f"{LINE} {row}" for row in frame[ROW]], index=frame.index)
    beside = [name for name in others if name != who and found[name].dates and not is_other_time(name)]
    beside = [name for name in beside if name not in (USER_CELL, ITEM_CELL, VALUE_CELL)]
    called = who if who and who not in (ITEM_CELL, VALUE_CELL) else USER_CELL
    places = frame[items].set_axis(range(len(items)), axis=1)  # an item may be called "value"
    longer = pd.DataFrame({called: line}).join(frame[[*beside, FILE, ROW]]).join(places)
    longer = longer.melt([called, *beside, FILE, ROW], var_name=ITEM_CELL, value_name=VALUE_CELL)
    longer = longer.assign(**{ITEM_CELL: longer[ITEM_CELL].map(dict(enumerate(items))).astype(object)})
    longer = longer[longer[VALUE_CELL].astype(str).str.strip() != ""]
    longer = longer.assign(**{ITEM_CELL: longer[ITEM_CELL].str.replace(_QUESTION, r"\1", regex=True)})
    return _with(table, longer.sort_values(ROW, kind="stable"))


def _no_shape(table: RawTable, shape: str, why: str) -> ConfigError:
    have = ", ".join(repr(shown(name)) for name in table.columns[:20])
    return ConfigError(
        f"In the plan, {table.name} has the shape {shape}, and {why}; there are {have}. Choose the shape {ROWS}."
    )


def _counts(table: RawTable, name: str, items: list[str]) -> bool:
    """Whether a column tells how many of the items the row has."""
    numbers = floats_of(table.frame[name])
    filled = (table.frame[items] != "").sum(axis=1)
    return bool(numbers.notna().all() and (numbers <= len(items)).all() and (numbers == filled).mean() > 0.5)


def is_cell_of_wide(found: Mapping[str, Profile], name: str) -> bool:
    """Whether a column is one of many alike, as the things of a survey are, and so no id whatever it is called."""
    return not is_id(name) and name in _wide_columns(dict(found), True)


def _wide_columns(found: dict[str, Profile], named: bool) -> list[str]:
    """The columns that are items, each a number a person; none where the table is not wide."""
    numeric = [each for each in found.values() if each.numeric and not (each.unique and each.whole)]
    few = [each for each in numeric if each.distinct <= max(21, each.filled // 2) or not each.whole]
    if len(few) < _LEAST_COLUMNS or len(few) < _MATRIX * len(found):
        return []
    tops = pd.Series([float(each.numbers.max()) for each in few])
    lows = pd.Series([float(each.numbers.min()) for each in few])
    top, low = tops.median(), lows.median()
    alike = [
        each
        for each, its_top, its_low in zip(few, tops, lows, strict=True)
        if its_top <= 2 * abs(top) + 1 and its_low >= low - abs(top) - 1
    ]
    if len(alike) < max(_LEAST_COLUMNS, _MATRIX * len(found)):
        return []
    if not named and alike and alike[0].name == "column 1" and _is_count_of(alike[0], alike[1:]):
        alike = alike[1:]
    return [each.name for each in alike]


def _is_count_of(first: Profile, rest: list[Profile]) -> bool:
    return bool(first.whole and float(first.numbers.min()) >= 1 and any(not each.whole for each in rest))


def _long(table: RawTable, who: pd.Series, lists: pd.Series) -> RawTable:
    frame = pd.DataFrame({USER_CELL: who, ITEM_CELL: lists, FILE: table.frame[FILE], ROW: table.frame[ROW]})
    longer = frame.explode(ITEM_CELL, ignore_index=True)
    return _with(table, longer[longer[ITEM_CELL].notna() & (longer[ITEM_CELL] != "")])


def _with(table: RawTable, frame: pd.DataFrame) -> RawTable:
    order = [name for name in frame.columns if name not in PROVENANCE]
    return RawTable(table.name, frame[[*order, *PROVENANCE]].reset_index(drop=True), True, False, table.role)
