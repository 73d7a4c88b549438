"""The best reading of a table, where it is a nested list by what the rows around it are. By itself, since only lists of
objects have rows around them.
"""

from __future__ import annotations

from dataclasses import replace

from kgrec_core.data.plan.person_and_item import Pair, pairs
from kgrec_core.data.plan.table_set import TableSet
from kgrec_core.data.values.column_words import GROUP, THING, is_bare_id, nouns


def best_reading(table_set: TableSet, name: str) -> list[Pair]:
    """The best reading of a table; of columns around a list, one that tells these rows apart names the person best."""
    found = pairs(
        table_set.tables[name], table_set.profiles[name], table_set.keys, table_set.chosen, table_set.hints_of(name)
    )
    around = table_set.profiles.get(table_set.tables[name].parent, {})
    best = found[:1]
    if best and not best[0].user_sure and best[0].user in around and not around[best[0].user].unique:
        near = (pair for pair in found if pair.item == best[0].item and pair.points >= best[0].points - 1)
        best = [pair for pair in near if pair.user in around and around[pair.user].unique][:1] or best
    if best and not best[0].user_sure and (whose := _whose(table_set, name, best[0].user)):
        best = [replace(best[0], user=whose[0], user_sure=False, user_why=whose[1])]
    return best


def _whose(table_set: TableSet, name: str, group: str) -> tuple[str, str] | None:
    """Of orders that are listed in each row of another table, the id of that row, and why it says who."""
    middle = table_set.tables[name].parent
    if (
        middle not in table_set.tables
        or group not in table_set.profiles[middle]
        or not table_set.profiles[middle][group].unique
    ):
        return None
    root = middle
    while table_set.tables[root].parent in table_set.tables:
        root = table_set.tables[root].parent
    own = table_set.profiles[root]
    if group in own or {THING, GROUP} & nouns(table_set.tables[root].stem):
        return None
    ids = [each for each in own if is_bare_id(each) and own[each].unique]
    return (ids[0], f"each has its own {group!r}") if ids else None
