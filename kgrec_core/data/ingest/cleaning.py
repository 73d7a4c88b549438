"""From raw tables to tables that keep the contract. Nothing leaves without a line in the ledger."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from kgrec_core.data.formats.format import Tables
from kgrec_core.data.frames import with_columns
from kgrec_core.data.ingest.column_values import need, tidy, with_times, with_values
from kgrec_core.data.ingest.fact_rows import fact_rows
from kgrec_core.data.ingest.known_pairs import newer
from kgrec_core.data.ledger import FILE, PROVENANCE, ROW, Ledger
from kgrec_core.data.values.plain_numbers import floats_of
from kgrec_core.domain import Domain
from kgrec_core.errors import DataError
from kgrec_core.schema.columns import (
    ITEM,
    QUANTITY,
    TIMESTAMP,
    TITLE,
    USER,
    VALUE,
)


@dataclass(frozen=True, eq=False)
class CleanTables:
    """Tables that keep the contract, still with provenance."""

    interactions: pd.DataFrame
    items: pd.DataFrame
    triples: pd.DataFrame
    users: pd.DataFrame | None
    scale: float | None  # top of the rating scale; None for counts or no values


def clean_tables(
    tables: Tables, domain: Domain, now: float, ledger: Ledger, known: pd.DataFrame | None = None
) -> CleanTables:
    """Checks and mends all tables. Raises DataError when no interaction can be used.

    now: seconds since 1970 · known: interactions that are there already, where rows are added to them
    """
    if tables.interactions is None or not len(tables.interactions):
        files = ", ".join(account.file for account in ledger.accounts()[:3])
        raise DataError(f"{files}: there are no interactions in it. Give a file with a user and an item in each row.")
    interactions, scale = _interactions(tables.interactions, tables, now, known, ledger)
    items = _items(tables.items, interactions, ledger)
    interactions = _of_known(ITEM, "item", interactions, items, ledger)
    users = _users(tables.users, interactions, ledger)
    if users is not None:
        interactions = _of_known(USER, "user", interactions, users, ledger)
    triples = fact_rows(tables.triples, items, domain, ledger)
    return CleanTables(interactions, items, triples, users, scale)


def _interactions(
    frame: pd.DataFrame, tables: Tables, now: float, known: pd.DataFrame | None, ledger: Ledger
) -> tuple[pd.DataFrame, float | None]:
    wanted = [name for name in (USER, ITEM, VALUE, TIMESTAMP) if name in frame]
    frame = frame[[*wanted, *PROVENANCE]].assign(**{name: tidy(frame[name]) for name in wanted})
    frame = need(frame, (USER, ITEM), ledger)
    frame, scale = with_values(frame, tables.implicit, ledger)
    frame = with_times(frame, now, ledger)
    frame = frame if known is None else newer(frame, known, ledger)
    counts = VALUE in frame and scale is None
    if counts and tables.pieces:  # of one purchase: how often somebody bought is how many rows there are
        frame = with_columns(frame, {QUANTITY: frame[VALUE], VALUE: (frame[VALUE] != 0).astype(float)})
    return _one_a_pair(frame, counts, ledger), scale


def _one_a_pair(frame: pd.DataFrame, counts: bool, ledger: Ledger) -> pd.DataFrame:
    """counts: whether values tell how often or how many, and are added up; else the latest is what somebody thinks."""
    again = frame.duplicated([USER, ITEM])
    if not again.any():
        return frame
    order = frame.sort_values(TIMESTAMP, kind="stable", na_position="first") if TIMESTAMP in frame else frame
    earlier = order.duplicated([USER, ITEM], keep="last").reindex(frame.index)
    how = "the counts were added up" if counts else "the latest row counts"
    ledger.merge(frame[earlier], ITEM, f"the same user met the same item again later; {how}", "Nothing to do.")
    amounts = [name for name in (VALUE, QUANTITY) if name in frame] if counts else []
    if amounts:
        sums = frame.groupby([USER, ITEM], sort=False)[amounts].transform("sum", min_count=1)
        frame = frame.assign(**{name: sums[name] for name in amounts})
    return frame[~earlier]


def _items(frame: pd.DataFrame | None, interactions: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    if frame is None:
        ids = pd.unique(interactions[ITEM])
        made = pd.DataFrame({ITEM: ids, TITLE: ids, FILE: "", ROW: 0})
        file = str(interactions[FILE].iloc[0]) if len(interactions) else "interactions"
        ledger.note(file, "no table of items was given, so items are called by their ids", "Give a table with titles.")
        return made
    columns = [name for name in frame.columns if name not in PROVENANCE]
    frame = with_columns(frame, {name: tidy(frame[name]) for name in columns})
    frame = need(frame, (ITEM,), ledger)
    frame = _one_row_an_id(frame, ITEM, ledger)
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


def _of_known(column: str, kind: str, frame: pd.DataFrame, table: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    known = frame[column].isin(table[column])
    if not known.all():
        mend = f"Add the {kind} to the table of {kind}s, or leave these rows out."
        ledger.drop(frame[~known], column, f"is not in the table of {kind}s", mend)
    return frame[known]
