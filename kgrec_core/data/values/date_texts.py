"""Dates in words and figures into seconds, a pattern at a time over a whole column of distinct texts."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kgrec_core.data.values.date_words import MONTHS, ZONES, plain_letters

DAY = 86_400.0  # seconds
_LONGEST = 60  # characters of a date
_CLOCK = (
    r"(?:[\st,·]*(?:at|um|klo|a las|alle|as|om|в|a)?[\st,]*"
    r"(?P<hour>\d{1,2})\s?(?:[:h时時.]|uhr)\s?(?P<minute>\d{1,2})?(?:\s?[:m分.]\s?(?P<second>\d{1,2})(?:[.,](?P<part>\d{1,9}))?)?"
    r"\s?(?:s|秒|分|uhr)?\s?(?P<half>[ap]\.?\s?m\.?)?\s*(?P<zone>z|[a-z]{2,4}|(?:utc|gmt)?\s?[+-]\d{1,2}:?(?:\d{2})?)?"
    r"(?:\s*\([a-z ]+\))?)?"
)
_WORD = r"(?P<month>[^\W\d_]{3,12})\.?"
_ORDINAL = r"(?:st|nd|rd|th|er|e|o|º|ª|\.)?"
_OF = r"\s*(?:of|de|del|do|[-/.,])?\s*"
_WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so)[a-z]{0,8}[.,]*\s+(?=[a-z0-9])")
_BASIC = re.compile(r"^(\d{4})(\d{2})(\d{2})t(\d{2})(\d{2})(\d{2})(z|[+-]\d{4})?$")
_WRAPPED = re.compile(r"^(?:/date\(|isodate\(|datetime\(|new date\()[\"']?([^()\"']+)[\"']?\)/?$")
YEAR_FIRST = re.compile(
    r"^(?P<year>\d{4})\s?(?P<between>[-/.年년])\s?(?P<month>\d{1,2})\s?[-/.月월]\s?(?P<day>\d{1,2})\s?[日号일]?"
    + _CLOCK
    + "$"
)
IN_FIGURES = re.compile(
    r"^(?P<first>\d{1,2})(?P<between>[./-])\s?(?P<second_part>\d{1,2})(?P=between)\s?(?P<year>\d{4}|\d{2})"
    + _CLOCK
    + "$"
)
_IN_WORDS = tuple(
    re.compile(pattern)
    for pattern in (
        r"^(?P<day>\d{1,2})" + _ORDINAL + _OF + _WORD + _OF + r"(?P<year>\d{4}|\d{2})(?:\s?г\.?)?" + _CLOCK + "$",
        "^" + _WORD + r"\s*-?(?P<day>\d{1,2})" + _ORDINAL + r"[\s,-]+(?:de |del )?(?P<year>\d{4})" + _CLOCK + "$",
        r"^(?P<year>\d{4})[\s-]+" + _WORD + r"[\s-]+(?P<day>\d{1,2})" + _CLOCK + "$",
        "^" + _WORD + r"\s+(?P<day>\d{1,2})" + _CLOCK + r"\s+(?P<year>\d{4})$",
    )
)
_MONTH_ONLY = re.compile(
    r"^(?:(?P<year>\d{4})[-/.](?P<month>\d{1,2})|(?P<name>[^\W\d_]{3,12})\.?,?\s*(?:de )?(?P<after>\d{4})"
    r"|(?P<before>\d{4})年(?P<chinese>\d{1,2})月)$"
)
_WEEK = re.compile(r"^(?P<year>\d{4})-?w(?P<week>\d{2})-?(?P<day>[1-7])$")


@dataclass(frozen=True, eq=False)
class InFigures:
    """Dates of figures whose order the column decides. Masks over the distinct texts."""

    parts: pd.DataFrame  # of those that are such dates
    rows: pd.Series
    day_leads: pd.Series  # those that can only have the day first
    month_leads: pd.Series
    by_points: bool  # whether points stand between the parts of most of them, which is said with the day first
    day_first: bool

    @property
    def sure(self) -> bool:
        """Whether the order is seen."""
        return self.by_points or bool(self.day_leads.any() or self.month_leads.any())


def plain_texts(cells: pd.Series) -> pd.Series:
    """As the patterns read them: small letters, no accents, no weekday, nothing wrapped round."""
    made = []
    for cell in cells:
        if cell.isdecimal() and cell.isascii() and len(cell) <= _LONGEST:  # as most times of large data are
            made.append(cell)
            continue
        text = "" if len(cell) > _LONGEST else " ".join(plain_letters(cell).split()).strip("\"'[]")
        wrapped = _WRAPPED.match(text)
        text = wrapped[1].strip() if wrapped else text
        made.append(_WEEKDAY.sub("", _BASIC.sub(r"\1-\2-\3 \4:\5:\6\7", text)))
    return pd.Series(made, index=cells.index, dtype=object)


def order_of(texts: pd.Series) -> InFigures:
    """Whether day or month stands first in dates of figures with the year last."""
    parts = texts.str.extract(IN_FIGURES)
    rows = parts["first"].notna()
    first, second = (pd.to_numeric(parts[name], errors="coerce") for name in ("first", "second_part"))
    days, months = (first > 12) & (second <= 12), (second > 12) & (first <= 12)
    by_points = bool((parts["between"] == ".")[rows].mean() > 0.5) if rows.any() else False
    day_first = days.any() and (not months.any() or by_points or days.sum() >= months.sum())
    day_first = bool(day_first or (by_points and not months.any()))
    return InFigures(parts[rows], rows, days, months, by_points, day_first)


def seconds_of(texts: pd.Series, order: InFigures) -> pd.Series:
    """Seconds since 1970, UTC, of `plain_texts`; not-a-number for what names no day."""
    seconds = _iso(texts)
    figures = order.parts
    if len(figures):
        lead = pd.Series(order.day_first, index=texts.index).where(~order.day_leads, True)
        lead = lead.where(~order.month_leads, False)[figures.index]
        day = figures["first"].where(lead, figures["second_part"])
        month = figures["second_part"].where(lead, figures["first"])
        seconds = seconds.fillna(_seconds(figures.assign(day=day, month=month)))
    for pattern in (YEAR_FIRST, *_IN_WORDS):
        left = texts[seconds.isna() & (texts != "")]
        if not len(left):
            break
        found = left.str.extract(pattern)
        found = found[found["year"].notna()]
        if len(found):
            if pattern is not YEAR_FIRST:
                found = found.assign(month=found["month"].map(MONTHS))
            seconds = seconds.fillna(_seconds(found).reindex(texts.index))
    return seconds.fillna(_weeks(texts[seconds.isna()]).reindex(texts.index))


def months_of(texts: pd.Series) -> pd.Series:
    """Seconds of the first day of each text that names a month of a year alone."""
    found = texts.str.extract(_MONTH_ONLY)
    found = found.assign(name=found["name"].map(MONTHS)).apply(pd.to_numeric)
    month = found["month"].fillna(found["chinese"]).fillna(found["name"])
    year = found["year"].fillna(found["after"]).fillna(found["before"])
    return _days(year, month, pd.Series("1", index=texts.index)) * DAY


def _iso(texts: pd.Series) -> pd.Series:
    """The usual case, by the fast reader of pandas; texts that name no day are left alone."""
    usual = texts.str.match(r"^\d{4}-\d{2}-\d{2}(?:[t ]\d{2}:\d{2}.*)?$")
    found = pd.Series(np.nan, index=texts.index, dtype=float)
    if usual.any():
        read = pd.to_datetime(texts[usual].str.upper(), format="ISO8601", errors="coerce", utc=True)
        found[usual] = (read - pd.Timestamp(0, tz="UTC")) / pd.Timedelta(seconds=1)
    return found


def _seconds(parts: pd.DataFrame) -> pd.Series:
    days = _days(parts["year"], parts["month"], parts["day"])
    hour = pd.to_numeric(parts["hour"], errors="coerce").fillna(0)
    half = parts["half"].fillna("").str[:1]
    hour = hour.where(~((half == "p") & (hour < 12)), hour + 12).where(~((half == "a") & (hour == 12)), 0)
    minute, second = (pd.to_numeric(parts[name], errors="coerce").fillna(0) for name in ("minute", "second"))
    real = (hour <= 24) & (minute < 60) & (second <= 60)
    zone = parts["zone"].map({name: _zone(name) for name in parts["zone"].dropna().unique()}).fillna(0.0)
    return (days * DAY + hour * 3600 + minute * 60 + second - zone.astype(float)).where(real)


def _zone(text: str) -> float:
    """Seconds before UTC; 0 for a zone that is not known."""
    found = re.match(r"^(?:utc|gmt)?\s?([+-])(\d{1,2}):?(\d{2})?$", text)
    if found is None:
        return ZONES.get(text, 0) * 3600.0
    return (1 if found[1] == "+" else -1) * (int(found[2]) * 3600.0 + int(found[3] or 0) * 60.0)


def _days(year: pd.Series, month: pd.Series, day: pd.Series) -> pd.Series:
    """Days since 1970; two figures of a year are of 1970 to 2069."""
    years = pd.to_numeric(year, errors="coerce")
    short = year.astype(str).str.fullmatch(r"\d\d")
    years = years.where(~short, years + np.where(years < 70, 2000, 1900))
    parts = {"year": years, "month": pd.to_numeric(month, errors="coerce"), "day": pd.to_numeric(day, errors="coerce")}
    frame = pd.DataFrame(parts).where(lambda table: table.notna())
    read = pd.to_datetime(frame, errors="coerce")
    return (read - pd.Timestamp(0)) / pd.Timedelta(days=1)


def _weeks(texts: pd.Series) -> pd.Series:
    """2015-W27-3"""
    found = texts.str.extract(_WEEK)
    found = found[found["year"].notna()]
    if not len(found):
        return pd.Series(dtype=float)
    read = pd.to_datetime(found["year"] + found["week"] + found["day"], format="%G%V%u", errors="coerce")
    return (read - pd.Timestamp(0)) / pd.Timedelta(seconds=1)
