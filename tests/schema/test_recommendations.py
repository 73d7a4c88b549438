from __future__ import annotations

from kgrec_core.schema.cards import ItemCard
from kgrec_core.schema.recommendations import Recommendation, Recommendations


def rows(*liked: tuple[str, ...]) -> list[tuple[str, list[str]]]:
    """Of items a, b, c ... that these liked ones speak for: each row with its items."""
    items = tuple(
        Recommendation(place + 1, ItemCard("abcdef"[place], "", None, ()), 0.0, 1.0, "", names)
        for place, names in enumerate(liked)
    )
    found = Recommendations("tiny", "u0", 0.0, items).by_liked
    return [(name, [entry.item.item_id for entry in entries]) for name, entries in found]


def test_a_row_stands_under_the_like_that_speaks_for_most_items() -> None:
    assert rows(("x", "y"), ("y",), ("y", "x")) == [("y", ["a", "b", "c"])]


def test_each_item_stands_in_one_row_and_what_shares_no_like_comes_last() -> None:
    assert rows(("x",), ("z",), ("x", "y"), ()) == [("x", ["a", "c"]), ("", ["b", "d"])]


def test_what_speaks_most_counts_more_than_what_speaks_too() -> None:
    """x: 1/2 + 1/2 = 1 · y: 1/3 + 1/3"""
    assert rows(("x", "y"), ("x", "y"))[0][0] == "x"


def test_an_empty_list_has_no_rows() -> None:
    assert rows() == []
