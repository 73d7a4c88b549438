from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

from kgrec_core.domain import E_COMMERCE, VIDEO
from kgrec_core.explain.sentences.clauses import DisplayNames, because, liked, near, with_source


def test_two_films_are_called_most_of_the_reason_only_when_they_are() -> None:
    said = liked([("1", "Alien", 1.0), ("2", "Heat", 1.0)], VIDEO)
    most, some = because(True, *said), because(False, *said)
    assert most.sentence == "Mostly because you liked Alien and Heat."
    assert some.sentence == "For many reasons, first of all because you liked Alien and Heat."
    assert most.evidence == some.evidence == ("history:1", "history:2")


@pytest.mark.parametrize(("weight", "said"), [(0.5, "watched Alien"), (-1.0, "wanted less like Alien")])
def test_a_film_that_was_not_liked_is_not_said_to_be(weight: float, said: str) -> None:
    assert liked([("1", "Alien", weight)], VIDEO)[0] == f"you {said}"
    assert liked([("2", "Heat", 1.0), ("1", "Alien", weight)], VIDEO) == ("you liked Heat", ("history:2",))


def test_where_times_come_in_bursts_only_the_order_is_told() -> None:
    assert near(VIDEO, bursts=False, second=False) == "people often come to both around the same time"
    assert near(VIDEO, bursts=True, second=False) == "people who rated one often rated the other next to it"
    assert (
        near(E_COMMERCE.without_values(), True, second=False)
        == "people who bought one often bought the other next to it"
    )


def test_a_fact_that_a_description_told_says_so() -> None:
    columns = {"head": ["a", "b"], "relation": ["brand"] * 2, "tail": ["brand:x"] * 2, "source": ["description", ""]}
    display = DisplayNames(SimpleNamespace(triples=pd.DataFrame(columns)), None, None)  # type: ignore[arg-type]
    clause = "both have the brand X"
    assert with_source(clause, ("history:a", "a|brand|brand:x"), display) == f"{clause} (from the description)"
    assert with_source(clause, ("history:b", "b|brand|brand:x"), display) == clause


def test_triples_without_a_source_are_told_as_they_are() -> None:
    triples = pd.DataFrame({"head": ["a"], "relation": ["brand"], "tail": ["brand:x"]})
    display = DisplayNames(SimpleNamespace(triples=triples), None, None)  # type: ignore[arg-type]
    assert with_source("made by X", ("a|brand|brand:x",), display) == "made by X"
