"""Which column of a plain table is which: guessed from names, then from values; what a person says goes first."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from kgrec_core.schema.columns import (
    HEAD,
    HEAD_LABEL,
    ITEM,
    RELATION,
    TAIL,
    TAIL_LABEL,
    TEXT,
    TIMESTAMP,
    TITLE,
    USER,
    VALUE,
)

_NAMES: Mapping[str, list[str]] = {  # without signs between letters; the first of them is the best
    USER: """user userid uid username customer customerid client clientid viewer reader listener member memberid
        account accountid reviewerid reviewer visitor visitorid buyer person personid profileid session sessionid
        kunde kundennummer utilisateur""".split(),
    ITEM: """item itemid iid product productid sku asin parentasin movie movieid film filmid book bookid isbn song
        songid track trackid artist artistid article articleid news newsid business businessid show showid game gameid
        artikel artikelnummer produkt""".split(),
    VALUE: """rating ratings score scores stars overall grade bewertung note value feedback preference liked like
        isliked thumb thumbs favorite favourite""".split(),
    TIMESTAMP: """timestamp time date datetime unixtime unixreviewtime createdat ratedat when day ts eventtime
        purchasedate orderdate datum""".split(),
    TITLE: "title name itemname productname itemtitle movietitle headline label titel producttitle".split(),
    TEXT: "text description summary abstract plot overview body content synopsis beschreibung".split(),
    HEAD: "head headid subject source src h from".split(),
    RELATION: "relation relationid predicate property edge rel r relationship".split(),
    TAIL: "tail tailid object target dst t to".split(),
    HEAD_LABEL: "headlabel headname subjectlabel".split(),
    TAIL_LABEL: "taillabel tailname objectlabel".split(),
}

_COUNTS = frozenset(  # how often; of these every one that is not 0 is liked, whatever the largest is
    """plays playcount listens listencount count counts weight quantity qty amount units pieces clicks clickcount click
    views viewcount times frequency freq purchases purchased bought orders visits sessions streams downloads watches
    reads interactions events likes menge anzahl""".split()
)

_PIECES = frozenset("quantity qty amount units pieces menge anzahl".split())

_DOMAINS: Mapping[str, list[str]] = {  # what an item is called in a preset; "article" may be news or goods
    "video": "movie film".split(),
    "music": "song track artist".split(),
    "e-commerce": "product sku asin parentasin produkt".split(),
    "news": "news".split(),
    "books": "book isbn".split(),
}

REQUIRED: Mapping[str, tuple[str, ...]] = {
    "interactions": (USER, ITEM),
    "items": (ITEM,),
    "users": (USER,),
    "triples": (HEAD, RELATION, TAIL),
}
ALLOWED: Mapping[str, tuple[str, ...]] = {
    "interactions": (USER, ITEM, VALUE, TIMESTAMP),
    "items": (ITEM, TITLE, TEXT),
    "users": (USER,),
    "triples": (HEAD, RELATION, TAIL, HEAD_LABEL, TAIL_LABEL),
}
BY_POSITION: Mapping[str, tuple[str, ...]] = {
    "interactions": (USER, ITEM, VALUE, TIMESTAMP),
    "items": (ITEM, TITLE),
    "users": (USER,),
    "triples": (HEAD, RELATION, TAIL),
}


def guess_table(columns: Sequence[str]) -> str:
    """The table that columns of these names make, "" when they make none."""
    found = {name for name in map(_known, columns) if name}
    if {HEAD, RELATION, TAIL} <= found:
        return "triples"
    if {USER, ITEM} <= found:
        return "interactions"
    if ITEM in found:
        return "items"
    return "users" if USER in found else ""


def guess_domain(columns: Sequence[str]) -> str:
    """The preset whose word for an item is in a name, as in "movieId"; "" when there is none, or more than one."""
    words = {_key(name).removesuffix("id").removesuffix("name").removesuffix("title") for name in columns}
    found = [domain for domain, known in _DOMAINS.items() if words.intersection(known)]
    return found[0] if len(found) == 1 else ""


def are_pieces(name: str) -> bool:
    """Whether a count of this name tells how many things one event had, as in "quantity" or "Menge".

    >>> are_pieces("order_qty"), are_pieces("plays")
    (True, False)
    """
    return is_count(name) and _words(name)[-1] in _PIECES


def is_count(name: str) -> bool:
    """Whether a column of this name tells how often, as in "quantity", "play_count" or "total clicks".

    >>> is_count("order_quantity"), is_count("rating"), is_count("discount")
    (True, False, False)
    """
    parts = _words(name)
    return _key(name) in _COUNTS or (1 < len(parts) <= 3 and parts[-1] in _COUNTS)


def _words(name: str) -> list[str]:
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return [part for part in re.split(r"[^a-z0-9]+", words.lower()) if part]


def guess_columns(frame: pd.DataFrame, table: str, mapping: Mapping[str, str]) -> dict[str, str]:
    """File column -> contract column. mapping: what the person chose, for columns that exist; "" leaves a column out.

    What names do not tell is guessed from values, for interactions and for a single missing id.
    """
    chosen = {column: meant for column, meant in mapping.items() if column in frame and meant in ALLOWED[table]}
    free = [name for name in frame.columns if name not in mapping]
    for meant in ALLOWED[table]:
        if meant in chosen.values():
            continue
        named = next((name for name in free if name == meant), None) or _best_named(free, meant)
        if named is not None:
            chosen[named] = meant
            free.remove(named)
    if table == "interactions":
        chosen |= _by_values(frame, free, set(chosen.values()))
    elif table in ("items", "users"):
        chosen |= _plain_id(free, REQUIRED[table][0], set(chosen.values()))
    return chosen


def _best_named(names: Sequence[str], meant: str) -> str | None:
    order = _NAMES[meant]
    known = [name for name in names if _key(name) in order]
    counted = (name for name in names if meant == VALUE and is_count(name))
    return min(known, key=lambda name: order.index(_key(name)), default=None) or next(counted, None)


def _plain_id(free: Sequence[str], meant: str, have: set[str]) -> dict[str, str]:
    if meant in have:
        return {}
    column = next((name for name in free if _key(name) in ("id", "key", "code", "nr", "number")), None)
    return {column: meant} if column is not None else {}


def _by_values(frame: pd.DataFrame, free: Sequence[str], have: set[str]) -> dict[str, str]:
    """Of columns with unknown names: times, then small numbers as ratings, then ids; users come before items."""
    sample = frame.head(1000)
    chosen: dict[str, str] = {}
    kinds = {name: _kind(sample[name]) for name in free}
    for meant in (TIMESTAMP, VALUE):
        column = next((name for name in free if kinds[name] == meant), None)
        if meant not in have and column is not None:
            chosen[column] = meant
    for meant in (USER, ITEM):
        column = next((name for name in free if name not in chosen and kinds[name] == "id"), None)
        if meant not in have and column is not None:
            chosen[column] = meant
    return chosen


def _kind(column: pd.Series) -> str:
    filled = column[column.astype(str).str.strip() != ""]
    if not len(filled):
        return ""
    numbers = pd.to_numeric(filled, errors="coerce")
    if numbers.notna().mean() > 0.9:
        if numbers.median() > 1e8 and (numbers % 1 == 0).all():
            return TIMESTAMP
        return VALUE if numbers.max() <= 10 and numbers.nunique() <= 21 and len(filled) > 21 else "id"
    dates = filled.astype(str).str.match(r"\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{4}").mean()
    if dates > 0.9:
        return TIMESTAMP
    return "id" if float(np.mean(filled.astype(str).str.len())) < 40 else ""


def _known(name: str) -> str:
    return next((meant for meant in _NAMES if _key(name) in _NAMES[meant] or name == meant), "")


def _key(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", name.lower())
