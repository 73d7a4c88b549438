"""What files hold, for the person to look at before anything is read: the plan, first rows, first people."""

from __future__ import annotations

from dataclasses import dataclass

from kgrec_core.data.formats.raw_table import RawTable
from kgrec_core.data.ledger import PROVENANCE, shown
from kgrec_core.data.plan.planner import Planned
from kgrec_core.data.plan.reading_plan import ReadingPlan
from kgrec_core.schema.columns import EVENT, ITEM, TITLE, USER, VALUE

_ROWS, _PEOPLE, _THINGS, _TITLE = 5, 2, 4, 40


@dataclass(frozen=True, slots=True)
class TablePreview:
    """The first rows of a table, as they stand in it, with the columns that joins gave it."""

    table: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class FilesPreview:
    """What files hold. format: of a published data set, "plain" for others; plan: None where the format says it all."""

    format: str
    plan: ReadingPlan | None
    tables: tuple[TablePreview, ...]
    people: tuple[str, ...]  # "anna: 6 things, first Soup 0 (4), Soup 3": the best check of all
    rule: str = ""  # what counts as liked, in a sentence; "" where that takes a check to tell
    domain: str = ""  # what the files are about, by the name of a preset; "" as above


def preview(found: Planned) -> FilesPreview:
    """Of plain tables."""
    tables = tuple(_table(found.tables[each.table]) for each in found.plan.tables if each.table in found.tables)
    return FilesPreview("plain", found.plan, tables, first_people(found))


def first_people(found: Planned) -> tuple[str, ...]:
    """What the first people of the first table of interactions met, in words."""
    each = next((one for one in found.plan.tables if one.role == "interactions"), None)
    if each is None:
        return ()
    frame, titles = found.tables[each.table].frame, _titles(found)
    user, item = str(each.column(USER)), str(each.column(ITEM))
    told = []
    for who in list(dict.fromkeys(name for name in frame[user] if name))[:_PEOPLE]:
        rows = frame[frame[user] == who]
        how = each.column(VALUE) or each.column(EVENT)
        things = [
            shown(titles.get(str(row[item])) or row[item])[:_TITLE]
            + (f" ({shown(row[how])[:_TITLE]})" if how and row[how] != "" else "")
            for row in rows.head(_THINGS).to_dict("records")
        ]
        count = rows[item].nunique()
        told.append(f"{shown(who)}: {count:,} {'thing' if count == 1 else 'things'}, first {', '.join(things)}")
    return tuple(told)


def _titles(found: Planned) -> dict[str, str]:
    titles: dict[str, str] = {}
    for each in found.plan.tables:
        title, item = each.column(TITLE), each.column(ITEM)
        if title and item and each.table in found.tables:
            frame = found.tables[each.table].frame
            titles |= dict(zip(frame[item].astype(str), frame[title].astype(str), strict=True))
    return titles


def _table(table: RawTable) -> TablePreview:
    rows = table.frame.drop(columns=list(PROVENANCE)).head(_ROWS)
    return TablePreview(table.name, table.columns, tuple(tuple(map(shown, row)) for row in rows.to_numpy()))
