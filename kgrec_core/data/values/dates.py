"""Dates and times as people and programs write them, read alike in the whole column."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from kgrec_core.data.values.distinct import numbers_of


@dataclass(frozen=True, eq=False)
class Remark:
    """What is to be told of some cells. rows: a mask · severity: "note" or "warning"."""

    rows: pd.Series
    what: str
    mend: str
    severity: str


@dataclass(frozen=True, eq=False)
class ReadDates:
    """seconds: since 1970, UTC, not-a-number for what is no time · remarks: what was decided, and what is no time."""

    seconds: pd.Series
    remarks: tuple[Remark, ...]


def read_dates(texts: pd.Series, now: float) -> ReadDates:
    """now: seconds since 1970; nothing that is later by more than a day is a time."""
    return ReadDates(numbers_of(texts, lambda cells: pd.to_numeric(cells, errors="coerce")), ())


def as_seconds(texts: pd.Series, now: float = 4e9) -> pd.Series:
    """Seconds since 1970, UTC; not-a-number for what is no time."""
    return read_dates(texts, now).seconds


def are_dates(texts: pd.Series) -> float:
    """Share of the filled cells that are a day or a time; 0 for an empty column, and for years alone."""
    filled = texts[texts.notna() & (texts.astype(str).str.strip() != "")]
    return float(as_seconds(filled).notna().mean()) if len(filled) else 0.0


def are_years(texts: pd.Series) -> bool:
    """Whether the filled cells are years, without a day."""
    return False


def joined_day_and_clock(day: pd.Series, clock: pd.Series) -> pd.Series:
    """Texts of a day and a clock of two columns, as `as_seconds` reads them."""
    return day.astype(str).str.strip() + " " + clock.astype(str).str.strip()
