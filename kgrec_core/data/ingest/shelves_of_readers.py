"""Shelves and tags that tell of a reader, not of the book: "to-read", "owned".

By itself: what is told of items, apart from how cells are split.
"""

from __future__ import annotations

import pandas as pd

from kgrec_core.domain.standard_relations import folded, standard_relation

_SHELVES = frozenset(("shelf", "tag"))
_STATES = frozenset(
    """toread currentlyreading read wanttoread tbr tobuy mybooks owned own owns booksiown ownedbooks iown ihave default
    favorites favourites favorite favourite myfavorites library mylibrary kindle ebook ebooks dnf didnotfinish abandoned
    unfinished wishlist towatch watched seen seenit iveseen toplay backlog wantto rereads reread""".split()
)


def without_readers(relation: str, cells: pd.Series) -> pd.Series:
    """The lists without values that no item has by itself. cells: a list of values a row.

    >>> without_readers("popular_shelves", pd.Series([["to-read", "poetry"], ["Owned"]])).tolist()
    [['poetry'], []]
    """
    if standard_relation(relation) not in _SHELVES:
        return cells
    return cells.map(lambda row: [value for value in row if folded(value) not in _STATES])
