"""What would be typed at a terminal to do what was chosen on a screen."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from kgrec_core.config import Recipe
from kgrec_core.data.formats.source_files import ROLES, Given
from kgrec_core.data.import_report import FileAccount
from kgrec_core.data.ingest.import_choice import AUTO, Choice

PROGRAM = ("python", "-m", "kgrec_core")
PLAN = "plan.json"  # what a plan that was changed on the screen is called when it is saved
_WIDTH = 40  # characters of a line, as many as a phone shows


def typed(words: Sequence[str]) -> str:
    """For a POSIX shell, each word quoted where it has to be; where it is long, each option on a line of its own."""
    line = shlex.join([*PROGRAM, *words])
    if len(line) <= _WIDTH:
        return line
    quoted = [shlex.quote(word) for word in (*PROGRAM, *words)]
    return " ".join(f"\\\n  {word}" if word.startswith(("--", "'--")) else word for word in quoted)


def to_prepare(name: str, recipe: Recipe) -> list[str]:
    """The command that trains so."""
    graph = [] if recipe.graph else ["--no-graph"]
    adapt = ["--adapt", recipe.adapt] if recipe.adapt else []
    return ["prepare", name, "--rounds", str(recipe.rounds), *graph, *adapt]


def to_measure_new_items(name: str) -> list[str]:
    """The command that measures lists of items that nobody has met."""
    return ["evaluate", name, "--protocol", "new-items"]


def to_import(
    name: str, files: Sequence[Given], choice: Choice, accounts: Sequence[FileAccount], replace: bool = False
) -> list[str]:
    """The command that imports so, in the folder of the files.

    accounts: of the report on these files; they tell what each file was read as, and which were not used. The columns
    that were chosen for the graph have no option, so they are not in it.
    """
    return ["import", name, *_files(files, accounts), *_options(choice), *(["--replace"] if replace else [])]


def in_graph_only(choice: Choice) -> bool:
    """Whether something was chosen that no option says."""
    return choice.columns is not None


def _files(files: Sequence[Given], accounts: Sequence[FileAccount]) -> list[str]:
    by_role: dict[str, list[str]] = {}
    for given in files:
        role, name = given.role or _read_as(_name(given), accounts), _name(given)
        if role:
            by_role.setdefault(role, []).append(f"./{name}" if name.startswith("-") else name)
    return [word for role in ROLES if role in by_role for word in (f"--{role}", *by_role[role])]


def _name(file: Given) -> str:
    return file.name or file.path.name


def _read_as(name: str, accounts: Sequence[FileAccount]) -> str:
    """The table that a file was read as; any one for an archive, of which only the files inside count."""
    tables = {account.file: account.table for account in accounts}
    bare = name[: -len(".gz")] if name.lower().endswith(".gz") else name
    if bare in tables:
        return tables[bare] if tables[bare] in ROLES else ROLES[-1] if tables[bare] else ""
    return ROLES[0] if any(table and file.startswith(f"{name}/") for file, table in tables.items()) else ""


def _options(choice: Choice) -> list[str]:
    words = _option("format", "" if choice.format == AUTO else choice.format)
    words += _option("domain", choice.domain) + _option("title", choice.title)
    for column, meaning in choice.mapping.items():
        words += _option("map", f"{column}={meaning}")
    words += ["--plan", PLAN] if choice.plan is not None else []
    words += _option("positive", "" if choice.positive is None else repr(choice.positive).removesuffix(".0"))
    words += _option("min-users", "" if choice.min_users is None else str(choice.min_users))
    words += ["--keep-user-ids"] if choice.keep_user_ids else []
    for column in sorted(choice.keep_columns):
        words += _option("keep-column", column)
    for phrase in choice.accepted:
        words += _option("accept", phrase)
    return words


def _option(name: str, value: str) -> list[str]:
    """Nothing for no value; a value that looks like an option is joined to its own."""
    if not value:
        return []
    return [f"--{name}={value}"] if value.startswith("-") else [f"--{name}", value]
