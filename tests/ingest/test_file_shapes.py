"""Files in the shapes that people have: folders of invented rows under the names, signs and quirks of real ones."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kgrec_core.errors import DataError
from kgrec_core.workspace import own_data

SHAPES = Path(__file__).with_name("file_shapes.zip")
TRUTH = "truth.json"


def shapes() -> Iterator[Any]:
    """Each folder by its name, with what a careful person would read from it."""
    with zipfile.ZipFile(SHAPES) as archive:
        for name in sorted(name for name in archive.namelist() if name.endswith(f"/{TRUTH}")):
            yield pytest.param(name.removesuffix(f"/{TRUTH}"), json.loads(archive.read(name)), id=name.split("/")[0])


@pytest.fixture
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The files of one shape."""
    with zipfile.ZipFile(SHAPES) as archive:
        for name in archive.namelist():
            if name.startswith(f"{request.param}/") and not name.endswith(TRUTH):
                archive.extract(name, tmp_path)
    return tmp_path / str(request.param)


@pytest.mark.parametrize(("folder", "truth"), list(shapes()), indirect=["folder"])
def test_a_folder_is_read_as_a_careful_person_would(
    folder: Path, truth: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KGREC_HOME", str(tmp_path / "home"))
    files = [own_data.Given(folder)]
    if truth["verdict"] in ("one_person", "refuse"):
        with pytest.raises(DataError) as refused:
            own_data.import_files("shape", files)
        names = [path.name for path in folder.rglob("*") if path.is_file()]
        words = ["own history"] if truth["verdict"] == "one_person" else names
        assert any(word.casefold() in str(refused.value).casefold() for word in words)
        return
    report = own_data.import_files("shape", files)
    assert report.ok
    met = own_data.imported_catalog("shape").interactions
    found = {"users": met["user_id"].nunique(), "items": met["item_id"].nunique(), "interactions": len(met)}
    others = truth.get("also", {})
    assert {name for name, count in found.items() if count not in (truth[name], *others.get(name, []))} == set()
    least, most = truth.get("positives_between", [1, len(met)])
    liked = (truth["positives"], *others.get("positives", []))
    assert report.positives in liked if truth["positives"] is not None else least <= report.positives <= most


def told() -> list[Any]:
    """The shapes of which facts are known."""
    return [each for each in shapes() if each.values[1]["facts"] and each.values[1]["verdict"] in ("import", "ask")]


@pytest.mark.parametrize(("folder", "truth"), told(), indirect=["folder"])
def test_facts_say_what_the_files_say_and_nothing_else(
    folder: Path, truth: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KGREC_HOME", str(tmp_path / "home"))
    own_data.import_files("shape", [own_data.Given(folder)])
    triples = own_data.imported_catalog("shape").triples
    labels = set(triples["tail_label"].str.casefold())
    assert {label for _, _, label in truth["facts"] if label.casefold() not in labels} == set()
    told = set(triples["relation"].str.casefold()) | labels
    assert {
        words
        for words in truth["never"]
        if (words[1:].casefold() in told if words.startswith("=") else _in(words, told))
    } == set()


def _in(words: str, told: set[str]) -> bool:
    return any(words.casefold() in each for each in told)
