"""The people of a data set put out of sight, wherever they stand: ids, names, addresses, numbers and handles.

An id becomes its keyed hash, in the column of ids and everywhere else, so that what is said of a person stays said.
A name that the tables join to an id becomes the hash of that id; an address becomes a hash of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from kgrec_core.data.formats.format import Tables
from kgrec_core.data.frames import with_columns
from kgrec_core.data.ingest.column_values import tidy
from kgrec_core.data.ingest.identifying_columns import identifying
from kgrec_core.data.ingest.pseudonyms import Pseudonyms
from kgrec_core.data.ledger import FILE, PROVENANCE, Ledger
from kgrec_core.data.masking import per_value, reaches, without_contacts
from kgrec_core.schema.columns import HEAD, HEAD_LABEL, ITEM, RELATION, TAIL, TAIL_LABEL, TITLE, USER

KEEP_COLUMN = "Keep it on purpose where all who stand in it agree"
PERSON = "Person "  # in front of a hash, where a name stood
_ABOUT_PEOPLE = re.compile(
    r"friend|follow|manager|colleague|boss|parent|child|spouse|partner|refer|invit|contact|knows|user|member|sibling|"
    r"trust|owner|seller|buddy|relative|reviewer|freund|kunde|chef"
)
_PARTS = re.compile(r"([\s,;|/:=\[\]'\"(){}<>]+)")
_SOME = 0.3  # share of the parts of a column that are ids of users, which makes it a column of users
_LOOKED_AT = 2_000  # distinct cells


@dataclass(frozen=True)
class People:
    """Who must not be seen. ids: of users, none where they are kept; called: names in small letters -> id."""

    names: Pseudonyms
    ids: frozenset[str]
    called: Mapping[str, str]
    items: frozenset[str]  # ids of items that are no people: these stay

    def without(self, text: str, everywhere: bool) -> str:
        """The text without contacts, names and ids. everywhere: whether every part that is an id is one, even a plain
        number or a word; else only what could be nothing else.
        """
        text = without_contacts(text, self.names.of)
        known = self.called.get(text.strip().casefold()) if self.called else None
        if known is not None:
            return PERSON + self.names.of(known)
        if text in self.ids and (everywhere or _telling(text)):
            return self.names.of(text)
        if not self.ids or not _PARTS.search(text):
            return text
        parts = _PARTS.split(text)
        hidden = [
            self.names.of(part) if part in self.ids and (everywhere or _telling(part)) else part for part in parts
        ]
        return text if hidden == parts else "".join(hidden)

    def are_in(self, column: pd.Series) -> bool:
        """Whether a column holds users by their ids."""
        cells = column.dropna().astype(str).drop_duplicates().head(_LOOKED_AT)
        parts = [part for cell in cells for part in {cell, *_PARTS.split(cell)[::2]} if part]
        return bool(parts) and sum(part in self.ids for part in parts) >= _SOME * len(parts)


def protected(
    tables: Tables, names: Pseudonyms, kept: frozenset[str], social: bool, keep_ids: bool, ledger: Ledger
) -> tuple[Tables, tuple[str, ...]]:
    """The tables without people in sight, and the columns that were left out.

    kept: columns of users and items that stay as they are · social: whether the items are people · keep_ids: whether
    ids of users stay in their own column
    """
    users = _ids((tables.interactions, USER), (tables.users, USER))
    things = _ids((tables.interactions, ITEM), (tables.items, ITEM))
    social = social or _are_people(things, users)
    everybody = users | things if social else users
    people = People(
        names,
        frozenset() if keep_ids else frozenset(everybody),
        _called(tables, social and not keep_ids),
        frozenset() if social else frozenset(things),
    )
    own, of_users = _filtered(tables.users, kept, True, ledger)
    items, of_items = _filtered(tables.items, kept, social, ledger)
    hidden = replace(tables, users=own, items=items)
    hidden = _with_words(hidden, people, kept, social)
    hidden = replace(hidden, triples=_facts(hidden.triples, people, social))
    if not keep_ids:
        hidden = _with_ids(hidden, names, social)
    ledger.ids_are_hidden()
    return hidden, (*of_users, *of_items)


def _ids(*columns: tuple[pd.DataFrame | None, str]) -> frozenset[str]:
    found = (set(tidy(frame[name]).unique()) for frame, name in columns if frame is not None and name in frame)
    return frozenset().union(*found) - {""}


def _are_people(things: frozenset[str], users: frozenset[str]) -> bool:
    """Items that are mostly users by their ids, or addresses; numbers may count users and items alike."""
    worded = [thing for thing in things if not thing.isdigit()]
    known = sum(thing in users or reaches(thing) for thing in worded)
    return 2 * known > len(things) > 0


def _telling(part: str) -> bool:
    """Whether a text could hardly be anything but an id: letters with digits or signs in one word."""
    return len(part) >= 4 and bool(re.search(r"[^\W\d_]", part)) and bool(re.search(r"[\d_.@]", part))


def _called(tables: Tables, social: bool) -> dict[str, str]:
    """Names of several words, and where the items are people every title; a name that two people have is an id of its
    own.
    """
    found: dict[str, str] = {}
    sources = [(tables.users, USER, False), *([(tables.items, ITEM, True)] if social else [])]
    for frame, key, titles in sources:
        if frame is None or key not in frame:
            continue
        columns = [name for name in identifying(frame, True) if frame[name].dtype == object]
        for name in [*columns, *([TITLE] if titles and TITLE in frame else [])]:
            for text, known in zip(tidy(frame[name]), tidy(frame[key]), strict=True):
                if text and known and text != known and (titles or " " in text):
                    folded = text.casefold()
                    found[folded] = known if found.get(folded, known) == known else folded
    return found


def _filtered(
    frame: pd.DataFrame | None, kept: frozenset[str], of_people: bool, ledger: Ledger
) -> tuple[pd.DataFrame | None, tuple[str, ...]]:
    if frame is None or not len(frame):
        return frame, ()
    found = tuple(name for name in identifying(frame, of_people) if name not in kept)
    for name in found:
        file = next((str(each) for each in frame[FILE].unique() if each), "")
        what = f"the column {name!r} names or reaches a person and was left out"
        ledger.note(file, what, f"{KEEP_COLUMN}.")
    return frame.drop(columns=list(found)), found


def _with_words(tables: Tables, people: People, kept: frozenset[str], social: bool) -> Tables:
    """All texts but ids of users, and of items where these are people."""
    users = _words(tables.users, {USER, *kept}, people, True)
    items = _words(tables.items, {*kept, *({ITEM} if social else ())}, people, social)
    met = _words(tables.interactions, {USER, *({ITEM} if social else ())}, people, False)
    return replace(tables, users=users, items=items, interactions=met)


def _words(frame: pd.DataFrame | None, but: Iterable[str], people: People, of_people: bool) -> pd.DataFrame | None:
    """of_people: whether each row is a person, so that a column of ids is one of people."""
    if frame is None:
        return None
    made: dict[str, object] = {}
    for name in frame.columns:
        if name in but or name in PROVENANCE or frame[name].dtype != object:
            continue
        if name == ITEM:
            made[name] = per_value(frame[name], lambda text: without_contacts(text, people.names.of))
            continue
        everywhere = _everywhere(str(name), frame[name], people, of_people)
        made[name] = per_value(frame[name], _hidden(people, everywhere))
    return with_columns(frame, made)


def _hidden(people: People, everywhere: bool) -> Callable[[str], str]:
    return lambda text: people.without(text, everywhere)


def _everywhere(name: str, column: pd.Series, people: People, of_people: bool) -> bool:
    """Whether numbers and words in a column that are ids of users are users: by the name of the column, or since the
    cells are lists of them; a single number may be an age.
    """
    if not people.ids or not people.are_in(column):
        return False
    if _ABOUT_PEOPLE.search(name.lower()):
        return True
    plain = column.dropna().astype(str).str.strip()
    return of_people and not bool(plain.str.fullmatch(r"\d*\.?\d*|\w{0,3}").mean() > 0.5)


def _facts(triples: pd.DataFrame | None, people: People, social: bool) -> pd.DataFrame | None:
    """A person keeps the hash at both ends, and no name."""
    if triples is None or not len(triples):
        return triples
    heads, tails = tidy(triples[HEAD]), tidy(triples[TAIL])
    close = triples[RELATION].astype(str).str.lower().str.contains(_ABOUT_PEOPLE)
    of_people = heads.isin(people.ids) & ~heads.isin(people.items)
    known = tails.isin(people.ids) & ~tails.isin(people.items)
    person = known & (of_people | close | social | tails.map(_telling))
    person |= (close if social else of_people) & ~tails.isin(people.items)
    made: dict[str, object] = {
        HEAD: heads.where(~of_people, heads.map(people.names.of)).pipe(per_value, _hidden(people, False)),
        RELATION: per_value(triples[RELATION], lambda text: without_contacts(text, people.names.of)),
        TAIL: tails.where(person, per_value(tails, _hidden(people, False))).where(~person, tails.map(people.names.of)),
    }
    if TAIL_LABEL in triples:
        labels = per_value(tidy(triples[TAIL_LABEL]), _hidden(people, False))
        made[TAIL_LABEL] = labels.where(~person, PERSON + tails.map(people.names.of))
    if HEAD_LABEL in triples:
        labels = per_value(tidy(triples[HEAD_LABEL]), _hidden(people, False))
        made[HEAD_LABEL] = labels.where(~of_people, "")
    return with_columns(triples, made)


def _with_ids(tables: Tables, names: Pseudonyms, social: bool) -> Tables:
    """Hashes in place of ids of users, and of items where these are people, who are called by them too."""
    met, users, items = tables.interactions, tables.users, tables.items
    if met is not None:
        met = with_columns(met, {name: names.column(met[name]) for name in ((USER, ITEM) if social else (USER,))})
    if users is not None:
        users = with_columns(users, {USER: names.column(users[USER])})
    if items is not None and social:
        ids = names.column(items[ITEM])
        items = with_columns(items, {ITEM: ids, TITLE: PERSON + ids.astype(str)})
    return replace(tables, interactions=met, users=users, items=items)
