from __future__ import annotations

import gzip
import json
from pathlib import Path

import pandas as pd
import pytest

from kgrec_core.data.formats.source_files import Given
from kgrec_core.errors import DataError
from tests.readers import FIXTURES, Imported, Read, accounted, facts, pairs, titles, whats

ORDERS = Given(FIXTURES / "plain" / "orders.csv", "interactions")
PRODUCTS = Given(FIXTURES / "plain" / "products.csv", "items")
TABLE = pd.DataFrame({"user_id": [1, 1, 2], "item_id": [10, 20, 10], "rating": [5.0, 3.0, 4.0]})


def only(read: Read, path: Path) -> Imported:
    return read(Given(path, "interactions"))


def test_german_columns_semicolons_and_decimal_commas_are_understood(read: Read) -> None:
    found = read(ORDERS, PRODUCTS)
    assert pairs(found) == {("anna", "A1"), ("anna", "A2"), ("bert", "A1"), ("bert", "A3")}
    assert titles(found) == {"A1": "Müsli", "A2": "Tee; grün", "A3": "A3"}
    assert {("A1", "themen", "Bio"), ("A3", "themen", "Getränk"), ("A1", "marke", "Bio")} <= facts(found)
    assert accounted(found)


def test_each_lost_row_is_named_by_line_value_and_the_column_of_its_file(read: Read) -> None:
    told = whats(read(ORDERS, PRODUCTS))
    assert "orders.csv:6 Kunde= the cell is empty" in told
    assert "orders.csv:7 Bewertung=sehr gut is not a number" in told


def test_a_column_can_be_named_by_hand(read: Read, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("who,what\na,x\nb,y\n")
    found = read(Given(path, "interactions"), mapping={"who": "item_id", "what": "user_id"})
    assert pairs(found) == {("x", "a"), ("y", "b")}


@pytest.mark.parametrize("kind", ["csv", "tsv", "parquet", "jsonl", "json", "xlsx", "csv.gz", "utf-16"])
def test_one_table_in_every_plain_format(read: Read, tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"table.{kind}"
    match kind:
        case "csv" | "csv.gz":
            text = TABLE.to_csv(index=False)
            path.write_bytes(gzip.compress(text.encode()) if kind == "csv.gz" else text.encode())
        case "tsv":
            TABLE.to_csv(path, index=False, sep="\t")
        case "parquet":
            TABLE.to_parquet(path)
        case "jsonl":
            TABLE.to_json(path, orient="records", lines=True)
        case "json":
            path.write_text(json.dumps(TABLE.to_dict("records"), indent=1))
        case "xlsx":
            TABLE.to_excel(path, index=False)
        case _:
            path = tmp_path / "table.csv"
            path.write_bytes(TABLE.to_csv(index=False).encode("utf-16"))
    found = only(read, path)
    assert pairs(found) == {("1", "10"), ("1", "20"), ("2", "10")}
    assert found.report.positives == 2


def test_a_line_of_another_length_is_dropped_by_its_number_even_after_a_broken_cell(read: Read, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text('user_id,item_id\n"a\nb",x\nc,y,z\n\nd,y\n')
    found = only(read, path)
    assert "t.csv:4 line=x,x,x" in " ".join(whats(found))
    assert pairs(found) == {("a\nb", "x"), ("d", "y")}
    assert accounted(found)


def test_a_table_without_a_header_is_read_by_position(read: Read, tmp_path: Path) -> None:
    path = tmp_path / "log.tsv"
    path.write_text("7\tx\t5\n8\ty\t4\n")
    assert pairs(only(read, path)) == {("7", "x"), ("8", "y")}


def test_extra_facts_join_by_title_and_share_nodes_with_attributes(read: Read, tmp_path: Path) -> None:
    path = tmp_path / "facts.csv"
    path.write_text("head,relation,tail\n müsli ,marke,BIO\nA2,from,Assam\nNobody,from,Assam\n")
    found = read(ORDERS, PRODUCTS, Given(path, "triples"))
    assert found.catalog is not None
    assert found.catalog.triples["tail"].tolist().count("brand:bio") == 2  # of A1 by its title, and of A2
    assert any("facts.csv:4 head=Nobody is no item" in what for what in whats(found))
    assert accounted(found)


def test_facts_can_be_added_to_a_published_data_set(read: Read, tmp_path: Path) -> None:
    path = tmp_path / "more.csv"
    path.write_text("head,relation,tail\n10,mood,dreamy\n")
    assert ("10", "mood", "dreamy") in facts(read("hetrec", Given(path, "triples")))


def test_items_that_stand_twice_are_merged_and_fill_each_other(read: Read, tmp_path: Path) -> None:
    path = tmp_path / "items.csv"
    path.write_text("item_id,title,brand\nA1,,Bio\nA2,Tea,\nA1,Muesli,Else\nA3,Salt,Bio\n")
    found = read(ORDERS, Given(path, "items"))
    assert titles(found)["A1"] == "Muesli"
    assert ("A1", "brand", "Bio") in facts(found)
    assert accounted(found)


def test_personal_columns_of_users_are_left_out_unless_kept(read: Read, tmp_path: Path) -> None:
    path = tmp_path / "users.csv"
    path.write_text("user_id,e-mail,age\nanna,a@b.org,30\nbert,c@d.org,30\n")
    people = Given(path, "users")
    found, kept = read(ORDERS, people), read(ORDERS, people, keep_columns=frozenset({"e-mail"}))
    assert found.catalog is not None
    assert kept.catalog is not None
    assert list(found.catalog.users) == ["user_id", "age"]  # type: ignore[arg-type]
    assert "e-mail" in kept.catalog.users  # type: ignore[operator]


def test_items_few_people_met_can_be_set_aside(read: Read) -> None:
    found = read(ORDERS, PRODUCTS, min_users=2)
    assert found.report.items == 1  # A1, of two people; one item alone is then an error
    assert found.catalog is None
    assert accounted(found)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("user_id\na\n", "item_id"),
        ("", "empty"),
        ("\n\n", "blanks"),
        ("user_id,item_id\na,\x00b\n", "NUL"),
        ("user_id,item_id\n,x\n", "no interaction is left"),
        ("user_id,item_id\n", "no interactions"),
    ],
)
def test_a_table_of_no_use_is_refused_with_its_name_and_the_reason(
    read: Read, tmp_path: Path, text: str, said: str
) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(text)
    with pytest.raises(DataError, match=said):
        only(read, path)


@pytest.mark.parametrize(
    ("column", "domain"),
    [("movieId", "video"), ("ProductID", "e-commerce"), ("track_id", "music"), ("isbn", "books"), ("item", "other")],
)
def test_the_preset_is_found_by_what_the_items_are_called(column: str, domain: str, read: Read, tmp_path: Path) -> None:
    table = tmp_path / "met.csv"
    table.write_text(f"user,{column},rating\n" + "".join(f"u{n % 5},i{n % 4},5\n" for n in range(20)))
    assert only(read, table).report.domain == domain
