"""Items that stand in several rows, one a genre or a tag: their differing cells become several values of one row."""

from __future__ import annotations

import json

import pandas as pd

from kgrec_core.data.ledger import PROVENANCE
from kgrec_core.data.values.dates import are_dates
from kgrec_core.data.values.numbers import as_numbers

_MOST = 200  # values of one cell
_SAMPLE = 1_000
_WORDY = 6  # words on average, of which on a cell is text


def joined_rows(frame: pd.DataFrame, key: str, single: frozenset[str] = frozenset()) -> pd.DataFrame:
    """The first row of each key, in order, where a column that differs between rows of one key holds a JSON list.

    A cell that says the same in all rows, or nothing in some, stays as it is. Of numbers, days and long texts the first
    one counts. single: other columns of which only the first filled cell counts, such as titles.

    >>> joined_rows(pd.DataFrame({"id": ["a", "a", "b"], "genre": ["War", "Love", "War"]}), "id")["genre"].tolist()
    ['["War", "Love"]', 'War']
    """
    again = frame.duplicated(key)
    if not again.any():
        return frame
    several = frame[key].isin(frame.loc[again, key])
    rows = frame[several]
    columns = [name for name in frame.columns if name != key and name not in PROVENANCE]
    made = frame.copy()
    for name in columns:
        cells = rows[name].astype(object).where(rows[name].notna(), "").astype(str)
        filled = pd.DataFrame({key: rows[key], "cell": cells})
        filled = filled[filled["cell"] != ""].drop_duplicates()
        first = filled.drop_duplicates(key).set_index(key)["cell"]
        if name not in single and _are_names(filled["cell"]):
            differs = filled[filled.duplicated(key, keep=False)]
            lists = differs.groupby(key, sort=False)["cell"].agg(_as_list)
            first = lists.combine_first(first)
        made.loc[several, name] = rows[key].map(first).fillna("")
    return made[~again]


def _are_names(cells: pd.Series) -> bool:
    """Whether cells can be several values of one thing, as words are."""
    sample = cells.head(_SAMPLE)
    numbers = as_numbers(sample).notna().mean() > 0.8
    return not numbers and are_dates(sample) < 0.5 and float(sample.str.count(" ").mean()) < _WORDY


def _as_list(cells: pd.Series) -> str:
    return json.dumps(cells.head(_MOST).tolist(), ensure_ascii=False)
