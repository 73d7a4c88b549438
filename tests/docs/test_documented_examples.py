"""What the documentation shows works: its Python runs, its commands are commands, its doctests are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from pathlib import Path
from typing import Any

import pytest

import kgrec_core
from kgrec_core import service
from kgrec_core.__main__ import main
from kgrec_core.cli.arguments import parser
from tests.docs.documentation import PAGES, README, ROOT, Block, blocks, commands

PYTHON, OWN_DATA = ROOT / "docs" / "python.md", ROOT / "docs" / "own-data.md"
ALL_COMMANDS = [
    pytest.param(words, id=f"{page.name}: {line.split('#')[0].strip()}")
    for page in PAGES
    for line, words in commands(page)
]


def run(block: Block, names: dict[str, Any]) -> None:
    """A block of Python as it stands, with the lines of its page in a traceback."""
    code = compile("\n" * (block.line - 1) + block.code, str(block.page), "exec")
    if block.runs:
        exec(code, names)


def test_the_python_of_the_readme_runs(reader: Path) -> None:
    names: dict[str, Any] = {}
    shown = blocks(README, "python")
    assert shown
    for block in shown:
        run(block, names)


def test_the_python_of_its_own_page_runs_in_order(reader: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for block in blocks(OWN_DATA, "python")[:1]:  # makes the files that the page needs
        run(block, {})
    names: dict[str, Any] = {}
    shown = blocks(PYTHON, "python")
    assert sum(block.runs for block in shown) >= 10
    for block in shown:
        run(block, names)


def test_the_page_about_own_data_can_be_followed(reader: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its Python, then its commands in their order but for the two that only vary a training."""
    for block in blocks(OWN_DATA, "python"):
        run(block, {})
    capsys.readouterr()
    told = {}
    for line, words in commands(OWN_DATA):
        if words[0] == "prepare" and len(words) > 2:
            continue
        assert main(words) == 0, (line, capsys.readouterr())
        told[" ".join(words)] = capsys.readouterr().out
    validated = next(iter(told.values()))
    (report,) = blocks(OWN_DATA, "text")
    assert report.code.strip() == validated.strip()
    assert "Because" in told["recommend shop --user anna"]
    assert "shop" not in {card.name for card in service.datasets()}


@pytest.mark.parametrize("words", ALL_COMMANDS)
def test_a_shown_command_is_one_that_the_parser_takes(words: list[str]) -> None:
    asked = parser().parse_args(words)
    assert asked.command


def test_every_command_is_shown_on_the_page_about_python() -> None:
    (choices,) = (action.choices for action in parser()._actions if action.dest == "==SUPPRESS==" or action.choices)
    assert choices is not None
    assert {words[0] for _, words in commands(PYTHON)} == set(choices)


def modules_with_doctests() -> list[str]:
    folder = Path(next(iter(kgrec_core.__path__)))
    found = (module.name for module in pkgutil.walk_packages([str(folder)], "kgrec_core."))
    return [name for name in found if ">>>" in _source(folder, name)]


def _source(folder: Path, name: str) -> str:
    place = folder.joinpath(*name.split(".")[1:])
    file = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
    return file.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", modules_with_doctests())
def test_a_doctest_says_what_is_so(name: str) -> None:
    failed, tried = doctest.testmod(importlib.import_module(name), report=True)
    assert tried and not failed
