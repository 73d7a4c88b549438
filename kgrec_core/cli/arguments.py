"""Arguments of the command line: what each command takes, and errors that say what was expected."""

from __future__ import annotations

import argparse
import math
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from kgrec_core.cli.compare_arguments import add_compare
from kgrec_core.cli.export_arguments import add_export
from kgrec_core.config import ADAPTATIONS
from kgrec_core.errors import KgrecError
from kgrec_core.evaluate.protocol import SCHEMES
from kgrec_core.schema.asker import Asker
from kgrec_core.workspace import own_data

NAME = "python -m kgrec_core"


class Parser(argparse.ArgumentParser):
    """Raises KgrecError for a wrong command, so that it is told like every other error."""

    def error(self, message: str) -> NoReturn:
        raise KgrecError(f"{message.removeprefix('argument ')}. `{self.prog} -h` shows what there is.")


def parser() -> Parser:
    """The parser of all commands; what it reads has the name of the command as `command`."""
    whole = Parser(prog=NAME, description="Recommendations that can say why.")
    commands = whole.add_subparsers(required=True, metavar="COMMAND")
    _command(commands, "datasets", "list the data sets")
    preparing = _named(commands, "prepare", "encode, train, measure and save a data set (minutes)")
    preparing.add_argument("--progress-lines", action="store_true", help="print progress as JSON lines, for programs")
    preparing.add_argument("--rounds", type=_whole_from_one, default=8, help="passes over the data, at most (8)")
    preparing.add_argument("--no-graph", action="store_true", help="facts are words in the texts, and no graph")
    preparing.add_argument(
        "--adapt", nargs="?", const="words", choices=ADAPTATIONS,
        help="BERT first learns from what people did: the words of events, or interactions (minutes more)",
    )  # fmt: skip
    importing = _named(commands, "import", "read your own files into a data set, whole or not at all")
    _files(importing)
    importing.add_argument("--replace", action="store_true", help="overwrite an imported data set of this name")
    _adding(importing)
    validate = _command(commands, "validate", "check files: what is wrong where, and how to mend it")
    _files(validate)
    validate.add_argument("--dropped", type=Path, help="write merged and dropped rows to this CSV file")
    _named(commands, "delete", "remove an imported data set and all that was made of it")
    card = _named(commands, "card", "the model card: what it is for, its data, what weighs how much, quality, limits")
    card.add_argument("--out", type=Path, help="write it to this file, as a page where it ends in .html")
    recommend = _named(commands, "recommend", "the best items for a user, each with a reason")
    _add_asker(recommend)
    recommend.add_argument("--k", type=_whole_from_one, default=10, help="how many items (10)")
    explain = _named(commands, "explain", "why an item has its score for a user")
    _add_asker(explain)
    explain.add_argument("--item", required=True)
    explain.add_argument(
        "--k", type=_whole_from_one, default=10, help="length of the list that the item is judged in (10)"
    )
    why_not = _named(commands, "why-not", "what keeps an item out of the list, and what would bring it in")
    _add_asker(why_not)
    why_not.add_argument("--item", required=True)
    why_not.add_argument("--k", type=_whole_from_one, default=10, help="length of the list (10)")
    drives = _named(commands, "what-drives", "what the lists of all people are made of, by which facts, for whom")
    drives.add_argument("--people", type=_whole_from_one, default=200, help="how many are asked (200)")
    compare = _named(commands, "compare", "two people, two models or two items side by side")
    _add_asker(compare)
    add_compare(compare)
    compare.add_argument("--k", type=_whole_from_one, default=10, help="length of both lists (10)")
    ask = _named(commands, "ask", "a question in plain words about a list")
    ask.add_argument("question", nargs="+", help='such as "why not Titanic?"; each further one follows from the last')
    _add_asker(ask)
    ask.add_argument("--k", type=_whole_from_one, default=10, help="length of the list (10)")
    evaluate = _named(commands, "evaluate", "the quality table: ours, its ablations and its peers")
    evaluate.add_argument("--split", choices=SCHEMES, help="how ratings are hidden (random)")
    evaluate.add_argument("--seeds", type=_whole_from_one, help="splits that are measured (5)")
    question = "what is hidden: ratings of each user (splits), or all ratings of some items (new-items)"
    evaluate.add_argument("--protocol", choices=("splits", "new-items"), default="splits", help=question)
    evaluate.add_argument("--hidings", type=_whole_from_one, help="times that items are hidden (5)")
    split = _named(commands, "split", "write a split as files for RecBole")
    split.add_argument("--scheme", choices=SCHEMES, default="random")
    split.add_argument("--seed", type=_whole_from_zero, default=0)
    split.add_argument("--out", type=Path, required=True)
    split.add_argument("--format", choices=("recbole",), default="recbole")
    return whole


def _command(commands: argparse._SubParsersAction, name: str, text: str) -> Parser:  # type: ignore[type-arg]
    command: Parser = commands.add_parser(name, help=text, description=text)
    command.set_defaults(command=name)
    command.add_argument("--json", action="store_true", help="print JSON")
    return command


def _named(
    commands: argparse._SubParsersAction,  # type: ignore[type-arg]
    name: str,
    text: str,
) -> Parser:
    command = _command(commands, name, text)
    command.add_argument("name", help="data set, such as movies")
    return command


def _files(command: Parser) -> None:
    """What `import` and `validate` ask for."""
    texts = {
        "interactions": "who met what: a file, several, a folder or an archive",
        "items": "titles and attributes of items",
        "users": "profiles of users",
        "triples": "facts: head, relation, tail",
    }
    for role, text in texts.items():
        command.add_argument(f"--{role}", nargs="+", type=Path, default=[], metavar="F", help=text)
    command.add_argument("--format", default="auto", help=f"auto, or one of {', '.join(own_data.format_names())}")
    command.add_argument("--domain", default="", help=f"one of {', '.join(own_data.domain_names())}")
    command.add_argument("--title", default="", help="what to call the data set on screens")
    command.add_argument("--map", action="append", default=[], metavar="COLUMN=MEANING", help="such as Kunde=user_id")
    command.add_argument("--plan", type=Path, metavar="F", help="read the files by this plan, as --save-plan wrote it")
    command.add_argument("--save-plan", type=Path, metavar="F", help="write how the files were read, to replay it")
    command.add_argument("--positive", type=_number, help="values from here on are likes")
    command.add_argument("--min-users", type=_whole_from_zero, help="set aside items met by fewer users")
    command.add_argument("--keep-user-ids", action="store_true", help="do not replace user ids by keyed hashes")
    command.add_argument("--keep-column", action="append", default=[], metavar="COLUMN", help="keep an identifier")
    command.add_argument(
        "--accept",
        action="append",
        default=[],
        metavar="FACTS",
        help="take in what texts say: a phrase, 'brand: Norvik', or 'brand: *'; `validate` proposes",
    )
    command.add_argument("--names", default="", metavar="COLUMN", help="call people by this column of the users")


def _adding(command: Parser) -> None:
    """What `read_added` reads."""
    text = "add newer rows to this data set: more of who met what; beside them --items, --users, --triples"
    command.add_argument("--add", nargs="+", type=Path, default=[], metavar="F", help=text)


def read_added(asked: argparse.Namespace) -> tuple[list[own_data.Given], own_data.Choice]:
    """Files to add to what is there, and how they are read; none where nothing is added.

    Raises KgrecError for an option that only a whole import has.
    """
    if not asked.add:
        return [], own_data.Choice()
    choice = read_choice(asked)
    if asked.replace or asked.interactions or replace(choice, format="auto", mapping={}) != own_data.Choice():
        raise KgrecError(
            "--add keeps what was chosen when the data set was imported. Beside it are --items, --users, --triples, "
            "--format and --map alone; to choose anew, import all files again with --replace."
        )
    files = [own_data.Given(path, "interactions") for path in asked.add]
    others = [own_data.Given(path, role) for role in ("items", "users", "triples") for path in getattr(asked, role)]
    return [*files, *others], choice


def _add_asker(command: Parser) -> None:
    """What `read_asker` reads."""
    command.add_argument("--user", help="id of a user: of the data set, or as it stood in the imported files")
    command.add_argument("--history", help="ids of liked items, comma-separated, in place of a user's own")
    command.add_argument("--text", default="", help='what a visitor asks for, in a line: "a French film by Luc Besson"')
    add_export(command)


def read_asker(asked: argparse.Namespace) -> Asker:
    """Raises KgrecError where nobody was named."""
    if asked.user is None and asked.history is None and not asked.text.strip() and not asked.export:
        raise KgrecError(
            "Nobody to recommend to. Give --user ID, --history with item ids, --text with a line of words, or --export "
            f"with files of your own history: {NAME} recommend -h"
        )
    given = None if asked.history is None else tuple(filter(None, map(str.strip, asked.history.split(","))))
    return Asker(asked.user, given, request=asked.text)


def read_files(asked: argparse.Namespace) -> list[own_data.Given]:
    roles = ("interactions", "items", "users", "triples")
    files = [own_data.Given(path, role) for role in roles for path in getattr(asked, role)]
    if not files:
        raise KgrecError("No file was given. Name at least --interactions F: a file, a folder or an archive.")
    return files


def read_choice(asked: argparse.Namespace) -> own_data.Choice:
    pairs = [text.rpartition("=") for text in asked.map]
    if any(not column for column, _, _ in pairs):
        raise KgrecError("--map wants COLUMN=MEANING, such as --map Kunde=user_id; nothing after = leaves it out.")
    return own_data.Choice(
        format=asked.format,
        domain=asked.domain,
        title=asked.title,
        mapping={column: meaning for column, _, meaning in pairs},
        positive=asked.positive,
        min_users=asked.min_users,
        keep_user_ids=asked.keep_user_ids,
        keep_columns=frozenset(asked.keep_column),
        names=asked.names,
        plan=None if asked.plan is None else own_data.load_plan(asked.plan),
        accepted=tuple(asked.accept),
    )


def _whole_from_one(text: str) -> int:
    """A whole number from 1 on."""
    return _whole(text, 1)


def _whole_from_zero(text: str) -> int:
    """A whole number from 0 on."""
    return _whole(text, 0)


def _number(text: str) -> float:
    """Any number but infinity and what is none."""
    try:
        read = float(text)
    except ValueError:
        read = math.nan
    if not math.isfinite(read):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number")
    return read


def _whole(text: str, least: int) -> int:
    try:
        read = int(text)
    except ValueError:
        read = least - 1
    if read < least:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from {least} on")
    return read
