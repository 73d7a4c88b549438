"""Columns of strings into ids, numbers and times, with everything that is wrong noted row by row."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kgrec_core.data.ingest.dates import as_excel_days, as_seconds
from kgrec_core.data.ledger import Ledger
from kgrec_core.schema.columns import TIMESTAMP, VALUE

SCALES = (1.0, 5.0, 10.0, 100.0)  # tops of the usual rating scales
_MOST_STEPS = 101  # distinct values of a rating scale
_ON_SCALE = 0.98  # share of the values on a scale that makes it the scale
_MILLI, _MICRO, _NANO = 1e11, 1e14, 1e17  # seconds reach 1e11 in the year 5138
_YES = frozenset("true yes y t ja oui si sí like liked on".split())
_NO = frozenset("false no n f nein non dislike disliked off".split())
_MISSING = frozenset({"", "nan", "NaN", "null", "NULL", "None", "NA", "N/A", "<NA>", "NaT"})


def tidy(column: pd.Series) -> pd.Series:
    """Strings without surrounding blanks; the usual words for nothing become ''. Work is done once a distinct value."""
    codes, values = pd.factorize(column.astype(object), use_na_sentinel=True)
    cleaned = np.array([_tidy(value) for value in values] + [""], dtype=object)  # the last one is for code -1
    return pd.Series(cleaned[codes], index=column.index, dtype=object)


def _tidy(value: object) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    text = str(value).strip()
    return "" if text in _MISSING else text


def need(frame: pd.DataFrame, columns: tuple[str, ...], ledger: Ledger) -> pd.DataFrame:
    """The rows that have all of these; the others are dropped."""
    for column in columns:
        empty = frame[column] == ""
        if empty.any():
            ledger.drop(frame[empty], column, "the cell is empty", "Fill it, or leave the row out.")
            frame = frame[~empty]
    return frame


def with_values(frame: pd.DataFrame, implicit: bool, ledger: Ledger) -> tuple[pd.DataFrame, float | None]:
    """The rows with numbers as values, and the top of the rating scale (None for counts or no values at all).

    Rows with a word or a number off the scale are dropped; an empty cell stays empty. A column without any is removed.
    """
    if VALUE not in frame:
        return frame, None
    frame = _yes_as_one(frame, ledger)
    numbers = as_numbers(frame[VALUE])
    wrong = (frame[VALUE] != "") & ~np.isfinite(numbers)
    if wrong.any():
        mend = "Write a number, with a point for decimals, or leave the cell empty."
        ledger.drop(frame[wrong], VALUE, "is not a number", mend)
        frame, numbers = frame[~wrong], numbers[~wrong]
    if not np.isfinite(numbers).any():
        return frame.drop(columns=VALUE), None
    top = None if implicit else rating_scale(numbers)
    below = numbers < 0
    off = below | (numbers > top) if top is not None else below
    if off.any():
        what = f"is outside of the scale, 0 to {top:g}" if top is not None else "is less than nothing"
        ledger.drop(frame[off], VALUE, what, "Correct the value, or leave the row out.")
        frame, numbers = frame[~off], numbers[~off]
    return frame.assign(**{VALUE: numbers.astype(float)}), top


def _yes_as_one(frame: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """A column of yes and no, or of true and false, as 1 and 0; any other column as it is."""
    words = frame[VALUE].str.casefold()
    filled = frame[VALUE] != ""
    spelled = words.isin(_YES | _NO)
    if not spelled.any() or not (spelled | words.isin(["0", "1"]))[filled].all():
        return frame
    ledger.keep(frame[spelled], VALUE, "is a yes or a no and was read as 1 or 0", "Nothing to do.", "note")
    read = frame[VALUE].where(~spelled, np.where(words.isin(_YES), "1", "0"))
    return frame.assign(**{VALUE: read})


def rating_scale(numbers: pd.Series) -> float | None:
    """The top of the rating scale that the values seem to be on: 1, 5, 10 or 100; None when they are counts.

    >>> rating_scale(pd.Series([1.0, 4.5, 5.0])), rating_scale(pd.Series([13883.0, 7.0]))
    (5.0, None)
    """
    known = numbers[np.isfinite(numbers)]
    if not len(known) or known.nunique() > _MOST_STEPS:
        return None
    for top in SCALES:
        inside = (known >= 0) & (known <= top)
        if inside.mean() >= _ON_SCALE or (len(known) < 50 and inside.sum() >= max(2, len(known) - 1)):
            return top
    return None


def with_times(frame: pd.DataFrame, now: float, ledger: Ledger) -> pd.DataFrame:
    """TIMESTAMP in seconds since 1970, UTC (Int64); milliseconds and dates are turned into it.

    A time that cannot be is emptied and the row kept. A column without any is removed.
    """
    if TIMESTAMP not in frame:
        return frame
    seconds = as_numbers(frame[TIMESTAMP])
    dates = (frame[TIMESTAMP] != "") & ~np.isfinite(seconds)
    if dates.any():
        seconds = seconds.where(~dates, as_seconds(frame[dates], ledger).reindex(frame.index))
    else:
        seconds = as_excel_days(frame, seconds, now, ledger)
    seconds = _in_seconds(frame, seconds, ledger)
    unreadable = (frame[TIMESTAMP] != "") & ~np.isfinite(seconds)
    unknown = frame[TIMESTAMP].isin(["-1", "0", "-1.0", "0.0"])
    impossible = np.isfinite(seconds) & ~unknown & ((seconds < 0) | (seconds > now + 86_400))
    mend = "Write seconds since 1970, or a date such as 2024-05-17."
    for bad, what in ((unreadable, "is no time that can be read"), (impossible, "is before 1970 or in the future")):
        if bad.any():
            ledger.keep(frame[bad], TIMESTAMP, f"{what}; the row is kept without a time", mend)
    seconds = seconds.where(~(unreadable | impossible | unknown))
    if not np.isfinite(seconds).any():
        return frame.drop(columns=TIMESTAMP)
    whole = np.floor(seconds)
    return frame.assign(**{TIMESTAMP: whole.astype("int64") if whole.notna().all() else whole.astype("Int64")})


def _in_seconds(frame: pd.DataFrame, numbers: pd.Series, ledger: Ledger) -> pd.Series:
    size = numbers.abs().where(np.isfinite(numbers), 0)
    for least, factor, unit in ((_NANO, 1e9, "nano"), (_MICRO, 1e6, "micro"), (_MILLI, 1e3, "milli")):
        large = size >= least
        if large.any():
            ledger.keep(
                frame[large], TIMESTAMP, f"is in {unit}seconds and was turned into seconds", "Nothing to do.", "note"
            )
            numbers = numbers.where(~large, numbers / factor)
            size = size.where(~large, 0)
    return numbers


def as_numbers(texts: pd.Series) -> pd.Series:
    """Floats; not-a-number for what is none. A comma is taken for a decimal point where nothing else is one."""
    distinct = pd.Series(texts.unique(), dtype=object)
    read = pd.to_numeric(distinct, errors="coerce").astype(float)
    if read.isna().any():
        comma = pd.to_numeric(
            distinct.astype(str).str.replace(r"^(-?\d+),(\d+)$", r"\1.\2", regex=True), errors="coerce"
        )
        read = read.fillna(comma.astype(float))
    return texts.map(dict(zip(distinct, read, strict=True))).astype(float)
