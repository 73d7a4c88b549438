"""What a column is taken for: counts and ratings, yes and no, what a person says of it, and how it is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgrec_core.__main__ import main
from kgrec_core.data.formats.source_files import Given
from kgrec_core.errors import ConfigError
from tests.readers import Imported, Read, whats

ROWS = 60


def met(read: Read, folder: Path, head: str, cells: list[str], **choice: object) -> Imported:
    path = folder / "met.csv"
    rows = [f"u{number % 7},i{number},{cells[number % len(cells)]}" for number in range(ROWS)]
    path.write_text("\n".join([head, *rows]) + "\n")
    return read(Given(path, "interactions"), **choice)


@pytest.mark.parametrize(
    "name",
    ["quantity", "qty", "plays", "clicks", "views", "count", "times", "purchases", "order_quantity", "playCount"],
)
def test_a_count_is_liked_however_small_it_is(read: Read, tmp_path: Path, name: str) -> None:
    found = met(read, tmp_path, f"user,item,{name}", ["1", "2", "3"])
    assert found.catalog is not None
    assert found.catalog.domain.implicit
    assert found.report.positives == ROWS


@pytest.mark.parametrize("name", ["rating", "stars", "score", "grade"])
def test_a_rating_is_liked_from_four_fifths_of_its_scale_on(read: Read, tmp_path: Path, name: str) -> None:
    assert met(read, tmp_path, f"user,item,{name}", ["1", "3", "4", "5"]).report.positives == ROWS / 2


def test_a_column_mapped_to_the_value_is_a_count_by_its_own_name(read: Read, tmp_path: Path) -> None:
    found = met(read, tmp_path, "user,item,total clicks", ["1", "2"], mapping={"total clicks": "value"})
    assert found.report.positives == ROWS


@pytest.mark.parametrize(("yes", "no"), [("true", "false"), ("yes", "no"), ("True", "0"), ("Ja", "Nein")])
def test_yes_is_a_like_and_no_is_none(read: Read, tmp_path: Path, yes: str, no: str) -> None:
    found = met(read, tmp_path, "user,item,liked", [yes, no, no])
    assert found.report.positives == ROWS / 3
    assert found.report.interactions == ROWS


def test_data_in_which_nothing_is_liked_are_refused_with_the_way_out(read: Read, tmp_path: Path) -> None:
    found = met(read, tmp_path, "user,item,rating", ["1", "2", "3"])
    told = next(each for each in found.report.findings if each.severity == "error")
    assert "nothing is liked, which here takes 4 or more; the largest value is 3" in told.what
    assert "Choose from which value on a thing is liked" in told.mend
    assert met(read, tmp_path, "user,item,rating", ["1", "2", "3"], positive=3.0).report.positives == ROWS / 3


def test_a_warning_says_when_nothing_of_the_tested_part_is_liked(read: Read, tmp_path: Path) -> None:
    path = tmp_path / "met.csv"
    path.write_text(
        "user,item,rating\n" + "".join(f"u{n % 12},i{n // 12},{5 if n == 3 else 1 + n % 3}\n" for n in range(120))
    )
    report = read(Given(path, "interactions")).report
    assert report.ok
    assert any("none of the tenth" in each.what for each in report.findings if each.severity == "warning")


def test_the_report_tells_what_each_column_was_taken_for_and_which_are_not_used(read: Read, tmp_path: Path) -> None:
    orders, goods = tmp_path / "orders.csv", tmp_path / "goods.csv"
    rows = [f"o{n},c{n % 4},p{n % 6},{n % 3 + 1}" for n in range(24)]
    orders.write_text("order_id,customer,product_id,quantity\n" + "\n".join(rows) + "\n")
    lines = [f"p{n},Thing {n},{'red' if n % 2 else 'blue'},https://a.b/{n}.png" for n in range(6)]
    goods.write_text("product_id,name,colour,picture\n" + "\n".join(lines) + "\n")
    first, second = read(Given(orders, "interactions"), Given(goods, "items")).report.columns
    assert first.used == {"customer": "user_id", "product_id": "item_id", "quantity": "value"}
    assert first.unused == ("order_id",)
    assert second.used == {"product_id": "item_id", "name": "title", "colour": "fact: colour"}
    assert second.unused == ("picture",)


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ({"mapping": {"zzz": "user_id"}}, "no file has a column 'zzz'; there are 'user', 'item', 'rating'"),
        ({"mapping": {"rating": "banana"}}, "cannot be 'banana'. Choose user_id, item_id, value, timestamp"),
        ({"mapping": {"user": "user_id", "item": "user_id"}}, "two columns of met.csv are called user_id"),
        ({"keep_columns": frozenset({"nope"})}, "have no column 'nope'"),
        ({"positive": 99.0}, "The values go from 1 to 5; choose at most 5"),
        ({"positive": float("nan")}, "choose a number"),
        ({"min_users": -4}, "choose a whole number from 0 on"),
    ],
)
def test_a_choice_that_cannot_be_is_told_with_what_can(
    read: Read, tmp_path: Path, choice: dict[str, object], said: str
) -> None:
    with pytest.raises(ConfigError) as told:
        met(read, tmp_path, "user,item,rating", ["1", "5"], **choice)
    assert said in str(told.value)


def test_columns_of_a_published_format_cannot_be_named_by_hand(read: Read) -> None:
    with pytest.raises(ConfigError, match="--format plain"):
        read("hetrec", mapping={"userID": "user_id"})


def test_the_report_in_text_has_a_line_of_columns_for_each_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "met.csv"
    path.write_text("order,user,item,qty\n" + "".join(f"o{n},u{n % 5},i{n % 12},1\n" for n in range(60)))
    assert main(["validate", "--interactions", str(path)]) == 0
    text = capsys.readouterr().out
    assert "columns of met.csv (interactions): user -> user_id, item -> item_id, qty -> value; not used: order" in text
    assert "The values are counts" in text


def test_few_items_are_told_before_they_are_prepared(read: Read, tmp_path: Path) -> None:
    path = tmp_path / "met.csv"
    path.write_text("user,item\na,x\na,y\nb,y\nb,z\n")
    assert any(
        "there are 3 items; preparing the data set takes at least 10" in what for what in whats(read(Given(path)))
    )
