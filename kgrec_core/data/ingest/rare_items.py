"""The part of a large catalogue that the model can hold: items that few people met are set aside, with note."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from kgrec_core.data.ingest.cleaning import CleanTables
from kgrec_core.data.ledger import Ledger
from kgrec_core.schema.columns import HEAD, ITEM, USER

KEEP_ALL = "Import them with none set aside to keep all"


def within(clean: CleanTables, most: int, least: int | None, ledger: Ledger) -> CleanTables:
    """Items met by at least `least` users; None means as few as it takes to have at most `most` items.

    Items that nobody met count as met by 0 users and stay only when `least` is 0.
    """
    met = clean.interactions.groupby(ITEM, sort=False)[USER].nunique().reindex(clean.items[ITEM], fill_value=0)
    floor = _floor(met, most) if least is None else least
    few = met.index[met < floor]
    if not len(few):
        return clean
    what = f"was met by fewer than {floor} users and is set aside"
    mend = f"{KEEP_ALL}; training compares all pairs of items and takes longer then."
    if least is None:
        what += f", since more than {most:,} items would be too many to compare"
    return set_aside(clean, few, what, mend, ledger)


def set_aside(clean: CleanTables, few: pd.Index, what: str, mend: str, ledger: Ledger) -> CleanTables:
    """The tables without some items. few: their ids"""
    return replace(
        clean,
        items=_without(clean.items, ITEM, few, what, mend, ledger),
        interactions=_without(clean.interactions, ITEM, few, what, mend, ledger),
        triples=_without(clean.triples, HEAD, few, what, mend, ledger),
    )


def _floor(met: pd.Series, most: int) -> int:
    floor = 0
    while int((met >= floor).sum()) > most:
        floor += 1
    return floor


def _without(frame: pd.DataFrame, column: str, few: pd.Index, what: str, mend: str, ledger: Ledger) -> pd.DataFrame:
    gone = frame[column].isin(few)
    if gone.any():
        ledger.drop(frame[gone], column, what, mend)
    return frame[~gone]
