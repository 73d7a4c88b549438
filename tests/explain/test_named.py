"""A line of words names facts of the graph: by their names, by the role that is asked for, by what means the same."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest

from kgrec_core import service
from kgrec_core.data.catalog import Catalog
from kgrec_core.domain import VIDEO
from kgrec_core.explain.named import Names
from kgrec_core.graph.build import build_graph
from tests.worlds import tiny_catalog

# who did what in how many films
ROLES = {
    ("director", "Alfred Hitchcock"): 6,
    ("actor", "Alfred Hitchcock"): 8,
    ("actor", "Robert De Niro"): 8,
    ("director", "Robert De Niro"): 2,
    ("actor", "Amélie Ford"): 5,
    ("actor", "Glenn Ford"): 5,
    ("actor", "Mark Strong"): 6,
    ("genre", "Film-Noir"): 4,
    ("genre", "Drama"): 9,
    ("certificate", "R"): 9,
}


def never(texts: Sequence[str]) -> npt.NDArray[np.float32]:
    """An encoder to which nothing is like anything."""
    return np.zeros((len(texts), 4), dtype=np.float32)


@pytest.fixture(scope="module")
def names() -> Names:
    rows = [
        (f"f{film}", relation, f"{VIDEO.phrase(relation).entity_type}:{label.lower()}", label)
        for (relation, label), films in ROLES.items()
        for film in range(films)
    ]
    triples = pd.DataFrame(rows, columns=["head", "relation", "tail", "tail_label"])
    bare = tiny_catalog()
    catalog = Catalog("tiny", "Tiny", VIDEO, bare.interactions, bare.items, triples, bare.sources)
    return Names(build_graph(catalog), VIDEO, never)


def asked(names: Names, line: str) -> list[str]:
    return [names.asks(one) for one in names.in_line(line)]


@pytest.mark.parametrize(
    ("line", "asks"),
    [
        ("films directed by Alfred Hitchcock", ["films directed by Alfred Hitchcock"]),
        ("something with alfred hitchcock in it", ["films with Alfred Hitchcock"]),
        ("starring Robert De Niro", ["films with Robert De Niro"]),
        ("a drama by Robert De Niro", ["Drama films", "films directed by Robert De Niro"]),
        ("AMELIE FORD, please", ["films with Amélie Ford"]),
        ("film noir", ["Film-Noir films"]),
        ("nothing of the sort", []),
        ("", []),
    ],
)
def test_names_are_found_with_the_role_that_the_words_before_them_ask_for(
    names: Names, line: str, asks: list[str]
) -> None:
    assert asked(names, line) == asks


def test_without_such_words_it_is_the_role_that_is_told_first_of_those_somebody_is_met_in(names: Names) -> None:
    assert asked(names, "Alfred Hitchcock") == ["films directed by Alfred Hitchcock"]  # 6 films of 8, not a rare one
    assert asked(names, "Robert De Niro") == ["films with Robert De Niro"]  # 2 of 8 is


def test_a_last_name_is_enough_where_one_person_is_meant(names: Names) -> None:
    assert asked(names, "a Hitchcock film") == ["films directed by Alfred Hitchcock"]
    assert asked(names, "a Ford film") == []  # of two that are as well known
    assert asked(names, "with a strong lead") == []  # a word, not a name
    assert asked(names, "Strong women") == []  # every line begins with a capital


@pytest.mark.parametrize("line", ["no drama", "not a drama", "without Robert De Niro", "rated R"])
def test_what_is_denied_or_too_short_to_be_meant_is_not_heard(names: Names, line: str) -> None:
    assert asked(names, line) == []


def test_each_thing_is_heard_once_and_no_word_stands_for_two(names: Names) -> None:
    assert asked(names, "drama, drama and more drama") == ["Drama films"]
    assert [one.phrase for one in names.in_line("Robert De Niro and DRAMA")] == ["Robert De Niro", "DRAMA"]


@pytest.mark.parametrize(
    ("line", "asks"),
    [
        ("science fiction", ["Sci-Fi films"]),
        ("adventures", ["Adventure films"]),
        ("romantic", ["Romance films"]),
        ("a spoon on a table", []),
    ],
)
def test_a_word_that_means_the_same_as_a_kind_is_heard_as_this_kind(
    tiny: service.Service, line: str, asks: list[str]
) -> None:
    assert [one.asks for one in tiny.reader.heard(line)] == asks
