"""What will be read from files and how: shown to the person before anything is read, edited, saved, replayed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from kgrec_core.errors import ConfigError
from kgrec_core.schema.columns import (
    EVENT,
    HEAD,
    HEAD_LABEL,
    ITEM,
    RELATION,
    TAIL,
    TAIL_LABEL,
    TEXT,
    TIMESTAMP,
    TITLE,
    USER,
    VALUE,
)

ROWS, WIDE, SEQUENCES, LISTS, NUMBERED = "rows", "wide", "sequences", "lists", "numbered"
"""Shapes: a row a record · a row a person, a column an item · a line a person, its cells items · items listed in a
cell · a first, second and third choice in columns beside each other."""
SHAPES = (ROWS, WIDE, SEQUENCES, LISTS, NUMBERED)
FACT, PROFILE, KEY, CLOCK, LEFT_OUT = "fact", "profile", "key", "clock", ""
"""Meanings beside the columns of the contract: an attribute of an item, of a person, a key that joins two tables,
the time of day beside a day."""
SEVERAL = (FACT, PROFILE, KEY, LEFT_OUT)
"""Meanings that many columns of one table may have."""


@dataclass(frozen=True, slots=True)
class ColumnMeaning:
    """What one column is taken for."""

    column: str
    meaning: str  # a column of the contract (user_id, item_id, value, event, ...), fact, profile, key, "" left out
    sure: bool  # False where it was guessed, and another reading was near
    why: str  # "its name says so", "24 values, each in 10 rows", "chosen"


@dataclass(frozen=True, slots=True)
class TablePlan:
    """What one table is taken for."""

    table: str  # RawTable.name
    role: str  # interactions | items | users | triples; "" for a table that others are joined to, or that is left out
    shape: str
    columns: tuple[ColumnMeaning, ...]
    why: str  # why it has this role, or why it is left out
    rows: int = 0
    event: str = ""  # what every row of it is, by the name of its file: "clicks"

    def column(self, meaning: str) -> str | None:
        """The column with a meaning."""
        return next((each.column for each in self.columns if each.meaning == meaning), None)


@dataclass(frozen=True, slots=True)
class Join:
    """Rows of `left` get the columns of the row of `right` with the same key."""

    left: str
    left_column: str
    right: str
    right_column: str
    found: float  # share of the keys of `left` that `right` has


@dataclass(frozen=True, slots=True)
class ReadingPlan:
    """All tables, how they join, and what their values say. Weights of events: word -> weight, below 0 takes away."""

    tables: tuple[TablePlan, ...]
    joins: tuple[Join, ...] = ()
    events: Mapping[str, float] = field(default_factory=dict)
    no_rating: tuple[str, ...] = ()  # cells that stand for "no rating", such as -1 or 99
    domain: str = ""

    def to_json(self) -> str:
        """As it is saved; `read_plan` reads it."""
        return json.dumps({"version": 1, **asdict(self)}, ensure_ascii=False, indent=1)


def read_plan(text: str) -> ReadingPlan:
    """A saved plan, each part of the type that it shall have. Raises ConfigError for what is none."""
    try:
        if len(text) > LARGEST_PLAN:
            raise ConfigError(f"The plan is longer than {LARGEST_PLAN:,} letters, so it is none.")
        found: Any = json.loads(text)
        if found["version"] != 1:
            raise ConfigError(f"The plan has version {str(found['version'])[:20]!r}, not 1. Make it anew.")
        return ReadingPlan(
            tuple(_table(each) for each in _list(found["tables"])),
            tuple(_join(each) for each in _list(found["joins"])),
            {str(word): float(weight) for word, weight in found["events"].items()},
            tuple(_text(each) for each in _list(found["no_rating"])),
            _text(found["domain"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        said = f"there is no {error}" if isinstance(error, KeyError) else str(error)
        raise ConfigError(
            f"The plan cannot be read ({said[:200]}). Save one anew with `validate --save-plan F`."
        ) from error


def _table(found: Mapping[str, Any]) -> TablePlan:
    columns = tuple(
        ColumnMeaning(_text(each["column"]), _text(each["meaning"]), bool(each["sure"]), _text(each["why"]))
        for each in _list(found["columns"])
    )
    table, role, shape, why, event = (_text(found[name]) for name in ("table", "role", "shape", "why", "event"))
    return TablePlan(table, role, shape, columns, why, int(found["rows"]), event)


def _join(found: Mapping[str, Any]) -> Join:
    left, left_column, right, right_column = (
        _text(found[name]) for name in ("left", "left_column", "right", "right_column")
    )
    return Join(left, left_column, right, right_column, float(found["found"]))


def _list(found: object) -> list[Any]:
    if not isinstance(found, list):
        raise TypeError(f"{str(found)[:40]!r} stands where a list is expected")
    return found


def _text(found: object) -> str:
    if not isinstance(found, str):
        raise TypeError(f"{str(found)[:40]!r} stands where a text is expected")
    found.encode()  # half a letter is none
    return found


LARGEST_PLAN = 5_000_000
"""Letters of a saved plan."""
REQUIRED: Mapping[str, tuple[str, ...]] = {
    "interactions": (USER, ITEM),
    "items": (ITEM,),
    "users": (USER,),
    "triples": (HEAD,),
}
"""Role of a table -> the columns that it must have."""
ALLOWED: Mapping[str, tuple[str, ...]] = {
    "interactions": (USER, ITEM, VALUE, EVENT, TIMESTAMP, TITLE, TEXT, FACT),
    "items": (ITEM, TITLE, TEXT, FACT),
    "users": (USER, PROFILE),
    "triples": (HEAD, RELATION, TAIL, HEAD_LABEL, TAIL_LABEL),
}
"""Role of a table -> what its columns can mean."""
