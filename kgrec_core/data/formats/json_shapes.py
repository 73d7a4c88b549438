"""In which part of a JSON value the rows of a table stand, and how: as objects, lists, columns, or under keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kgrec_core.data.formats.header_lines import is_header
from kgrec_core.data.values.column_words import is_id, is_name, nouns

Object = dict[str, Any]
KEY, VALUE = "key", "value"
_DEEPEST = 4  # keys that lie around a list
_FEW = 5  # entries, from which an object is a table of them
_MANY = 30  # keys


@dataclass(frozen=True, slots=True)
class JsonTable:
    """part: the key under which it stands, "" for the whole · rows: objects, or what is none · named: whether the
    file names the columns
    """

    part: str
    rows: Sequence[Any]
    named: bool = True


def tables_in(value: Any, part: str = "", depth: int = 0) -> list[JsonTable]:
    """The tables of a value; none for one without rows."""
    value = value if depth else _without_edges(value)
    if isinstance(value, list):
        return _of_list(value, part)
    if not isinstance(value, dict) or not value:
        return []
    for shape in (_split_table, _columns, _keyed):
        if found := shape(value, part):
            return [found]
    if depth < _DEEPEST:
        inner = [(name, each) for name, each in value.items() if _holds_rows(each)]
        tables = [table for name, each in inner for table in tables_in(each, _joined(part, name), depth + 1)]
        if len(tables) == 1 and len(inner) == 1 and inner[0][1] is tables[0].rows:
            return [JsonTable(tables[0].part, _with_around(tables[0].rows, value, inner[0][0]), tables[0].named)]
        if tables:
            return tables
    return [JsonTable(part, [value])]


def _without_edges(value: Any, depth: int = 0) -> Any:
    """{"edges": [{"node": ...}, ...]}, as GraphQL answers, is the list of its nodes, in nodes too."""
    if depth > 2 * _DEEPEST:
        return value
    if isinstance(value, list):
        first = value[0] if value else None
        nested = isinstance(first, dict | list)
        return [_without_edges(each, depth + 1) if each else each for each in value] if nested else value
    if not isinstance(value, dict):
        return value
    edges = value.get("edges")
    if isinstance(edges, list) and edges and all(isinstance(each, dict) and "node" in each for each in edges[:20]):
        return [
            {**{key: cell for key, cell in each.items() if key not in ("node", "cursor")}, **node}
            for each in edges
            if isinstance(each, dict) and isinstance(node := _without_edges(each.get("node"), depth + 1), dict)
        ]
    return {key: _without_edges(each, depth + 1) if _nested(each) else each for key, each in value.items()}


def _with_around(rows: Sequence[Any], value: Object, name: str) -> Sequence[Any]:
    """The rows of the only list of an object, each with what stands beside the list, where that has an id or a name."""
    beside = {key: each for key, each in value.items() if key != name and not isinstance(each, list)}
    paths = [key for key, each in beside.items() if not isinstance(each, dict)]
    paths += [f"{key}.{inner}" for key, each in beside.items() if isinstance(each, dict) for inner in each]
    if not any((is_id(path) or is_name(path)) and nouns(path) for path in paths):
        return rows
    return [
        {**{k: v for k, v in beside.items() if k not in row}, **row} if isinstance(row, dict) else row for row in rows
    ]


def _of_list(values: list[Any], part: str) -> list[JsonTable]:
    if not values:
        return []
    objects = sum(isinstance(each, dict) for each in values)
    if objects:
        sources = [each.get("_source") if isinstance(each, dict) else None for each in values]
        if all(isinstance(each, dict) for each in sources):  # hits of a search, with the record inside
            return [JsonTable(part, sources)]
        return [JsonTable(part, values)]
    if all(isinstance(each, list) for each in values):
        return [_of_lists(values, part)]
    return [JsonTable(part, [{"column 1": each} for each in values], named=False)]


def _of_lists(rows: list[list[Any]], part: str) -> JsonTable:
    texts = [[str(cell) for cell in row] for row in rows[:200]]
    named = len(rows) > 1 and all(isinstance(cell, str) for cell in rows[0]) and is_header(texts[0], texts[1:])
    if named:
        return JsonTable(part, _with_names(rows[1:], list(map(str, rows[0]))))
    return JsonTable(part, _with_names(rows, []), named=False)


def _with_names(rows: Sequence[Any], names: Sequence[str]) -> list[Any]:
    known = [name or f"column {number}" for number, name in enumerate(names, start=1)]
    return [
        {(known[place] if place < len(known) else f"column {place + 1}"): cell for place, cell in enumerate(row)}
        if isinstance(row, list)
        else row
        for row in rows
    ]


def _split_table(value: Object, part: str) -> JsonTable | None:
    """{"columns": [...], "data": [[...], ...]}, with names of columns under some such key."""
    for names in ("columns", "header", "headers", "fields", "cols", "keys"):
        for rows in ("data", "rows", "values", "records"):
            said, body = value.get(names), value.get(rows)
            if isinstance(said, list) and isinstance(body, list) and body and all(isinstance(r, list) for r in body):
                texts = [str(each.get("name", "")) if isinstance(each, dict) else str(each) for each in said]
                return JsonTable(part, _with_names(body, texts))
    return None


def _columns(value: Object, part: str) -> JsonTable | None:
    """{"user": [...], "item": [...]}, or {"user": {"0": ...}, "item": {"0": ...}} as pandas writes it."""
    columns = list(value.values())
    if len(columns) < 2:
        return None
    if all(isinstance(each, list) for each in columns):
        lengths = {len(each) for each in columns}
        longest = max(lengths)
        if len(lengths) == 1 and longest and not any(isinstance(cell, dict) for each in columns for cell in each[:20]):
            if len(columns) > _MANY and longest < len(columns):
                return None  # rather one list for each of many keys
            return JsonTable(part, [dict(zip(value, row, strict=True)) for row in zip(*columns, strict=True)])
    if all(isinstance(each, dict) and each and all(key.isdecimal() for key in each) for each in columns):
        if all(name.isdecimal() for name in value) or any(_nested(cell) for each in columns for cell in each.values()):
            return None
        places = dict.fromkeys(key for each in columns for key in each)
        return JsonTable(part, [{name: value[name].get(place) for name in value} for place in places])
    return None


def _keyed(value: Object, part: str) -> JsonTable | None:
    """{"i1": {...}, "i2": {...}}, {"u1": [...], "u2": [...]} or {"i1": "Title", ...}: the key is a column."""
    entries = list(value.items())
    if len(entries) < 2:
        return None
    if all(isinstance(each, dict) for _, each in entries):
        inner = {name for _, each in entries for name in each}
        mean = sum(len(each) for _, each in entries) / len(entries)
        if len(entries) < _FEW and any(len(each) >= _FEW and _keyed(each, "") for _, each in entries):
            return None  # rather several tables
        marks = {cell if isinstance(cell, bool) else None for _, each in entries for cell in each.values()}
        if marks == {True} and len(inner) > 1:
            return JsonTable(part, [{KEY: key, f"{KEY} 2": name} for key, each in entries for name in each])
        plain = not any(_nested(cell) for _, each in entries[:200] for cell in each.values())
        if plain and len(inner) >= _MANY and len(inner) > 2 * mean:
            rows = [{KEY: key, f"{KEY} 2": name, VALUE: cell} for key, each in entries for name, cell in each.items()]
            return JsonTable(part, rows)
        shared = sum(sum(name in each for _, each in entries) >= 0.5 * len(entries) for name in inner)
        if shared and (len(entries) >= _FEW or len(inner) <= 2 * shared):
            return JsonTable(part, [{_free(each, KEY): key, **each} for key, each in entries])
        return None
    if len(entries) < _FEW:
        return None
    lists = all(isinstance(each, list) and not any(map(_nested, each[:20])) for _, each in entries)
    if (lists and len({len(each) for _, each in entries}) > 1) or (lists and len(entries) > _MANY):
        return JsonTable(part, [{KEY: key, VALUE: each} for key, each in entries])
    kinds = {type(each) for _, each in entries}
    if len(entries) >= _MANY and len(kinds) == 1 and not _nested(entries[0][1]):
        return JsonTable(part, [{KEY: key, VALUE: each} for key, each in entries])
    return None


def _free(each: Mapping[str, Any], name: str) -> str:
    return name if name not in each else f"{name} (outer)"


def _holds_rows(value: Any, depth: int = 0) -> bool:
    """Whether a value is a table or lies around one: a list of objects or lists, or objects of one kind under keys."""
    if isinstance(value, list):
        return bool(value) and all(isinstance(each, dict | list) for each in value[:20])
    if not isinstance(value, dict) or depth > _DEEPEST:
        return False
    inside = any(_holds_rows(each, depth + 1) for each in value.values())
    return inside or any(shape(value, "") for shape in (_split_table, _columns, _keyed))


def _nested(value: Any) -> bool:
    return isinstance(value, dict | list)


def _joined(part: str, name: str) -> str:
    return f"{part}/{name}" if part else name
