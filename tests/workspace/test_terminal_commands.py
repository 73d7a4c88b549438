"""The command that a screen shows is the command that the real parser reads back as the same choice."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from kgrec_core import service
from kgrec_core.__main__ import main
from kgrec_core.config import Recipe
from kgrec_core.data.import_report import FileAccount
from kgrec_core.errors import ConfigError
from kgrec_core.workspace import own_data, terminal_commands
from kgrec_core.workspace.own_data import Choice, Given


def words_of(line: str) -> list[str]:
    """The words of a line as a shell gives them, those that start Python left out."""
    return shlex.split(line.replace("\\\n", ""))[3:]


def account(file: str, table: str) -> FileAccount:
    return FileAccount(file, table, 1, 1, "rows", 1, 0, 0)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """What the command line asked of the core, which then refuses."""
    seen: list[tuple[Any, ...]] = []

    def refuse(*what: Any) -> None:
        seen.append(what)
        raise ConfigError("seen")

    monkeypatch.setattr(own_data, "import_files", refuse)
    monkeypatch.setattr(service, "prepare", refuse)
    return seen


def files_of(words: Sequence[str]) -> dict[str, list[str]]:
    """The files of an import by role."""
    found: dict[str, list[str]] = {}
    role = ""
    for word in words[2:]:
        role = word.removeprefix("--") if word.startswith("--") else role
        if not word.startswith("--"):
            found.setdefault(role, []).append(word)
    return found


@pytest.mark.parametrize(
    "choice",
    [
        Choice(),
        Choice(format="movielens", domain="video", title="It's -- mine; rm -rf", positive=3.5),
        Choice(mapping={"Kunde": "user_id", "a=b": "value", "Notes": "", "-x": "title", "two words": "text"}),
        Choice(positive=-1e-07, min_users=0, keep_user_ids=True, keep_columns=frozenset({"e mail", "--phone"})),
        Choice(title="--help"),
    ],
)
def test_every_choice_comes_back_from_the_command_line(choice: Choice, asked: list[tuple[Any, ...]]) -> None:
    files, accounts = [Given(Path("orders.csv"))], [account("orders.csv", "interactions")]
    assert (
        main(
            words_of(
                terminal_commands.typed(terminal_commands.to_import("shop", files, choice, accounts, replace=True))
            )
        )
        == 2
    )
    name, given, read, replace, _ = asked[0]
    assert (name, given, read, replace) == ("shop", [Given(Path("orders.csv"), "interactions")], choice, True)


@pytest.mark.parametrize("recipe", [Recipe(), Recipe(40, graph=False, adapt="words"), Recipe(adapt="interactions")])
def test_every_recipe_comes_back_from_the_command_line(recipe: Recipe, asked: list[tuple[Any, ...]]) -> None:
    assert main(words_of(terminal_commands.typed(terminal_commands.to_prepare("shop", recipe)))) == 2
    assert (asked[0][0], asked[0][2]) == ("shop", recipe)


def test_files_stand_under_what_they_were_read_as_and_unused_ones_are_left_out() -> None:
    files = [
        Given(Path("0"), "", "a b.csv"),
        Given(Path("1"), "users", "-p.csv"),
        Given(Path("2"), "", "log.tsv.gz"),
        Given(Path("3"), "", "readme.txt"),
        Given(Path("4"), "", "all.zip"),
        Given(Path("5"), "", "names.txt"),
    ]
    accounts = [
        account("a b.csv", "items"),
        account("-p.csv", "users"),
        account("log.tsv", "interactions"),
        account("readme.txt", ""),
        account("all.zip/x.csv", "items"),
        account("names.txt", "labels"),
    ]
    assert files_of(terminal_commands.to_import("shop", files, Choice(), accounts)) == {
        "interactions": ["log.tsv.gz", "all.zip"],
        "items": ["a b.csv"],
        "users": ["./-p.csv"],
        "triples": ["names.txt"],
    }


def test_a_long_line_is_broken_before_its_options_and_a_short_one_is_not() -> None:
    assert terminal_commands.typed(["prepare", "shop"]) == "python -m kgrec_core prepare shop"
    long = terminal_commands.typed(
        ["import", "shop", "--interactions", "a.csv", "--title", "A title that takes some room"]
    )
    assert [line.split()[0] for line in long.splitlines()] == ["python", "--interactions", "--title"]


def test_what_was_changed_of_the_graph_is_told_to_have_no_option() -> None:
    assert not terminal_commands.in_graph_only(Choice())
    assert terminal_commands.in_graph_only(Choice(columns=()))
    assert not terminal_commands.in_graph_only(Choice(accepted=("slow light",)))
