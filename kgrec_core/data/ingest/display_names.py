"""Names that people are called by on screens, where whoever answers for the data chose to keep them.

By itself, for all that is shown of people in clear comes from here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kgrec_core.data.formats.format import Tables
from kgrec_core.data.import_report import FileColumns
from kgrec_core.data.ledger import PROVENANCE
from kgrec_core.errors import ConfigError
from kgrec_core.schema.columns import NAME, USER


def with_names(tables: Tables, column: str) -> Tables:
    """The tables with this column of the users as NAME; as they are for "".

    Raises ConfigError for a column that the table of users does not have, or where there is no such table.
    """
    if not column:
        return tables
    if tables.users is None:
        raise ConfigError(f"Names from {column!r}: there is no table of users. Give one with an id and a name a row.")
    have = [str(name) for name in tables.users.columns if name not in (USER, *PROVENANCE)]
    if column not in have:
        there = f"it has {', '.join(map(repr, have))}" if have else "it has none beside the id"
        raise ConfigError(f"Names from {column!r}: the table of users has no such column; {there}.")
    return replace(tables, users=tables.users.rename(columns={column: NAME}))


def told(column: str) -> str:
    """What keeping them means."""
    return f"People are called by their {column!r}, as chosen: whoever opens the data set reads these names."


def described_names(columns: Sequence[FileColumns], column: str) -> tuple[FileColumns, ...]:
    """The columns as read, with the one of the names among the used ones."""
    return tuple(
        replace(each, used={**each.used, column: "name"}, unused=tuple(n for n in each.unused if n != column))
        if each.table == "users" and column in each.unused
        else each
        for each in columns
    )
