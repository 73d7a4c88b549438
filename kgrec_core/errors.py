"""Everything that can go wrong, in words: what was asked, what exists, what to do next."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

FoundTable = tuple[str, tuple[str, ...], tuple[tuple[str, ...], ...]]
"""Name, columns, first rows."""


class KgrecError(Exception):
    """Base of all errors whose text is meant for the person who asked; the app shows it as is."""


class DataError(KgrecError):
    """The data are bad: a table, a column or a value is not what the contract asks for."""


class OnePersonError(DataError):
    """The files are one person's own history. told: what they are · remedy: what to do with them."""

    def __init__(self, told: str, remedy: str) -> None:
        super().__init__(told, remedy)
        self.told, self.remedy = told, remedy

    def __str__(self) -> str:
        return f"{self.told} {self.remedy}"


class ColumnsError(DataError):
    """No table can be told to hold interactions. told: what was found · remedy: what to type at a terminal.

    tables: of each its name, its columns, and first rows.
    """

    def __init__(self, told: str, remedy: str, tables: tuple[FoundTable, ...]) -> None:
        super().__init__(told, remedy, tables)
        self.told, self.remedy, self.tables = told, remedy, tables

    def __str__(self) -> str:
        return f"{self.told} {self.remedy}"


class ConfigError(KgrecError):
    """A setting is outside what is supported."""


class UnknownIdError(KgrecError):
    """A user, item or data set that nobody knows."""


class InUseError(KgrecError):
    """Another run is writing to the data set that was asked for."""


class BundleError(KgrecError):
    """A prepared data set is missing, incomplete or altered."""


def closest(asked: str, known: Iterable[str]) -> str:
    """The three known names most like `asked`, quoted and comma-separated; the first ones where none is alike."""
    names = list(known)
    near = get_close_matches(asked, names, n=3, cutoff=0.5) or names[:3]
    return ", ".join(repr(name) for name in near)
