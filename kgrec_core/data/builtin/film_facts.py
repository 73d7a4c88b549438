"""The two sources' facts in one spelling: one fact, one node."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

SEPARATOR = "|"
PEOPLE = ("director", "writer", "actor")

# MovieLens and Wikidata name the same genre differently; "Music" has 40 films next to 819 of "Musical".
_GENRES = {"Children": "Family", "Music": "Musical", "IMAX": "", "(no genres listed)": ""}
# Certificates of 1968-1972 that were renamed, not changed: M became GP, then PG.
_CERTIFICATES = {"M": "PG", "GP": "PG", "M/PG": "PG"}
_LANGUAGES = {
    **dict.fromkeys(("Standard Chinese", "Standard Taiwanese Mandarin", "Putonghua"), "Mandarin"),
    "Yue Chinese": "Cantonese",
    "American English": "English",
    "Australian English": "English",
    "Modern Greek": "Greek",
    "Modern Hebrew": "Hebrew",
    "Brazilian Portuguese": "Portuguese",
    "Quebec French": "French",
    "Flemish Dutch": "Dutch",
    "Kurdish language": "Kurdish",
    "Neapolitan language": "Neapolitan",
    "multiple languages": "",
    "artistic language": "",
}
_COUNTRIES = {
    "People's Republic of China": "China",
    "British Hong Kong": "Hong Kong",
    "Kingdom of the Netherlands": "Netherlands",
    "Kingdom of Italy": "Italy",
    "Occupied Palestinian territory": "Palestine",
    "Socialist Federal Republic of Yugoslavia": "Yugoslavia",
    "Republic of China": "Taiwan",
    "Taiwan Island": "Taiwan",
}
_NOT_A_PERSON = re.compile(r"^(?:list of |art director$|dialogue writer$)", re.IGNORECASE)
# Wikidata credits some pairs as one name for one role and as two people for another.
_PAIRS = {
    "the Wachowskis": ("Lana Wachowski", "Lilly Wachowski"),
    "Coen brothers": ("Ethan Coen", "Joel Coen"),
    "Hughes brothers": ("Albert Hughes", "Allen Hughes"),
    "Paolo and Vittorio Taviani": ("Paolo Taviani", "Vittorio Taviani"),
}
_SPLIT_SUFFIX = re.compile(r", (Jr\.|Sr\.|III)(?=,|$)")

_RENAMED = {"genre": _GENRES, "certificate": _CERTIFICATES, "language": _LANGUAGES, "country": _COUNTRIES}


def clean_snapshot(films: pd.DataFrame) -> pd.DataFrame:
    """The snapshot with '|' separated cells in one spelling, plus award and decade.

    A winner of an Oscar is "Oscar winner" only, not "Oscar nominee" as well.
    """
    clean = films.copy()
    for column in PEOPLE:
        clean[column] = [_people(cell) for cell in films[column]]
    for column, renamed in _RENAMED.items():
        clean[column] = [_join(renamed.get(value, value) for value in cell.split(", ")) for cell in films[column]]
    nominee = films["awards"].str.contains("Nominated").map({True: "Oscar nominee", False: ""})
    clean["award"] = nominee.where(films["oscars"] == 0, "Oscar winner")
    clean["decade"] = decade(films["year"])
    return clean


def clean_genres(cells: pd.Series) -> pd.Series:
    """Genres of MovieLens ('A|B') in the same spelling."""
    return pd.Series([_join(_GENRES.get(g, g) for g in cell.split("|")) for cell in cells], cells.index, dtype=object)


def merge_cells(first: pd.Series, second: pd.Series) -> pd.Series:
    """Values of both, those of `first` in front, none twice."""
    pairs = zip(first, second, strict=True)
    return pd.Series([_join((*a.split("|"), *b.split("|"))) for a, b in pairs], first.index, dtype=object)


def decade(years: pd.Series) -> pd.Series:
    """'1990s' for 1990 to 1999; '' where the year is unknown."""
    words = [f"{year // 10 * 10}s" if pd.notna(year) else "" for year in years]
    return pd.Series(words, years.index, dtype=object)


def _people(cell: str) -> str:
    names = _SPLIT_SUFFIX.sub(r" \1", cell).split(", ")
    people = (person for name in names for person in _PAIRS.get(name, (name,)))
    return _join("" if _NOT_A_PERSON.match(person) else person for person in people)


def _join(values: Iterable[str]) -> str:
    return SEPARATOR.join(dict.fromkeys(value for value in values if value))
