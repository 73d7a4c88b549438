"""What published data hold beside facts: selling points, statuses of readers, headers of files that are not read."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from kgrec_core.data.formats.source_files import Given
from tests.readers import FIXTURES, Read, accounted, facts


def test_statuses_of_readers_are_no_facts_of_a_book(read: Read, tmp_path: Path) -> None:
    folder = tmp_path / "books"
    shutil.copytree(FIXTURES / "goodbooks", folder)
    names = (
        "fantasy",
        "to-read",
        "currently-reading",
        "owned",
        "favorites",
        "books-i-own",
        "read-in-2016",
        "ownership",
    )
    (folder / "tags.csv").write_text("tag_id,tag_name\n" + "".join(f"{n},{name}\n" for n, name in enumerate(names)))
    rows = "".join(f"{book},{n},5\n" for book in (2767052, 3) for n in range(len(names)))
    (folder / "book_tags.csv").write_text("goodreads_book_id,tag_id,count\n" + rows)
    found = read(folder)
    assert {tail for _, relation, tail in facts(found) if relation == "tag"} == {"fantasy", "ownership"}
    assert accounted(found)


def test_a_selling_point_among_categories_is_no_category(read: Read, tmp_path: Path) -> None:
    kinds = ["Gift Cards", "No expiration, no fees.", "Great for the whole big family at home"]
    goods = [{"parent_asin": f"B{n}", "title": f"Card {n}", "categories": kinds, "store": "S"} for n in range(4)]
    met = [{"user_id": f"u{n % 3}", "parent_asin": f"B{n % 4}", "asin": "x", "rating": 5.0} for n in range(12)]
    for name, rows in (("meta.jsonl", goods), ("reviews.jsonl", met)):
        (tmp_path / name).write_text("".join(json.dumps(row) + "\n" for row in rows))
    found = read(tmp_path)
    assert {tail for _, relation, tail in facts(found) if relation == "category"} == {"Gift Cards"}


@pytest.mark.parametrize(("text", "rows"), [("book_id,user_id\n1,2\n3,4\n", 2), ("1,2\n3,4\n", 2)])
def test_the_header_of_a_file_that_is_not_read_is_no_row(read: Read, tmp_path: Path, text: str, rows: int) -> None:
    folder = tmp_path / "books"
    shutil.copytree(FIXTURES / "goodbooks", folder)
    (folder / "to_read.csv").write_text(text)
    account = next(each for each in read(folder).report.accounts if each.file.endswith("to_read.csv"))
    assert (account.rows, account.dropped) == (rows, rows)


def test_fields_of_recbole_tell_what_the_data_are_about_and_what_is_a_count(read: Read, tmp_path: Path) -> None:
    assert read("recbole").report.domain == "video"
    path = tmp_path / "songs.inter"
    rows = [f"u{n % 5}\ts{n % 12}\t{n % 3 + 1}" for n in range(60)]
    path.write_text("\n".join(["user_id:token\titem_id:token\tplays:float", *rows]) + "\n")
    report = read(Given(path, "interactions")).report
    assert report.positives == report.interactions == 60
