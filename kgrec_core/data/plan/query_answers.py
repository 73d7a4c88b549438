"""Answers of a SPARQL endpoint: a row a combination, addresses in cells, names in columns such as `directorLabel`."""

from __future__ import annotations

import re

import pandas as pd

from kgrec_core.data.formats.raw_table import RawTable
from kgrec_core.data.ledger import PROVENANCE, concat
from kgrec_core.data.plan.graph_columns import meets
from kgrec_core.data.values.addresses import share_of_addresses, unwrapped
from kgrec_core.schema.columns import HEAD, HEAD_LABEL, RELATION, TAIL, TAIL_LABEL

_LABEL = re.compile(r"(.{1,80}?)(?:_?[lL]abel|LABEL|_name)")
_BESIDE = re.compile(r".*(?:Description|AltLabel|_description|_altlabel)$")
_MEETS = 0.3


def item_column(raw: RawTable, ids: frozenset[str]) -> str:
    """The column of items in an answer of a query; "" where the table is none.

    It holds addresses, or other columns are called as answers call them and an item stands in several rows.
    """
    if not raw.named or len(raw.columns) < 2:
        return ""
    shares = {name: meets(raw.frame[name], ids) for name in raw.columns}
    item = max(shares, key=lambda name: shares[name])
    if shares[item] < _MEETS:
        return ""
    labels = [name for name in raw.columns if name[-5:].casefold() == "label" and _LABEL.fullmatch(name)]
    answers = bool(labels) and (share_of_addresses(raw.frame[item]) > 0.9 or raw.frame[item].duplicated().any())
    addresses = share_of_addresses(raw.frame[item]) > 0.9 and any(
        share_of_addresses(raw.frame[name]) > 0.9 for name in raw.columns if name != item
    )
    return item if answers or addresses else ""


def answer_facts(raw: RawTable, item: str) -> tuple[pd.DataFrame, dict[str, str]]:
    """Facts of all other columns with provenance, and what each column was taken for."""
    frame = raw.frame
    bare = {name.lstrip("?"): name for name in raw.columns}
    title = bare.get(_label_name(item.lstrip("?"), bare), "")
    meanings = {item: HEAD, **({title: HEAD_LABEL} if title else {})}
    parts = []
    for plain, column in bare.items():
        match = _LABEL.fullmatch(plain)
        beside = match is not None and match[1] in bare
        if column in meanings or beside or _BESIDE.match(plain):
            continue
        label = bare.get(_label_name(plain, bare), "")
        relation, named = (match[1], column) if match else (plain, label)
        meanings |= {column: f"fact: {relation}", **({label: f"label: {relation}"} if label else {})}
        parts.append(_of_column(frame, item, title, column, named, relation))
    facts = concat(parts) if parts else pd.DataFrame()
    return facts, meanings


def _of_column(frame: pd.DataFrame, item: str, title: str, column: str, label: str, relation: str) -> pd.DataFrame:
    """Each pair once, whatever other columns make of the row."""
    said = frame[frame[column] != ""].drop_duplicates([item, column])
    return pd.DataFrame(
        {
            HEAD: said[item],
            RELATION: relation,
            TAIL: said[column],
            HEAD_LABEL: said[title].map(unwrapped) if title else "",
            TAIL_LABEL: said[label].map(unwrapped) if label else "",
            **{name: said[name] for name in PROVENANCE},
        }
    )


def _label_name(name: str, known: dict[str, str]) -> str:
    return next(
        (each for each in (f"{name}Label", f"{name}_label", f"{name}label", f"{name}_name") if each in known), ""
    )
