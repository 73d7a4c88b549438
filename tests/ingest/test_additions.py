"""Newer rows are cleaned as those before them, and merged with what is there."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from kgrec_core.__main__ import main
from kgrec_core.data.catalog import Catalog
from kgrec_core.data.import_report import AddedRows, ImportReport
from kgrec_core.errors import DataError, UnknownIdError
from kgrec_core.workspace import own_data
from kgrec_core.workspace.own_data import Choice, Given
from tests.own_tables import write_shop

HEADER = "customer,product_id,rating,date"


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A shop of 25 people, 200 products and 200 ratings, imported; the folder for more files."""
    monkeypatch.setenv("KGREC_HOME", str(tmp_path / "home"))
    buys, goods = write_shop(tmp_path)
    own_data.import_files("shop", [Given(buys, "interactions"), Given(goods, "items")])
    return tmp_path


def table(folder: Path, *lines: str, header: str = HEADER, name: str = "newer.csv") -> Path:
    path = folder / name
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return path


def add(path: Path, *more: Given, name: str = "shop") -> ImportReport:
    return own_data.add_files(name, [Given(path, "interactions"), *more])


def of(user: str, catalog: Catalog, name: str = "shop") -> pd.DataFrame:
    """What somebody did, by the id of the files."""
    names = own_data.stored(name).names
    met = catalog.interactions
    return met[met["user_id"] == (names.of(user) if names else user)].set_index("item_id")


def test_new_people_and_new_rows_of_known_people_are_added(shop: Path) -> None:
    before = own_data.imported_catalog("shop")
    found = add(table(shop, "c0,p2,5,2024-09-01", "new,p4,5,2024-09-01", "new,p8,4,2024-09-02"))
    assert found.added == AddedRows(rows=3, interactions=3, users=1, items=0, facts=0)
    after = own_data.imported_catalog("shop")
    assert (found.users, found.interactions) == (25 + 1, 200 + 3)
    assert len(of("c0", after)) == len(of("c0", before)) + 1
    assert list(of("new", after).index) == ["p4", "p8"]
    pd.testing.assert_frame_equal(after.interactions.head(200), before.interactions)


def test_of_a_pair_again_the_latest_rating_counts(shop: Path) -> None:
    item = of("c0", own_data.imported_catalog("shop")).index[0]
    found = add(table(shop, f"c0,{item},1,2024-12-01"))
    assert found.added == AddedRows(rows=1, interactions=0, users=0, items=0, facts=0)
    assert of("c0", own_data.imported_catalog("shop")).loc[item, "value"] == 1


def test_the_whole_export_given_again_adds_what_is_new_in_it(shop: Path) -> None:
    whole = (shop / "orders.csv").read_text(encoding="utf-8").splitlines()[1:]
    found = add(table(shop, *whole, "c0,p2,5,2024-09-01"))
    assert found.added is not None and found.added.interactions == 1
    assert sum(each.merged for each in found.accounts) == 200
    assert any("there already" in each.what for each in found.findings)


def test_counts_of_a_pair_are_added_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KGREC_HOME", str(tmp_path / "home"))
    rows = [f"u{user},i{item},{7 * (1 + user) + item}" for user in range(12) for item in range(user % 3, 12, 3)]
    path = table(tmp_path, *rows, header="user_id,item_id,plays", name="plays.csv")
    own_data.import_files("plays", [Given(path, "interactions")], Choice(keep_user_ids=True))
    newer = table(tmp_path, "u0,i0,3", "u0,i1,4", header="user_id,item_id,plays")
    found = add(newer, name="plays")
    after = of("u0", own_data.imported_catalog("plays"), "plays")
    assert after.loc["i0", "value"] == 7 + 3
    assert after.loc["i1", "value"] == 4
    assert found.added is not None and (found.added.rows, found.added.interactions) == (2, 1)


def test_words_of_events_weigh_as_before_also_where_newer_rows_have_one_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KGREC_HOME", str(tmp_path / "home"))
    rows = [
        f"u{user},i{item},{word},2024-01-{1 + user:02}T0{hour}:00:00"
        for user in range(12) for item in range(user % 3, 12, 3)
        for hour, word in enumerate(("view", "purchase")[: 1 + (user + item) % 2])
    ]  # fmt: skip
    head = "user_id,item_id,event,time"
    own_data.import_files("log", [Given(table(tmp_path, *rows, header=head, name="log.csv"), "interactions")])
    before = own_data.imported_catalog("log")
    viewed = min(of("u0", before, "log")["value"])
    found = add(table(tmp_path, "new,i1,view,2024-03-01T01:00:00", header=head), name="log")
    after = own_data.imported_catalog("log")
    assert of("new", after, "log").loc["i1", "value"] == viewed < after.domain.positive_value
    assert found.positives == int((before.interactions["value"] >= before.domain.positive_value).sum())


def test_a_new_item_comes_with_its_title_text_and_facts(shop: Path) -> None:
    goods = table(
        shop, "px,Tea 900,a mild leaf from the hills no. 900,Leaf,Tea|Organic,3.50", "p0,,,Reef,,",
        header="product_id,title,description,brand,category,price", name="goods.csv",
    )  # fmt: skip
    found = add(table(shop, "c0,px,5,2024-09-01"), Given(goods, "items"))
    assert found.added is not None and found.added.items == 1
    after = own_data.imported_catalog("shop")
    row = after.items.set_index("item_id").loc["px"]
    assert row["title"] == "Tea 900" and "mild leaf" in row["text"]
    said = after.triples[after.triples["head"] == "px"]
    assert set(zip(said["relation"], said["tail_label"], strict=True)) == {
        ("brand", "Leaf"), ("category", "Tea"), ("category", "Organic")
    }  # fmt: skip
    assert any("bands" in each.what for each in found.findings)
    assert after.items.set_index("item_id").loc["p0", "brand"] == "Leaf"  # what is known stays


def test_an_item_that_nobody_described_is_told_and_called_by_its_id(shop: Path) -> None:
    found = add(table(shop, "c0,p2,5,2024-09-01", "c0,p999,5,2024-09-01"))
    assert any(each.value == "p999" and each.rows == 1 for each in found.findings)
    assert own_data.imported_catalog("shop").items.set_index("item_id").loc["p999", "title"] == "p999"


def test_without_a_table_of_items_new_ids_are_new_items(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KGREC_HOME", str(tmp_path / "home"))
    rows = [f"u{user},i{item}" for user in range(12) for item in range(user % 3, 12, 3)]
    path = table(tmp_path, *rows, header="user_id,item_id", name="met.csv")
    own_data.import_files("met", [Given(path, "interactions")])
    found = add(table(tmp_path, "u0,i77", "u1,i77", header="user_id,item_id"), name="met")
    assert found.added == AddedRows(rows=2, interactions=2, users=0, items=1, facts=0)


def test_ratings_on_another_scale_are_refused_and_nothing_changes(shop: Path) -> None:
    before = own_data.data_hash("shop")
    found = add(table(shop, "c0,p2,90,2024-09-01", "c0,p6,70,2024-09-01", "c1,p2,85,2024-09-01"))
    assert not found.ok
    assert any("90" in each.what and "5" in each.what for each in found.findings if each.severity == "error")
    assert own_data.data_hash("shop") == before


def test_values_beside_data_without_any_are_told_and_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KGREC_HOME", str(tmp_path / "home"))
    rows = [f"u{user},i{item}" for user in range(12) for item in range(user % 3, 12, 3)]
    path = table(tmp_path, *rows, header="user_id,item_id", name="met.csv")
    own_data.import_files("met", [Given(path, "interactions")])
    found = add(table(tmp_path, "u0,i1,4", "u1,i2,5", header="user_id,item_id,rating"), name="met")
    assert ["rating"] == [name for each in found.columns for name in each.unused]
    assert "value" not in own_data.imported_catalog("met").interactions


def test_a_chain_of_additions_knows_what_it_came_of(shop: Path) -> None:
    hashes = [own_data.data_hash("shop")]
    for day in (1, 2):
        add(table(shop, f"c0,p{2 * day},5,2024-09-0{day}"))
        hashes.append(own_data.data_hash("shop"))
    assert [step.data_hash for step in own_data.stored("shop").line] == hashes[:2]
    own_data.import_files("shop", [Given(shop / "orders.csv", "interactions")], replace=True)
    assert own_data.stored("shop").line == ()


def test_the_names_of_people_come_with_new_people(shop: Path) -> None:
    people = table(shop, *(f"c{n},Anna No{n},Bonn" for n in range(25)), header="customer,name,city", name="people.csv")
    files = [Given(shop / "orders.csv", "interactions"), Given(people, "users")]
    report = own_data.import_files("named", files, Choice(names="name"))
    assert any("called by their 'name'" in each for each in report.privacy)
    table(shop, "new,Otto Neu,Kiel", header="customer,name,city", name="more.csv")
    add(table(shop, "new,p4,5,2024-09-01"), Given(shop / "more.csv", "users"), name="named")
    add(table(shop, "other,p4,5,2024-09-02"), name="named")  # a file without people
    users = own_data.imported_catalog("named").users
    assert users is not None and list(users["display_name"])[-2:] == ["Otto Neu", ""]


def test_what_cannot_be_added_to_says_why(shop: Path) -> None:
    with pytest.raises(UnknownIdError, match=r"no imported data set 'lost'.*there are: shop"):
        add(table(shop, "c0,p2,5,2024-09-01"), name="lost")
    for key in (shop / "home" / "keys").iterdir():
        key.unlink()
    with pytest.raises(DataError, match=r"key of the user ids of 'shop' is gone.*Import all files again"):
        add(table(shop, "c0,p2,5,2024-09-01"))


def test_the_command_line_adds_and_says_what_came(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    newer = table(shop, "c0,p2,5,2024-09-01", "new,p4,5,2024-09-01")
    assert main(["import", "shop", "--add", str(newer)]) == 0
    said = capsys.readouterr().out
    assert "Added: 2 interactions, 1 user, 0 items, 0 facts" in said and "Added to 'shop'" in said
    assert main(["import", "shop", "--add", str(newer), "--replace"]) == 2
    assert "--add keeps what was chosen" in capsys.readouterr().err
