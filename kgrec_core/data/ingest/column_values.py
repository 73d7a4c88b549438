"""Columns of strings into ids, numbers and times, with everything that is wrong noted row by row."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kgrec_core.data.frames import with_columns
from kgrec_core.data.ledger import FILE, Ledger
from kgrec_core.data.values.column_words import is_count
from kgrec_core.data.values.dates import read_dates
from kgrec_core.data.values.event_words import rating_words
from kgrec_core.data.values.missing import MARKS, no_rating
from kgrec_core.data.values.numbers import as_numbers
from kgrec_core.data.values.scales import Scale, scale_of
from kgrec_core.data.values.yes_no import as_yes_no
from kgrec_core.schema.columns import TIMESTAMP, VALUE

_RATED = 0.1  # share of the rows that have a rating, below which ratings say too little
_MOST_WORDS = 40  # distinct words of a scale of words


def tidy(column: pd.Series) -> pd.Series:
    """Strings without surrounding blanks; the usual words for nothing become ''. Work is done once a distinct value."""
    codes, values = pd.factorize(column.astype(object), use_na_sentinel=True)
    cleaned = np.array([_tidy(value) for value in values] + [""], dtype=object)  # the last one is for code -1
    return pd.Series(cleaned[codes], index=column.index, dtype=object)


def _tidy(value: object) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    text = str(value).strip()
    return "" if text in MARKS else text


def need(frame: pd.DataFrame, columns: tuple[str, ...], ledger: Ledger) -> pd.DataFrame:
    """The rows that have all of these; the others are dropped."""
    for column in columns:
        empty = frame[column] == ""
        if empty.any():
            ledger.drop(frame[empty], column, "the cell is empty", "Fill it, or leave the row out.")
            frame = frame[~empty]
    return frame


def with_values(
    frame: pd.DataFrame, implicit: bool, ledger: Ledger, codes: tuple[str, ...] | None = None
) -> tuple[pd.DataFrame, Scale | None]:
    """The rows with numbers as values, and the scale of ratings (None for counts or no values at all).

    Rows with a word or a number off the scale are dropped, and rows without a rating where others have one; an empty
    count stays empty. implicit: whether values are counts; those below 0 stay then. A column without any is removed.
    """
    if VALUE not in frame:
        return frame, None
    frame = _words_as_numbers(frame, ledger)
    if not implicit:
        frame = _without_codes(frame, codes, ledger)
    numbers = as_numbers(frame[VALUE], whole=implicit)
    wrong = (frame[VALUE] != "") & ~np.isfinite(numbers)
    if wrong.any():
        mend = "Write a number, with a point for decimals, or leave the cell empty."
        ledger.drop(frame[wrong], VALUE, "is not a number", mend)
        frame, numbers = frame[~wrong], numbers[~wrong]
    if not np.isfinite(numbers).any():
        return frame.drop(columns=VALUE), None
    scale = scale_of(numbers, False if implicit else None)
    if scale is not None:
        frame, numbers = _on_scale(frame, numbers, scale, ledger)
        return _rated(with_columns(frame, {VALUE: numbers.astype(float)}), scale, ledger)
    below = numbers < 0
    if below.any() and not implicit:
        ledger.drop(frame[below], VALUE, "is less than nothing", "Correct the value, or leave the row out.")
        frame, numbers = frame[~below], numbers[~below]
    return with_columns(frame, {VALUE: numbers.astype(float)}), None


def without_counts_beside_ratings(frame: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """Values of a file that are counts by their name made empty where another file has ratings: views are no grades."""
    if VALUE not in frame or frame[FILE].nunique() < 2:
        return frame
    files = frame[FILE].astype(str)
    named = {file: name for file in files.unique() if (name := ledger.own_name(file, VALUE))}
    counts = {file for file, name in named.items() if is_count(name)}
    if not counts or counts == set(named):
        return frame
    rows = files.isin(counts) & (frame[VALUE] != "")
    what = "tells how often, and is no rating as other files have them"
    ledger.keep(frame[rows], VALUE, what, "Import the files apart, if the counts shall be what is liked.", "note")
    return frame.assign(**{VALUE: frame[VALUE].where(~rows, "")})


def _on_scale(frame: pd.DataFrame, numbers: pd.Series, scale: Scale, ledger: Ledger) -> tuple[pd.DataFrame, pd.Series]:
    off = (numbers > scale.highest) | (numbers < scale.lowest)
    if off.any():
        what = f"is outside of the scale, {scale.lowest:g} to {scale.highest:g}"
        ledger.drop(frame[off], VALUE, what, "Correct the value, or leave the row out.")
    return frame[~off], numbers[~off]


def _rated(frame: pd.DataFrame, scale: Scale, ledger: Ledger) -> tuple[pd.DataFrame, Scale | None]:
    """Rows with a rating; where hardly any has one, all rows without values."""
    without = frame[VALUE].isna()
    if not without.any():
        return frame, scale
    files = frame[FILE].astype(str)
    share = float((~without)[files.isin(files[~without].unique())].mean())
    if share < _RATED:
        what = f"is a rating, which only {share:.1%} of the rows have; every row counts, and none is read"
        ledger.keep(frame[~without], VALUE, what, "Leave rows without a rating out, if ratings shall count.")
        return frame.drop(columns=VALUE), None
    what = "has no rating, where other rows have one: it is neither liked nor disliked, and is left out"
    ledger.drop(frame[without], VALUE, what, "Give ratings, or import these rows without the others.", "note")
    return frame[~without], scale


def _words_as_numbers(frame: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """A column of yes and no as 1 and 0, one of good and bad as 1 to 5; any other column as it is."""
    filled = frame[VALUE] != ""
    read = as_yes_no(frame[VALUE].where(filled))
    if read is not None:
        spelled = filled & ~frame[VALUE].isin(["0", "1"])
        ledger.keep(frame[spelled], VALUE, "is a yes or a no and was read as 1 or 0", "Nothing to do.", "note")
        return frame.assign(**{VALUE: read.map({1.0: "1", 0.0: "0"}).fillna("")})
    words = frame.loc[filled, VALUE].unique()
    grades = rating_words(words) if len(words) <= _MOST_WORDS else None
    if grades is None:
        return frame
    said = ", ".join(f"{word} {grade:g}" for word, grade in sorted(grades.items(), key=lambda each: each[1]))
    what = f"is a grade in words and was read as a number: {said}"
    ledger.keep(frame[filled], VALUE, what, "Write numbers, if others are meant.", "note")
    return frame.assign(**{VALUE: frame[VALUE].map({word: f"{grade:g}" for word, grade in grades.items()}).fillna("")})


def _without_codes(frame: pd.DataFrame, codes: tuple[str, ...] | None, ledger: Ledger) -> pd.DataFrame:
    """Cells that stand for "no rating" made empty. codes: these cells, None to find them out."""
    rows = frame[VALUE].isin(no_rating(frame[VALUE]) if codes is None else codes)
    if not rows.any():
        return frame
    what = "stands for no rating, as the rest of the scale shows"
    ledger.keep(frame[rows], VALUE, what, "Take it out of no_rating in the plan, if it is a rating.", "note")
    return frame.assign(**{VALUE: frame[VALUE].where(~rows, "")})


def with_times(frame: pd.DataFrame, now: float, ledger: Ledger) -> pd.DataFrame:
    """TIMESTAMP in seconds since 1970, UTC (Int64); milliseconds and dates are turned into it.

    What is no time is emptied and the row kept. A column without any is removed.
    """
    if TIMESTAMP not in frame:
        return frame
    read = read_dates(frame[TIMESTAMP], now)
    for each in read.remarks:
        what = f"{each.what}; the row is kept without a time" if each.timeless else each.what
        ledger.keep(frame[each.rows], TIMESTAMP, what, each.mend, each.severity)
    if not np.isfinite(read.seconds).any():
        return frame.drop(columns=TIMESTAMP)
    whole = np.floor(read.seconds)
    return frame.assign(**{TIMESTAMP: whole.astype("int64") if whole.notna().all() else whole.astype("Int64")})
