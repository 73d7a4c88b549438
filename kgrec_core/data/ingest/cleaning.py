"""From raw tables to tables that keep the contract. Nothing leaves without a line in the ledger."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from kgrec_core.data.attribute_triples import entity_id
from kgrec_core.data.formats.format import Tables
from kgrec_core.data.frames import with_columns
from kgrec_core.data.ingest.column_values import need, tidy, with_times, with_values, without_counts_beside_ratings
from kgrec_core.data.ingest.event_rows import EventRule, with_events
from kgrec_core.data.ingest.known_ids import with_unknown
from kgrec_core.data.ingest.repeats import counted, one_a_pair, without_copies, without_overlaps
from kgrec_core.data.ledger import FILE, PROVENANCE, ROW, Ledger
from kgrec_core.data.values.plain_numbers import floats_of
from kgrec_core.data.values.scales import Scale
from kgrec_core.domain import Domain
from kgrec_core.errors import DataError
from kgrec_core.schema.columns import (
    EVENT,
    HEAD,
    HEAD_LABEL,
    ITEM,
    QUANTITY,
    RELATION,
    TAIL,
    TAIL_LABEL,
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
    scale: Scale | None  # of ratings; None for counts or no values
    events: EventRule | None = None  # what the words of events say; None where they say nothing


def clean_tables(tables: Tables, domain: Domain, now: float, ledger: Ledger) -> CleanTables:
    """Checks and mends all tables. now: seconds since 1970. Raises DataError when no interaction can be used."""
    if tables.interactions is None or not len(tables.interactions):
        raise DataError(f"{_read(ledger)}: there are no interactions in it. {_wanted(ledger)}")
    interactions, scale, events = _interactions(tables.interactions, tables, now, ledger)
    items = with_unknown(ITEM, "item", interactions, _items(tables.items, interactions, ledger), ledger)
    users = _users(tables.users, interactions, ledger)
    if users is not None:
        users = with_unknown(USER, "user", interactions, users, ledger)
    triples = _triples(tables.triples, items, domain, ledger)
    return CleanTables(interactions, items, triples, users, scale, events)


def _read(ledger: Ledger) -> str:
    return ", ".join(account.file for account in ledger.accounts()[:3])


def _wanted(ledger: Ledger) -> str:
    found = [name for each in ledger.columns() for name in (*each.used, *each.unused)]
    columns = f" The columns found are {', '.join(map(repr, dict.fromkeys(found[:20])))}." if found else ""
    return f"Give a file with a user and an item in each row.{columns}"


def _interactions(
    frame: pd.DataFrame, tables: Tables, now: float, ledger: Ledger
) -> tuple[pd.DataFrame, Scale | None, EventRule | None]:
    wanted = [name for name in (USER, ITEM, VALUE, EVENT, TIMESTAMP) if name in frame]
    frame = frame[[*wanted, *PROVENANCE]].assign(**{name: tidy(frame[name]) for name in wanted})
    frame = need(frame, (USER, ITEM), ledger)
    frame = without_overlaps(with_times(without_copies(frame, ledger), now, ledger), ledger)
    if EVENT in frame:
        frame, events = with_events(frame, tables.event_weights, tables.pieces, ledger)
        if events is not None:
            return frame, None, events
    frame, scale = with_values(without_counts_beside_ratings(frame, ledger), tables.implicit, ledger)
    counts = VALUE in frame and scale is None
    if counts and tables.pieces:  # of one purchase: how often somebody bought is how many rows there are
        frame = with_columns(frame, {QUANTITY: frame[VALUE], VALUE: (frame[VALUE] > 0).astype(float)})
    elif tables.guess and not counts:
        frame = counted(frame, ledger)
        counts = VALUE in frame and scale is None
    return one_a_pair(frame, counts, ledger), scale, None


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
    filled = frame[several].replace("", None).groupby(key, sort=False).transform("first")
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


def _triples(frame: pd.DataFrame | None, items: pd.DataFrame, domain: Domain, ledger: Ledger) -> pd.DataFrame:
    columns = [HEAD, RELATION, TAIL, HEAD_LABEL, TAIL_LABEL, *PROVENANCE]
    if frame is None or not len(frame):
        return pd.DataFrame(columns=columns, dtype=object)
    wanted = [name for name in (HEAD, RELATION, TAIL, TAIL_LABEL) if name in frame]
    frame = frame[[*wanted, *PROVENANCE]].assign(**{name: tidy(frame[name]) for name in wanted})
    frame = need(frame, (HEAD, RELATION, TAIL), ledger)
    frame = _with_item_heads(frame, items, ledger)
    _tell_alike(frame, ledger)
    frame = frame.assign(**{RELATION: _per_value(frame[RELATION], relation_name)})
    label = frame[TAIL_LABEL].where(frame[TAIL_LABEL] != "", frame[TAIL]) if TAIL_LABEL in frame else frame[TAIL]
    frame = frame.assign(**{TAIL_LABEL: label, TAIL: _entity_ids(frame[RELATION], label, domain)})
    again = frame.duplicated([HEAD, RELATION, TAIL])
    if again.any():
        ledger.merge(frame[again], TAIL, "the same fact stood in an earlier row", "Nothing to do.")
        frame = frame[~again]
    titles = items.set_index(ITEM)[TITLE]
    return frame.assign(**{HEAD_LABEL: frame[HEAD].map(titles)})[columns]


def _tell_alike(frame: pd.DataFrame, ledger: Ledger) -> None:
    """Notes relations of different names of which only the ends count, and these are alike."""
    spelled: dict[str, list[str]] = {}
    for raw in frame[RELATION].unique():
        spelled.setdefault(relation_name(raw), []).append(raw)
    for relation, names in spelled.items():
        if len({name.casefold() for name in names}) > 1:
            what = f"{', '.join(map(repr, names[:5]))} become one relation, {relation!r}, since their names end alike"
            rows = frame[frame[RELATION].isin(names)]
            ledger.keep(rows, RELATION, what, "Rename one of them, if they say different things.", "note")


def _with_item_heads(frame: pd.DataFrame, items: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """Facts whose head is an item by id, or by its title; facts that end at an item are turned round."""
    known = frame[HEAD].isin(items[ITEM])
    if not known.all():
        by_title = _unique_titles(items)
        found = _per_value(frame[HEAD], lambda text: by_title.get(normal(text), ""))
        titled = ~known & (found != "")
        turned = ~known & ~titled & frame[TAIL].isin(items[ITEM])
        frame = _turned(frame.assign(**{HEAD: frame[HEAD].where(~titled, found)}), turned, ledger)
        nobody = ~(known | titled | turned)
        if nobody.any():
            mend = "Correct the head, or add it to the table of items. Facts about other things are not used."
            ledger.drop(frame[nobody], HEAD, "is no item", mend)
            frame = frame[~nobody]
    return frame


def _turned(frame: pd.DataFrame, turned: pd.Series, ledger: Ledger) -> pd.DataFrame:
    if not turned.any():
        return frame
    ledger.keep(frame[turned], HEAD, "the fact ends at an item and was turned round", "Nothing to do.", "note")
    swapped = {HEAD: frame[HEAD].where(~turned, frame[TAIL]), TAIL: frame[TAIL].where(~turned, frame[HEAD])}
    if TAIL_LABEL in frame:
        swapped[TAIL_LABEL] = frame[TAIL_LABEL].where(~turned, "")
    return frame.assign(**swapped)


def _unique_titles(items: pd.DataFrame) -> Mapping[str, str]:
    keys = items[TITLE].map(normal)
    once = ~keys.duplicated(keep=False)
    return dict(zip(keys[once], items.loc[once, ITEM], strict=True))


def _entity_ids(relations: pd.Series, labels: pd.Series, domain: Domain) -> pd.Series:
    """Ids as those of attributes have: "type:normalised label", so that one thing is one node."""
    kinds = _per_value(relations, lambda name: domain.phrase(name).entity_type)
    made = labels.copy()
    for kind in pd.unique(kinds):
        rows = kinds == kind
        made[rows] = _per_value(labels[rows], partial(entity_id, str(kind)))
    return made


def _per_value(column: pd.Series, make: Callable[[str], str]) -> pd.Series:
    codes, values = pd.factorize(column.astype(object))
    made: list[str] = [make(value) for value in values]
    return pd.Series(np.array(made, dtype=object)[codes], index=column.index, dtype=object)


def normal(text: str) -> str:
    """A label as it is compared.

    >>> normal("  Sigur  Rós ") == normal("SIGUR RÓS")
    True
    """
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def relation_name(raw: str) -> str:
    """A relation as a plain name: the last part of an address or of a dotted path, in small letters with underscores.

    >>> relation_name("http://dbpedia.org/ontology/recordLabel"), relation_name("film.film.Directed By")
    ('recordlabel', 'directed_by')
    """
    last = raw.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]
    last = last.rsplit(".", 1)[-1] if last.count(".") and not last.endswith(".") else last
    kept = "".join(letter if letter.isalnum() else "_" for letter in last.casefold())
    return "_".join(part for part in kept.split("_") if part) or "related_to"
