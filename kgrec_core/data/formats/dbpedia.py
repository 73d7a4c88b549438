"""Edge lists of DBpedia: one relation a file, `head tail` as addresses; names are read from the addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import unquote

import pandas as pd

from kgrec_core.data.formats.csv_tables import TableLayout, read_delimited
from kgrec_core.data.formats.source_files import SourceFile
from kgrec_core.data.ledger import FILE, ROW, Ledger, concat
from kgrec_core.schema.columns import HEAD, ITEM, RELATION, TAIL, TAIL_LABEL

RESOURCE = "http://dbpedia.org/resource/"
_RELATIONS = {
    "associatedband": "associated_act",
    "associatedmusicalartist": "associated_act",  # nearly the same facts under a second name
    "bandmember": "member",
    "formerbandmember": "former_member",
    "birthplace": "birthplace",
    "hometown": "hometown",
    "genre": "genre",
    "instrument": "instrument",
    "occupation": "occupation",
    "recordlabel": "label",
}
_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_KIND = re.compile(
    r"\s*\((?:band|musician|singer|group|entertainer|music|musical group|artist|rapper)\)$", re.IGNORECASE
)


def is_edge_list(file: SourceFile) -> bool:
    return file.suffix == ".edgelist"


def relation_of(stem: str) -> str:
    """The relation of a file name.

    >>> relation_of("dbo_associatedBand"), relation_of("dbo_starringIn")
    ('associated_act', 'starring_in')
    """
    plain = stem.removeprefix("dbo_").removeprefix("dbp_")
    return _RELATIONS.get(plain.lower(), _WORD.sub("_", plain).lower())


def label_of(address: str) -> str:
    """The name in an address of DBpedia; an address of another place stays as it is.

    >>> label_of("http://dbpedia.org/resource/Beyonc%C3%A9"), label_of("http://dbpedia.org/resource/Tool_(band)")
    ('Beyoncé', 'Tool')
    """
    if not address.startswith(RESOURCE):
        return address
    return _KIND.sub("", unquote(address.removeprefix(RESOURCE)).replace("_", " ")).strip()


def read_edges(files: Sequence[SourceFile], items: pd.DataFrame, ledger: Ledger) -> pd.DataFrame | None:
    """Triples of all edge lists; items: columns item_id and `uri`. One address may be several items.

    Heads that are no item keep their address, so that the check of heads can name them.
    """
    frames = [_read(file, items, ledger) for file in files]
    return concat(frames) if frames else None


def _read(file: SourceFile, items: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    edges = read_delimited(file, "triples", ledger, TableLayout(" ", ("uri", "tail_uri"), quoted=False))
    joined = edges.merge(items[["uri", ITEM]], on="uri", how="left")
    if len(joined) > len(edges):
        ledger.holds_more(file.name, len(joined) - len(edges), "facts")
    labels = {address: label_of(address) for address in joined["tail_uri"].unique()}
    named = joined["tail_uri"].map(labels)
    return pd.DataFrame(
        {
            HEAD: joined[ITEM].fillna(joined["uri"]),
            RELATION: relation_of(file.name.rsplit("/", 1)[-1].rsplit(".", 1)[0]),
            TAIL: joined["tail_uri"],
            TAIL_LABEL: named,
            FILE: joined[FILE],
            ROW: joined[ROW],
        }
    )
