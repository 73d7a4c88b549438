"""Tables that say which thing of a graph each item is, such as "20, Amber Anchor, http://dbpedia.org/resource/…"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from kgrec_core.data.formats.raw_table import RawTable
from kgrec_core.data.values.addresses import last_part, share_of_addresses, unwrapped
from kgrec_core.data.values.column_words import words_of
from kgrec_core.schema.columns import HEAD, TAIL

_ENTITY = re.compile(r"entit|freebase|wikidata|dbpedia|\bkg|uri|node|concept|2kg|kb\b|qid")
_CODE = re.compile(r"Q\d+|/?[mg][./]\w+")  # of Wikidata and of Freebase
_MEETS = 0.5  # share of the rows that are of items, or of the items that have a row
_ONCE = 0.95  # share of the rows that have a thing of their own
_SOME = 0.1  # share of these things that other tables speak of
_NARROW = 3  # columns, up to which a table says nothing else
_CELLS = 20_000


@dataclass(frozen=True)
class ItemEntities:
    """items: thing of the graph, as written and by the end of its address -> id of the item · titles: item -> title

    tables: name -> its columns, and whether each is the id, the thing or the title, of those that say nothing else
    """

    items: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def placed(self, triples: pd.DataFrame) -> pd.DataFrame:
        """The facts with the ids of items in place of what stands for them in the graph."""
        if not self.items:
            return triples
        made = {}
        for end in (HEAD, TAIL):
            known = {text: self.items.get(text) or self.items.get(last_part(text)) for text in triples[end].unique()}
            placed = triples[end].map({text: item for text, item in known.items() if item})
            made[end] = placed.where(placed.notna(), triples[end])
        return triples.assign(**made)


def item_entities(
    raws: Sequence[RawTable], beside: Sequence[RawTable], ids: frozenset[str]
) -> tuple[ItemEntities, Mapping[str, str]]:
    """What the tables say of this, and why each narrow one was taken for it.

    beside: tables of items, whose other columns say more, and which are read as such
    """
    items: dict[str, str] = {}
    titles: dict[str, str] = {}
    tables: dict[str, Mapping[str, str]] = {}
    why: dict[str, str] = {}
    for raw in (*raws, *beside):
        found = _columns(raw, [one for one in raws if one is not raw], ids)
        if found is None:
            continue
        key, entity = found
        items |= _pairs(raw, key, entity)
        if raw in raws and len(raw.columns) <= _NARROW:
            title = next((name for name in raw.columns if name not in found and _are_titles(raw.frame[name])), "")
            tables[raw.name] = {key: "id", entity: "id", **({title: "label"} if title else {})}
            why[raw.name] = f"{key!r} holds ids of items, {entity!r} what stands for them in the facts"
            if title:
                titles |= dict(zip(raw.frame[key], raw.frame[title], strict=True))
    return ItemEntities(items, titles, tables), why


def _columns(raw: RawTable, others: Sequence[RawTable], ids: frozenset[str]) -> tuple[str, str] | None:
    """The column of items and that of things of a graph, which other tables speak of."""
    if raw.ragged or not 2 <= len(raw.columns) <= 40:
        return None
    entities = [name for name in raw.columns if _are_entities(raw, name, ids)]
    key = next((name for name in raw.columns if name not in entities and _are_items(raw.frame[name], ids)), "")
    for entity in entities if key else []:
        things = set(raw.frame[entity].unique()[:_CELLS]) - {""}
        things |= {last_part(text) for text in things}
        if any(_speaks_of(one, things) for one in others):
            return key, entity
    return None


def _are_items(cells: pd.Series, ids: frozenset[str]) -> bool:
    own = set(cells.unique()) - {""}
    met = len(own & ids)
    return bool(own) and len(own) >= _ONCE * len(cells) and met >= _MEETS * min(len(own), len(ids))


def _are_entities(raw: RawTable, name: str, ids: frozenset[str]) -> bool:
    cells = raw.frame[name]
    cells = cells[cells != ""]
    if not len(cells) or cells.nunique() < _ONCE * len(cells) or cells.isin(ids).mean() > 0.1:
        return False
    if share_of_addresses(cells) > _ONCE or cells.head(500).str.fullmatch(_CODE.pattern).mean() > _ONCE:
        return True
    said = " ".join(words_of(name)) if raw.named else raw.stem
    return bool(_ENTITY.search(said)) and cells.str.count(" ").mean() < 1


def _speaks_of(raw: RawTable, things: set[str]) -> bool:
    """Whether a table of facts has some of the things in one column, in the same or a short form."""
    if raw.ragged or len(raw.columns) < 3:
        return False
    for name in raw.columns[:6]:
        cells = {last_part(text) for text in raw.frame[name].unique()[:_CELLS]} | set(raw.frame[name].unique()[:_CELLS])
        if len(cells & things) >= _SOME * min(len(things), len(cells)) > 0:
            return True
    return False


def _pairs(raw: RawTable, key: str, entity: str) -> dict[str, str]:
    pairs = {unwrapped(thing): item for item, thing in zip(raw.frame[key], raw.frame[entity], strict=True) if thing}
    return {last_part(thing): item for thing, item in pairs.items()} | pairs


def _are_titles(cells: pd.Series) -> bool:
    filled = cells[cells != ""]
    return bool(len(filled)) and filled.str.contains(r"[^\W\d_]{2}").mean() > 0.5 and not share_of_addresses(filled) > 0
