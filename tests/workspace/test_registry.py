"""The list of data sets, when some of them are broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgrec_core import service
from kgrec_core.__main__ import main
from kgrec_core.workspace import prepare
from tests.readers import FIXTURES
from tests.stored_files import dataset_version
from tests.worlds import tiny_catalog


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KGREC_HOME", str(tmp_path))
    assert main(["import", "songs", "--interactions", str(FIXTURES / "hetrec")]) == 0
    assert main(["import", "whole", "--interactions", str(FIXTURES / "hetrec")]) == 0
    return tmp_path


def trouble(name: str) -> str:
    return {card.name: card.trouble for card in service.datasets()}[name]


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"a": 1}', '{"name": 1, "title": 2, "domain": 3, "sources": 4, "tables": []}']
)
def test_a_broken_catalog_is_listed_with_the_way_out_beside_the_others(home: Path, text: str) -> None:
    (dataset_version(home, "songs") / "catalog" / "catalog.json").write_text(text)
    assert "delete songs" in trouble("songs")
    assert trouble("whole") == ""


def test_a_missing_table_is_named(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (dataset_version(home, "songs") / "catalog" / "items.parquet").unlink()
    assert main(["datasets"]) == 0
    text = capsys.readouterr().out
    assert "songs (broken: " in text
    assert "items.parquet is missing" in text
    assert "whole" in text


@pytest.mark.parametrize("card", ["{", "{}", "[]"])
@pytest.mark.parametrize(
    ("name", "way_out"), [("songs", "prepare songs"), ("movies", "prepare movies"), ("lost", "folder")]
)
def test_a_broken_run_card_is_listed_with_the_way_out(home: Path, name: str, way_out: str, card: str) -> None:
    folder = home / "bundles" / name
    folder.mkdir(parents=True)
    (folder / "run_card.json").write_text(card)
    assert way_out in trouble(name)
    assert trouble("whole") == ""


def test_a_preparation_that_fails_leaves_nothing_behind(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("no memory is left")

    monkeypatch.setattr(prepare, "encode_catalog", fail)
    with pytest.raises(RuntimeError, match="no memory"):
        prepare.prepare(tiny_catalog())
    assert not list((home / "bundles").iterdir())
