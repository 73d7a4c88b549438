"""What may happen to a plan between its making and its replaying: by hand, by a program, by somebody who means harm."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable, Iterator
from typing import Any

Plan = dict[str, Any]
_MEANINGS = (
    "user_id", "item_id", "value", "event", "timestamp", "title", "text", "fact", "profile", "key", "clock", "", "head",
    "relation", "tail", "head_label", "tail_label", "label", "_file", "_row", "email", "x",
)  # fmt: skip
_ROLES = ("interactions", "items", "users", "triples", "labels", "", "interaction", "Items", "__class__")
_SHAPES = ("rows", "wide", "sequences", "lists", "", "column", "ROWS")
_WRONG: tuple[Any, ...] = (
    None, True, False, 0, -1, 2**70, 1.5, float("nan"), float("inf"), -float("inf"), "", "x" * 200_000, [], [[]], {},
    {"a": 1}, ["x"], "\ud800", "\0", "../../x", "=1+1", "<b>x</b>", "_file", "line", "user", "item", "1e2147483648",
)  # fmt: skip


def damaged(text: str, chance: random.Random) -> tuple[str, str]:
    """The plan with one to four things wrong, and which."""
    plan, done = json.loads(text), []
    for _ in range(chance.randint(1, 4)):
        change = chance.choice(CHANGES)
        change(plan, chance)
        done.append(change.__name__.strip("_"))
    changed = json.dumps(plan)
    if chance.random() < 0.1:
        place = chance.randrange(len(changed))
        changed = changed[:place] + chance.choice(["", "{", '"', "[" * 100_000, "\x00", "NaN"]) + changed[place + 1 :]
        done.append("text")
    return changed, ", ".join(done)


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in the JSON: container and key."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in list(pairs):
        yield value, key
        yield from _places(inner)


def _wrong_type(plan: Plan, chance: random.Random) -> None:
    places = list(_places(plan))
    if places:
        container, key = chance.choice(places)
        container[key] = copy.deepcopy(chance.choice(_WRONG))


def _gone(plan: Plan, chance: random.Random) -> None:
    places = list(_places(plan))
    if places:
        container, key = chance.choice(places)
        del container[key]


def _more(plan: Plan, chance: random.Random) -> None:
    objects = [plan, *(container[key] for container, key in _places(plan) if isinstance(container[key], dict))]
    chance.choice(objects)[chance.choice(["more", "table", "__class__", "version", "self"])] = chance.choice(_WRONG)


def _columns(plan: Plan) -> list[Plan]:
    return [one for table in _tables(plan) for one in _rows(table.get("columns"))]


def _tables(plan: Plan) -> list[Plan]:
    return _rows(plan.get("tables"))


def _rows(value: Any) -> list[Plan]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _one_of(rows: list[Plan], chance: random.Random, change: Callable[[Plan], None]) -> None:
    if rows:
        change(chance.choice(rows))


def _meaning(plan: Plan, chance: random.Random) -> None:
    for _ in range(chance.choice([1, 1, 2, 5])):
        _one_of(_columns(plan), chance, lambda one: one.update(meaning=chance.choice(_MEANINGS)))


def _all_one_meaning(plan: Plan, chance: random.Random) -> None:
    meaning = chance.choice(_MEANINGS)
    for one in _columns(plan):
        one["meaning"] = meaning


def _role(plan: Plan, chance: random.Random) -> None:
    _one_of(_tables(plan), chance, lambda table: table.update(role=chance.choice(_ROLES)))


def _shape(plan: Plan, chance: random.Random) -> None:
    _one_of(_tables(plan), chance, lambda table: table.update(shape=chance.choice(_SHAPES)))


def _column_names(plan: Plan, chance: random.Random) -> None:
    names = [one.get("column") for one in _columns(plan)] + ["line", "user", "item", "value", "name of the file", "no"]
    _one_of(_columns(plan), chance, lambda one: one.update(column=chance.choice(names)))


def _table_names(plan: Plan, chance: random.Random) -> None:
    names = [table.get("table") for table in _tables(plan)] + ["../../etc/passwd", "no.csv", ""]
    _one_of(_tables(plan), chance, lambda table: table.update(table=chance.choice(names)))


def _twice(plan: Plan, chance: random.Random) -> None:
    lists = [container[key] for container, key in _places(plan) if isinstance(container[key], list)]
    full = [each for each in lists if each]
    if full:
        chosen = chance.choice(full)
        chosen.append(copy.deepcopy(chance.choice(chosen)))


def _join(plan: Plan, chance: random.Random) -> None:
    """One more join: to itself, in a ring, by whatever columns; or many."""
    tables = [table for table in _tables(plan) if isinstance(table.get("table"), str)]
    if not tables or not isinstance(plan.get("joins"), list):
        return
    for _ in range(chance.choice([1, 2, 2, 30])):
        left, right = chance.choice(tables), chance.choice(tables)
        names = [[one.get("column") for one in _rows(each.get("columns"))] or ["x"] for each in (left, right)]
        sides = {"left": left["table"], "left_column": chance.choice(names[0])}
        sides |= {"right": right["table"], "right_column": chance.choice(names[1])}
        plan["joins"].append({**sides, "found": chance.choice([1.0, 0.0, -1, float("nan")])})


def _weights(plan: Plan, chance: random.Random) -> None:
    if isinstance(plan.get("events"), dict):
        words = [*plan["events"], "view", "purchase", "", "x" * 9_000]
        weights = [float("nan"), float("inf"), 1e308, -1e308, 0, -1, "3", "x", None, 1e-320, True]
        plan["events"].update({chance.choice(words): chance.choice(weights) for _ in range(3)})


def _event(plan: Plan, chance: random.Random) -> None:
    words = ["clicks", "refund", "", "=1", "\n", "x" * 9_000]
    _one_of(_tables(plan), chance, lambda table: table.update(event=chance.choice(words)))


def _no_rating(plan: Plan, chance: random.Random) -> None:
    plan["no_rating"] = chance.choice([["-1"], ["5"], [1, 2, 3, 4, 5], ["x"] * 10_000, [""], "5", [None]])


def _domain(plan: Plan, chance: random.Random) -> None:
    plan["domain"] = chance.choice(["social", "video", "no", "<b>", "\0", "e-commerce", "../x"])


def _rows_told(plan: Plan, chance: random.Random) -> None:
    _one_of(_tables(plan), chance, lambda table: table.update(rows=chance.choice([-1, 0, 10**18, "x", None])))


def _fewer_tables(plan: Plan, chance: random.Random) -> None:
    if isinstance(plan.get("tables"), list):
        plan["tables"] = [each for each in plan["tables"] if chance.random() < 0.6]


def _version(plan: Plan, chance: random.Random) -> None:
    plan["version"] = chance.choice([0, 2, "1", None, 1.0, True])


CHANGES: tuple[Callable[[Plan, random.Random], None], ...] = (
    _wrong_type,
    _gone,
    _more,
    _meaning,
    _meaning,
    _all_one_meaning,
    _role,
    _role,
    _shape,
    _shape,
    _column_names,
    _table_names,
    _twice,
    _join,
    _join,
    _weights,
    _event,
    _no_rating,
    _domain,
    _rows_told,
    _fewer_tables,
    _version,
)
