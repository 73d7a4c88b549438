from __future__ import annotations

from kgrec_core.domain import VIDEO
from kgrec_core.explain.words import because


def test_two_films_are_called_most_of_the_reason_only_when_they_are() -> None:
    anchors = [("1", "Alien", True), ("2", "Heat", True)]
    most, some = because(anchors, True, VIDEO), because(anchors, False, VIDEO)
    assert most is not None and most.sentence == "Mostly because you liked Alien and Heat."
    assert some is not None and "Mostly" not in some.sentence
    assert most.evidence == some.evidence == ("history:1", "history:2")


def test_a_film_that_was_not_liked_is_only_said_to_be_watched() -> None:
    said = because([("1", "Alien", False)], True, VIDEO)
    assert said is not None and said.sentence == "Mostly because you watched Alien."


def test_without_a_film_there_is_no_sentence() -> None:
    assert because([], False, VIDEO) is None
