"""Atomic files of RecBole: NAME.inter, .user, .item, .kg, .link; a header of `field:type`, sequences split by blanks.

https://recbole.io/docs/user_guide/data/atomic_files.html
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from kgrec_core.data.formats.csv_tables import TableLayout, read_delimited
from kgrec_core.data.formats.delimiters import find_separator
from kgrec_core.data.formats.format import Format, Tables, Wish, set_aside
from kgrec_core.data.formats.source_files import SourceFile
from kgrec_core.data.frames import with_columns
from kgrec_core.data.ledger import FILE, PROVENANCE, ROW, Ledger, concat
from kgrec_core.data.plan.domain_guess import DomainGuess, guess_domain
from kgrec_core.data.values.column_words import (
    PERSON,
    THING,
    is_count,
    is_name,
    is_rating,
    is_text,
    last_noun,
    time_rank,
)
from kgrec_core.errors import DataError
from kgrec_core.schema.columns import HEAD, ITEM, RELATION, TAIL, TAIL_LABEL, TEXT, TIMESTAMP, TITLE, USER, VALUE

_SUFFIXES = (".inter", ".user", ".item", ".kg", ".link", ".net")
_ENTITY = "entity:"  # in front of entities that are no item, so that they never meet an item id
_LIST = "item_id_list"
_NEEDED = {"interactions": (USER, ITEM), "items": (ITEM,), "users": (USER,)}
_MEANT = {"interactions": (USER, ITEM, VALUE, TIMESTAMP), "items": (ITEM, TITLE, TEXT), "users": (USER,)}
_SAYS: Mapping[str, Callable[[str], bool]] = {
    USER: lambda name: last_noun(name) == PERSON or "session" in name,
    ITEM: lambda name: last_noun(name) == THING and not is_name(name),
    VALUE: lambda name: is_rating(name) or is_count(name),
    TIMESTAMP: lambda name: time_rank(name) is not None,
    TITLE: is_name,
    TEXT: is_text,
}


def claims(files: Sequence[SourceFile]) -> list[SourceFile]:
    """All atomic files, when interactions are among them."""
    own = [file for file in files if file.suffix in _SUFFIXES and ":" in "".join(file.lines(1))]
    return own if any(file.suffix == ".inter" for file in own) else []


def read(files: Sequence[SourceFile], ledger: Ledger, wish: Wish) -> Tables:
    """Interactions of all parts, items with their fields as attributes, users, and the graph joined by .link."""
    of = {suffix: [file for file in files if file.suffix == suffix] for suffix in _SUFFIXES}
    set_aside(of[".net"], ledger, "tells who follows whom, which is not used")
    interactions = concat([_interactions(file, ledger) for file in of[".inter"]])
    items, relations = _items(of[".item"], ledger)
    users = [_meaning(file, _fields(file, "users", ledger)[0], "users") for file in of[".user"]]
    triples = _graph(of[".kg"], of[".link"], ledger)
    counts = all(_counts(file) for file in of[".inter"])
    return Tables(interactions, items, concat(users) if users else None, triples, relations, implicit=counts)


def about(files: Sequence[SourceFile]) -> DomainGuess:
    """The preset that the fields of items speak for, as in movie_title."""
    heads = [file.lines(1)[0] for file in files if file.suffix == ".item" and file.lines(1)]
    return guess_domain([name.partition(":")[0] for head in heads for name in head.split("\t")])


def _counts(file: SourceFile) -> bool:
    """Whether the field that tells how much is a count by its name."""
    names = [name.partition(":")[0] for name in "".join(file.lines(1)).split("\t")]
    return any(meant == VALUE and is_count(name) for name, meant in _meanings(names, "interactions").items())


def _fields(file: SourceFile, table: str, ledger: Ledger, fewest: int = 1) -> tuple[pd.DataFrame, Mapping[str, str]]:
    """The table with plain column names, and the type of each field."""
    head = file.lines(50)
    separator = "\t" if "\t" in head[0] else find_separator(head)
    frame = read_delimited(
        file, table, ledger, TableLayout(separator, quoted=False)
    )  # quoting would eat those of titles
    pairs = [str(name).partition(":") for name in frame.columns if name not in PROVENANCE]
    plain = {f"{name}{colon}{kind}": name for name, colon, kind in pairs}
    twice = next((name for name, _, _ in pairs if sum(name == other for other, _, _ in pairs) > 1), None)
    if twice is not None or len(pairs) < fewest:
        wrong = f"two fields are called {twice!r}" if twice is not None else f"there are fewer than {fewest} fields"
        raise DataError(f"{file.name}, line 1: {wrong}. Restore the header line of field:type.")
    return frame.rename(columns=plain), {name: kind for name, _, kind in pairs}


def _interactions(file: SourceFile, ledger: Ledger) -> pd.DataFrame:
    frame, _ = _fields(file, "interactions", ledger)
    if _LIST in frame and USER in frame and ITEM in frame:
        frame = _unrolled(file, frame, ledger)
    return _meaning(file, frame, "interactions")


def _unrolled(file: SourceFile, frame: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """The sequential form: a history in one cell, the next item in another. Histories are older and have no time."""
    listed = frame.assign(**{ITEM: frame[_LIST].str.split()}).explode(ITEM)
    listed = listed[listed[ITEM].notna() & (listed[ITEM] != "")].copy()
    for name in listed.columns:
        if name not in (USER, ITEM, *PROVENANCE):
            listed[name] = ""
    both = pd.concat([listed, frame], ignore_index=True).drop(columns=_LIST)
    ledger.holds_more(file.name, len(both) - len(frame), "items")
    return both


def _items(files: Sequence[SourceFile], ledger: Ledger) -> tuple[pd.DataFrame | None, dict[str, tuple[str, str]]]:
    parts, relations = [], dict[str, tuple[str, str]]()
    for file in files:
        frame, kinds = _fields(file, "items", ledger)
        frame = _meaning(file, frame, "items")
        own = [name for name in frame.columns if name not in (ITEM, TITLE, TEXT, *PROVENANCE)]
        for name in own:
            if kinds.get(name) == "token_seq":
                frame = with_columns(frame, {name: frame[name].str.split().str.join("|")})
            if kinds.get(name) in ("token", "token_seq") and not _is_year(name):
                relations[name] = (name, name)
        year = next((name for name in own if _is_year(name)), None)
        parts.append(frame.rename(columns={year: "year"}) if year else frame)
    return (concat(parts) if parts else None), relations


def _is_year(name: str) -> bool:
    return name in ("year", "release_year", "movie_year", "publication_year")


def _meaning(file: SourceFile, frame: pd.DataFrame, table: str) -> pd.DataFrame:
    meaning = _meanings([str(name) for name in frame.columns if name not in PROVENANCE], table)
    missing = [name for name in _NEEDED[table] if name not in meaning.values()]
    if missing:
        raise DataError(f"{file.name}, line 1: there is no field {missing[0]}. Name the right one so.")
    spare = [name for name in frame.columns if name in set(meaning.values()) - set(meaning)]
    return frame.drop(columns=spare).rename(columns=meaning)


def _meanings(names: Sequence[str], table: str) -> dict[str, str]:
    """Field -> column of the contract, by names alone; the first that fits is taken."""
    found: dict[str, str] = {}
    for meant in _MEANT[table]:
        name = next((each for each in names if each not in found and (each == meant or _SAYS[meant](each))), None)
        if name is not None:
            found[name] = meant
    return found


def _graph(graphs: Sequence[SourceFile], links: Sequence[SourceFile], ledger: Ledger) -> pd.DataFrame | None:
    if not graphs:
        set_aside(links, ledger, "is needed only with a .kg file")
        return None
    items: dict[str, str] = {}
    for file in links:
        frame, _ = _fields(file, "labels", ledger, 2)
        names = [name for name in frame.columns if name not in PROVENANCE]
        items.update(zip(frame[names[1]], frame[names[0]], strict=True))
    return concat([_facts(file, items, bool(links), ledger) for file in graphs])


def _facts(file: SourceFile, items: Mapping[str, str], linked: bool, ledger: Ledger) -> pd.DataFrame:
    frame, _ = _fields(file, "triples", ledger, 3)
    names = [name for name in frame.columns if name not in PROVENANCE]
    head, relation, tail = (frame[name] for name in names[:3])

    def placed(column: pd.Series) -> pd.Series:
        return column.map(items).fillna(_ENTITY + column) if linked else column

    return pd.DataFrame(
        {
            HEAD: placed(head),
            RELATION: relation,
            TAIL: placed(tail),
            TAIL_LABEL: tail,
            FILE: frame[FILE],
            ROW: frame[ROW],
        }
    )


FORMAT = Format("recbole", "atomic files of RecBole", "other", claims, read)
