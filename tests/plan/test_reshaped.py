from __future__ import annotations

from kgrec_core.data.formats.raw_table import RawTable
from kgrec_core.data.ledger import ROW
from kgrec_core.data.plan.reading_plan import LISTS, ROWS, SEQUENCES, WIDE
from kgrec_core.data.plan.reshaped import reshaped, shape_of, with_file_name
from tests.plain_raw_tables import ragged, ratings, raw
from tests.raw_tables import rows


def matrix() -> RawTable:
    """6 people and 8 dishes; everybody leaves every third out."""
    dishes = " ".join(f"dish{n}" for n in range(8))
    cells = [[f"p{p}", *("" if (p + d) % 3 == 0 else 1 + (p + d) % 5 for d in range(8))] for p in range(6)]
    return raw("survey.csv", f"person {dishes}", cells)


def test_one_interaction_a_row_stays_as_it_is() -> None:
    table = ratings()
    assert shape_of(table, alone=True) == ROWS
    assert reshaped(table, ROWS) is table


def test_a_person_a_row_and_an_item_a_column_is_wide() -> None:
    assert shape_of(matrix(), alone=True) == WIDE


def test_a_wide_table_has_a_row_for_each_filled_cell() -> None:
    found = reshaped(matrix(), WIDE)
    filled = [(p, d) for p in range(6) for d in range(8) if (p + d) % 3]
    assert rows(found) == [[f"p{p}", f"dish{d}", str(1 + (p + d) % 5)] for p, d in filled]


def test_a_wide_table_is_not_unfolded_beside_one_that_holds_interactions() -> None:
    assert shape_of(matrix(), alone=False) == ROWS


def test_questions_of_a_form_are_called_by_what_they_ask_for() -> None:
    asked = matrix()
    names = {f"dish{n}": f"How do you like it? [Soup {n}]" for n in range(8)}
    found = reshaped(RawTable("form.csv", asked.frame.rename(columns=names)), WIDE)
    assert {row[1] for row in rows(found)} == {f"Soup {n}" for n in range(8)}


def test_rows_that_were_made_keep_the_line_that_they_come_from() -> None:
    found = reshaped(matrix(), WIDE)
    assert sorted(set(found.frame[ROW])) == [2, 3, 4, 5, 6, 7]


def test_a_list_in_a_cell_gives_a_row_a_thing() -> None:
    table = raw("baskets.csv", "customer items", [(f"c{n}", f"tea|cup{n % 3}|salt") for n in range(30)])
    assert shape_of(table, alone=True) == LISTS
    assert rows(reshaped(table, LISTS))[:3] == [["c0", "tea"], ["c0", "cup0"], ["c0", "salt"]]


def test_a_list_written_as_in_python_is_read_as_one() -> None:
    table = raw("baskets.csv", "customer items", [(f"c{n}", f"['tea', 'cup{n % 3}']") for n in range(30)])
    assert rows(reshaped(table, LISTS))[:2] == [["c0", "tea"], ["c0", "cup0"]]


def test_the_genres_of_a_catalogue_are_no_basket() -> None:
    table = raw("movies.csv", "movie_id title genres", [(f"m{n}", f"Film {n}", f"Drama|War{n % 3}") for n in range(30)])
    assert shape_of(table, alone=True) == ROWS


def test_lines_of_any_length_that_begin_with_the_person_are_told_by_it() -> None:
    table = ragged("train.txt", [[n, *(100 + (n + k) % 7 for k in range(2 + n % 3))] for n in range(12)])
    assert shape_of(table, alone=False) == SEQUENCES
    assert rows(reshaped(table, SEQUENCES))[:2] == [["0", "100"], ["0", "101"]]


def test_lines_of_things_alone_are_each_a_person_of_their_own() -> None:
    table = ragged("baskets.txt", [["tea", "cup"], ["tea", "salt", "cup"], ["salt", "tea"], ["cup", "salt"]])
    assert rows(reshaped(table, SEQUENCES))[:3] == [["line 1", "tea"], ["line 1", "cup"], ["line 2", "tea"]]


def test_the_name_of_the_file_can_be_a_column() -> None:
    found = with_file_name(raw("books/b17.csv", "reader stars", [("r1", 4)]))
    assert rows(found) == [["r1", "4", "b17"]]
    assert with_file_name(found) is found
