"""`recommend NAME --export F`: the history of a visitor out of files, of which nothing stays."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kgrec_core.__main__ import main

HEAD = "Date,Name,Year,Letterboxd URI,Rating\n"
LIKED = "".join(f"2024-01-0{1 + film},Comet {film},{1990 + film},u{film},5\n" for film in range(3))


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "ratings.csv"
    others = ("2024-02-01,Letter 8,1998,u8,1", "2024-02-02,Comet 3,1993,u3,3", "2024-02-03,Comet 4,2010,u4,5")
    path.write_text(HEAD + LIKED + "\n".join((*others, "2024-02-04,No,2000,u,4")) + "\n", encoding="utf-8")
    return path


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    assert main([*words, "--json"]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_what_was_found_is_told_and_the_list_leaves_out_what_the_person_knows(
    home: Path, export: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["recommend", "tiny", "--export", str(export), "--k", "14"]) == 0
    said = capsys.readouterr().out
    assert "Letterboxd: Found 5 of 7 films; 1 to confirm." in said
    assert "Comet 4 (2010) = Comet 4 (1994)? [f4] the same title, of 1994" in said and "No (2000)" in said
    listed = [line for line in said.splitlines() if line[:4].strip(" .").isdigit()]
    assert len(listed) == 14 - 5
    assert not any(f"[f{known}]" in line for known in (0, 1, 2, 3, 8) for line in listed)


def test_the_json_has_found_unsure_and_missing(home: Path, export: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "recommend", "tiny", "--export", str(export))["export"]
    assert isinstance(found, dict) and found["source"] == "Letterboxd"
    assert [(row["item_id"], row["opinion"]) for row in found["found"]] == [
        *(("f0", "like"), ("f1", "like"), ("f2", "like"), ("f8", "dislike"), ("f3", "seen"))
    ]
    assert [row["item_id"] for row in found["unsure"]] == ["f4"]
    assert [row["title"] for row in found["missing"]] == ["No"]


@pytest.mark.parametrize("confirm", ["f4", "all"])
def test_what_is_confirmed_counts_too(
    confirm: str, home: Path, export: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = answer(capsys, "recommend", "tiny", "--export", str(export), "--confirm", confirm, "--k", "14")
    assert isinstance(found["items"], list)
    assert "f4" not in {row["item_id"] for row in found["items"]}


@pytest.mark.parametrize("command", ["explain", "why-not"])
def test_an_item_is_explained_by_the_export(
    command: str, home: Path, export: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = answer(capsys, command, "tiny", "--export", str(export), "--item", "f5")
    assert found["user"] == "new visitor" and "export" in found


def test_nothing_of_the_export_stays(home: Path, export: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.stat().st_mtime_ns for path in home.rglob("*") if path.is_file()}
    assert main(["recommend", "tiny", "--export", str(export)]) == 0
    after = {path: path.stat().st_mtime_ns for path in home.rglob("*") if path.is_file()}
    assert {path for path in after if path.suffix != ".lock"} == {path for path in before if path.suffix != ".lock"}
    assert "Comet" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["--user", "u0"], 2, "Give one of them"),
        (["--confirm", "f4"], 0, "Found 5"),
    ],
)
def test_an_export_is_of_a_visitor(
    words: list[str], status: int, said: str, home: Path, export: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["recommend", "tiny", "--export", str(export), *words]) == status
    told = capsys.readouterr()
    assert said in told.out + told.err


def test_an_export_without_any_item_of_the_data_says_so(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "other.csv"
    path.write_text(HEAD + "2024-01-01,Elsewhere,2001,u,5\n", encoding="utf-8")
    assert main(["recommend", "tiny", "--export", str(path)]) == 1
    assert "Found 0 of 1 films in tiny" in capsys.readouterr().err


def test_the_export_is_refused_as_a_data_set(home: Path, export: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command in (["import", "mine"], ["validate"]):
        assert main([*command, "--interactions", str(export)]) == 1
        said = capsys.readouterr().err
        assert "one person's own history" in said and "recommend movies --export ratings.csv" in said
    assert not (home / "datasets" / "mine").exists()
