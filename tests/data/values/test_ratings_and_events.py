"""What stands for no rating, scales, yes and no, words of events and grades."""

from __future__ import annotations

import pandas as pd
import pytest

from kgrec_core.data.values.event_words import event_weights, rating_words, takes_away
from kgrec_core.data.values.missing import is_missing, no_rating
from kgrec_core.data.values.scales import Scale, scale_of
from kgrec_core.data.values.yes_no import as_yes_no


@pytest.mark.parametrize(
    ("cells", "codes"),
    [
        ("-1 7 8 10 3", ("-1",)),
        ("0 1 2 3 4 5", ("0",)),
        ("0 0 0 0 0 7 8 9 10", ("0",)),
        ("0 7 7 8 8 9 10", ()),
        ("99 -3.5 9 2.5 0", ("99",)),
        ("-1 1 1 -1", ()),
        ("0 1 1 0", ()),
        ("3 4 5 unrated", ("unrated",)),
        ("1 2 3", ()),
    ],
)
def test_a_code_stands_for_no_rating_where_the_rest_of_the_scale_says_so(cells: str, codes: tuple[str, ...]) -> None:
    assert no_rating(pd.Series(cells.split())) == codes


def test_an_id_may_be_called_unknown_and_an_attribute_not() -> None:
    cells = pd.Series(["Unknown", "-", "\\N", "", None, "x"], dtype=object)
    assert is_missing(cells).tolist() == [True, True, True, True, True, False]
    assert is_missing(cells, ids=True).tolist() == [False, False, True, True, True, False]


@pytest.mark.parametrize(
    ("numbers", "scale"),
    [
        ([0.5, 3.0, 4.0], Scale(0.5, 4, 0.5)),
        ([1, 2, 7], Scale(1, 7, 1)),
        ([-1, 1, 1], Scale(-1, 1, 1)),
        ([-9.5, 3.25, 10], Scale(-9.5, 10, 0)),
        ([2, 13883, 400], None),
        ([3, 4, 5] * 20 + [55], Scale(3, 5, 1)),
    ],
)
def test_the_top_of_a_scale_is_its_largest_value_but_for_mistakes(numbers: list[float], scale: Scale | None) -> None:
    assert scale_of(pd.Series(numbers, dtype=float)) == scale


def test_a_count_by_name_has_no_scale() -> None:
    assert scale_of(pd.Series([1.0, 2.0]), rating=False) is None


@pytest.mark.parametrize(
    "cells", ["true false", "ja nein", "oui non", "да нет", "是 否", "like dislike", "+ -", "👍 👎"]
)
def test_yes_and_no_under_any_word(cells: str) -> None:
    read = as_yes_no(pd.Series(cells.split()))
    assert read is not None and read.tolist() == [1, 0]


def test_other_words_are_no_yes_or_no() -> None:
    assert as_yes_no(pd.Series(["yes", "perhaps"])) is None


@pytest.mark.parametrize(
    "words", ["view cart purchase", "product_viewed addToCart Gekauft", "浏览 加购 购买", "clic panier achat"]
)
def test_the_more_an_event_costs_the_more_it_weighs(words: str) -> None:
    weights = list(event_weights(words.split()).values())
    assert len(weights) == 3 and weights == sorted(set(weights))


def test_what_takes_away_is_told_from_a_dislike_and_an_unknown_word_has_no_weight() -> None:
    weights = event_weights(["purchase", "refund", "dislike", "frobnicate"])
    assert weights["refund"] == -weights["purchase"] and weights["dislike"] < 0 and "frobnicate" not in weights
    assert takes_away("refund") and not takes_away("dislike")


def test_grades_in_words_rise_from_bad_to_great() -> None:
    grades = rating_words(["bad", "ok", "good", "very good"])
    assert grades == {"bad": 2, "ok": 3, "good": 4, "very good": 5}
    assert rating_words(["good", "blue"]) is None
