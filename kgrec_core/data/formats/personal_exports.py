"""Files that are one person's own history, as services export it: recognised by their columns, and read.

No data set can be made of them, since whom to recommend to and who is alike are asked of many people; they are the
history of a visitor of a data set that is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kgrec_core.data.formats.export_entries import entries_of, left_out, source_of
from kgrec_core.data.formats.export_kinds import (
    BESIDE,
    DATES,
    GENERIC,
    KINDS,
    MAKERS,
    ONE_READER,
    OWN,
    RATINGS,
    TITLES,
    YEARS,
    ExportKind,
)
from kgrec_core.data.formats.export_tables import (
    ExportTable,
    beginning,
    person_column_holds_several,
    whole,
    words,
)
from kgrec_core.data.formats.source_files import SourceFile
from kgrec_core.data.ledger import Ledger
from kgrec_core.errors import DataError, OnePersonError
from kgrec_core.schema.personal_history import OnePersonHistory

_PEOPLE = frozenset(  # names of columns that tell people apart, by their words without blanks
    """user userid uid username customer customerid client clientid viewer viewerid listener listenerid member memberid
    account accountid reviewer reviewerid reviewername visitor visitorid buyer buyerid person personid profile profileid
    profilename player playerid household householdkey subscriber subscriberid useridhash userhash kunde kundennummer
    kundenid nutzer nutzerid benutzer benutzerid utilisateur usuario cliente utente пользователь 用户 用户id
    customername customeremail email borrower patron reader readerid student studentid""".split()
)
_SURELY = frozenset("user userid username uid customer customerid member memberid profilename viewer viewerid".split())
"""Of these, names that never tell the owner of a shop or the tenant of a service: one alone is one person."""
_ITEMS = frozenset(
    "item itemid movie movieid film filmid book bookid product productid track trackid song songid".split()
)
_LEAST, _SHOWN = 5, 8  # rows of a single person; names of columns in a message
_UNIQUE = 0.9  # share of titles that are there once, in a list of one person


@dataclass(frozen=True, slots=True)
class PersonalExport:
    """source: "Letterboxd" · about: "films" · files: those that hold the history · columns: of the first of them"""

    source: str
    about: str
    files: tuple[SourceFile, ...]
    columns: tuple[str, ...]


def recognised(files: Sequence[SourceFile]) -> PersonalExport | None:
    """What one person's export the files are; None for data of several people and for everything else."""
    tables = [(file, table) for file in files if (table := beginning(file)) is not None]
    candidates: list[tuple[SourceFile, ExportTable, ExportKind]] = []
    others = 0
    if _differ(table for _, table in tables):
        return None
    for file, table in tables:
        if _is_of_several(file, table):
            return None
        kind = _kind_of(table)
        if kind is not None and not left_out(table):
            candidates.append((file, table, kind))
        elif len(table.rows) >= _LEAST:
            others += 1
    sure = [each for each in candidates if each[2].sure and each[2] is not GENERIC]
    chosen = sure or ([] if others or len(candidates) > 1 else candidates)  # of several lists each may be a person's
    single = [each for each in candidates if _people_columns(each[1])]
    if not chosen and single:  # titles of items may lie beside
        chosen = single
    if not chosen:
        return None
    source = source_of((table, kind) for _, table, kind in chosen)
    about = next(kind.about for _, _, kind in chosen if kind.source == source)
    return PersonalExport(source, about, tuple(file for file, _, _ in chosen), chosen[0][1].names)


def refuse_if_personal(files: Sequence[SourceFile]) -> None:
    """Raises OnePersonError where the files are one person's own history."""
    found = recognised(files)
    if found is None:
        return
    names = ", ".join(file.name for file in found.files[:3]) + (" and more" if len(found.files) > 3 else "")
    columns = ", ".join(found.columns[:_SHOWN]) + (", ..." if len(found.columns) > _SHOWN else "")
    name, first = "movies" if found.about == "films" else "NAME", found.files[0].name.split("/")[0]
    raise OnePersonError(
        f"{names}: this is one person's own history ({found.source}; columns found: {columns}), and a data set needs "
        "what many people did.",
        f"Bring it to a data set of {found.about} that is there: `python -m kgrec_core recommend {name} --export "
        f"{first}`, or “Bring your own history” for a new visitor on the screen Recommend. "
        "Where a column does name several people, say so: --map COLUMN=user_id.",
    )


def read_export(files: Sequence[SourceFile], ledger: Ledger) -> OnePersonHistory:
    """The titles of one person. Raises DataError for files of several people, and where there are no titles."""
    starts = [(file, table) for file in files if (table := beginning(file)) is not None]
    several = [file.name for file, table in starts if _is_of_several(file, table)]
    if several or _differ(table for _, table in starts):
        several = several or [file.name for file, table in starts if _people_columns(table)]
        raise DataError(
            f"{several[0]} is about several people, so it is no export of one. Import it as a data set: "
            f"`python -m kgrec_core import NAME --interactions {several[0]}`."
        )
    found = recognised(files)
    chosen = found.files if found else tuple(files)
    tables = [(table, kind) for file in chosen for table, kind in [_read(file, ledger)] if kind is not None]
    if not found:
        tables = [(table, kind) for table, kind in tables if set(table.columns) & set(TITLES)]
    if not tables:
        raise DataError(_without_titles(files))
    titles = _titles_beside(files, tables, ledger)
    entries, notes = entries_of([(_titled(table, titles), kind) for table, kind in tables])
    if not entries:
        raise DataError(f"{tables[0][0].file} holds no title. Export it again, and give it as it is.")
    return OnePersonHistory(source_of(tables), entries, notes)


def _read(file: SourceFile, ledger: Ledger) -> tuple[ExportTable, ExportKind | None]:
    start = beginning(file)
    if start is None:
        return ExportTable(file.name, (), ()), None
    table = whole(file, ledger)
    return table, _kind_of(table) or GENERIC


def _is_of_several(file: SourceFile, table: ExportTable) -> bool:
    """Whether a column that tells people apart has two values. table: the beginning of the file"""
    return any(
        _several(table, column) or person_column_holds_several(file, column, Ledger())
        for column in _people_columns(table)
    )


def _differ(tables: Iterable[ExportTable]) -> bool:
    """Whether a column that tells people apart begins with another person in another file."""
    firsts = {
        (column, row.get(column, "")) for table in tables for column in _people_columns(table) for row in table.rows[:1]
    }
    return len({column for column, _ in firsts}) < len(firsts)


def _kind_of(table: ExportTable) -> ExportKind | None:
    """What a table is, of which no column tells several people apart; None for what is nobody's."""
    columns = table.columns
    for kind in KINDS:
        if any(marks == columns if kind.exact else marks <= columns for marks in kind.marks):
            return kind
    people = {column.replace(" ", "") for column in _people_columns(table)}
    if people:
        return _single(table) if people & _SURELY else None
    return GENERIC if _is_own_list(table) else None


def _single(table: ExportTable) -> ExportKind | None:
    """Rows of the only user of a table: what they met is named by a title or an id."""
    item = next((column for column in map(words, table.names) if column.replace(" ", "") in _ITEMS), "")
    named = item or next((column for column in TITLES if column in table.columns), "")
    if len({row.get(named, "") for row in table.rows} - {""}) < _LEAST:
        return None
    ids = {**GENERIC.ids, **({"item": (item,)} if item else {})}
    return ExportKind(
        "one user of a table", (), (*TITLES,), RATINGS, year=YEARS, when=("timestamp", *DATES), maker=MAKERS, ids=ids,
        sure=False,
    )  # fmt: skip


def _is_own_list(table: ExportTable) -> bool:
    """Whether titles stand there once each, with a rating or a date that are somebody's own, or with nothing else."""
    columns = table.columns
    title = next((column for column in TITLES if column in columns), "")
    if not title or not table.rows:
        return False
    own = any(column in ONE_READER or _is_own(column) for column in columns)
    known = {*TITLES, *RATINGS, *YEARS, *DATES, *MAKERS, *BESIDE}
    named = columns & set(TITLES) - {"series", "album", "original title", "show"}
    plain = columns <= known and bool(columns & set(RATINGS)) and len(named) == 1  # of two names one may be a person's
    titles = [row[title] for row in table.rows if row.get(title)]
    unique = len(set(titles)) >= _UNIQUE * len(table.rows)
    return len(titles) >= _LEAST and unique and (own or plain)


def _is_own(column: str) -> bool:
    """Whether a column of a rating or a date is called "my" or "your"."""
    first = column.split(" ")[0]
    return column in (*RATINGS, *DATES) and (first in OWN or column.startswith(("我的", "私の")))


def _people_columns(table: ExportTable) -> list[str]:
    return [column for column in map(words, table.names) if column.replace(" ", "") in _PEOPLE]


def _several(table: ExportTable, column: str) -> bool:
    return len({row.get(column, "") for row in table.rows} - {""}) > 1


def _titles_beside(
    files: Sequence[SourceFile], tables: Sequence[tuple[ExportTable, ExportKind]], ledger: Ledger
) -> dict[tuple[str, str], str]:
    """(column, id) -> title, of tables that name the items of a table that has none."""
    wanted = {column for table, kind in tables for column in kind.ids.get("item", ()) if not _has_title(table)}
    read = {table.file for table, _ in tables}
    found: dict[tuple[str, str], str] = {}
    for file in files if wanted else ():
        start = beginning(file) if file.name not in read else None
        shared = wanted & start.columns if start else frozenset()
        if start is None or not shared or not _has_title(start):
            continue
        title = next(column for column in TITLES if column in start.columns)
        for row in whole(file, ledger).rows:
            found |= {(column, row.get(column, "")): row.get(title, "") for column in shared}
    return found


def _titled(table: ExportTable, titles: dict[tuple[str, str], str]) -> ExportTable:
    if not titles or _has_title(table):
        return table
    columns = {column for column, _ in titles}
    rows = tuple(
        {
            **row,
            "title": next((found for column in columns if (found := titles.get((column, row.get(column, ""))))), ""),
        }
        for row in table.rows
    )
    return ExportTable(table.file, (*table.names, "title"), rows)


def _has_title(table: ExportTable) -> bool:
    return bool(table.columns & set(TITLES))


def _without_titles(files: Sequence[SourceFile]) -> str:
    names = [(file.name, table.names) for file in files if (table := beginning(file)) is not None]
    have = f"; it has {', '.join(map(repr, names[0][1][:_SHOWN]))}" if names else ""
    return (
        f"{names[0][0] if names else files[0].name}: no column holds titles{have}. Give an export of Letterboxd, IMDb, "
        "Netflix, Goodreads, StoryGraph, Spotify, Last.fm, Trakt or MyAnimeList as it is, or a table with the columns "
        "title, year, rating."
    )
