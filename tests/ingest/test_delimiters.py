"""Which character splits a table in text, and what quotation marks do."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgrec_core.data.formats.delimiters import find_separator
from kgrec_core.data.formats.source_files import Given
from tests.readers import Read, accounted, pairs, titles, whats

MET = "user,item\n" + "".join(f"u{n % 4},p{n % 6}\n" for n in range(24))


def goods_of(folder: Path, text: str) -> tuple[Given, Given]:
    (folder / "met.csv").write_text(MET)
    (folder / "goods.csv").write_text(text)
    return Given(folder / "met.csv", "interactions"), Given(folder / "goods.csv", "items")


@pytest.mark.parametrize("sign", ["|", ";", "::", "\t"])
def test_a_separator_inside_quotation_marks_splits_nothing(read: Read, tmp_path: Path, sign: str) -> None:
    rows = [f'p{n},Thing {n},"red{sign}blue{n}"' for n in range(6)]
    found = read(*goods_of(tmp_path, "\n".join(["product_id,name,tags", *rows]) + "\n"))
    assert titles(found) == {f"p{n}": f"Thing {n}" for n in range(6)}


def test_a_separator_that_the_first_line_lacks_is_none() -> None:
    assert find_separator(["a,b", "1,2|3", "4,5|6"]) == ","
    assert find_separator(["a;b;c", "1,5;2,5;3"]) == ";"


def test_a_line_of_another_length_is_told_with_the_separator(read: Read, tmp_path: Path) -> None:
    path = tmp_path / "met.csv"
    path.write_text("user_id,item_id\na,x\nb,y\na,y,z\n")
    assert any("split at ',', the line has another number of cells than the header (2)" in what
               for what in whats(read(Given(path, "interactions"))))  # fmt: skip


@pytest.mark.parametrize("marks", [1, 2])
def test_a_mark_inside_a_cell_is_a_letter_and_quoted_commas_stay(read: Read, tmp_path: Path, marks: int) -> None:
    rows = [f'p{n},TV {n}"' if n < marks else f'p{n},"Lamp, {n}"' for n in range(6)]
    found = read(*goods_of(tmp_path, "\n".join(["product_id,name", *rows]) + "\n"))
    assert titles(found) == {f"p{n}": f'TV {n}"' if n < marks else f"Lamp, {n}" for n in range(6)}
    assert not [each for each in found.report.findings if each.severity != "note" and each.file == "goods.csv"]


def test_a_mark_that_is_never_closed_is_told_by_line_and_spoils_no_other_row(read: Read, tmp_path: Path) -> None:
    rows = [f'p{n},"Lamp, {n}"' if n != 3 else 'p3,"Lamp' for n in range(6)]
    found = read(*goods_of(tmp_path, "\n".join(["product_id,name", *rows]) + "\n"))
    assert titles(found) == {f"p{n}": f"Lamp, {n}" if n != 3 else '"Lamp' for n in range(6)}
    told = next(each for each in found.report.findings if each.severity == "warning" and each.file == "goods.csv")
    assert (told.file, told.row) == ("goods.csv", 1 + 1 + 3)
    assert "is not closed where the cell ends" in told.what
    assert accounted(found)


def test_rows_that_two_stray_marks_would_hide_are_told(read: Read, tmp_path: Path) -> None:
    text = 'product_id,name\np0,"Lamp\np1,Cup\np2,Tea\np3,TV 3"\np4,Salt\np5,Oil\n'
    (tmp_path / "met.csv").write_text("user,item\nu0,p0\nu1,p4\nu0,p5\n")
    goods_of(tmp_path, text)
    (tmp_path / "met.csv").write_text("user,item\nu0,p0\nu1,p4\nu0,p5\n")
    found = read(Given(tmp_path / "met.csv", "interactions"), Given(tmp_path / "goods.csv", "items"))
    assert any("goods.csv:2" in what and "lines that look like rows" in what for what in whats(found))


def test_a_cell_of_several_lines_stays_one_cell(read: Read, tmp_path: Path) -> None:
    path = tmp_path / "met.csv"
    path.write_text('user_id,item_id\n"a ""x""\nb",1\nc,2\n')
    assert pairs(read(Given(path, "interactions"))) == {('a "x"\nb', "1"), ("c", "2")}
