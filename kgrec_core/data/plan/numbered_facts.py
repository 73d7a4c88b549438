"""Facts that are numbers throughout, beside lists that say which thing and which relation each number is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import permutations

import pandas as pd

from kgrec_core.data.formats.raw_table import RawTable
from kgrec_core.data.ledger import FILE
from kgrec_core.data.values.addresses import last_part
from kgrec_core.schema.columns import HEAD, RELATION, TAIL, TAIL_LABEL

_RELATIONS = re.compile(r"rel|pred|edge_?type")
_THINGS = re.compile(r"ent|node|thing|concept|item")
_COVERED = 0.99  # share of the numbers in the facts that the lists explain


@dataclass(frozen=True)
class NumberedFacts:
    """columns: table of facts -> its columns of head, relation and tail · lists: table -> its columns: id, label

    things, relations: number -> what it stands for
    """

    columns: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)
    lists: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    things: Mapping[str, str] = field(default_factory=dict)
    relations: Mapping[str, str] = field(default_factory=dict)

    def named(self, triples: pd.DataFrame) -> pd.DataFrame:
        """The facts with what the numbers stand for."""
        rows = triples[FILE].astype(str).isin(list(self.columns))
        if not rows.any():
            return triples
        made = {end: triples[end].map(self.things).where(rows).fillna(triples[end]) for end in (HEAD, TAIL)}
        made[RELATION] = triples[RELATION].map(self.relations).where(rows).fillna(triples[RELATION])
        if not any(" " in name for name in self.things.values()):  # where blanks are written as _
            spoken = made[TAIL].map(lambda text: text.replace("_", " ") if "/" not in text else "")
            made[TAIL_LABEL] = triples[TAIL_LABEL].where(~rows | (triples[TAIL_LABEL] != ""), spoken)
        return triples.assign(**made)


def numbered_facts(raws: Sequence[RawTable], ids: frozenset[str]) -> NumberedFacts:
    """The tables of numbers, where the list of things has the ids of items and the numbers are none."""
    lists = {raw.name: found for raw in raws if (found := _numbered(raw))}
    for things, relations in permutations([raw for raw in raws if raw.name in lists], 2):
        if not _RELATIONS.search(relations.stem) or not _THINGS.search(things.stem) or _RELATIONS.search(things.stem):
            continue
        known, kinds = (_names(one, *lists[one.name]) for one in (things, relations))
        names = set(known.values())
        if len((names | set(map(last_part, names))) & ids) <= len(set(known) & ids):
            continue
        facts = {
            raw.name: parts for raw in raws if raw.name not in lists and (parts := _parts(raw, set(known), set(kinds)))
        }
        if facts:
            used = {one.name: dict(zip(lists[one.name], ("id", "label"), strict=True)) for one in (things, relations)}
            return NumberedFacts(facts, used, known, kinds)
    return NumberedFacts()


def _numbered(raw: RawTable) -> tuple[str, str] | None:
    """The column of numbers, one after another, and that of names, of a list; None for another table."""
    if raw.ragged or len(raw.columns) != 2:
        return None
    for number, name in permutations(raw.columns):
        cells = raw.frame[number]
        if not cells.str.fullmatch(r"\d{1,9}").all() or raw.frame[name].nunique() < len(cells) or not len(cells):
            continue
        counted = cells.astype(int)
        if counted.nunique() == len(cells) and counted.max() - counted.min() + 1 == len(cells) and counted.min() < 2:
            return number, name
    return None


def _names(raw: RawTable, number: str, name: str) -> dict[str, str]:
    return dict(zip(raw.frame[number], raw.frame[name], strict=True))


def _parts(raw: RawTable, things: set[str], relations: set[str]) -> tuple[str, str, str] | None:
    """Head, relation and tail of a table of three numbers: the relation is where only numbers of relations stand."""
    if raw.ragged or len(raw.columns) != 3:
        return None
    cells = {name: set(raw.frame[name].unique()) for name in raw.columns}
    able = [name for name in raw.columns if _explained(cells[name], relations)]
    able.sort(key=lambda name: len(cells[name]))
    for relation in able[:1]:
        head, tail = (name for name in raw.columns if name != relation)
        if _explained(cells[head], things) and _explained(cells[tail], things):
            return head, relation, tail
    return None


def _explained(cells: set[str], known: set[str]) -> bool:
    return bool(cells) and len(cells & known) >= _COVERED * len(cells)
