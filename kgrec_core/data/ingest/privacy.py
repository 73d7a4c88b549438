"""Protecting people on import: keyed hashes in place of user ids, direct identifiers left out, k-anonymity measured."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass, replace

import pandas as pd

from kgrec_core.data.formats.base import Tables
from kgrec_core.data.ingest.cells import tidy
from kgrec_core.data.ledger import FILE, PROVENANCE, Ledger
from kgrec_core.data.report import ProfileColumn
from kgrec_core.data.vocab import Vocab
from kgrec_core.errors import ConfigError, UnknownIdError
from kgrec_core.schema import HEAD, ITEM, TAIL, TITLE, USER

_LENGTH = 12  # base32 letters, 60 bits: two of a million users share one with a chance of 1 in 2 million
_NAMES = re.compile(
    r"(^|_)(name|first_?name|last_?name|full_?name|user_?name|nick_?name|surname|given_?name|family_?name|e_?mail|mail|"
    r"phone|mobile|telephone|tel|fax|address|street|ssn|social_security|passport|iban|card_number|ip|ip_address|"
    r"login|vorname|nachname|nom|prenom|telefon)(_|$)"
)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-zA-Z]{2,}")
_PHONE = re.compile(r"\+?[\d(][\d\s()./-]{6,18}\d")
_SHARE = 0.3  # of the filled cells that look like it


@dataclass(frozen=True, slots=True)
class Pseudonyms:
    """Names in place of user ids: equal ids get equal names, and nobody gets back without the key.

    HMAC-SHA-256 (RFC 2104), cut to 60 bits.
    """

    key: bytes

    def of(self, user: str) -> str:
        """The name of a user id; '' for ''."""
        if not user:
            return ""
        digest = hmac.new(self.key, user.encode("utf-8", "surrogatepass"), hashlib.sha256).digest()
        return base64.b32encode(digest).decode("ascii")[:_LENGTH].lower()

    def column(self, ids: pd.Series) -> pd.Series:
        ids = tidy(ids)
        return ids.map({user: self.of(user) for user in ids.unique()}).astype(object)


def index_of(user: str, known: Vocab, names: Pseudonyms | None) -> int:
    """The index of a user, by the id of the data set or by the one of the imported files. Raises UnknownIdError."""
    hidden = names.of(user) if names and user not in known else user
    if names and hidden not in known:
        raise UnknownIdError(
            f"{user!r} is not among the {_counted(len(known))}. User ids of this data set were replaced by hashes: "
            "give the id as it stands in the imported files, with the same capital and small letters."
        )
    return known.index(hidden)


def pseudonymised(tables: Tables, names: Pseudonyms, people_are_items: bool) -> Tables:
    """The tables without user ids; where people are the items, without those of items too."""
    interactions, users = tables.interactions, tables.users
    if interactions is not None:
        interactions = interactions.assign(**{USER: names.column(interactions[USER])})
    if users is not None:
        users = users.assign(**{USER: names.column(users[USER])})
    changed = replace(tables, interactions=interactions, users=users)
    return _without_people(changed, names) if people_are_items else changed


def _without_people(tables: Tables, names: Pseudonyms) -> Tables:
    interactions, items, triples = tables.interactions, tables.items, tables.triples
    people = set() if items is None else set(tidy(items[ITEM]))
    if interactions is not None:
        interactions = interactions.assign(**{ITEM: names.column(interactions[ITEM])})
    if items is not None:
        ids = names.column(items[ITEM])
        items = items.assign(**{ITEM: ids, TITLE: "Person " + ids.astype(str)})
    if triples is not None:
        tails = tidy(triples[TAIL])
        hidden = names.column(tails).where(tails.isin(people), triples[TAIL])
        triples = triples.assign(**{HEAD: names.column(triples[HEAD]), TAIL: hidden})
    return replace(tables, interactions=interactions, items=items, triples=triples)


def check_kept(tables: Tables, kept: frozenset[str]) -> None:
    """Raises ConfigError for a column to be kept that neither users nor items have."""
    frames = [frame for frame in (tables.users, tables.items) if frame is not None]
    have = sorted({str(name) for frame in frames for name in frame.columns if name not in (USER, ITEM, *PROVENANCE)})
    for name in sorted(kept - set(have)):
        there = f"there are {', '.join(map(repr, have))}" if have else "there are none"
        raise ConfigError(f"--keep-column {name}: users and items have no column {name!r}; {there}.")


def without_identifiers(tables: Tables, kept: frozenset[str], ledger: Ledger) -> tuple[Tables, tuple[str, ...]]:
    """The tables without columns that name or reach a person, and the names of those columns.

    In users by column name and by values; in items by values only, since the name of a product is no secret.
    """
    users, of_users = _filtered(tables.users, kept, True, ledger)
    items, of_items = _filtered(tables.items, kept, False, ledger)
    return replace(tables, users=users, items=items), (*of_users, *of_items)


def identifying(frame: pd.DataFrame, by_name: bool) -> tuple[str, ...]:
    """Columns of direct identifiers."""
    own = {USER, ITEM, TITLE, "text", *PROVENANCE}
    columns = [str(name) for name in frame.columns if name not in own]
    return tuple(name for name in columns if (by_name and _named_so(name)) or _looks_so(frame[name]))


def anonymity(users: pd.DataFrame | None) -> ProfileColumn | None:
    """The smallest group of users who are alike in all profile columns; None without such columns."""
    columns = [] if users is None else [name for name in users.columns if name not in (USER, *PROVENANCE)]
    if users is None or not columns or not len(users):
        return None
    sizes = users.groupby(columns, dropna=False, sort=False).size()
    return ProfileColumn(tuple(map(str, columns)), int(sizes.min()), int((sizes == 1).sum()))


def _counted(users: int) -> str:
    return "1 user" if users == 1 else f"{users} users"


def _filtered(
    frame: pd.DataFrame | None, kept: frozenset[str], by_name: bool, ledger: Ledger
) -> tuple[pd.DataFrame | None, tuple[str, ...]]:
    if frame is None or not len(frame):
        return frame, ()
    found = tuple(name for name in identifying(frame, by_name) if name not in kept)
    for name in found:
        file = next((str(each) for each in frame[FILE].unique() if each), "")
        ledger.note(
            file, f"the column {name!r} names or reaches a person and was left out", "Keep it with --keep-column."
        )
    return frame.drop(columns=list(found)), found


def _named_so(name: str) -> bool:
    snake = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name)
    return bool(_NAMES.search(re.sub(r"[^a-z]+", "_", snake.lower())))


def _looks_so(column: pd.Series) -> bool:
    filled = column[column.astype(str).str.strip() != ""].astype(str).head(500)
    if len(filled) == 0:
        return False
    mails = filled.map(lambda text: bool(_EMAIL.fullmatch(text.strip()))).mean()
    phones = filled.map(lambda text: _is_phone(text.strip())).mean()
    return bool(mails >= _SHARE or phones >= 2 * _SHARE)


def _is_phone(text: str) -> bool:
    """Digits with a plus or with separators; a plain number is a number, and a date is a date."""
    if not _PHONE.fullmatch(text) or re.fullmatch(r"\d{4}-\d\d?-\d\d?|\d+(\.\d+)?", text):
        return False
    digits = sum(letter.isdigit() for letter in text)
    return 8 <= digits <= 15 and (text.startswith("+") or any(letter in " ()/-" for letter in text))
