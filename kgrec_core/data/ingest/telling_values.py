"""Values of a list that tell nothing of an item: what nearly all items have, and what a reader says of herself.

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
_NEARLY_ALL = 0.95  # share of the items, from which on a value tells none apart
_FEW = 10  # items, up to which nothing is said of how many have a value


def untold(relation: str, cells: pd.Series) -> frozenset[str]:
    """Values, in small letters, that are no facts of the items. cells: a list of values a row.

    >>> sorted(untold("popular_shelves", pd.Series([["to-read", "poetry"], ["to-read", "haiku"]])))
    ['to-read']
    """
    rows = cells.reset_index(drop=True).explode().dropna().astype(str).str.casefold()
    rows = rows.groupby(level=0).unique().explode()
    counts = rows.value_counts()
    states = {value for value in counts.index if standard_relation(relation) in _SHELVES and folded(value) in _STATES}
    if len(cells) <= _FEW or len(counts) < 2:
        return frozenset(states)
    return frozenset(states | set(counts.index[counts >= _NEARLY_ALL * len(cells)]))


def without(cells: pd.Series, gone: Collection[str]) -> pd.Series:
    """The lists without some values, given in small letters."""
    return cells.map(lambda row: [value for value in row if value.casefold() not in gone]) if gone else cells
