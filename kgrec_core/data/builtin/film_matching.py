"""Which film of one source is which film of the other: same title, same year give or take one."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from kgrec_core.data.builtin.film_facts import SEPARATOR
from kgrec_core.data.titles import loose_keys, match_keys

_Keys = Callable[[str], tuple[str, ...]]
_ORDER = ("film", "years_apart", "rank", "oscars", "facts", "row")


def match_films(films: pd.DataFrame, snapshot: pd.DataFrame) -> pd.Series:
    """Row label of the snapshot for each film that was found, indexed by the label of the film.

    Both tables have raw_title, year and genre; the snapshot also oscars, director, writer and actor.
    First whole titles: the same year, or one apart with a genre in common; the exact year wins, then the surer
    title, more Oscars, the fuller row. Then, for films still alone, a part of one of the titles: only in the
    same year, with a genre in common, and with a row that nothing else matched.
    """
    titles = _candidates(films, snapshot, match_keys, match_keys)
    near = (titles["years_apart"] == 1) & _share_genre(titles, films, snapshot)
    sure = _best(titles[(titles["years_apart"] == 0) | near])
    left = films.drop(index=sure.index)
    free = snapshot.drop(index=pd.Index(sure))
    parts = (_candidates(left, free, loose_keys, match_keys), _candidates(left, free, match_keys, loose_keys))
    pieces = pd.concat(parts, ignore_index=True)
    maybe = _best(pieces[(pieces["years_apart"] == 0) & _share_genre(pieces, films, snapshot)])
    return pd.Series({**sure.to_dict(), **maybe.to_dict()}, dtype="int64").sort_index()


def _candidates(films: pd.DataFrame, snapshot: pd.DataFrame, film_keys: _Keys, row_keys: _Keys) -> pd.DataFrame:
    """Pairs with a key in common: film, row, years_apart, rank (0 = both main titles), oscars, facts."""
    left, right = _keyed(films, film_keys, "film"), _keyed(snapshot, row_keys, "row")
    pairs = left.merge(right, on="key", suffixes=("_film", "_row"))
    row = snapshot.loc[pairs["row"]]
    filled = sum((row[column] != "").astype(int) for column in ("director", "writer", "actor", "genre"))
    return pairs.assign(
        years_apart=(pairs["year_film"] - pairs["year_row"]).abs().fillna(99),
        rank=pairs["rank_film"] + pairs["rank_row"],
        oscars=-row["oscars"].to_numpy(),
        facts=-pd.Series(filled).to_numpy(),
    )


def _keyed(table: pd.DataFrame, keys: _Keys, name: str) -> pd.DataFrame:
    rows = [
        (label, year, key, rank)
        for label, year, title in zip(table.index, table["year"], table["raw_title"], strict=True)
        for rank, key in enumerate(keys(title))
    ]
    keyed = pd.DataFrame(rows, columns=[name, "year", "key", "rank"])
    return keyed.astype({"year": "Int64"})


def _best(pairs: pd.DataFrame) -> pd.Series:
    """The best row of each film; where films of different years want one row, those nearest in time get it."""
    best = pairs.sort_values(list(_ORDER), kind="stable").drop_duplicates("film")
    nearest = best.groupby("row")["years_apart"].transform("min")
    return best[best["years_apart"] == nearest].set_index("film")["row"].astype("int64")


def _share_genre(pairs: pd.DataFrame, films: pd.DataFrame, snapshot: pd.DataFrame) -> pd.Series:
    ours = films["genre"].loc[pairs["film"]].str.split(SEPARATOR, regex=False)
    theirs = snapshot["genre"].loc[pairs["row"]].str.split(SEPARATOR, regex=False)
    return pd.Series([bool(set(a) & set(b)) for a, b in zip(ours, theirs, strict=True)], pairs.index, dtype=bool)
