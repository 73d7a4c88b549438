from __future__ import annotations

from pathlib import Path

import pytest

from kgrec_core.data.formats.source_files import Given
from kgrec_core.errors import ConfigError, DataError
from tests.plain_raw_tables import plan_of, raw
from tests.readers import facts, pairs, read_fixture

READINGS = [(f"{n % 30}.{n % 7}", f"{n}.5", f"2024-01-{1 + n % 28:02}") for n in range(60)]


def asked(name: str = "readings.csv", columns: str = "temperature pressure day") -> str:
    with pytest.raises(DataError) as caught:
        plan_of(raw(name, columns, READINGS))
    return str(caught.value)


def test_the_columns_that_were_found_are_named() -> None:
    assert "readings.csv has the columns 'temperature', 'pressure', 'day'" in asked()


def test_three_rows_are_shown() -> None:
    assert "begins with 0.0 · 0.5 · 2024-01-01 | 1.1 · 1.5 · 2024-01-02 | 2.2 · 2.5 · 2024-01-03." in asked()


def test_it_is_said_how_to_choose() -> None:
    told = asked()
    assert "--map" in told and "=user_id" in told and "=item_id" in told and "screen Data" in told


def test_two_columns_that_could_be_meant_stand_in_the_example() -> None:
    goods = raw("products.csv", "product_id title price", [(f"p{n}", f"Thing {n}", f"{n}.50") for n in range(40)])
    with pytest.raises(DataError, match='--map "product_id=user_id" --map "title=item_id"'):
        plan_of(goods)


def test_an_address_in_a_row_is_not_shown() -> None:
    people = raw("people.csv", "mail town", [(f"p{n}@example.org", "Ulm") for n in range(30)])
    with pytest.raises(DataError) as caught:
        plan_of(people)
    assert "example.org" not in str(caught.value)


def test_a_long_table_is_not_told_whole() -> None:
    names = " ".join(f"c{n}" for n in range(40))
    with pytest.raises(DataError) as caught:
        plan_of(raw("wide.csv", names, [[f"{n}.{k}1 words and words and words" for k in range(40)] for n in range(30)]))
    assert "..." in str(caught.value) and len(str(caught.value)) < 2_000


def test_what_is_asked_for_can_be_said(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("a,b\n" + "".join(f"x{n % 6},y{n * 5 % 7}\n" for n in range(60)))
    assert len(pairs(read_fixture(Given(path), mapping={"a": "user_id", "b": "item_id"}))) == 6 * 7


def test_a_column_that_no_file_has_is_refused_with_those_there_are(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("who,what\n" + "".join(f"x{n % 6},y{n * 5 % 7}\n" for n in range(60)))
    with pytest.raises(ConfigError, match="no file has a column 'whom'; there are 'who', 'what'"):
        read_fixture(Given(path), mapping={"whom": "user_id"})


def test_an_item_may_be_chosen_in_one_file_beside_another_that_has_the_name_already(tmp_path: Path) -> None:
    (tmp_path / "ratings.csv").write_text(
        "user_id,item_id,rating\n" + "".join(f"u{n % 9},{n * 7 % 13},{1 + n % 5}\n" for n in range(100))
    )
    (tmp_path / "films.csv").write_text(
        "item_id,movielens_id,title,director\n" + "".join(f"{50 + n},{n},Film {n},D {n % 4}\n" for n in range(13))
    )
    found = read_fixture(Given(tmp_path), mapping={"movielens_id": "item_id"})
    assert ("5", "director", "D 1") in facts(found)
