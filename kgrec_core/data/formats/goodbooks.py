"""goodbooks-10k (Zajac 2017): ratings, books and tags as csv. Tags use goodreads_book_id, everything else book_id."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from kgrec_core.data.formats.csv_tables import TableLayout, read_delimited
from kgrec_core.data.formats.format import Format, Tables, Wish, named, set_aside
from kgrec_core.data.formats.source_files import SourceFile
from kgrec_core.data.ledger import FILE, ROW, Ledger
from kgrec_core.data.values.plain_numbers import floats_of
from kgrec_core.schema.columns import HEAD, ITEM, RELATION, TAIL, TITLE, USER, VALUE

SOURCE = "goodbooks-10k (Zajac 2017): CC BY-SA 4.0"
RELATIONS = {"author": ("author", "person"), "language": ("language", "language")}
_STATUSES = re.compile(  # what a reader did or means to do with the book, which says nothing of the book
    r"(all-time-)?favou?rites?|(books-)?(i-)?(own|owned|have)(-.*)?|my-(books|library)|library|to-(read|buy|get)(-.*)?|"
    r"(currently|still)-reading|(re-?)?read(-(in|again).*)?|(did-not|didnt)-finish|dnf|abandoned|wish-?list|default|"
    r"(e-?|audio-?)books?|kindle|(read-in-)?\d{4}(-reads?)?"
)
TAGS_OF_A_BOOK = 10  # most used first; the rest are shelves such as "owned"


def claims(files: Sequence[SourceFile]) -> list[SourceFile]:
    """Its files, when ratings and books are among them."""
    heads = {file.base: "".join(file.lines(1)).replace('"', "") for file in named(files, "ratings.csv", "books.csv")}
    ours = heads.get("ratings.csv", "").split(",")[:3] in (
        ["user_id", "book_id", "rating"],
        ["book_id", "user_id", "rating"],
    )
    books = "goodreads_book_id" in heads.get("books.csv", "")
    own = named(files, "ratings.csv", "books.csv", "book_tags.csv", "tags.csv", "to_read.csv")
    return own if ours and books else []


def read(files: Sequence[SourceFile], ledger: Ledger, wish: Wish) -> Tables:
    """Ratings; books with authors, year and language; the most used tags as facts."""
    by_name = {file.base: file for file in files}
    ratings = read_delimited(
        by_name["ratings.csv"], "interactions", ledger, TableLayout(",", needs=("user_id", "book_id", "rating"))
    )
    ratings = ratings.rename(columns={"user_id": USER, "book_id": ITEM, "rating": VALUE})
    raw = read_delimited(
        by_name["books.csv"], "items", ledger, TableLayout(",", needs=("book_id", "goodreads_book_id"))
    )
    set_aside(named(files, "to_read.csv"), ledger, "tells what people want to read, not what they read")
    tags = _tags(by_name, raw, ledger)
    return Tables(ratings, _books(raw), triples=tags, relations=RELATIONS, sources=(SOURCE,))


def _books(raw: pd.DataFrame) -> pd.DataFrame:
    def column(name: str) -> pd.Series:
        return raw[name] if name in raw else pd.Series("", index=raw.index, dtype=object)

    title = column("title")
    return pd.DataFrame(
        {
            ITEM: raw["book_id"],
            TITLE: title.where(title != "", column("original_title")),
            "year": column("original_publication_year").str.replace(r"\.0$", "", regex=True),
            "author": column("authors").str.replace("|", "/").str.replace(r",\s*", "|", regex=True),
            "language": column("language_code"),
            FILE: raw[FILE],
            ROW: raw[ROW],
        }
    )


def _tags(by_name: dict[str, SourceFile], books: pd.DataFrame, ledger: Ledger) -> pd.DataFrame | None:
    own = [by_name[name] for name in ("book_tags.csv", "tags.csv") if name in by_name]
    if len(own) < 2:
        set_aside(own, ledger, "book_tags.csv and tags.csv are of use together only")
        return None
    rows = read_delimited(own[0], "triples", ledger, TableLayout(",", needs=("goodreads_book_id", "tag_id", "count")))
    labels = read_delimited(own[1], "labels", ledger, TableLayout(",", needs=("tag_id", "tag_name")))
    words = labels.drop_duplicates("tag_id").set_index("tag_id")["tag_name"]
    book = books.drop_duplicates("goodreads_book_id").set_index("goodreads_book_id")["book_id"]
    statuses = rows["tag_id"].map(words).fillna("").str.casefold().str.fullmatch(_STATUSES)
    if statuses.any():
        what = "tells what readers did with the book, not what the book is"
        ledger.drop(rows[statuses], "tag_id", what, "Nothing to do.", "note")
        rows = rows[~statuses]
    uses = floats_of(rows["count"]).fillna(0)
    place = uses.groupby(rows["goodreads_book_id"]).rank(method="first", ascending=False)
    rare = place > TAGS_OF_A_BOOK
    if rare.any():
        what = f"is not among the {TAGS_OF_A_BOOK} tags that the book got most often"
        ledger.drop(rows[rare], "tag_id", what, "Nothing to do.", "note")
    rows = rows[~rare]
    heads = rows["goodreads_book_id"].map(book).fillna(rows["goodreads_book_id"])
    tails = rows["tag_id"].map(words).fillna("")
    return pd.DataFrame({HEAD: heads, RELATION: "tag", TAIL: tails, FILE: rows[FILE], ROW: rows[ROW]})


FORMAT = Format("goodbooks", "goodbooks-10k", "books", claims, read)
