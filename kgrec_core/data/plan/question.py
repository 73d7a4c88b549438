"""What is asked where files can be read in more than one way, or in none: columns, example rows, what to say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kgrec_core.data.formats.raw_table import RawTable
from kgrec_core.data.ledger import PROVENANCE, shown
from kgrec_core.data.masking import without_contacts
from kgrec_core.data.plan.profiles import Profile, determines
from kgrec_core.errors import ColumnsError, OnePersonError
from kgrec_core.schema.columns import ITEM, USER

_TABLES, _COLUMNS, _ROWS, _CELL = 3, 12, 3, 24
_LEAST = 20  # rows of a history


def which_columns(tables: Sequence[RawTable], profiles: Mapping[str, Mapping[str, Profile]]) -> ColumnsError:
    """The error that asks which column is who and which is what."""
    given = [table for table in tables if not table.parent][:_TABLES]
    found = " ".join(_described(table) for table in given)
    one, other = _likely(given, profiles)
    return ColumnsError(
        "There are no interactions in it that can be told for certain: no table has a column that is clearly who, and "
        f"one that is clearly what. {found}",
        f'Say which is which, such as --map "{one}={USER}" --map "{other}={ITEM}" on the command line, or on the '
        "screen Data; or give a table with a person and an item in each row.",
        tuple((table.name, table.columns, _rows(table)) for table in given),
    )


def refuse_one_listener(tables: Sequence[RawTable], profiles: Mapping[str, Mapping[str, Profile]]) -> None:
    """Raises OnePersonError for a single table without names of times and of things that settle each other.

    As artist, album and track do: nothing in it can be many people.
    """
    if len(tables) != 1 or tables[0].named or tables[0].name not in profiles:
        return
    found = list(profiles[tables[0].name].values())
    times = [each for each in found if each.dates and each.distinct >= 0.9 * each.rows]
    things = [each for each in found if each not in times and each.distinct > 1]
    finest = max(things, key=lambda each: each.distinct, default=None)
    if finest is None or len(times) != 1 or len(things) < 2 or times[0].rows < _LEAST:
        return
    if all(each.worded for each in things) and all(determines(finest, each) >= 0.95 for each in things):
        raise OnePersonError(
            f"{tables[0].name}: this is one person's own history (times, and things that settle each other, such as "
            f"artist, album and track; {_described(tables[0])}), and a data set needs what many people did.",
            "Bring it to a data set that is there: “Bring your own history” for a new visitor on the screen Recommend. "
            'Where a column does name several people, say so: --map "COLUMN=user_id".',
        )


def _described(table: RawTable) -> str:
    names = table.columns[:_COLUMNS]
    listed = ", ".join(repr(name) for name in names) + (", ..." if len(table.columns) > len(names) else "")
    cells = [" · ".join(cell[:_CELL] for cell in row[:_COLUMNS]) for row in _rows(table)]
    return f"{table.name} has the columns {listed} and begins with {' | '.join(cells)}."


def _rows(table: RawTable) -> tuple[tuple[str, ...], ...]:
    rows = table.frame.drop(columns=list(PROVENANCE)).head(_ROWS)
    return tuple(tuple(shown(without_contacts(str(cell))) for cell in row) for row in rows.to_numpy())


def _likely(tables: Sequence[RawTable], profiles: Mapping[str, Mapping[str, Profile]]) -> tuple[str, str]:
    """Two columns that could be meant, for the example."""
    for table in tables:
        found = [
            name
            for name, each in profiles.get(table.name, {}).items()
            if each.distinct > 1 and not each.dates and not each.lists and (each.whole or not each.numeric)
        ]
        if len(found) > 1:
            return found[0], found[1]
    return "COLUMN", "OTHER"
