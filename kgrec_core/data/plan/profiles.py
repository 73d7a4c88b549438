"""What the values of a column are like: how often each stands, which are numbers, dates, lists, ids that are known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from kgrec_core.data.formats.raw_table import RawTable
from kgrec_core.data.ledger import PROVENANCE
from kgrec_core.data.values.cell_words import word_counts
from kgrec_core.data.values.column_words import is_id, nouns, time_rank
from kgrec_core.data.values.dates import are_dates
from kgrec_core.data.values.numbers import as_numbers
from kgrec_core.data.values.plain_numbers import floats_of

_SAMPLE = 500  # distinct values that are looked at
_LEAST_DIGITS = 3  # of a date: "3 May 99"
_NOTHING = frozenset({"", "nan", "NaN", "null", "NULL", "None", "NA", "N/A", "<NA>", "NaT", "\\N"})
_THINGS = re.compile(  # ASIN, ISBN, EAN, IMDb, Spotify, Million Song, Wikidata, Steam and such addresses
    r"B0[0-9A-Z]{8}|(97[89])?\d{9}[\dX]|\d{13}|tt\d{7,8}|spotify:track:\w+|(SO|AR|TR)[0-9A-Z]{16}|N\d{3,6}"
)
_PEOPLE = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}|A[0-9A-Z]{12,13}|A[A-Z0-9]{27}|U\d{3,7}|[0-9a-f]{40}")
_CLOCK = re.compile(r"\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[ap]\.?m\.?)?", re.IGNORECASE)
_LIST = re.compile(r"\s*[\[{(].*[\])}]\s*", re.DOTALL)
_MOMENT = re.compile(r"(19|20)\d\d(0[1-9]|1[0-2])([0-2]\d|3[01])|1[0-9]{9}(\.\d+)?|1[0-9]{12}|[89]\d{8}")
_ADDRESS = re.compile(r"(https?|ftp)://\S+|www\.\S+", re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class Profile:
    """One column. codes: (rows,) the place of each cell in `values`, -1 for an empty one · values: distinct cells."""

    name: str
    codes: npt.NDArray[np.int64]
    values: npt.NDArray[np.object_]

    @cached_property
    def rows(self) -> int:
        return len(self.codes)

    @cached_property
    def filled(self) -> int:
        """Cells that are not empty."""
        return int((self.codes >= 0).sum())

    @cached_property
    def distinct(self) -> int:
        return len(self.values)

    @cached_property
    def repeats(self) -> float:
        """In how many rows a value stands, on average; 0 for an empty column."""
        return self.filled / self.distinct if self.distinct else 0.0

    @cached_property
    def unique(self) -> bool:
        """Whether no two rows share a value, and hardly one lacks it."""
        return self.filled >= 0.98 * self.rows and self.distinct >= 0.995 * self.filled > 0

    @cached_property
    def sample(self) -> pd.Series:
        """Distinct values from all over the column."""
        step = max(1, self.distinct // _SAMPLE)
        return pd.Series(self.values[::step][:_SAMPLE], dtype=object)

    @cached_property
    def numbers(self) -> pd.Series:
        """The sample as numbers, NaN for what is none."""
        return as_numbers(self.sample)

    @cached_property
    def numeric(self) -> bool:
        return bool(self.distinct) and float(np.isfinite(self.numbers).mean()) > 0.9

    @cached_property
    def whole(self) -> bool:
        """Whether all are whole numbers, written without a sign of decimals or in front."""
        return self.share(r"\d+(\.0+)?") > 0.97

    @cached_property
    def decimals(self) -> bool:
        """Whether they are numbers with decimals among them, as no ids are."""
        numbers = self.numbers[np.isfinite(self.numbers)]
        return self.numeric and float((numbers % 1 != 0).mean()) > 0.01

    @cached_property
    def dates(self) -> bool:
        """Whether nearly all are points in time; bare numbers only where the name says so, or no id is like them."""
        if not self.distinct or self.clocks or (self.numeric and not self._moments):
            return False
        if not any(sum(map(str.isdecimal, value)) >= _LEAST_DIGITS for value in self.sample if len(value) <= 60):
            return False
        return are_dates(self.sample) > 0.9

    @cached_property
    def _moments(self) -> bool:
        """Whether numbers can be moments: by the name of the column, or as seconds and days are written."""
        if time_rank(self.name) is not None and not is_id(self.name):
            return True
        return not nouns(self.name) and self.share(_MOMENT) > 0.97

    @cached_property
    def clocks(self) -> bool:
        """Whether nearly all are times of day."""
        return self.share(_CLOCK) > 0.9

    @cached_property
    def lists(self) -> bool:
        """Whether cells are written as lists or objects."""
        return self.share(_LIST) > 0.8

    @cached_property
    def addresses(self) -> bool:
        return self.share(_ADDRESS) > 0.8

    @cached_property
    def worded(self) -> bool:
        """Whether cells are words and no numbers, codes, dates or lists."""
        plain = not (self.numeric or self.dates or self.clocks or self.lists or self.addresses or self.people_ids)
        return bool(self.distinct) and plain and self.share(r"\s*[^\d\s]{2,}(?:\s.*)?") > 0.8

    @cached_property
    def length(self) -> float:
        """Letters in a cell, on average."""
        return float(self.sample.str.len().mean()) if self.distinct else 0.0

    @cached_property
    def words(self) -> float:
        """Words in a cell, on average."""
        return float(word_counts(self.sample).mean()) if self.distinct else 0.0

    @cached_property
    def thing_ids(self) -> bool:
        """Whether values are written as ids of things are: of a book, a film, a product, a song."""
        return self.share(_THINGS) > 0.7 and self.share(_PEOPLE) < 0.9

    @cached_property
    def people_ids(self) -> bool:
        """Whether values are written as ids of people are: an address of mail, the id of a reviewer."""
        return self.share(_PEOPLE) > 0.9

    @cached_property
    def is_index(self) -> bool:
        """Whether it numbers the rows one after another."""
        if not (self.unique and self.whole):
            return False
        found = floats_of(pd.Series(self.values[self.codes[self.codes >= 0]])).to_numpy()
        return bool(len(found) > 2 and found[0] in (0, 1) and (np.diff(found) == 1).mean() > 0.98)

    @cached_property
    def known(self) -> frozenset[str]:
        """The distinct values, as ids are compared: without ".0" and zeros in front, in small letters."""
        return frozenset(map(same_id, self.values))

    def share(self, pattern: str | re.Pattern[str]) -> float:
        """Share of the sample that a pattern describes whole."""
        if not self.distinct:
            return 0.0
        return sum(re.fullmatch(pattern, value.strip()) is not None for value in self.sample) / len(self.sample)


def profile(table: RawTable) -> dict[str, Profile]:
    """Column -> what its values are like, in the order of the columns."""
    return {str(name): _profile(str(name), table.frame[name]) for name in table.frame.columns if name not in PROVENANCE}


def same_id(text: str) -> str:
    """An id as it is compared between tables.

    >>> same_id("007.0"), same_id(" B00X ")
    ('7', 'b00x')
    """
    text = text.strip().casefold()
    if text.endswith(".0") and text[:-2].isdigit():
        text = text[:-2]
    return text.lstrip("0") or "0" if text.isdigit() else text


def determines(one: Profile, other: Profile) -> float:
    """Share of the rows of `one` whose value always stands beside the same value of `other`; empty cells aside."""
    both = (one.codes >= 0) & (other.codes >= 0)
    if not both.any():
        return 0.0
    pairs = one.codes[both] * max(other.distinct, 1) + other.codes[both]
    kinds, counts = np.unique(pairs, return_counts=True)
    largest = np.zeros(one.distinct, dtype=np.int64)
    np.maximum.at(largest, kinds // max(other.distinct, 1), counts)
    return float(largest.sum() / both.sum())


def shared(one: Profile, other: Profile) -> float:
    """Share of the distinct values of `one` that `other` has."""
    return len(one.known & other.known) / len(one.known) if one.known else 0.0


def _profile(name: str, column: pd.Series) -> Profile:
    texts = column.astype(object).where(column.notna(), "")
    codes, values = pd.factorize(texts)
    nothing = np.array([str(value).strip() in _NOTHING for value in values], dtype=bool)
    places = np.cumsum(~nothing) - 1
    places[nothing] = -1
    kept = np.array([str(value) for value in values[~nothing]], dtype=object)
    return Profile(name, places[codes].astype(np.int64) if len(values) else codes.astype(np.int64), kept)
