from __future__ import annotations

import pandas as pd
import pytest

from kgrec_core.data.attribute_triples import triples_from_attributes
from kgrec_core.errors import DataError

FILMS = pd.DataFrame(
    {
        "item_id": ["1", "2"],
        "title": ["Unforgiven", "Mystic River"],
        "director": ["Clint Eastwood", "clint  eastwood"],
        "actor": ["Clint Eastwood|Gene Hackman|Gene Hackman", None],
        "genre": ["Western| Drama ", "Drama||"],
    },
    index=[7, 9],
)
PEOPLE = {"director": ("director", "person"), "actor": ("actor", "person")}


def test_one_person_in_two_roles_is_one_node() -> None:
    triples = triples_from_attributes(FILMS, PEOPLE)
    eastwood = triples[triples["tail"] == "person:clint eastwood"]
    assert list(zip(eastwood["head"], eastwood["relation"], strict=True)) == [
        ("1", "director"),
        ("2", "director"),
        ("1", "actor"),
    ]
    assert set(eastwood["tail_label"]) == {"Clint Eastwood"}


def test_a_fact_stated_twice_counts_once_and_empty_values_not_at_all() -> None:
    triples = triples_from_attributes(FILMS, {**PEOPLE, "genre": ("genre", "genre")})
    assert len(triples) == 2 + 2 + 3
    assert triples[triples["head"] == "2"]["tail"].tolist() == ["person:clint eastwood", "genre:drama"]
    assert list(triples.columns) == ["head", "relation", "tail", "head_label", "tail_label"]


def test_another_separator_can_be_named() -> None:
    films = FILMS.assign(tags=["a;b", "b"])
    assert len(triples_from_attributes(films, {"tags": ("tag", "tag")}, separator=";")) == 3


def test_numbers_become_text() -> None:
    triples = triples_from_attributes(FILMS.assign(year=[1992, 2003]), {"year": ("year", "year")})
    assert triples["tail"].tolist() == ["year:1992", "year:2003"]


def test_a_column_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(DataError, match=r"no column 'studio'; it has item_id, title"):
        triples_from_attributes(FILMS, {"studio": ("studio", "studio")})


def test_no_relations_give_an_empty_table_with_the_right_columns() -> None:
    assert list(triples_from_attributes(FILMS, {}).columns) == ["head", "relation", "tail", "head_label", "tail_label"]
