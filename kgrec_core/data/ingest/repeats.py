"""Rows that say something again: copies of a file, what was bought twice, what was sent back, ratings given anew."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kgrec_core.data.frames import with_columns
from kgrec_core.data.ledger import FILE, PROVENANCE, Ledger
from kgrec_core.schema.columns import ITEM, QUANTITY, TIMESTAMP, USER, VALUE

_DAY = 86_400  # seconds
_NOTHING = "Nothing to do."


def without_copies(frame: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """Without the rows of a file that says the same as an earlier one, row for row in any order."""
    files = frame[FILE].astype(str).to_numpy()
    names = list(dict.fromkeys(files))
    if len(names) < 2:
        return frame
    columns = [name for name in frame.columns if name not in PROVENANCE]
    rows = pd.util.hash_pandas_object(frame[columns], index=False).to_numpy()
    first: dict[tuple[int, bytes], str] = {}
    for name in names:
        own = np.sort(rows[files == name])
        original = first.setdefault((len(own), own.tobytes()), name)
        if original != name:
            copied = files == name
            what = f"says the same as {original} and was left out, so that nothing counts twice"
            ledger.drop(frame[copied], "", what, "Nothing to do, if it is a copy.", "note")
            frame, rows, files = frame[~copied], rows[~copied], files[~copied]
    return frame


def without_overlaps(frame: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """Without rows that stand in an earlier file too, to the second, as where exports overlap."""
    times = frame.get(TIMESTAMP)
    if times is None or frame[FILE].nunique() < 2:
        return frame
    columns = [name for name in frame.columns if name not in PROVENANCE]
    exact = times.notna() & (times % _DAY != 0)
    again = frame.duplicated(columns) & exact
    if not again.any():
        return frame
    first = frame[exact].groupby(columns, sort=False, dropna=False, observed=True)[FILE].transform("first")
    elsewhere = again & (first.reindex(frame.index).astype(str) != frame[FILE].astype(str))
    if elsewhere.any():
        ledger.merge(frame[elsewhere], ITEM, "the same row stood in an earlier file, to the second", _NOTHING)
    return frame[~elsewhere]


def one_a_pair(frame: pd.DataFrame, counts: bool, ledger: Ledger) -> pd.DataFrame:
    """counts: whether values tell how often or how many, and are added up; else the latest is what somebody thinks.

    A number below 0 takes away; where nothing is left of a pair, it is dropped.
    """
    amounts = [name for name in (VALUE, QUANTITY) if name in frame] if counts else []
    frame, back = _without_sent_back(frame, amounts[-1], ledger) if amounts else (frame, None)
    again = frame.duplicated([USER, ITEM])
    if not again.any():
        return frame
    keys, ways = ([TIMESTAMP], ["first"]) if TIMESTAMP in frame else ([], [])
    order = frame
    if keys:
        order = order.sort_values(keys, kind="stable", na_position=ways[0])  # type: ignore[call-overload]
    if back is not None and back.any():  # the row that stays is one that brought something
        order = pd.concat([order[back.loc[order.index]], order[~back.loc[order.index]]])
    earlier = order.duplicated([USER, ITEM], keep="last").reindex(frame.index)
    how = "the counts were added up" if counts else "the latest row counts"
    ledger.merge(frame[earlier], ITEM, f"the same user met the same item again later; {how}", _NOTHING)
    if amounts:
        sums = frame.groupby([USER, ITEM], sort=False)[amounts].transform("sum", min_count=1)
        frame = frame.assign(**{name: sums[name] for name in amounts})
    return frame[~earlier]


def counted(frame: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """Rows without a value, each an event, with how many there are of each pair; as they are where none repeats.

    Rows alike to the time count once.
    """
    if VALUE in frame or not frame.duplicated([USER, ITEM]).any():
        return frame
    columns = [name for name in frame.columns if name not in PROVENANCE]
    if TIMESTAMP in frame:
        again = frame.duplicated(columns) & frame[TIMESTAMP].notna()
        if again.any():
            ledger.merge(frame[again], ITEM, "the same event stood in an earlier row", _NOTHING)
            frame = frame[~again]
    if not frame.duplicated([USER, ITEM]).any():
        return frame
    return with_columns(frame, {VALUE: pd.Series(1.0, index=frame.index)})


def _without_sent_back(frame: pd.DataFrame, amount: str, ledger: Ledger) -> tuple[pd.DataFrame, pd.Series | None]:
    """The frame without pairs of which nothing is left, and which rows of it take away."""
    below = frame[amount] < 0
    if not below.any():
        return frame, None
    pairs = frame.groupby([USER, ITEM], sort=False)[amount]
    lost = (pairs.transform("min") < 0) & (pairs.transform("sum") <= 0)
    if lost.any():
        what = "was sent back or cancelled: no more was bought than given back"
        ledger.drop(frame[lost], ITEM, what, "Nothing to do.", "note")
    return frame[~lost], below[~lost]
