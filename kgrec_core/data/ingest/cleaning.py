"""From raw tables to tables that keep the contract. Nothing leaves without a line in the ledger."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from kgrec_core.data.formats.format import Tables
from kgrec_core.data.frames import with_columns
from kgrec_core.data.ingest.column_values import need, tidy, with_times, with_values, without_counts_beside_ratings
from kgrec_core.data.ingest.event_rows import EventRule, with_events
from kgrec_core.data.ingest.fact_rows import fact_rows
from kgrec_core.data.ingest.known_ids import of_known, with_unknown
from kgrec_core.data.ingest.known_pairs import Known, newer
from kgrec_core.data.ingest.repeated_items import joined_rows
from kgrec_core.data.ingest.repeats import counted, one_a_pair, without_copies, without_overlaps
from kgrec_core.data.ledger import FILE, PROVENANCE, ROW, Ledger
from kgrec_core.data.values.plain_numbers import floats_of
from kgrec_core.data.values.scales import Scale
from kgrec_core.domain import Domain
from kgrec_core.errors import DataError
from kgrec_core.schema.columns import (
    EVENT,
    ITEM,
    QUANTITY,
    TEXT,
    TIMESTAMP,
    TITLE,
    USER,
    VALUE,
)

_NUMBERS = 0.9  # share of the filled cells that makes a column one of numbers


@dataclass(frozen=True, eq=False)
class CleanTables:
    """Tables that keep the contract, still with provenance."""

    interactions: pd.DataFrame
    items: pd.DataFrame
    triples: pd.DataFrame
    users: pd.DataFrame | None
    scale: Scale | None  # of ratings; None for counts or no values
    events: EventRule | None = None  # what the words of events say; None where they say nothing


def clean_tables(tables: Tables, domain: Domain, now: float, ledger: Ledger, known: Known | None = None) -> CleanTables:
    """Checks and mends all tables. Raises DataError when no interaction can be used.

    now: seconds since 1970 · known: what is there already, where rows are added to it
    """
    if tables.interactions is None or not len(tables.interactions):
        raise DataError(f"{_read(ledger)}: there are no interactions in it. {_wanted(ledger)}")
    interactions, scale, events = _interactions(tables.interactions, tables, now, known, ledger)
    items = _items(tables.items, interactions, tables.guess, ledger)
    users = _users(tables.users, interactions, ledger)
    if tables.guess:
        items = with_unknown(ITEM, "item", interactions, items, ledger)
        users = None if users is None else with_unknown(USER, "user", interactions, users, ledger)
    else:
        interactions = of_known(ITEM, "item", interactions, items, ledger)
        interactions = interactions if users is None else of_known(USER, "user", interactions, users, ledger)
    triples = fact_rows(tables.triples, items, domain, ledger)
    return CleanTables(interactions, items, triples, users, scale, events)


def _read(ledger: Ledger) -> str:
    return ", ".join(account.file for account in ledger.accounts()[:3])


def _wanted(ledger: Ledger) -> str:
    found = [name for each in ledger.columns() for name in (*each.used, *each.unused)]
    columns = f" The columns found are {', '.join(map(repr, dict.fromkeys(found[:20])))}." if found else ""
    return f"Give a file with a user and an item in each row.{columns}"


def _interactions(
    frame: pd.DataFrame, tables: Tables, now: float, known: Known | None, ledger: Ledger
) -> tuple[pd.DataFrame, Scale | None, EventRule | None]:
    wanted = [name for name in (USER, ITEM, VALUE, EVENT, TIMESTAMP) if name in frame]
    frame = frame[[*wanted, *PROVENANCE]].assign(**{name: tidy(frame[name]) for name in wanted})
    frame = need(frame, (USER, ITEM), ledger)
    frame = without_overlaps(with_times(without_copies(frame, ledger), now, ledger), ledger)
    frame = frame if known is None else newer(frame, known.interactions, ledger)
    if EVENT in frame:
        liked = known.liked_words if known else ()
        frame, events = with_events(frame, tables.event_weights, tables.pieces, ledger, liked)
        if events is not None:
            return frame, None, events
    frame, scale = with_values(without_counts_beside_ratings(frame, ledger), tables.implicit, ledger, tables.no_rating)
    counts = VALUE in frame and scale is None
    if counts and tables.pieces:  # of one purchase: how often somebody bought is how many rows there are
        frame = with_columns(frame, {QUANTITY: frame[VALUE], VALUE: (frame[VALUE] > 0).astype(float)})
    elif tables.guess and not counts:
        frame = counted(frame, ledger)
        counts = VALUE in frame and scale is None
    return one_a_pair(frame, counts, ledger), scale, None


def _items(frame: pd.DataFrame | None, interactions: pd.DataFrame, several: bool, ledger: Ledger) -> pd.DataFrame:
    """several: whether an item may have several rows, one a genre or a tag."""
    if frame is None:
        ids = pd.unique(interactions[ITEM])
        made = pd.DataFrame({ITEM: ids, TITLE: ids, FILE: "", ROW: 0})
        file = str(interactions[FILE].iloc[0]) if len(interactions) else "interactions"
        ledger.note(file, "no table of items was given, so items are called by their ids", "Give a table with titles.")
        return made
    columns = [name for name in frame.columns if name not in PROVENANCE]
    frame = with_columns(frame, {name: tidy(frame[name]) for name in columns})
    frame = need(frame, (ITEM,), ledger)
    frame = _with_all_values(frame, ledger) if several else _one_row_an_id(frame, ITEM, ledger)
    if TITLE not in frame:
        frame = frame.assign(**{TITLE: ""})
    blank = frame[TITLE] == ""
    if blank.any():
        ledger.keep(frame[blank], TITLE, "has no title and is called by its id", "Fill in the title.")
        frame = frame.assign(**{TITLE: frame[TITLE].where(~blank, frame[ITEM])})
    if "year" in frame:
        frame = frame.assign(year=_years(frame["year"]))
    return frame


def _years(column: pd.Series) -> pd.Series:
    years = floats_of(column)
    return years.where((years > 0) & (years < 3000) & (years % 1 == 0)).astype("Int64")


def _with_all_values(frame: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """One row an item; words that differ between its rows become several values of one cell."""
    again = frame.duplicated(ITEM)
    if not again.any():
        return frame
    what = "the id stood in an earlier row; empty cells were filled from here, and other words were added"
    ledger.merge(frame[again], ITEM, what, "Nothing to do.")
    words = [name for name in frame.columns if name not in (ITEM, TITLE, TEXT, "year", *PROVENANCE)]
    numbers = {name for name in words if floats_of(frame[name][frame[name] != ""]).notna().mean() > _NUMBERS}
    return joined_rows(frame, ITEM, frozenset({TITLE, TEXT, "year", *numbers}))


def _one_row_an_id(frame: pd.DataFrame, key: str, ledger: Ledger) -> pd.DataFrame:
    again = frame.duplicated(key)
    if not again.any():
        return frame
    ledger.merge(
        frame[again], key, "the id stood in an earlier row; only empty cells were filled from here", "Nothing to do."
    )
    several = frame[key].isin(frame.loc[again, key])
    filled = frame[several].drop(columns=list(PROVENANCE)).replace("", None).groupby(key, sort=False).transform("first")
    columns = [name for name in filled.columns if name not in PROVENANCE]
    frame = frame.copy()
    frame.loc[several, columns] = filled[columns].fillna("")
    return frame[~again]


def _users(frame: pd.DataFrame | None, interactions: pd.DataFrame, ledger: Ledger) -> pd.DataFrame | None:
    if frame is None:
        return None
    columns = [name for name in frame.columns if name not in PROVENANCE]
    frame = need(with_columns(frame, {name: tidy(frame[name]) for name in columns}), (USER,), ledger)
    frame = _one_row_an_id(frame, USER, ledger)
    met = frame[USER].isin(interactions[USER])
    if not met.all():
        mend = "Nothing to do; such users get what a new visitor gets."
        ledger.drop(frame[~met], USER, "has no interaction", mend, "note")
    return frame[met]
