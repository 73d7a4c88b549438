"""The exports that services give one person: by which columns each is known, and what its columns say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

LIST = "a list of titles"


@dataclass(frozen=True)
class ExportKind:
    """Columns are named by their words (`export_tables.words`); of several the first that is filled counts.

    marks: sets of columns, any of which makes the kind · exact: whether there may be no other columns · sure: whether
    no other table looks like it · top: of the scale, 0 to find out · wishes: what a status or the name of a file says
    of titles that are yet to be met · quit: of those not finished · played: whether rows are single plays, of which one
    says little
    """

    source: str
    marks: tuple[frozenset[str], ...]
    title: tuple[str, ...]
    rating: tuple[str, ...] = ()
    top: float = 0.0
    year: tuple[str, ...] = ("year",)
    when: tuple[str, ...] = ("date",)
    maker: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    ids: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    exact: bool = False
    sure: bool = True
    played: bool = False
    about: str = "films"  # what its titles are of


def _all(*names: str) -> frozenset[str]:
    return frozenset(names)


WISHES = frozenset(
    """plan to watch|plan to read|plan to play|to read|to watch|to-read|to-watch|want to read|want to watch|watchlist
    wishlist|planned|backlog""".replace("\n", "|")
    .replace("    ", "")
    .split("|")
)
QUIT = frozenset("dropped|did not finish|did-not-finish|dnf|abandoned|on hold|on-hold".split("|"))
WISH_FILES = ("watchlist", "wishlist", "to-read", "to_read", "want_to")
LEFT_OUT_FOLDERS = ("deleted", "orphaned", "lists")

KINDS: tuple[ExportKind, ...] = (
    ExportKind(
        "Letterboxd",
        (_all("letterboxd uri", "name"), _all("letterboxd uri", "title")),
        ("name", "title"),
        ("rating",),
        5.0,
        when=("watched date", "date"),
        ids={"imdb": ("imdb id", "imdbid")},
    ),
    ExportKind(
        "IMDb",
        (_all("const", "your rating"), _all("const", "title type")),
        ("title", "original title"),
        ("your rating",),
        10.0,
        when=("date rated", "created"),
        ids={"imdb": ("const",)},
    ),
    ExportKind(
        "Goodreads",
        (_all("my rating", "exclusive shelf"), _all("book id", "my rating"), _all("bookshelves", "my rating")),
        ("title",),
        ("my rating",),
        5.0,
        year=("original publication year", "year published"),
        when=("date read", "date added"),
        maker=("author",),
        status=("exclusive shelf", "bookshelves"),
        ids={"isbn": ("isbn13", "isbn"), "goodreads": ("book id",)},
        about="books",
    ),
    ExportKind(
        "StoryGraph",
        (_all("read status", "star rating"),),
        ("title",),
        ("star rating",),
        5.0,
        when=("last date read", "date added"),
        maker=("authors",),
        status=("read status",),
        times=("read count",),
        ids={"isbn": ("isbn uid", "isbn")},
        about="books",
    ),
    ExportKind(
        "Spotify",
        (
            _all("end time", "artist name", "track name", "ms played"),
            _all("ts", "master metadata track name"),
        ),
        ("track name", "master metadata track name"),
        when=("end time", "ts"),
        maker=("artist name", "master metadata album artist name"),
        ids={"spotify": ("spotify track uri",)},
        played=True,
        about="music",
    ),
    ExportKind(
        "Last.fm",
        (_all("uts", "artist", "track"), _all("utc time", "artist", "track"), _all("artist text", "name", "date uts")),
        ("track", "name"),
        when=("utc time", "date text", "uts", "date uts"),
        maker=("artist", "artist text"),
        played=True,
        about="music",
    ),
    ExportKind(
        "Last.fm",
        (_all("artist", "album", "track", "date"),),
        ("track",),
        maker=("artist",),
        exact=True,
        played=True,
        about="music",
    ),
    ExportKind(
        "Trakt",
        (
            _all("movie title", "movie ids trakt"),
            _all("show title", "show ids trakt"),
            _all("trakt rating", "rated at", "title"),
        ),
        ("movie title", "show title", "title"),
        ("rating",),
        10.0,
        year=("movie year", "show year", "year"),
        when=("watched at", "last watched at", "rated at", "collected at"),
        times=("plays",),
        ids={"imdb": ("movie ids imdb", "show ids imdb", "imdb id")},
    ),
    ExportKind(
        "MyAnimeList",
        (_all("series title", "my score"), _all("manga title", "my score")),
        ("series title", "manga title"),
        ("my score",),
        10.0,
        year=(),
        when=("my finish date",),
        status=("my status",),
        ids={"myanimelist": ("series animedb id", "manga mangadb id")},
        about="anime",
    ),
    ExportKind(
        "Netflix",
        (_all("profile name", "start time", "title", "supplemental video type"),),
        ("title",),
        year=(),
        when=("start time",),
    ),
    ExportKind("Netflix", (_all("title", "date"),), ("title",), year=(), exact=True, sure=False),
    ExportKind(
        "YouTube",
        (_all("header", "title", "title url", "time"),),
        ("title",),
        year=(),
        when=("time",),
        maker=("name",),
        about="videos",
    ),
)

TITLES = (
    *("title", "name", "film", "movie", "book", "game", "song", "track", "show", "series", "anime", "album"),
    *("film title", "movie title", "book title", "movie name", "book name", "primary title", "original title"),
    *("titel", "filmtitel", "buchtitel", "buch", "titre", "livre", "titulo", "título", "película", "libro", "titolo"),
    *("название", "фильм", "книга", "片名", "电影", "书名", "标题", "タイトル", "作品", "tytuł", "titul"),
)
RATINGS = (
    *("rating", "my rating", "your rating", "score", "my score", "your score", "stars", "grade", "user rating"),
    *("rate", "mark", "points", "liked", "bewertung", "meine bewertung", "note", "ma note", "nota", "mi nota"),
    *("оценка", "моя оценка", "评分", "我的评分", "評価", "ocena", "moja ocena", "voto", "valutazione"),
)
YEARS = ("year", "release year", "year published", "original publication year", "jahr", "année", "año", "anno", "год")
DATES = (
    *("date", "watched", "date watched", "watched date", "watched at", "watched on", "date read", "read on", "read at"),
    *("last date read", "date rated", "rated at", "rated on", "finished", "date finished", "finished on"),
    *("last played", "played at", "played on", "date played", "last watched", "datum", "gesehen am", "gelesen am"),
    *("vu le", "lu le", "visto el", "leído el", "дата"),
)
MAKERS = ("author", "authors", "artist", "director", "directors", "autor", "auteur", "creator", "автор")
BESIDE = ("genre", "genres", "review", "notes", "comment", "comments", "rewatch", "tags", "type", "format", "position")
"""What else a list of titles and ratings has, when it is nothing but one person's."""
OWN = (
    *("my", "your", "mein", "meine", "meiner", "dein", "deine", "mon", "ma", "mes", "mi", "mis", "mio", "mia"),
    *("meu", "minha", "mój", "moja", "моя", "мой", "моё", "我的", "私の"),
)
ONE_READER = frozenset(DATES) - {"date", "datum", "дата", "finished", "watched"} | {"date watched", "watched date"}
"""Columns that tell when one person met a title."""

GENERIC = ExportKind(
    LIST,
    (),
    TITLES,
    RATINGS,
    year=YEARS,
    when=DATES,
    maker=MAKERS,
    status=("status", "shelf"),
    ids={"imdb": ("imdb id", "imdbid", "imdb", "const", "tconst"), "isbn": ("isbn13", "isbn")},
)
