"""Facts that end at an item of the set: "also bought" names products, by id or title. By itself: these alone need
the other items.
"""

from __future__ import annotations

import re

import pandas as pd

from kgrec_core.data.ingest.normal_labels import normal
from kgrec_core.domain.standard_relations import standard_relation
from kgrec_core.schema.columns import ITEM, TITLE

_TO_ITEMS = frozenset("similar_to related_to also_bought also_viewed previous_work subsequent_work based_on".split())
_WORDS = re.compile(
    r"similar|related|also|together|sequel|prequel|previous|next|recommend|complement|accessor|substitut|compatible"
    r"|follow|preced|parent|variant|remake|spin|part_?of|adapt|inspired|replace"
)
_LEAST = 0.3  # share of the values that are ids or titles of items


def ends_at_items(relation: str, cells: pd.Series, items: pd.DataFrame) -> pd.Series:
    """Lists of values with titles for the ids of items; without ids of things that the set does not have.

    cells: a list of values for each row of `items`. Cells of a relation that links no items stay as they are.
    """
    if standard_relation(relation) not in _TO_ITEMS and not _WORDS.search(relation):
        return cells
    values = cells.explode().dropna()
    if not len(values):
        return cells
    titles = dict(zip(items[ITEM].astype(str), items[TITLE].astype(str), strict=True))
    ids = values.isin(titles.keys())
    known = {normal(title): title for title in titles.values()}
    named = values[~ids].head(5_000).map(normal).isin(known.keys())
    if float(ids.mean()) < _LEAST:
        return cells
    dead = not named.any()  # ids are meant, and the others are of things that are not here
    return cells.map(lambda row: _titled(row, titles, dead))


def _titled(row: list[str], titles: dict[str, str], dead: bool) -> list[str]:
    return list(dict.fromkeys(titles.get(value, value) for value in row if value in titles or not dead))
