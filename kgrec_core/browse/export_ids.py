"""Ids of other services that items of a data set carry: found by the form of their cells and by names of columns.

By itself, as what is an id of whom has nothing to do with how titles are compared.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from kgrec_core.data.builtin.imdb_ids import imdb_ids
from kgrec_core.data.catalog import Catalog
from kgrec_core.data.formats.export_entries import isbn
from kgrec_core.schema.columns import ITEM

ID_NAMES = {
    "imdb": "IMDb id",
    "isbn": "ISBN",
    "spotify": "Spotify id",
    "goodreads": "Goodreads id",
    "myanimelist": "MyAnimeList id",
    "item": "id",
}
_WITH_SNAPSHOT = ("movies", "movies-full")
_SAMPLE = 200  # cells


def item_ids(catalog: Catalog) -> Mapping[str, Mapping[str, str]]:
    """Kind of id -> id -> item id. Ids of the data set itself are of the kind "item"."""
    items = catalog.items
    own = items[ITEM].astype(str)
    found: dict[str, dict[str, str]] = {"item": dict(zip(own, own, strict=True))}
    for name in map(str, items.columns):
        cells = items[name].astype(str)
        kind = _kind(name, cells)
        if kind:
            pairs = zip(cells.map(_spelling(kind)), own, strict=True)
            found[kind] = {number: item for number, item in pairs if number} | found.get(kind, {})
    if catalog.name in _WITH_SNAPSHOT:
        found["imdb"] = imdb_ids(items) | found.get("imdb", {})
    return found


def _kind(name: str, cells: pd.Series) -> str:
    """The kind of id that a column holds; "" for none."""
    plain = name.lower().replace("_", "").replace(" ", "")
    filled = cells[cells != ""].head(_SAMPLE)
    if not len(filled):
        return ""
    if filled.str.fullmatch(r"tt\d{5,10}").mean() > 0.9 or ("imdb" in plain and "id" in plain):
        return "imdb"
    if "isbn" in plain or (filled.map(isbn) != "").mean() > 0.9:
        return "isbn"
    if filled.str.startswith("spotify:track:").mean() > 0.9:
        return "spotify"
    if plain in ("goodreadsbookid", "goodreadsid", "bestbookid"):
        return "goodreads"
    return "myanimelist" if plain in ("malid", "animeid", "myanimelistid") else ""


def _spelling(kind: str) -> Callable[[str], str]:
    """How a cell of that kind is written in an export."""
    if kind == "isbn":
        return isbn
    if kind == "imdb":
        return lambda cell: cell if cell.startswith("tt") else f"tt{cell:0>7}" if cell.isdigit() else ""
    return lambda cell: cell.removesuffix(".0")
