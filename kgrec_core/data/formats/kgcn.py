"""Files of RippleNet, KGCN and MKR: raw ratings with kg.txt and item_index2entity_id.txt, or what these became.

In ratings_final.txt half of the rows are drawn negatives (0), which nobody gave.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from kgrec_core.data.formats.csv_tables import TableLayout, read_delimited
from kgrec_core.data.formats.format import Format, Tables, Wish, named
from kgrec_core.data.formats.source_files import SourceFile
from kgrec_core.data.ledger import FILE, ROW, Ledger
from kgrec_core.errors import DataError
from kgrec_core.schema.columns import HEAD, ITEM, RELATION, TAIL, TAIL_LABEL, TIMESTAMP, USER, VALUE

_FINAL = "ratings_final.txt"
_GRAPHS = ("kg.txt", "kg_rehashed.txt", "kg_final.txt")
_INDEX = ("item_index2entity_id.txt", "item_index2entity_id_rehashed.txt")
_ENTITY = "entity:"
_BX, _MUSIC, _CSV, _DAT = "bx-book-ratings.csv", "user_artists.dat", "ratings.csv", "ratings.dat"


def claims(files: Sequence[SourceFile]) -> list[SourceFile]:
    """Its files, when there are ratings and the list that joins items to the graph, or the finished ratings."""
    final, index = named(files, _FINAL), named(files, *_INDEX)
    ratings = final or named(files, _BX, _MUSIC, _CSV, _DAT)[:1]
    return [*ratings, *index, *named(files, *_GRAPHS)[:1]] if final or (index and ratings) else []


def read(files: Sequence[SourceFile], ledger: Ledger, wish: Wish) -> Tables:
    """Ratings of music and books are positive whatever their value; of films, from four stars on."""
    ratings = files[0]
    entities = _entities(named(files, *_INDEX), ledger)
    triples = [_facts(file, entities, ledger) for file in named(files, *_GRAPHS)]
    facts = triples[0] if triples else None
    if ratings.base == _FINAL:
        return Tables(_finished(ratings, ledger), triples=facts, implicit=True)
    implicit = ratings.base in (_BX, _MUSIC)
    return Tables(_raw(ratings, ledger), triples=facts, implicit=implicit)


def _finished(file: SourceFile, ledger: Ledger) -> pd.DataFrame:
    rows = read_delimited(file, "interactions", ledger, TableLayout("\t", (USER, ITEM, VALUE), quoted=False))
    drawn = rows[VALUE].str.strip() == "0"
    if drawn.any():
        ledger.drop(rows[drawn], VALUE, "is a drawn negative, which nobody gave", "Nothing to do.", "note")
    return rows[~drawn].drop(columns=VALUE)


def _raw(file: SourceFile, ledger: Ledger) -> pd.DataFrame:
    if file.base == _DAT:
        return read_delimited(
            file, "interactions", ledger, TableLayout("::", (USER, ITEM, VALUE, TIMESTAMP), quoted=False)
        )
    separator = {_BX: ";", _MUSIC: "\t", _CSV: ","}[file.base]
    rows = read_delimited(file, "interactions", ledger, TableLayout(separator, quoted=file.base != _MUSIC))
    names = [name for name in rows.columns if name not in (FILE, ROW)]
    if len(names) < 3:
        raise DataError(f"{file.name}, line 1: expected user, item and value, separated by {separator!r}.")
    return rows.rename(columns=dict(zip(names, (USER, ITEM, VALUE, TIMESTAMP), strict=False)))


def _entities(files: Sequence[SourceFile], ledger: Ledger) -> Mapping[str, str]:
    """Entity -> item; empty for the finished files, whose items are their own entities."""
    found: dict[str, str] = {}
    for file in files:
        rows = read_delimited(file, "labels", ledger, TableLayout("\t", (ITEM, "entity"), quoted=False))
        found.update(zip(rows["entity"], rows[ITEM], strict=True))
    return found


def _facts(file: SourceFile, entities: Mapping[str, str], ledger: Ledger) -> pd.DataFrame:
    rows = read_delimited(file, "triples", ledger, TableLayout("\t", (HEAD, RELATION, TAIL), quoted=False))
    joined = bool(entities) and file.base != "kg_final.txt"

    def placed(column: pd.Series) -> pd.Series:
        return column.map(entities).fillna(_ENTITY + column) if joined else column

    label = rows[TAIL]
    return rows.assign(**{HEAD: placed(rows[HEAD]), TAIL: placed(rows[TAIL]), TAIL_LABEL: label})


FORMAT = Format("kgcn", "files of KGCN, RippleNet and MKR", "other", claims, read)
