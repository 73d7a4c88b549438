"""Arguments of the command line: numbers with their limits, and errors that say what was expected."""

from __future__ import annotations

import argparse
import math
from typing import NoReturn

from kgrec_core.errors import KgrecError


class Parser(argparse.ArgumentParser):
    """Raises KgrecError for a wrong command, so that it is told like every other error."""

    def error(self, message: str) -> NoReturn:
        raise KgrecError(f"{message.removeprefix('argument ')}. `{self.prog} -h` shows what there is.")


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
