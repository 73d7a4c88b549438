from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kgrec_core.data.ledger import Ledger
from kgrec_core.errors import DataError
from tests.raw_tables import lines, places, rows, said, table, tables

RATINGS = [[f"u{n}", f"i{n % 7}", n % 5 + 1] for n in range(20)]
TEXTS = [[str(value) for value in row] for row in RATINGS]
NAMES = ["user", "item", "rating"]


@pytest.mark.parametrize("separator", [",", "\t", ";", "|", "::", "^", "~", "<SEP>", "||", "@@", "\x01", " ", "   "])
def test_whatever_parts_cells_is_found_out(tmp_path: Path, separator: str) -> None:
    found = table(tmp_path, "r.txt", lines([NAMES, *RATINGS], separator))
    assert (found.columns, found.named, found.ragged) == (tuple(NAMES), True, False)
    assert rows(found) == TEXTS
    assert places(found) == list(range(2, 22))


@pytest.mark.parametrize("separator", [",", "\t", ";", "::", "<SEP>", " "])
def test_without_a_header_no_row_is_taken_for_one(tmp_path: Path, separator: str) -> None:
    found = table(tmp_path, "r.dat", lines(RATINGS, separator))
    assert (found.columns, found.named) == (("column 1", "column 2", "column 3"), False)
    assert rows(found) == TEXTS


def test_lists_behind_a_name_are_one_cell_where_the_header_has_one_name_for_them(tmp_path: Path) -> None:
    histories = [[f"u{n}", *(f"i{(n * 7 + k) % 13}" for k in range(n % 5 + 1))] for n in range(30)]
    found = table(tmp_path, "h.csv", lines([["user", "items"], *histories]))
    assert (found.named, found.columns) == (True, ("user", "items"))
    assert rows(found) == [[user, ",".join(items)] for user, *items in histories]


def test_facts_whose_ends_are_items_too_are_no_baskets(tmp_path: Path) -> None:
    facts = [(f"film{n}", "sequel of" if n % 2 else "like", f"film{n + 1}") for n in range(30)]
    found = table(tmp_path, "kg.tsv", lines(facts, "\t"))
    assert (found.ragged, len(found.columns)) == (False, 3)


@pytest.mark.parametrize("names", [("item_id", "title"), ("sku", "what")])
def test_numbered_names_over_cells_of_other_letters_are_a_header(tmp_path: Path, names: tuple[str, str]) -> None:
    header = [*names, *(f"c{n}" for n in range(40))]
    things = [[f"i{row}", f"Thing {row}", *(f"v{row * n % 17}" for n in range(40))] for row in range(60)]
    found = table(tmp_path, "things.csv", lines([header, *things]))
    assert (found.named, found.columns) == (True, tuple(header))
    assert rows(found) == things


def test_numbered_cells_of_the_same_letters_are_a_row(tmp_path: Path) -> None:
    things = [[f"i{row}", f"Thing {row}", *(f"v{row * n % 17}" for n in range(9))] for row in range(60)]
    assert rows(table(tmp_path, "things.csv", lines(things))) == things


def test_a_header_that_stands_in_the_middle_again_is_no_row(tmp_path: Path) -> None:
    found = table(tmp_path, "r.csv", lines([NAMES, *RATINGS]) * 2)
    assert rows(found) == TEXTS * 2


@pytest.mark.parametrize("mark", ["'", '"'])
def test_cells_in_marks_with_a_blank_before_them_are_cells(tmp_path: Path, mark: str) -> None:
    blank = " " if mark == '"' else ""
    text = f"{mark}id{mark},{blank}{mark}title{mark}\n"
    text += "".join(f"{mark}{n}{mark},{blank}{mark}One, two{mark}\n" for n in range(9))
    assert rows(table(tmp_path, "t.csv", text)) == [[str(n), "One, two"] for n in range(9)]


@pytest.mark.parametrize(
    "words",
    [
        [("anna", "Alien"), ("anna", "Brazil"), ("ben", "Alien"), ("cora", "Dune")],
        [("anna7", "Alien 3"), ("ben8", "Brazil 1"), ("cora9", "Dune 2")],
        [("q1", "directed by", "Ada"), ("q2", "directed by", "Ben"), ("q3", "set in", "Rome")],
    ],
)
def test_a_first_line_like_the_others_is_no_header(tmp_path: Path, words: list[tuple[str, ...]]) -> None:
    found = table(tmp_path, "w.tsv", lines(words, "\t"))
    assert (found.named, rows(found)) == (False, [list(row) for row in words])


@pytest.mark.parametrize(
    ("header", "below"),
    [
        (["who", "what"], [("anna", "Alien"), ("anna", "Brazil"), ("ben", "Alien")]),
        (["a", "b"], [("7", "x"), ("8", "y"), ("9", "z")]),
        (["bouilloire", "seit"], [("k1", "2024-01-05"), ("k2", "2024-02-05")]),
        (["user", "101", "207", "933"], [("u1", "5", "", "3"), ("u2", "", "2", "4"), ("u3", "1", "", "")]),
        (["user", "1", "2", "3", "4", "5"], [("u1", "5", "", "3", "", "1"), ("u2", "", "2", "", "4", "")]),
        (["", "name", "score"], [("0", "anna", "3"), ("1", "ben", "4")]),
    ],
)
def test_words_over_other_things_are_a_header(tmp_path: Path, header: list[str], below: list[tuple[str, ...]]) -> None:
    found = table(tmp_path, "w.csv", lines([header, *below]))
    assert (found.named, rows(found)) == (True, [list(row) for row in below])
    assert found.columns == tuple(name or "column 1" for name in header)


@pytest.mark.parametrize(
    "above",
    [
        "\n\n",
        "sep=,\n",
        "Ratings of the year 2023\n",
        "Ratings of the shop,,\nfrom 2023 on,,\n,,\n",
        "# made by a program\n# on a Monday\n",
        "% bip weighted\n",
        "Who,,How\n",
    ],
)
def test_what_stands_above_the_header_is_passed_over_and_lines_keep_their_numbers(tmp_path: Path, above: str) -> None:
    found = table(tmp_path, "r.csv", above + lines([NAMES, *RATINGS]))
    assert (found.columns, rows(found)) == (tuple(NAMES), TEXTS)
    assert places(found)[0] == above.count("\n") + 2


def test_a_header_behind_a_comment_sign_is_a_header(tmp_path: Path) -> None:
    found = table(tmp_path, "r.txt", "# written today\n# user item rating\n" + lines(RATINGS, " "))
    assert (found.columns, rows(found)) == (tuple(NAMES), TEXTS)


def test_comments_above_rows_without_a_header_are_passed_over(tmp_path: Path) -> None:
    found = table(tmp_path, "out.net", "% bip weighted\n% 20 20 7\n" + lines(RATINGS, " "))
    assert (found.named, rows(found)) == (False, TEXTS)


def test_blanks_before_and_after_lines_and_several_between_cells_part_nothing_more(tmp_path: Path) -> None:
    text = "".join(f"  {user}   {item} \t{rating} \n" for user, item, rating in RATINGS)
    assert rows(table(tmp_path, "r.txt", text)) == TEXTS


def test_columns_of_a_fixed_width_keep_the_blanks_in_their_words(tmp_path: Path) -> None:
    text = "user      title               stars\n"
    text += "".join(f"u{n:<9}{'Silent River' if n % 2 else 'Dune':<20}{n % 5}\n" for n in range(9))
    found = table(tmp_path, "r.txt", text)
    assert found.columns == ("user", "title", "stars")
    assert rows(found)[1] == ["u1", "Silent River", "1"]


def test_separators_in_the_last_text_part_nothing(tmp_path: Path) -> None:
    ledger = Ledger()
    films = [(n, 1950 + n, "One, Two, Three" if n % 4 == 0 else "Alone") for n in range(1, 20)]
    found = table(tmp_path, "t.csv", lines(films), ledger)
    assert [row[2] for row in rows(found)] == [title for _, _, title in films]
    assert "the last cell holds the separator" in said(ledger)


def test_a_line_that_is_too_long_without_a_reason_is_left_out_and_told(tmp_path: Path) -> None:
    ledger = Ledger()
    found = table(tmp_path, "t.csv", lines([NAMES, *RATINGS, ["u1", "i1", 3, 4]]), ledger)
    assert rows(found) == TEXTS
    assert "another number of cells" in said(ledger)


def test_a_cell_too_many_is_no_text_where_the_last_column_holds_dates(tmp_path: Path) -> None:
    dated = [["user", "item", "day"], *(["u1", f"i{n}", f"2024-01-{n + 1:02}"] for n in range(9))]
    found = table(tmp_path, "t.csv", lines(dated) + "Klein, Dora,i3,2024-02-01\n")
    assert len(rows(found)) == 9


def test_a_cell_too_many_is_no_text_where_no_blank_follows_the_separator(tmp_path: Path) -> None:
    wordy = [["item", "title"], *([f"i{n}", f"A thing of number {n}"] for n in range(9))]
    found = table(tmp_path, "t.csv", lines(wordy) + "i9,Dora,Klein\n")
    assert len(rows(found)) == 9


def test_one_line_too_long_is_no_text_where_the_others_end_with_a_single_word(tmp_path: Path) -> None:
    short = [["item", "kind"], *([f"i{n}", "Tea"] for n in range(9))]
    assert len(rows(table(tmp_path, "t.csv", lines(short) + "i9,Dora, Klein\n"))) == 9


def test_a_separator_at_the_end_of_each_row_makes_no_column_of_names(tmp_path: Path) -> None:
    text = "user,item,rating\n" + "".join(f"{a},{b},{c},\n" for a, b, c in RATINGS)
    found = table(tmp_path, "t.csv", text)
    assert (found.columns, rows(found)) == (tuple(NAMES), TEXTS)


def test_a_cell_over_two_lines_before_a_separator_at_the_end_is_a_cell(tmp_path: Path) -> None:
    text = "user,text,\n" + "".join(f'u{n},"good\nor {n}",\n' for n in range(5))
    found = table(tmp_path, "t.csv", text)
    assert (found.columns, rows(found)[1], places(found)[1]) == (("user", "text"), ["u1", "good\nor 1"], 4)


def test_a_header_that_is_split_at_another_sign_than_the_rows_is_a_header(tmp_path: Path) -> None:
    ledger = Ledger()
    found = table(tmp_path, "met.csv", "user_id,item_id,rating\n1;2;3\n4;5;6\n", ledger)
    assert (found.columns, rows(found)) == (("user_id", "item_id", "rating"), [["1", "2", "3"], ["4", "5", "6"]])
    assert "another sign" in said(ledger)


def test_names_of_rows_before_the_first_column_are_a_column_without_a_name(tmp_path: Path) -> None:
    text = '"user" "item" "rating"\n' + "".join(f'"{n + 1}" "{a}" "{b}" {c}\n' for n, (a, b, c) in enumerate(RATINGS))
    found = table(tmp_path, "t.txt", text)
    assert found.columns == ("column 1", *NAMES)
    assert rows(found)[4] == ["5", *TEXTS[4]]


def test_marks_escaped_as_databases_do_it_belong_to_the_cell(tmp_path: Path) -> None:
    text = '"id";"title"\n' + "".join(f'"{n}";"The \\"best\\" of {n}; again"\n' for n in range(5))
    found = table(tmp_path, "t.csv", text)
    assert rows(found) == [[str(n), f'The "best" of {n}; again'] for n in range(5)]


def test_entities_of_web_pages_are_the_signs_that_they_mean(tmp_path: Path) -> None:
    ledger = Ledger()
    text = "id;title\n" + "".join(f"i{n};Tom &amp; Ann&#039;s\n" for n in range(5))
    assert {row[1] for row in rows(table(tmp_path, "t.csv", text))} == {"Tom & Ann's"}
    assert {
        row[1] for row in rows(table(tmp_path, "t.csv", text.replace(";T", ",T", 99).replace("id;", "id,"), ledger))
    }
    assert "&amp;" in said(ledger)


def test_lines_with_a_colon_head_the_lines_below_them(tmp_path: Path) -> None:
    text = "7:\nu1,3,2005-01-01\nu2,4,2005-01-02\n9:\nu1,5,2005-01-03\n"
    found = table(tmp_path, "c.txt", text)
    assert rows(found) == [
        ["7", "u1", "3", "2005-01-01"],
        ["7", "u2", "4", "2005-01-02"],
        ["9", "u1", "5", "2005-01-03"],
    ]
    assert places(found) == [2, 3, 5]


def test_baskets_of_any_length_are_lines(tmp_path: Path) -> None:
    words = ["milk", "bread", "red wine", "eggs", "tea", "salt"]
    baskets = [words[n % 3 : n % 3 + n % 4 + 1] for n in range(30)]
    found = table(tmp_path, "b.csv", lines(baskets))
    assert (found.ragged, found.columns, rows(found)) == (True, ("line",), baskets)


def test_a_person_and_what_follows_are_lines(tmp_path: Path) -> None:
    histories = [[str(n), *(str((n * 7 + k) % 13) for k in range(n % 5 + 2))] for n in range(30)]
    found = table(tmp_path, "train.txt", lines(histories, " "))
    assert (found.ragged, rows(found)) == (True, histories)


def test_rows_that_end_before_their_last_empty_cells_are_rows(tmp_path: Path) -> None:
    text = "id,title,year,note\n" + "".join(f"{n},Film {n}" + (",1999,good\n" if n % 3 else "\n") for n in range(30))
    found = table(tmp_path, "t.csv", text)
    assert rows(found)[:2] == [["0", "Film 0", "", ""], ["1", "Film 1", "1999", "good"]]


def test_blocks_below_one_name_have_it_in_each_row(tmp_path: Path) -> None:
    ledger = Ledger()
    text = "client;item;pieces\n" + "".join(f"{f'k{n // 4}' if n % 4 == 0 else ''};a{n};{n}\n" for n in range(24))
    assert [row[0] for row in rows(table(tmp_path, "r.csv", text, ledger))] == [f"k{n // 4}" for n in range(24)]
    assert "'client'" in said(ledger)


ANY_TEXT = st.one_of(st.text(max_size=200), st.text(alphabet="ab1,;\t|\" \n\\:#{}[]'<>&.", max_size=300))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ANY_TEXT, st.sampled_from([".csv", ".txt", ".json", ".dat"]))
def test_no_text_leads_to_anything_but_tables_or_a_sentence(tmp_path: Path, text: str, ending: str) -> None:
    try:
        found = tables(tmp_path, f"any{ending}", text.encode("utf-8", "surrogatepass"))
    except DataError as error:
        assert str(error)
        return
    for each in found:
        assert len(set(each.columns)) == len(each.columns)
        assert all(isinstance(cell, str) for row in rows(each) for cell in row)
