from __future__ import annotations

from pathlib import Path

import pytest

from kgrec_core.data.formats.source_files import Given
from tests.readers import Imported, Read


def domain_of(read: Read, folder: Path, rows: list[str], **choice: object) -> Imported:
    path = folder / "met.csv"
    path.write_text("user_id,item_id,value\n" + "\n".join(rows) + "\n")
    return read(Given(path, "interactions"), **choice)


@pytest.mark.parametrize(("top", "positive"), [(5, 4.0), (10, 8.0), (100, 80.0)])
def test_four_fifths_of_a_rating_scale_are_liked(read: Read, tmp_path: Path, top: int, positive: float) -> None:
    rows = [f"u{number % 7},i{number},{top if number % 2 else top / 2}" for number in range(60)]
    found = domain_of(read, tmp_path, rows)
    assert found.catalog is not None
    assert found.catalog.domain.positive_value == positive
    assert not found.catalog.domain.implicit
    assert found.report.positives == 30


def test_without_values_everything_is_liked_and_called_by_what_was_done(read: Read, tmp_path: Path) -> None:
    found = domain_of(read, tmp_path, ["a,x,", "b,y,"], domain="music")
    assert found.catalog is not None
    assert found.catalog.domain.implicit
    assert found.catalog.domain.liked == "played"
    assert found.report.positives == 2


def test_counts_are_liked_from_the_lowest_on(read: Read, tmp_path: Path) -> None:
    found = domain_of(read, tmp_path, [f"u{number % 3},i{number},{number * 37 + 1}" for number in range(200)])
    assert found.catalog is not None
    assert found.catalog.domain.implicit
    assert found.report.positives == 200


def test_a_person_may_set_the_rule(read: Read, tmp_path: Path) -> None:
    rows = [f"u{number % 7},i{number},{number % 5 + 1}" for number in range(50)]
    assert domain_of(read, tmp_path, rows, positive=3.0).report.positives == 30


def test_columns_called_as_the_contract_calls_them_are_taken_though_each_item_is_met_once(
    read: Read, tmp_path: Path
) -> None:
    found = domain_of(read, tmp_path, [f"u{number % 7},i{number},{number % 5 + 1}" for number in range(50)])
    assert found.catalog is not None
    assert len(found.catalog.interactions) == 50
