from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgrec_core.domain import CONSUMED, LEVELS, VIDEO, Domain, event_level
from kgrec_core.text.documents import clean_text, item_document, level_document

HEAT = {
    "item_id": "6",
    "title": "Heat",
    "raw_title": "Heat",
    "year": 1995.0,
    "text": "",
    "genre": "Crime|Drama",
    "director": "Michael Mann",
    "writer": "Michael Mann",
    "actor": "Al Pacino|Robert De Niro|Val Kilmer|Jon Voight|Amy Brenneman|Ashley Judd",
    "decade": "1990s",
}


def event_document(row: dict[str, object], value: float | None, domain: Domain) -> str:
    return level_document(row, event_level(value, domain), domain)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Tom &amp; Jerry", "Tom & Jerry"),
        ("a <b>bold</b>\n\tmove<br/>now", "a bold move now"),
        ("&lt;p&gt;escaped twice&amp;lt;/p&amp;gt;", "escaped twice"),
        ("<script>alert(1)</script>plain", "plain"),
        ("ﬁve\x00 stars\u200b", "five stars"),
        ("3 < 5 and 5 > 3", "3 < 5 and 5 > 3"),
        ("می‌خواهم", "می‌خواهم"),
        (None, ""),
        (math.nan, ""),
        (1984, "1984"),
    ],
)
def test_text_loses_its_markup_and_keeps_its_words(raw: object, clean: str) -> None:
    assert clean_text(raw) == clean


@given(st.text(max_size=60))
def test_clean_text_is_on_one_line_and_stays_as_it_is(raw: str) -> None:
    once = clean_text(raw)
    assert "\n" not in once and once == once.strip()
    assert clean_text(once) == once


def test_an_item_is_told_in_the_words_of_its_domain() -> None:
    assert item_document(HEAT, VIDEO) == (
        "Heat (1995). director: Michael Mann. cast: Al Pacino, Robert De Niro, Val Kilmer, Jon Voight. "
        "writer: Michael Mann. genre: Crime, Drama."
    )


def test_columns_that_the_domain_does_not_know_are_told_by_their_names() -> None:
    shop = Domain("e-commerce", "product", "products", "Shopper", "liked", "bought", 4.0, {})
    row = {
        "item_id": "1",
        "title": "Lamp",
        "price_band": "low",
        "image": "https://x.org/1.png",
        "text": "A <i>lamp</i>",
    }
    assert item_document(row, shop) == "Lamp. price: low. A lamp."


def test_an_event_says_verb_title_year_and_key_attributes() -> None:
    assert event_document(HEAT, 4.5, VIDEO) == (
        "Loved: Heat (1995). Michael Mann. Al Pacino, Robert De Niro, Val Kilmer. Crime, Drama."
    )


@pytest.mark.parametrize(
    ("value", "verb"),
    [(5.0, "Loved"), (4.5, "Loved"), (4.0, "Liked"), (3.5, "Found so-so"), (3.0, "Found so-so"), (2.5, "Disliked")],
)
def test_the_rating_chooses_the_verb(value: float, verb: str) -> None:
    assert event_document(HEAT, value, VIDEO).startswith(f"{verb}: Heat")


@pytest.mark.parametrize("value", [None, math.nan])
def test_an_event_without_a_value_is_merely_consumed(value: float | None) -> None:
    assert event_level(value, VIDEO) == CONSUMED == LEVELS.index("consumed")
    assert event_document(HEAT, value, VIDEO).startswith("Watched: Heat")


def test_events_of_one_level_share_one_document() -> None:
    assert event_document(HEAT, 3.0, VIDEO) == event_document(HEAT, 3.5, VIDEO)


def test_missing_cells_leave_no_trace() -> None:
    row = {"item_id": "1", "title": "Nameless", "year": None, "genre": None, "director": math.nan, "actor": ""}
    assert item_document(row, VIDEO) == "Nameless."
    assert event_document(row, 4.0, VIDEO) == "Liked: Nameless."
