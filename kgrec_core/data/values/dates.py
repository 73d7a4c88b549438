"""Dates and times as people and programs write them, read alike in the whole column; never a made-up day."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from kgrec_core.data.values.date_texts import DAY, InFigures, months_of, order_of, plain_texts, seconds_of
from kgrec_core.data.values.missing import is_missing
from kgrec_core.data.values.plain_numbers import floats_of

_EXCEL_FIRST, _EXCEL_LAST = 20_000.0, 80_000.0  # days: of the years 1954 and 2119
_EXCEL_EPOCH = 25_569  # days from 1899-12-30, where spreadsheets begin to count, to 1970
_UNITS = ((1e17, 1e9, "nano"), (1e14, 1e6, "micro"), (1e11, 1e3, "milli"))  # seconds reach 1e11 in the year 5138
_FIRST_SECOND = 1e8  # of March 1973; lower numbers are days or steps counted from some start
_YEARS = (1800.0, 2100.0)
_MOSTLY = 0.9
_NEVER = ("-1", "0", "-1.0", "0.0")
_MEND = "Write seconds since 1970, or a date such as 2024-05-17."
_NOTHING = "Nothing to do."
_DIGITS = 3  # that a day and a year have at least


@dataclass(frozen=True, eq=False)
class Remark:
    """What is to be told of some cells. rows: a mask · severity: "note" or "warning" · timeless: whether they are no
    times.
    """

    rows: pd.Series
    what: str
    mend: str
    severity: str
    timeless: bool


@dataclass(frozen=True, eq=False)
class ReadDates:
    """seconds: since 1970, UTC, not-a-number for what is no time · remarks: what was decided, and what is no time."""

    seconds: pd.Series
    remarks: tuple[Remark, ...]


def read_dates(texts: pd.Series, now: float) -> ReadDates:
    """now: seconds since 1970; nothing that is later by more than a day is a time.

    Numbers are seconds, or parts of them by their size, days as spreadsheets count them, or 20230105; texts are dates
    of figures or words. A year alone, a clock alone and numbers that count from some start of their own are no times.
    """
    codes, values = pd.factorize(texts.astype(object), use_na_sentinel=True)
    cells = pd.Series([str(value).strip() for value in values], dtype=object)
    read = _Column(cells, now)
    seconds = pd.Series(np.append(read.seconds.to_numpy(dtype=float), np.nan)[codes], index=texts.index)
    remarks = []
    for each in read.remarks:
        mask = pd.Series(np.append(each.rows.to_numpy(dtype=bool), False)[codes], index=texts.index)
        remarks.append(replace(each, rows=mask))
    return ReadDates(seconds, tuple(remarks))


def as_seconds(texts: pd.Series, now: float = 4e9) -> pd.Series:
    """Seconds since 1970, UTC; not-a-number for what is no time.

    >>> as_seconds(pd.Series(["1970-01-02", "2. Januar 1970", "1970年1月2日", "10:20", "1970"])).tolist()
    [86400.0, 86400.0, 86400.0, nan, nan]
    """
    return read_dates(texts, now).seconds


def are_dates(texts: pd.Series) -> float:
    """Share of the filled cells that are a day or a time; 0 for years alone, and where few have the digits of one.

    >>> are_dates(pd.Series(["5/1/24", "6/1/24"])), are_dates(pd.Series(["v13", "v7"]))
    (1.0, 0.0)
    """
    filled = texts[~is_missing(texts)]
    digits = {cell: sum(map(str.isdecimal, str(cell))) >= _DIGITS for cell in filled.unique()}
    if not len(filled) or sum(digits[cell] for cell in filled) < 0.5 * len(filled):
        return 0.0
    return float(as_seconds(filled).notna().mean())


def are_years(texts: pd.Series) -> bool:
    """Whether the filled cells are years, without a day.

    >>> are_years(pd.Series(["1999", "2004.0", ""])), are_years(pd.Series(["1999", "12"]))
    (True, False)
    """
    filled = texts[~is_missing(texts)]
    numbers = floats_of(filled)
    return len(filled) > 0 and bool((numbers.between(*_YEARS) & (numbers % 1 == 0)).mean() >= _MOSTLY)


def joined_day_and_clock(day: pd.Series, clock: pd.Series) -> pd.Series:
    """Texts of a day and a clock of two columns, as `as_seconds` reads them; the day alone where there is no clock.

    >>> joined_day_and_clock(pd.Series(["2023-05-01 00:00:00", "5.1.2023"]), pd.Series(["10:20", ""])).tolist()
    ['2023-05-01 10:20', '5.1.2023']
    """
    days = day.astype(object).where(day.notna(), "").astype(str).str.strip()
    days = days.str.replace(r"[T ]0?0:00(?::00(?:\.0+)?)?$", "", regex=True)
    days = days.str.replace(r"^(\d{4})(\d{2})(\d{2})(?:\.0)?$", r"\1-\2-\3", regex=True)
    clocks = clock.astype(object).where(clock.notna(), "").astype(str).str.strip()
    clocks = clocks.str.replace(r"^(\d{1,2})(\d{2})(\d{2})$", r"\1:\2:\3", regex=True)
    return (days + " " + clocks.where(clocks.str.contains(":", regex=False) & (days != ""), "")).str.strip()


class _Column:
    """The distinct cells of one column on their way to seconds."""

    def __init__(self, cells: pd.Series, now: float) -> None:
        self.remarks: list[Remark] = []
        self._now = now
        self._cells = cells
        empty = is_missing(cells) | cells.isin(_NEVER)
        texts = plain_texts(cells.where(~empty, ""))
        numbers = floats_of(texts.where(texts != ""))
        numbers = numbers.where(np.isfinite(numbers))
        self.seconds = self._of_numbers(texts, numbers)
        worded = ~empty & numbers.isna()
        if worded.any():
            self.seconds = self.seconds.fillna(self._of_texts(texts.where(worded, "")))
        told = pd.Series(False, index=cells.index)
        for each in self.remarks:
            told |= each.rows & each.timeless
        later = self.seconds > now + DAY
        before = self.seconds < 0
        self._timeless(~empty & self.seconds.isna() & ~told, "is no time that can be read", _MEND)
        self._timeless(later | before, "is before 1970 or in the future", _MEND)
        self.seconds = self.seconds.where(~(later | before))

    def _of_numbers(self, texts: pd.Series, numbers: pd.Series) -> pd.Series:
        if not numbers.notna().any():
            return numbers
        known = numbers[numbers.notna()]
        if (known.between(*_YEARS) & (known % 1 == 0)).mean() >= _MOSTLY:
            what = "is a year only, and no day is made up"
            self._timeless(numbers.notna(), what, "Give the day, if it is known.")
            return numbers * np.nan
        calendar = self._calendar(texts, numbers)
        if calendar is not None:
            return calendar
        latest = min(_EXCEL_LAST, self._now / DAY + _EXCEL_EPOCH + 1)
        if known.between(_EXCEL_FIRST, latest).all():
            self._tell(
                numbers.notna(), "is a day as a spreadsheet counts them, and was turned into a time", _NOTHING, "note"
            )
            return ((numbers - _EXCEL_EPOCH) * DAY).round()
        size = numbers.abs()
        for least, factor, unit in _UNITS:
            large = size >= least
            if large.any():
                self._tell(large, f"is in {unit}seconds and was turned into seconds", _NOTHING, "note")
                numbers = numbers.where(~large, numbers / factor)
                size = size.where(~large, 0)
        small = numbers.between(0, _FIRST_SECOND, inclusive="left")
        what = "is too small a number for a time, such as the number of a day counted from some start"
        self._timeless(small, what, _MEND)
        return numbers.where(~small)

    def _calendar(self, texts: pd.Series, numbers: pd.Series) -> pd.Series | None:
        """Numbers such as 20230105 and 20230105123000, where nearly all are days of the calendar; else None."""
        plain = texts.str.replace(r"\.0$", "", regex=True)
        found = plain.str.extract(r"^((?:19|20)\d{2})([01]\d)([0-3]\d)(?:t?([0-2]\d)([0-5]\d)([0-5]\d)?)?z?$")
        rows = found[0].notna()
        if rows.sum() < _MOSTLY * numbers.notna().sum():
            return None
        day = pd.to_datetime(found[0] + found[1] + found[2], format="%Y%m%d", errors="coerce")
        clock = found[[3, 4, 5]].apply(pd.to_numeric).fillna(0)
        seconds = (day - pd.Timestamp(0)) / pd.Timedelta(seconds=1)
        seconds = seconds + clock[3] * 3600 + clock[4] * 60 + clock[5]
        return seconds if seconds.notna().sum() >= _MOSTLY * numbers.notna().sum() else None

    def _of_texts(self, texts: pd.Series) -> pd.Series:
        order = order_of(texts)
        seconds = seconds_of(texts, order)
        self._tell_order(order)
        clocks = texts.str.match(r"^\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:\s?[ap]\.?m\.?)?$")
        self._timeless(clocks, "is a clock without a day", "Give the day too, in the same cell or beside it.")
        left = texts.where(seconds.isna() & ~clocks, "")
        if (left != "").any():
            months = months_of(left)
            self._tell(months.notna(), "names a month only, and its first day was taken", "Nothing to do.", "note")
            seconds = seconds.fillna(months)
        return seconds

    def _tell_order(self, order: InFigures) -> None:
        said = "day first" if order.day_first else "month first"
        mend = "Write dates as 2024-05-17, if this is wrong."
        if order.day_leads.any() and order.month_leads.any():
            what = f"can be read in one way only, which is not that of most of the column ({said})"
            self._tell(order.month_leads if order.day_first else order.day_leads, what, mend)
        elif order.rows.any() and not order.sure:
            self._tell(order.rows, f"may be day or month first; read as {said}", mend, "note")

    def _tell(self, rows: pd.Series, what: str, mend: str, severity: str = "warning") -> None:
        if rows.any():
            self.remarks.append(Remark(rows, what, mend, severity, timeless=False))

    def _timeless(self, rows: pd.Series, what: str, mend: str) -> None:
        if rows.any():
            self.remarks.append(Remark(rows, what, mend, "warning", timeless=True))
