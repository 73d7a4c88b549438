"""A list taken away: a harmless page that says what it is made from, and cells that no spreadsheet runs."""

from __future__ import annotations

from datetime import date

from kgrec_core.pictures import list_to_take_away
from kgrec_core.pictures.item_covers import Cover
from kgrec_core.schema.cards import ItemCard
from kgrec_core.schema.provenance import Provenance
from kgrec_core.schema.recommendations import Recommendation, Recommendations

EVIL = "<script>alert(1)</script>"
FROM = Provenance("Films", "v301d9d1", date(2026, 11, 30))


def found(title: str = "Heat", reason: str = "Because you liked Ran.") -> Recommendations:
    item = ItemCard("heat", title, 1995, ("Crime", "Drama"))
    return Recommendations("movies", "15", 1.0, (Recommendation(1, item, 0.51239, 1.0, reason),))


def test_the_page_names_items_reasons_data_set_version_and_day() -> None:
    page = list_to_take_away.as_page(found(), "One film for Viewer 15", ("Watched 3 films.",), FROM)
    for words in (
        "One film for Viewer 15",
        "Watched 3 films.",
        "Heat",
        "1995",
        "Crime · Drama",
        "Because you liked Ran.",
    ):
        assert words in page
    assert "Data set: Films. Model: version v301d9d1. Made with kgrec on 30 November 2026." in page


def test_text_of_the_data_stays_text_and_nothing_is_fetched() -> None:
    page = list_to_take_away.as_page(found(EVIL, EVIL), EVIL, (EVIL,), Provenance(EVIL))
    assert "<script" not in page and "http:" not in page and "https:" not in page


def test_a_cover_stands_in_the_page_itself_with_its_words() -> None:
    cover = Cover("data:image/svg+xml;base64,AAAA", f"Drawn cover of {EVIL}")
    page = list_to_take_away.as_page(found(), "One film", (), FROM, {"heat": cover})
    assert '<img class="cover" src="data:image/svg+xml;base64,AAAA" alt="Drawn cover of &lt;script&gt;' in page
    assert "img-src data:" in page and "<script" not in page


def test_without_covers_no_place_is_kept_for_them() -> None:
    page = list_to_take_away.as_page(found(), "One film", (), FROM)
    assert "<img" not in page and '<ol class="bare">' in page


def test_a_row_tells_all_of_an_entry() -> None:
    (row,) = list_to_take_away.as_rows(found(), FROM)
    assert row == {
        "place": 1,
        "id": "heat",
        "title": "Heat",
        "year": 1995,
        "tags": "Crime | Drama",
        "score": 0.5124,
        "reason": "Because you liked Ran.",
        "made from": FROM.sentence,
    }


def test_no_cell_begins_like_a_formula() -> None:
    for start in ("=1+1", "+1", "-1", "@sum", " =1", "\t=1"):
        (row,) = list_to_take_away.as_rows(found(start, start), FROM)
        assert row["title"] == row["reason"] == f"'{start}"
