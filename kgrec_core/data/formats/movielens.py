"""MovieLens by GroupLens: csv files of the latest releases, `::` files of 1M and 10M, `u.*` files of 100K."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from kgrec_core.data.formats.csv_tables import TableLayout, read_delimited
from kgrec_core.data.formats.format import Format, Tables, Wish, named, set_aside
from kgrec_core.data.formats.source_files import SourceFile
from kgrec_core.data.ledger import FILE, ROW, Ledger
from kgrec_core.data.titles import display_title
from kgrec_core.schema.columns import HEAD, ITEM, RELATION, TAIL, TIMESTAMP, TITLE, USER, VALUE

SOURCE = "MovieLens by GroupLens (Harper and Konstan 2015): research use, no redistribution without permission"
_CSV = ("ratings.csv", "movies.csv", "tags.csv", "links.csv", "genome-scores.csv", "genome-tags.csv", "readme.txt")
_DAT = ("ratings.dat", "movies.dat", "users.dat", "tags.dat", "readme", "readme.html")
_100K = ("u.data", "u.item", "u.user", "u.genre", "u.info", "u.occupation", "readme")
_YEAR = re.compile(r"\((\d{4})(?:[-–]\d{0,4})?\)\s*$")
_NO_GENRE = "(no genres listed)"
_GENRES = """unknown Action Adventure Animation Children's Comedy Crime Documentary Drama Fantasy Film-Noir Horror
    Musical Mystery Romance Sci-Fi Thriller War Western""".split()
_RATING = (USER, ITEM, VALUE, TIMESTAMP)
_OCCUPATIONS = (
    "other", "academic/educator", "artist", "clerical/admin", "college/grad student", "customer service",
    "doctor/health care", "executive/managerial", "farmer", "homemaker", "K-12 student", "lawyer", "programmer",
    "retired", "sales/marketing", "scientist", "self-employed", "technician/engineer", "tradesman/craftsman",
    "unemployed", "writer",
)  # fmt: skip


def claims(files: Sequence[SourceFile]) -> list[SourceFile]:
    """The files of the one release that is there."""
    if any(file.lines(1) == ["userId,movieId,rating,timestamp"] for file in named(files, "ratings.csv")):
        own = named(files, *_CSV)
        others = [file for file in files if file not in own and file.suffix == ".csv" and not file.role]
        return own if named(files, "movies.csv") or not others else []  # else the films stand in another table
    if any("::" in "".join(file.lines(1)) for file in named(files, "ratings.dat")):
        return [file for file in named(files, *_DAT) if file.base != "users.dat" or file.lines(1)[0].count("::") == 4]
    if any("".join(file.lines(1)).count("\t") == 3 for file in named(files, "u.data")):
        return named(files, *_100K) + [file for file in files if re.fullmatch(r"u[1-5ab]\.(base|test)", file.base)]
    return []


def read(files: Sequence[SourceFile], ledger: Ledger, wish: Wish) -> Tables:
    """Ratings, films with genres and years, users where they are told, tags as facts."""
    by_name = {file.base: file for file in files}
    reader = _read_csv if "ratings.csv" in by_name else _read_dat if "ratings.dat" in by_name else _read_100k
    return reader(by_name, ledger)


def _read_csv(by_name: dict[str, SourceFile], ledger: Ledger) -> Tables:
    needs = ("userId", "movieId", "rating", "timestamp")
    ratings = read_delimited(by_name["ratings.csv"], "interactions", ledger, TableLayout(",", needs=needs))
    films = _films(by_name, "movies.csv", ledger, TableLayout(",", needs=("movieId", "title", "genres")))
    _spare(by_name, ("ratings.csv", "movies.csv", "tags.csv"), ledger)
    renamed = {"userId": USER, "movieId": ITEM, "rating": VALUE}
    return _tables(
        ratings.rename(columns=renamed),
        films,
        None,
        _tags(by_name, "tags.csv", ledger, TableLayout(",", needs=("movieId", "tag"))),
    )


def _read_dat(by_name: dict[str, SourceFile], ledger: Ledger) -> Tables:
    ratings = read_delimited(by_name["ratings.dat"], "interactions", ledger, TableLayout("::", _RATING, quoted=False))
    films = _films(by_name, "movies.dat", ledger, TableLayout("::", ("movieId", "title", "genres"), quoted=False))
    users = None
    if "users.dat" in by_name:
        names = (USER, "gender", "age", "occupation", "zip")
        users = read_delimited(by_name["users.dat"], "users", ledger, TableLayout("::", names, quoted=False))
        jobs = {str(number): job for number, job in enumerate(_OCCUPATIONS)}
        users = users.assign(occupation=users["occupation"].replace(jobs))
    layout = TableLayout("::", ("userId", "movieId", "tag", "timestamp"), quoted=False)
    tags = _tags(by_name, "tags.dat", ledger, layout)
    _spare(by_name, ("ratings.dat", "movies.dat", "users.dat", "tags.dat"), ledger)
    return _tables(ratings, films, users, tags)


def _read_100k(by_name: dict[str, SourceFile], ledger: Ledger) -> Tables:
    ratings = read_delimited(by_name["u.data"], "interactions", ledger, TableLayout("\t", _RATING, quoted=False))
    films = users = None
    if "u.item" in by_name:
        names = (ITEM, "title", "released", "video", "url", *_GENRES)
        raw = read_delimited(by_name["u.item"], "items", ledger, TableLayout("|", names, quoted=False))
        genres = pd.Series("", index=raw.index, dtype=object)
        for genre in _GENRES[1:]:
            genres = genres + raw[genre].map({"1": genre + "|"}).fillna("")
        films = _titled(raw[[ITEM, "title", FILE, ROW]].assign(genre=genres.str.rstrip("|")))
    if "u.user" in by_name:
        names = (USER, "age", "gender", "occupation", "zip")
        users = read_delimited(by_name["u.user"], "users", ledger, TableLayout("|", names, quoted=False))
    _spare(by_name, ("u.data", "u.item", "u.user"), ledger)
    return _tables(ratings, films, users, None)


def _films(by_name: dict[str, SourceFile], name: str, ledger: Ledger, layout: TableLayout) -> pd.DataFrame | None:
    if name not in by_name:
        return None
    films = read_delimited(by_name[name], "items", ledger, layout)
    genres = films["genres"].replace(_NO_GENRE, "")
    return _titled(films.rename(columns={"movieId": ITEM})[[ITEM, "title", FILE, ROW]].assign(genre=genres))


def _titled(films: pd.DataFrame) -> pd.DataFrame:
    """Titles as people write them, the year apart: "Matrix, The (1999)" is The Matrix of 1999."""
    raw = films["title"].astype(str)
    years = raw.str.extract(_YEAR, expand=False).fillna("")
    shown = raw.str.replace(_YEAR, "", regex=True).str.strip().map(display_title)
    return films.assign(**{TITLE: shown, "raw_title": raw, "year": years})


def _tags(by_name: dict[str, SourceFile], name: str, ledger: Ledger, layout: TableLayout) -> pd.DataFrame | None:
    if name not in by_name:
        return None
    tags = read_delimited(by_name[name], "triples", ledger, layout)
    return tags.rename(columns={"movieId": HEAD, "tag": TAIL}).assign(**{RELATION: "tag"})[
        [HEAD, RELATION, TAIL, FILE, ROW]
    ]


def _tables(
    ratings: pd.DataFrame, films: pd.DataFrame | None, users: pd.DataFrame | None, tags: pd.DataFrame | None
) -> Tables:
    return Tables(ratings, films, users, tags, relations={"genre": ("genre", "genre")}, sources=(SOURCE,))


def _spare(by_name: dict[str, SourceFile], used: tuple[str, ...], ledger: Ledger) -> None:
    set_aside([file for name, file in by_name.items() if name not in used], ledger, "is not needed")


FORMAT = Format("movielens", "MovieLens", "video", claims, read)
