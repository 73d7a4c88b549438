"""Dates as people and spreadsheets write them, read alike in the whole column: day first, or month first."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd

from kgrec_core.data.ledger import Ledger
from kgrec_core.schema.columns import TIMESTAMP

_NUMERIC = r"^\s*(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)"  # day and month in some order, then the year
_EXCEL_FIRST, _EXCEL_LAST = 20_000.0, 80_000.0  # days: of the years 1954 and 2119
_EXCEL_EPOCH = 25_569  # days from 1899-12-30, where spreadsheets begin to count, to 1970
_DAY = 86_400.0  # seconds
_UNSURE = "may be day or month first"


def as_seconds(frame: pd.DataFrame, ledger: Ledger) -> pd.Series:
    """Seconds since 1970, UTC, of the dates in TIMESTAMP; not-a-number for what is none.

    The first part is the day where points stand between the parts, or where some first part is more than 12; the month
    where some second part is. Where both happen, a date that can be read in one way only is read so.
    """
    texts = frame[TIMESTAMP]
    distinct = pd.Series(texts.unique(), dtype=object)
    parts = distinct.astype(str).str.extract(_NUMERIC)
    numeric = parts[0].notna()
    first, second = (pd.to_numeric(parts[number], errors="coerce") for number in (0, 2))
    days_lead, months_lead = (first > 12) & (second <= 12), (second > 12) & (first <= 12)
    by_points = (parts[1] == ".")[numeric].mean() > 0.5 if numeric.any() else False
    day_first = days_lead.any() and (not months_lead.any() or by_points or days_lead.sum() >= months_lead.sum())
    day_first = bool(day_first or (by_points and not months_lead.any()))
    lead = pd.Series(day_first, index=distinct.index).where(~days_lead, True).where(~months_lead, False)
    seconds = _read(distinct, numeric & lead)
    _tell(frame, (distinct[numeric], days_lead[numeric], months_lead[numeric]), day_first, bool(by_points), ledger)
    return texts.map(dict(zip(distinct, seconds, strict=True))).astype(float)


def as_excel_days(frame: pd.DataFrame, numbers: pd.Series, now: float, ledger: Ledger) -> pd.Series:
    """Numbers as seconds where all of them are days as spreadsheets count them, else as they are.

    So few seconds since 1970 would all be of its first day.
    """
    known = numbers[np.isfinite(numbers) & (numbers != 0) & (numbers != -1)]
    latest = min(_EXCEL_LAST, now / _DAY + _EXCEL_EPOCH + 1)
    if not len(known) or not known.between(_EXCEL_FIRST, latest).all():
        return numbers
    what = "is a day as a spreadsheet counts them, and was turned into a time"
    ledger.keep(frame.loc[known.index], TIMESTAMP, what, "Nothing to do.", "note")
    days = numbers.isin(known)
    return numbers.where(~days, ((numbers - _EXCEL_EPOCH) * _DAY).round())


def _read(texts: pd.Series, day_first: pd.Series) -> pd.Series:
    seconds = pd.Series(np.nan, index=texts.index, dtype=float)
    for rows, first in ((day_first, True), (~day_first, False)):
        if rows.any():
            seconds[rows] = _parsed(texts[rows], first)
    return seconds


def _parsed(texts: pd.Series, day_first: bool) -> pd.Series:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about time zones that it does not know; such cells are reported later
            read = pd.to_datetime(texts, errors="coerce", utc=True, format="mixed", dayfirst=day_first)
    except (ValueError, OverflowError, TypeError):
        return pd.Series(np.nan, index=texts.index)
    return (read - pd.Timestamp(0, tz="UTC")) / pd.Timedelta(seconds=1)


def _tell(
    frame: pd.DataFrame,
    found: tuple[pd.Series, pd.Series, pd.Series],
    day_first: bool,
    sure: bool,
    ledger: Ledger,
) -> None:
    """Notes where the order is a guess. found: the dates with day and month, where the day leads, where the month."""
    texts, days_lead, months_lead = found
    order = "day first" if day_first else "month first"
    mend = "Write dates as 2024-05-17, if this is wrong."
    both = days_lead.any() and months_lead.any()
    if both:
        rows = frame[frame[TIMESTAMP].isin(texts[months_lead if day_first else days_lead])]
        what = f"can be read in one way only, which is not that of most of the column ({order})"
        ledger.keep(rows, TIMESTAMP, what, mend)
    elif len(texts) and not (sure or days_lead.any() or months_lead.any()):
        ledger.keep(frame[frame[TIMESTAMP].isin(texts)], TIMESTAMP, f"{_UNSURE}; read as {order}", mend, "note")
