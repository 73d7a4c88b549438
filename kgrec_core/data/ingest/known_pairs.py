"""Which rows of who met what are there already: cleaning and the merge of newer rows go by the same pairs."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from kgrec_core.data.ledger import Ledger
from kgrec_core.schema.columns import ITEM, TIMESTAMP, USER


@dataclass(frozen=True, eq=False)
class Known:
    """What rows are added to. liked_words: words of events that are likes there; none where words say nothing."""

    interactions: pd.DataFrame
    liked_words: tuple[str, ...] = ()


def pairs(frame: pd.DataFrame) -> pd.MultiIndex:
    """User and item of each row."""
    return pd.MultiIndex.from_frame(frame[[USER, ITEM]])


def newer(frame: pd.DataFrame, known: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """The rows that are later than what is known of the same pair of user and item.

    Rows without a time, and of a pair that is not known or has no time, are new.
    """
    if TIMESTAMP not in frame or TIMESTAMP not in known:
        return frame
    last = pd.to_numeric(known[TIMESTAMP]).astype(float).set_axis(pairs(known))
    before = pd.Series(last.reindex(pairs(frame)).to_numpy(), index=frame.index)
    there = before >= pd.to_numeric(frame[TIMESTAMP]).astype(float)  # False beside what is missing
    if there.any():
        what = "is not later than what is known of the same user and item, so it is there already"
        ledger.merge(frame[there], TIMESTAMP, what, "Nothing to do.")
    return frame[~there]
