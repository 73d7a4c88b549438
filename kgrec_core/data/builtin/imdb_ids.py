"""IMDb ids of the built-in films, from the snapshot that their facts come from.

By itself, as the tables of a data set do not hold them: they say nothing that a model could read.
"""

from __future__ import annotations

import pandas as pd

from kgrec_core.data.builtin import film_facts, wikidata_snapshot
from kgrec_core.data.builtin.film_matching import match_films
from kgrec_core.schema.columns import ITEM


def imdb_ids(items: pd.DataFrame) -> dict[str, str]:
    """IMDb id -> item id, of the films that the matcher which built the data set found. Under a second.

    items: of `movies` or `movies-full`. Raises DataError where the snapshot cannot be read.
    """
    if not {"raw_title", "year", "genre"} <= set(items):
        return {}
    snapshot = wikidata_snapshot.read_snapshot()
    rows = match_films(items, film_facts.clean_snapshot(snapshot))
    found = zip(snapshot.loc[rows, "imdb"], items.loc[rows.index, ITEM], strict=True)
    return {str(imdb): str(item) for imdb, item in found if imdb}
