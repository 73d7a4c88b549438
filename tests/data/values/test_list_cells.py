"""Cells that hold several values: which columns do, and what the values are."""

from __future__ import annotations

import time

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgrec_core.data.values.list_cells import LISTS, split_by, split_cells


@pytest.mark.parametrize(
    ("cells", "how", "first"),
    [
        (['["dark", "slow"]', "[]"], LISTS, ["dark", "slow"]),
        (["['dark', 'slow']", "['fast']"], LISTS, ["dark", "slow"]),
        (["['dark' 'slow']", "['fast']"], LISTS, ["dark", "slow"]),
        (["[u'dark', u'slow']"], LISTS, ["dark", "slow"]),
        (["[Action, Comedy]", "[Drama]"], LISTS, ["Action", "Comedy"]),
        (['{dark,"very slow"}', "{}"], LISTS, ["dark", "very slow"]),
        (['c("dark", "slow")', 'c("fast")'], LISTS, ["dark", "slow"]),
        (["<dark><slow>", "<fast>"], LISTS, ["dark", "slow"]),
        (["[{'id': 18, 'name': 'Drama'}, {'id': 5, 'name': 'War'}]"], LISTS, ["Drama", "War"]),
        (["[{'credit': '52f', 'character': \"O'Neill\", 'name': 'Ada'}]"], LISTS, ["Ada"]),
        (["{'id': 100, 'name': 'River Collection', 'path': '/7G.jpg'}", ""], LISTS, ["River Collection"]),
        (['{"/m/07s9": "Drama", "/m/02l7": "War"}'], LISTS, ["Drama", "War"]),
        (["{'Action': 100, 'Indie': 20}"], LISTS, ["Action", "Indie"]),
        (["{'HasTV': True, 'WiFi': \"u'free'\", 'Loud': False}"], LISTS, ["has tv", "wi fi: free"]),
        (["Drama|War", "Love"], "|", ["Drama", "War"]),
        (["Drama; War", "Love"], ";", ["Drama", "War"]),
        (["Drama/War", "Love", "War/Love"], "/", ["Drama", "War"]),
        (["Action, Comedy", "Drama", "Drama, Action"], ",", ["Action", "Comedy"]),
        (["Joel Coen, Ethan Coen", "Ridley Scott"], ",", ["Joel Coen", "Ethan Coen"]),
        (["Home > Garden > Lamps", "Home > Kitchen"], " > ", ["Home", "Garden", "Lamps"]),
        (["Home>>Garden", "Home>>Kitchen"], ">>", ["Home", "Garden"]),
        (["Home\\Garden", "Home\\Kitchen"], "\\", ["Home", "Garden"]),
        (["剧情、战争", "爱情"], "、", ["剧情", "战争"]),
        (["Tom &amp; Jerry", "Ann &amp; Co"], "", ["Tom & Jerry"]),
        (["Bellamy, Ada", "Castle, Boris", "Dorn, Clara"], "", ["Bellamy, Ada"]),
        (["Sony, Inc.", "Acme, Inc.", "Norvik, Ltd."], "", ["Sony, Inc."]),
        (["San Jose, CA", "Austin, TX", "El Paso, TX"], "", ["San Jose, CA"]),
        (["10,000 Maniacs, Blue Rain", "Blue Rain, Red Sun", "Red Sun"], ", ", ["10,000 Maniacs", "Blue Rain"]),
        (["AC/DC", "Blue Rain", "Red Sun"], "", ["AC/DC"]),
        (["1,234", "2,345"], "", ["1,234"]),
        (["12/3/2004", "12/4/2004"], "", ["12/3/2004"]),
        (["https://a.example/b", "https://a.example/c"], "", ["https://a.example/b"]),
        (["[1999] A film", "[2001] Another"], "", ["[1999] A film"]),
    ],
)
def test_the_cells_of_a_column_are_split_as_they_show(cells: list[str], how: str, first: list[str]) -> None:
    found, said = split_cells(pd.Series(cells))
    assert (said, found[0]) == (how, first)


def test_empty_cells_have_no_values_and_a_value_counts_once_in_a_cell() -> None:
    found, _ = split_cells(pd.Series(["a|b|a", "", None, "b"]))
    assert found.tolist() == [["a", "b"], [], [], ["b"]]


def test_a_person_may_choose_any_separator() -> None:
    assert split_by(pd.Series(["a # b"]), "#").tolist() == [["a", "b"]]


@pytest.mark.parametrize("cell", ["[" * 50_000 + "]" * 50_000, "[" + "-" * 10_000 + "1]", "[" + "'a'," * 50_000 + "]"])
def test_a_cell_made_to_do_harm_is_read_in_no_time(cell: str) -> None:
    start = time.perf_counter()
    split_cells(pd.Series([cell] * 3))
    assert time.perf_counter() - start < 2


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(alphabet="[]{}()'\",:|;/> \\abc1-&#", max_size=40), max_size=5))
def test_any_cells_can_be_split(cells: list[str]) -> None:
    found, _ = split_cells(pd.Series(cells, dtype=object))
    assert all(isinstance(value, str) and value for values in found for value in values)


def test_a_slash_in_one_name_of_many_rows_separates_nothing() -> None:
    rooms = pd.Series(["Entire home/apt", "Private room", "Entire home/apt", "Shared room"] * 5)
    kinds = pd.Series(["Drama/Crime", "Crime/War", "Drama/War", "War"] * 5)
    assert (split_cells(rooms)[1], split_cells(kinds)[1]) == ("", "/")


def test_lists_beside_single_values_are_lists() -> None:
    cells = pd.Series(['["Mexican", "Bar"]', "Bar", "Pizzeria", "Mexican", "Bar"])
    assert split_cells(cells)[0].tolist() == [["Mexican", "Bar"], ["Bar"], ["Pizzeria"], ["Mexican"], ["Bar"]]
