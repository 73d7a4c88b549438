"""Titles of somebody's own history found among the items of a data set: sure, unsure, missing."""

from __future__ import annotations

import pandas as pd
import pytest

from kgrec_core.browse.export_matching import ExportMatcher
from kgrec_core.data.catalog import Catalog
from kgrec_core.domain import BOOKS, MUSIC, VIDEO, Domain
from kgrec_core.schema.personal_history import ExportEntry, ExportMatch, OnePersonHistory

FILMS = pd.DataFrame(
    {
        "item_id": ["1", "2", "3", "4", "5", "6"],
        "title": ["The Matrix", "Heat", "Sabrina", "Sabrina", "Terminator 2: Judgment Day", "Blade Runner"],
        "year": pd.array([1999, 1995, 1954, 1995, 1991, 1982], dtype="Int64"),
        "imdb_id": ["tt0133093", "tt0113277", "tt0047437", "tt0114319", "tt0103064", ""],
    }
)
BOOK_TABLE = pd.DataFrame(
    {
        "item_id": ["b1", "b2", "b3"],
        "title": ["Sapiens", "Emma", "Dune (Dune, #1)"],
        "author": ["Yuval Noah Harari", "Jane Austen", "Frank Herbert"],
        "isbn13": ["", "9780141439587", ""],
    }
)
ARTISTS = pd.DataFrame({"item_id": ["a1", "a2"], "title": ["Leo Marsh", "Ada Bell"]})


def matched(items: pd.DataFrame, domain: Domain, *entries: ExportEntry) -> ExportMatch:
    nothing = pd.DataFrame({"head": [], "relation": [], "tail": []})
    catalog = Catalog("own", "Own", domain, pd.DataFrame({"user_id": [], "item_id": []}), items, nothing, ())
    return ExportMatcher(catalog).match(OnePersonHistory("Test", entries))


def film(*entries: ExportEntry) -> ExportMatch:
    return matched(FILMS, VIDEO, *entries)


@pytest.mark.parametrize(
    ("entry", "item"),
    [
        (ExportEntry("Any other title", ids={"imdb": "tt0133093"}), "1"),
        (ExportEntry("Matrix, The", 1999), "1"),
        (ExportEntry("the matrix", 2000), "1"),  # a year apart
        (ExportEntry("Heat"), "2"),  # no year, and one film of that title
        (ExportEntry("Sabrina", 1954), "3"),
        (ExportEntry("Sabrina", 1995), "4"),
        (ExportEntry("Terminator II: Judgment Day", 1991), "5"),
    ],
)
def test_ids_and_titles_with_their_year_are_sure(entry: ExportEntry, item: str) -> None:
    found = film(entry)
    assert [row.item_id for row in found.found] == [item] and not (found.unsure or found.missing)


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (ExportEntry("Heat", 1986), "the same title, of 1995"),
        (ExportEntry("Sabrina"), "one of 2 with this title"),
        (ExportEntry("Terminator 2", 1991), "only a part of the title is the same"),
        (ExportEntry("Blade Runer", 1982), "a title much like it"),
    ],
)
def test_what_may_be_another_film_is_to_be_confirmed(entry: ExportEntry, why: str) -> None:
    found = film(entry)
    assert [row.why for row in found.unsure] == [why] and not (found.found or found.missing)


@pytest.mark.parametrize(
    "entry", [ExportEntry("Terminator 3", 2003), ExportEntry("Blade Runer", 2017), ExportEntry("?")]
)
def test_what_is_not_there_is_missing(entry: ExportEntry) -> None:
    assert film(entry).missing == (entry,)


def test_the_sentence_counts_and_only_what_is_sure_or_confirmed_is_brought() -> None:
    found = film(
        ExportEntry("The Matrix", 1999, rating=0.9),
        ExportEntry("Sabrina", 1954, rating=0.2),
        ExportEntry("Terminator 2: Judgment Day", 1991, rating=0.5),
        ExportEntry("Heat", 1986, rating=1.0),
        ExportEntry("Nowhere", 2000),
    )
    assert found.sentence == "Found 3 of 5 films; 1 to confirm."
    assert (found.brought().likes, found.brought().dislikes, found.brought().seen) == (("1",), ("3",), ("5",))
    assert found.brought(["2"]).likes == ("1", "2")
    asker = found.brought(["2"]).asker("a thriller")
    assert (asker.user, asker.history, asker.dislikes, asker.request) == (None, ("1", "2"), ("3",), "a thriller")


def test_books_are_found_by_isbn_by_title_and_by_a_part_of_it_with_the_author() -> None:
    found = matched(
        BOOK_TABLE,
        BOOKS,
        ExportEntry("Emma (a novel)", 2003, ids={"isbn": "014143958"}),
        ExportEntry("Dune", 1965, maker="Frank Herbert"),
        ExportEntry("Sapiens: A Brief History of Humankind", 2011, maker="Yuval Noah Harari"),
        ExportEntry("Emma", maker="Somebody Else"),
    )
    assert [row.item_id for row in found.found] == ["b2", "b3", "b1"]
    assert found.sentence.startswith("Found 3 of 4 books")
    assert [entry.maker for entry in found.missing] == ["Somebody Else"]  # that book is taken by its ISBN


def test_the_same_title_by_somebody_else_is_to_be_confirmed() -> None:
    found = matched(BOOK_TABLE, BOOKS, ExportEntry("Emma", maker="Alexander Call"))
    assert [row.why for row in found.unsure] == ["the same title, by somebody else"]


def test_another_title_of_a_book_is_found_with_its_author_and_a_like_one_is_to_be_confirmed() -> None:
    found = matched(
        BOOK_TABLE,
        BOOKS,
        ExportEntry("Emma, or The Matchmaker", maker="Jane Austen"),
        ExportEntry("Sapiens Comic", maker="Yuval Noah Harari"),
    )
    assert [row.item_id for row in found.found] == ["b2"]
    assert [(row.item_id, row.why) for row in found.unsure] == [("b1", "a title much like it")]


def test_plays_of_songs_are_plays_of_their_artists_where_the_items_are_artists() -> None:
    songs = [ExportEntry(f"Song {number}", maker="Leo Marsh", weak=True) for number in range(3)]
    found = matched(
        ARTISTS, MUSIC, *songs, ExportEntry("Other", maker="Ada Bell", weak=True), ExportEntry("X", maker="No")
    )
    assert found.sentence == "Found 2 of 3 artists."
    assert (found.brought().likes, found.brought().seen) == (("a1",), ("a2",))  # three plays, one play


def test_ids_of_the_data_set_count_where_there_are_no_titles() -> None:
    found = film(ExportEntry("", ids={"item": "2"}), ExportEntry("", ids={"item": "99"}))
    assert [row.item_id for row in found.found] == ["2"] and len(found.missing) == 1


def test_a_thousand_strange_titles_are_compared_in_bounded_time() -> None:
    entries = [ExportEntry(f"Strange title number {number}", 2000) for number in range(3_000)]
    assert len(film(*entries).missing) == 3_000
