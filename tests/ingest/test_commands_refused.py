"""Commands that cannot be done: one sentence, the right exit status, and JSON where JSON was asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kgrec_core.__main__ import main
from tests.readers import FIXTURES

MET = str(FIXTURES / "hetrec")


@pytest.fixture
def blocked(tmp_path: Path) -> str:
    """A file, where a folder would have to be."""
    path = tmp_path / "a_file"
    path.write_text("x")
    return str(path)


@pytest.mark.parametrize("below", ["", "/deeper"])
@pytest.mark.parametrize(
    "command", [["split", "storefront", "--out"], ["validate", "--interactions", MET, "--dropped"]]
)
def test_a_place_that_cannot_be_written_is_told_in_one_sentence(
    command: list[str], below: str, blocked: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if command[0] == "validate" and not below:
        below = "/dropped.csv"
    assert main([*command, blocked + below]) == 2
    assert f"Error: {blocked}{below} cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["import", "songs", "--interactions", MET], ["prepare", "storefront"]])
def test_a_home_that_is_a_file_is_told_with_the_way_out(
    command: list[str], blocked: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KGREC_HOME", blocked)
    assert main(command) == 2
    assert "Set KGREC_HOME to a folder that you may write to." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("command", "status", "said"),
    [
        (["validate", "--interactions", "missing.csv", "--json"], 1, "There is no file missing.csv"),
        (["recommend", "nothing", "--user", "1", "--json"], 2, "There is no data set 'nothing'"),
        (["recommend", "movies", "--user", "1", "--k", "abc", "--json"], 2, "--k: 'abc' is not a whole number from 1"),
        (["recommend", "movies", "--user", "1", "--k", "0", "--json"], 2, "--k: '0' is not a whole number from 1 on"),
        (["validate", "--interactions", MET, "--min-users", "-4", "--json"], 2, "--min-users: '-4' is not a whole"),
        (["validate", "--interactions", MET, "--positive", "nan", "--json"], 2, "--positive: 'nan' is not a number"),
        (["split", "movies", "--seed", "-1", "--out", "x", "--json"], 2, "--seed: '-1' is not a whole number from 0"),
    ],
)
def test_with_json_an_error_is_json_too(
    command: list[str], status: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(command) == status
    printed = capsys.readouterr()
    answer = json.loads(printed.out)
    assert answer["ok"] is False
    assert answer["error"].startswith(said)
    assert said in printed.err


def test_a_report_with_errors_is_the_only_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lonely = tmp_path / "lonely.csv"
    lonely.write_text("user_id,item_id\nu1,i1\nu1,i2\n")
    assert main(["validate", "--interactions", str(lonely), "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert answer["ok"] is False
    assert answer["users"] == 1
