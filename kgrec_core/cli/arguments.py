"""Arguments of the command line: who asks, numbers with their limits, and errors that say what was expected."""

from __future__ import annotations

import argparse
import math
from typing import NoReturn

from kgrec_core.errors import KgrecError
from kgrec_core.schema.asker import Asker

NAME = "python -m kgrec_core"


class Parser(argparse.ArgumentParser):
    """Raises KgrecError for a wrong command, so that it is told like every other error."""

    def error(self, message: str) -> NoReturn:
        raise KgrecError(f"{message.removeprefix('argument ')}. `{self.prog} -h` shows what there is.")


def add_asker(command: Parser) -> None:
    """Adds what `read_asker` reads."""
    command.add_argument("--user", help="id of a user of the data set")
    command.add_argument("--history", help="ids of liked items, comma-separated, in place of a user's own")
    command.add_argument("--text", default="", help='what a visitor asks for, in a line: "a French film by Luc Besson"')


def read_asker(asked: argparse.Namespace) -> Asker:
    """Raises KgrecError where nobody was named."""
    if asked.user is None and asked.history is None and not asked.text.strip():
        raise KgrecError(
            "Nobody to recommend to. Give --user ID, --history with item ids, or --text with a line of words: "
            f"{NAME} recommend -h"
        )
    given = None if asked.history is None else tuple(filter(None, map(str.strip, asked.history.split(","))))
    return Asker(asked.user, given, request=asked.text)


def whole_from_one(text: str) -> int:
    """A whole number from 1 on."""
    return _whole(text, 1)


def whole_from_zero(text: str) -> int:
    """A whole number from 0 on."""
    return _whole(text, 0)


def number(text: str) -> float:
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
