from __future__ import annotations

from kgrec_core.explain.why.told_apart import told_apart


def chosen(*options: tuple[str, ...]) -> list[str]:
    """Each letter of an option is a mark that it tells."""
    return told_apart(options, frozenset)


def test_the_best_to_tell_is_told_where_nothing_repeats() -> None:
    assert chosen(("a", "b"), ("c", "d")) == ["a", "c"]


def test_a_neighbour_tells_something_else_where_it_can() -> None:
    assert chosen(("a", "b"), ("a", "b"), ("a", "b")) == ["a", "b", "a"]


def test_what_has_nothing_else_to_tell_repeats() -> None:
    assert chosen(("a",), ("a",)) == ["a", "a"]


def test_half_a_repetition_is_better_than_a_whole_one() -> None:
    assert chosen(("ab",), ("ab", "ac")) == ["ab", "ac"]


def test_what_follows_changes_nothing_above() -> None:
    options = (("a", "b"), ("a", "b"), ("b", "c"), ("a",))
    assert chosen(*options)[:2] == chosen(*options[:2])
