"""Values of a list that tell nothing of an item, but what a reader says of herself: to read, owned, abandoned.

By itself: what is told of items, apart from how cells are split.
"""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from kgrec_core.domain.standard_relations import folded, standard_relation

_SHELVES = frozenset(("shelf", "tag"))
_STATES = frozenset(
    """toread currentlyreading read wanttoread tbr tobuy mybooks owned own owns booksiown ownedbooks iown ihave default
    favorites favourites favorite favourite myfavorites library mylibrary kindle ebook ebooks dnf didnotfinish abandoned
    unfinished wishlist towatch watched seen seenit iveseen toplay backlog wantto rereads reread""".split()
)


def untold(relation: str, cells: pd.Series) -> frozenset[str]:
    """Values, in small letters, that are no facts of the items. cells: a list of values a row.

    >>> sorted(untold("popular_shelves", pd.Series([["to-read", "poetry"], ["to-read", "haiku"]])))
    ['to-read']
    """
    rows = cells.reset_index(drop=True).explode().dropna().astype(str).str.casefold()
    if standard_relation(relation) not in _SHELVES:
        return frozenset()
    return frozenset(value for value in rows.unique() if folded(value) in _STATES)


def without(cells: pd.Series, gone: Collection[str]) -> pd.Series:
    """The lists without some values, given in small letters."""
    return cells.map(lambda row: [value for value in row if value.casefold() not in gone]) if gone else cells
