"""The Wikidata snapshot of films, from movies.db of the package bokeh_sampledata.

By itself, as every source of data has a file of its own.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pandas as pd

from kgrec_core.data.builtin.package_file import package_file
from kgrec_core.errors import DataError

SOURCE = (
    "Facts (director, writer, cast, genre, language, country, certificate, awards): Wikidata, CC0, "
    "snapshot of films 1940-2014 in the package bokeh_sampledata."
)
_QUERY = """
    select Title as raw_title, Year as year, Director as director, Writer as writer, "Cast" as actor, Genre as genre,
           Language as language, Country as country, Rating as certificate, Awards as awards, Oscars as oscars,
           imdbID as imdb
    from omdb order by ID
"""


def read_snapshot() -> pd.DataFrame:
    """One row a film: raw_title, year, oscars (won), and texts as stored, '' where unknown; imdb is its id there."""
    path = package_file("bokeh_sampledata", "_data", "movies.db")
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
            films = pd.read_sql_query(_QUERY, connection)
    except (sqlite3.Error, pd.errors.DatabaseError) as error:
        raise DataError(f"{path} was not read: {error}. Install bokeh_sampledata>=2026.1 again.") from error
    texts = films.columns.difference(["year", "oscars"])
    films[texts] = films[texts].fillna("")
    return films
