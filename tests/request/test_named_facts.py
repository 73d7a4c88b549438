"""A request names facts of the graph: by their names, by the role that is asked for, by what means the same."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest

from kgrec_core import service
from kgrec_core.data.catalog import Catalog
from kgrec_core.domain import VIDEO
from kgrec_core.graph.typed_graph import build_graph
from kgrec_core.request.named_facts import FactNames
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
    ("actor", "Minnie Driver"): 6,
    ("actor", "Tom Hanks"): 11,
    ("decade", "1990s"): 5,
    ("genre", "Film-Noir"): 4,
    ("genre", "Drama"): 9,
    ("certificate", "R"): 9,
}


TITLES = ("Taxi Driver", "The Rock", "Drama Queen", "Heat", "Red Ford")


def never(texts: Sequence[str]) -> npt.NDArray[np.float32]:
    """An encoder to which nothing is like anything."""
    return np.zeros((len(texts), 4), dtype=np.float32)


@pytest.fixture(scope="module")
def names() -> FactNames:
    rows = [
        (f"f{film}", relation, f"{VIDEO.phrase(relation).entity_type}:{label.lower()}", label)
        for (relation, label), films in ROLES.items()
        for film in range(films)
    ]
    triples = pd.DataFrame(rows, columns=["head", "relation", "tail", "tail_label"])
    bare = tiny_catalog()
    catalog = Catalog("tiny", "Tiny", VIDEO, bare.interactions, bare.items, triples, bare.sources)
    return FactNames(build_graph(catalog), VIDEO, TITLES, never)


def asked(names: FactNames, line: str) -> list[str]:
    return [names.asks(one) for one in names.mentions(line).asked]


def refused(names: FactNames, line: str) -> list[str]:
    return [names.asks(one) for one in names.mentions(line).refused]


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
    names: FactNames, line: str, asks: list[str]
) -> None:
    assert asked(names, line) == asks


def test_without_such_words_it_is_the_role_that_is_told_first_of_those_somebody_is_met_in(names: FactNames) -> None:
    assert asked(names, "Alfred Hitchcock") == ["films directed by Alfred Hitchcock"]  # 6 films of 8, not a rare one
    assert asked(names, "Robert De Niro") == ["films with Robert De Niro"]  # 2 of 8 is


def test_a_last_name_is_enough_where_one_person_is_meant(names: FactNames) -> None:
    assert asked(names, "a Hitchcock film") == ["films directed by Alfred Hitchcock"]
    assert asked(names, "a Ford film") == []  # of two that are as well known
    assert asked(names, "with a strong lead") == []  # a word, not a name
    assert asked(names, "Strong women") == []  # every line begins with a capital


@pytest.mark.parametrize(
    ("line", "left", "kept", "text"),
    [
        ("no drama", ["Drama films"], [], ""),
        ("a film noir, no drama", ["Drama films"], ["Film-Noir films"], "a film noir"),
        ("not a drama but film noir", ["Drama films"], ["Film-Noir films"], "but film noir"),
        ("no drama. Film noir!", ["Drama films"], ["Film-Noir films"], ". Film noir"),
        ("I don’t like Tom Hanks", ["films with Tom Hanks"], [], ""),
        ("not a film with Robert De Niro", ["films with Robert De Niro"], [], ""),
        ("neither drama nor film noir", ["Drama films", "Film-Noir films"], [], ""),
        ("anything but drama", ["Drama films"], [], ""),
        ("less drama, more film noir", ["Drama films"], ["Film-Noir films"], "more film noir"),
        ("not only drama", [], ["Drama films"], "not only drama"),
        ("nothing but drama", [], ["Drama films"], "nothing but drama"),
    ],
)
def test_what_is_refused_is_kept_apart_and_not_read_as_a_description(
    names: FactNames, line: str, left: list[str], kept: list[str], text: str
) -> None:
    assert (refused(names, line), asked(names, line)) == (left, kept)
    assert names.mentions(line).text.strip(" .,!") == text.strip(" .,!")


def test_a_name_too_short_to_stand_alone_is_heard_after_the_words_that_ask_for_it(names: FactNames) -> None:
    assert asked(names, "R you there") == []
    assert asked(names, "something rated R") == ["films rated R"]


def test_a_decade_is_heard_in_short(names: FactNames) -> None:
    assert asked(names, "from the 90s") == ["films from the 1990s"]


def test_the_words_of_a_title_name_nothing_else(names: FactNames) -> None:
    found = names.mentions("something like Taxi Driver")
    assert (found.asked, found.items) == ((), (0,))
    assert names.mentions("like Heat").items == (3,) and names.mentions("a heat wave").items == ()
    assert asked(names, "a drama like Drama Queen") == ["Drama films"]


def test_a_famous_name_may_begin_the_line_and_any_stands_after_the_word_for_a_role(names: FactNames) -> None:
    assert asked(names, "Hanks") == ["films with Tom Hanks"]
    assert asked(names, "with driver") == ["films with Minnie Driver"]
    assert asked(names, "Driver") == [] and asked(names, "a driver") == []
    assert asked(names, "de niro") == ["films with Robert De Niro"]


def test_each_thing_is_heard_once_and_no_word_stands_for_two(names: FactNames) -> None:
    assert asked(names, "drama, drama and more drama") == ["Drama films"]
    assert [one.phrase for one in names.mentions("Robert De Niro and DRAMA").asked] == ["Robert De Niro", "DRAMA"]


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
    assert list(tiny.reader.understood(line).asks) == asks
