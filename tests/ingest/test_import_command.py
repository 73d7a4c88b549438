from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from kgrec_core import service
from kgrec_core.__main__ import main
from kgrec_core.errors import UnknownIdError
from kgrec_core.workspace import own_data
from tests.readers import FIXTURES
from tests.stored_files import key_file


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KGREC_HOME", str(tmp_path))
    return tmp_path


def imported(*more: str) -> int:
    return main(["import", "songs", "--interactions", str(FIXTURES / "hetrec"), *more])


def test_an_imported_data_set_is_listed_and_its_tables_can_be_read(home: Path) -> None:
    assert imported() == 0
    card = next(card for card in service.datasets() if card.name == "songs")
    assert (card.users, card.items, card.interactions, card.prepared) == (3, 4, 6, False)
    assert len(service.catalog_of("songs").interactions) == 6


def test_the_report_is_json_and_nothing_else(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert imported("--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["ok"]
    assert answer["interactions"] == 6


def test_user_ids_are_hidden_and_the_key_is_apart_and_private(home: Path) -> None:
    imported()
    assert not {"2", "3", "4"} & set(service.catalog_of("songs").interactions["user_id"])
    key = key_file(home, "songs")
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert not any(
        key.read_text() in path.read_text("latin-1") for path in (home / "datasets").rglob("*") if path.is_file()
    )


def test_a_second_import_needs_to_be_told_to_replace_and_keeps_the_hidden_names(home: Path) -> None:
    imported()
    before = service.catalog_of("songs").content_hash()
    assert imported() == 2
    assert imported("--replace") == 0
    assert service.catalog_of("songs").content_hash() == before


def test_files_with_errors_leave_nothing_behind(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lonely = tmp_path / "lonely.csv"
    lonely.write_text("user_id,item_id\nu1,i1\nu1,i2\n")
    assert main(["import", "lonely", "--interactions", str(lonely)]) == 1
    assert "only one user" in capsys.readouterr().out
    assert not (home / "datasets").exists()
    assert main(["validate", "--interactions", str(lonely)]) == 1


def test_delete_removes_every_trace(home: Path) -> None:
    imported()
    (home / "bundles" / "songs").mkdir(parents=True)
    assert main(["delete", "songs"]) == 0
    assert not [path for path in home.rglob("*") if "songs" in path.name]
    with pytest.raises(UnknownIdError, match="songs"):
        own_data.delete_dataset("songs")


@pytest.mark.parametrize("name", ["../x", "movies", "A", "", "a/b", ".x", "x" * 41])
def test_a_name_that_cannot_be_a_folder_of_its_own_is_refused(home: Path, name: str) -> None:
    assert main(["import", name, "--interactions", str(FIXTURES / "hetrec")]) == 2
    assert not (home / "datasets").exists()


def test_validate_writes_the_lost_rows_where_asked(home: Path, tmp_path: Path) -> None:
    target = tmp_path / "dropped.csv"
    assert main(["validate", "--interactions", str(FIXTURES / "hetrec"), "--dropped", str(target)]) == 0
    lines = target.read_text("utf-8-sig").splitlines()
    assert lines[0] == "file,row,fate,why,record"
    assert any("user_artists.dat,8,dropped" in line for line in lines)
    assert not (home / "datasets").exists()
