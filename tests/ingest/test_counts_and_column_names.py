"""What somebody bought or played several times is added up, and a column may be called anything."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from kgrec_core.data.formats.source_files import Given
from kgrec_core.data.ingest.importer import Imported
from kgrec_core.workspace import import_report_text
from tests.readers import Read, whats

NAMES = ("self", "index", "class", "None", "__init__", "columns", "frame", "name", "level_0", "made", "value", "head")


def bought(read: Read, tmp_path: Path, column: str, **choice: object) -> pd.DataFrame:
    path = tmp_path / "orders.csv"
    rows = ["a,x,2,2024-01-01", "a,x,7,2024-03-01", "a,x,3,2024-02-01", "b,x,1,2024-01-01", "b,y,5,2024-01-01"]
    path.write_text("\n".join([f"customer,product,{column},date", *rows]) + "\n")
    found: Imported = read(Given(path, "interactions"), **choice)
    assert found.catalog is not None
    assert any("the counts were added up" in what for what in whats(found))
    return found.catalog.interactions.set_index(["user_id", "item_id"])


def test_plays_of_one_song_are_added_up_and_the_latest_time_stays(read: Read, tmp_path: Path) -> None:
    table = bought(read, tmp_path, "plays")
    assert table["value"].to_dict() == {("a", "x"): 2 + 7 + 3, ("b", "x"): 1, ("b", "y"): 5}
    assert pd.Timestamp(table.loc[("a", "x"), "timestamp"], unit="s") == pd.Timestamp("2024-03-01")


def test_of_quantities_each_row_is_a_purchase_and_pieces_are_kept_beside(read: Read, tmp_path: Path) -> None:
    table = bought(read, tmp_path, "quantity")
    assert table["value"].to_dict() == {("a", "x"): 3, ("b", "x"): 1, ("b", "y"): 1}
    assert table["quantity"].to_dict() == {("a", "x"): 2 + 7 + 3, ("b", "x"): 1, ("b", "y"): 5}


def test_where_a_number_of_pieces_is_asked_for_the_value_is_that(read: Read, tmp_path: Path) -> None:
    assert bought(read, tmp_path, "quantity", positive=5.0)["value"].to_dict()["a", "x"] == 2 + 7 + 3


def test_a_rating_given_again_counts_as_given_last(read: Read, tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("user_id,item_id,rating,date\na,x,2,2024-02-01\na,x,5,2024-01-01\nb,x,1,\nb,y,4,\n")
    found = read(Given(path, "interactions"))
    assert found.catalog is not None and found.catalog.interactions["value"].tolist() == [2, 1, 4]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", ["csv", "parquet", "jsonl"])
def test_a_column_may_be_called_anything(read: Read, tmp_path: Path, name: str, kind: str) -> None:
    orders, goods = tmp_path / "orders.csv", tmp_path / f"goods.{kind}"
    orders.write_text("user_id,item_id\n" + "".join(f"u{n % 3},i{n % 5}\n" for n in range(15)))
    frame = pd.DataFrame({"item_id": [f"i{n}" for n in range(5)], "title": [f"T {n}" for n in range(5)]})
    frame[name] = ["p", "q", "p", "q", "p"]
    {"csv": frame.to_csv, "parquet": frame.to_parquet}.get(kind, frame.to_json)(
        goods, **({"orient": "records", "lines": True} if kind == "jsonl" else {"index": False})
    )
    found = read(Given(orders, "interactions"), Given(goods, "items"))
    assert found.catalog is not None
    assert found.catalog.items["title"].tolist() == frame["title"].tolist()
    if not (kind == "jsonl" and name.startswith("_")):  # fields that begin so are kept out of JSON
        assert set(found.catalog.triples["tail_label"]) == {"p", "q"}


@pytest.mark.parametrize("name", ["self", "index", "title", "text"])
def test_a_relation_may_be_called_anything(read: Read, tmp_path: Path, name: str) -> None:
    orders, facts = tmp_path / "orders.csv", tmp_path / "facts.csv"
    orders.write_text("user_id,item_id\n" + "".join(f"u{n % 3},i{n % 5}\n" for n in range(15)))
    facts.write_text("head,relation,tail\n" + "".join(f"i{n},{name},p{n % 2}\n" for n in range(5)))
    found = read(Given(orders, "interactions"), Given(facts, "triples"))
    assert found.catalog is not None and set(found.catalog.triples["relation"]) == {name}


def test_columns_and_relations_that_end_alike_are_told(read: Read, tmp_path: Path) -> None:
    orders, goods, facts = (tmp_path / f"{name}.csv" for name in ("orders", "goods", "facts"))
    orders.write_text("user_id,item_id\n" + "".join(f"u{n % 3},i{n % 5}\n" for n in range(15)))
    goods.write_text("item_id,title,a.kind,b.kind\n" + "".join(f"i{n},T {n},p{n % 2},q{n % 2}\n" for n in range(5)))
    facts.write_text("head,relation,tail\ni1,http://a/maker,M\ni2,http://b/maker,M\n")
    found = read(Given(orders, "interactions"), Given(goods, "items"), Given(facts, "triples"))
    told = " ".join(whats(found))
    assert "'a.kind', 'b.kind' become one relation, 'kind'" in told
    assert "'http://a/maker', 'http://b/maker' become one relation, 'maker'" in told


def test_a_column_that_would_be_called_like_a_part_of_every_item_gets_another_name(read: Read, tmp_path: Path) -> None:
    orders, goods = tmp_path / "orders.csv", tmp_path / "goods.csv"
    orders.write_text("user_id,item_id\n" + "".join(f"u{n % 3},i{n % 5}\n" for n in range(15)))
    goods.write_text("item_id,title,titles\n" + "".join(f"i{n},T {n},p{n % 2}\n" for n in range(5)))
    found = read(Given(orders, "interactions"), Given(goods, "items"))
    assert found.catalog is not None
    assert found.catalog.items["title"].tolist() == [f"T {n}" for n in range(5)]
    assert set(found.catalog.triples["relation"]) == {"other_title"}


def test_the_rarest_profile_is_told_on_the_terminal(read: Read, tmp_path: Path) -> None:
    orders, people = tmp_path / "orders.csv", tmp_path / "people.csv"
    orders.write_text("user_id,item_id\n" + "".join(f"u{n % 4},i{n % 5}\n" for n in range(20)))
    people.write_text("user_id,age,sex\nu0,20,f\nu1,20,f\nu2,30,m\nu3,30,f\n")
    report = read(Given(orders, "interactions"), Given(people, "users")).report
    assert "Profiles (age, sex): the rarest is shared by 1 user (k-anonymity, k = 1); 2 users are alone" in (
        import_report_text.report_text(report)
    )
    assert import_report_text.report_dict(report)["anonymity"] == {"columns": ("age", "sex"), "k": 1, "alone": 2}


def test_an_import_without_times_makes_none_up_and_days_stay_days(read: Read, tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("user_id,item_id\na,x\nb,y\n")
    found = read(Given(path, "interactions"))
    assert found.catalog is not None and "timestamp" not in found.catalog.interactions
    path.write_text("user_id,item_id,date\na,x,2024-05-17\nb,y,\n")
    found = read(Given(path, "interactions"))
    assert found.catalog is not None
    assert found.catalog.interactions["timestamp"].isna().tolist() == [False, True]
    assert found.catalog.interactions["timestamp"].iloc[0] == pd.Timestamp("2024-05-17", tz="UTC").timestamp()


def test_the_report_says_how_many_rows_there_were_and_how_many_count_as_liked(read: Read, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    rows = [f"u{n % 10},i{n % 7},{'purchase' if n % 4 == 0 else 'view'}" for n in range(40)]
    path.write_text("\n".join(["user,item,event", *rows]) + "\n")
    report = read(Given(path, "interactions")).report
    pairs = {(n % 10, n % 7) for n in range(40)}
    bought = {(n % 10, n % 7) for n in range(0, 40, 4)}
    said = f"40 rows, of which {len(bought)} count as liked."
    assert len(pairs) == 40 and said in import_report_text.report_text(report)


def test_where_every_row_counts_nothing_more_is_said_of_it(read: Read, tmp_path: Path) -> None:
    path = tmp_path / "met.csv"
    path.write_text("\n".join(["user,item", *(f"u{n % 10},i{n % 7}" for n in range(40))]) + "\n")
    assert import_report_text.counts_text(read(Given(path, "interactions")).report) == ""
