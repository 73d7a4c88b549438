"""Tables that only say how the things of a graph are called: nodes, lists of entities, numbers of relations."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from kgrec_core.data.formats.raw_table import RawTable
from kgrec_core.data.plan.graph_columns import folded
from kgrec_core.data.values.addresses import is_address, last_part
from kgrec_core.schema.columns import HEAD, HEAD_LABEL, RELATION, TAIL, TAIL_LABEL

_NAMES = (
    "name",
    "preflabel",
    "label",
    "title",
    "rdfslabel",
    "displayname",
    "orgid",
    "originalid",
    "entity",
    "relation",
)
_NODES = re.compile(r"entit|relation|node|concept|vertex|vertices|label|kg|2id")
_COVERED = 0.2  # share of the names in the facts that such a table explains at least
_NEWS = 0.1  # share of its ids that are no items at least, or it is a table of items


@dataclass(frozen=True, eq=False)
class LabelTable:
    """labels: id -> name · of_relations: whether the ids are those of relations."""

    labels: Mapping[str, str]
    columns: Mapping[str, str]
    of_relations: bool
    why: str

    def told(self, triples: pd.DataFrame) -> pd.DataFrame:
        """The facts with these names where they have none yet; relations are called by them."""
        if self.of_relations:
            named = triples[RELATION].map(self.labels).fillna("")
            return triples.assign(**{RELATION: triples[RELATION].where(named == "", named)})
        made = {}
        for place, label in ((HEAD, HEAD_LABEL), (TAIL, TAIL_LABEL)):
            told = triples[place].map({value: self._label(value) for value in triples[place].unique()})
            made[label] = triples[label].where(triples[label] != "", told)
        return triples.assign(**made)

    def _label(self, value: str) -> str:
        label = self.labels.get(value) or self.labels.get(last_part(value), "")
        return last_part(label) if is_address(label) else label


def label_table(raw: RawTable, triples: pd.DataFrame, items: frozenset[str]) -> LabelTable | None:
    """The table as names of things in the facts; None where it explains too few, or is a table of items."""
    columns = raw.columns
    if not 2 <= len(columns) <= 40:
        return None
    things = frozenset(triples[TAIL].unique()) | frozenset(triples[HEAD].unique())
    things |= frozenset(map(last_part, things))
    relations = frozenset(triples[RELATION].unique()) | frozenset(map(last_part, triples[RELATION].unique()))
    best: tuple[float, str, bool] = (0.0, "", False)
    for name in columns:
        cells = raw.frame[name]
        if cells.nunique() < 0.9 * len(cells):
            continue
        ids = frozenset(cells.unique())
        for of_relations, known in ((False, things - items), (True, relations)):
            share = len(ids & known) / max(len(known), 1)
            fits = len(ids & known) >= _NEWS * len(ids) and (not of_relations or "rel" in raw.stem)
            if fits and share > max(best[0], _COVERED) and (of_relations or "rel" not in raw.stem):
                best = (share, name, of_relations)
    labels = _name_columns(raw, best[1]) if best[1] else []
    if not labels:
        return None
    told = (
        raw.frame[labels].replace("", None).bfill(axis=1).iloc[:, 0].fillna("")
    )  # a film has a title, a person a name
    named = dict(zip(raw.frame[best[1]], told, strict=True))
    kind = "relations" if best[2] else "things"
    why = f"{best[1]!r} holds ids of {kind} in the facts, {labels[0]!r} what they are called"
    return LabelTable(named, {best[1]: "id", **dict.fromkeys(labels, "label")}, best[2], why)


def _name_columns(raw: RawTable, key: str) -> list[str]:
    """The columns of names: by their own names, else the only other one of a list of nodes."""
    others = [name for name in raw.columns if name != key]
    plain = {name: folded(re.sub(r":(?!LABEL)\w+(\[\])?$", "", name)) for name in others if not _is_type(name)}
    found = [name for wanted in _NAMES for name, word in plain.items() if word == wanted]
    return found or (others if len(others) == 1 and (_NODES.search(raw.stem) or not raw.named) else [])


def _is_type(column: str) -> bool:
    """The kinds of nodes in an export of Neo4j are called labels there."""
    return column.lstrip().casefold() in (":label", "_labels", ":labels", "labels")
