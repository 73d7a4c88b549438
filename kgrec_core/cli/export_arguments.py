"""--export: somebody's own history from a service, as the visitor that a command is asked for."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kgrec_core.errors import DataError, KgrecError
from kgrec_core.schema.asker import Asker
from kgrec_core.schema.personal_history import ExportEntry, ExportMatch, FoundEntry, OnePersonHistory
from kgrec_core.schema.requests import NO_WISHES, Wishes
from kgrec_core.service import Service
from kgrec_core.workspace import history_files
from kgrec_core.workspace.own_data import Given

ALL = "all"  # of --confirm
_SHOWN = 8  # titles of a kind that are printed


@dataclass(frozen=True, slots=True)
class AskingVisitor:
    """Who asks, and what came of their export. match: None where none was given"""

    asker: Asker
    match: ExportMatch | None = None
    wishes: Wishes = NO_WISHES

    def told(self, answer: dict[str, Any]) -> dict[str, Any]:
        """The answer as JSON, with what was found of the export."""
        return answer if self.match is None else {**answer, "export": _as_json(self.match)}


def add_export(command: argparse.ArgumentParser) -> None:
    """What `read_history` and `visit` read."""
    command.add_argument(
        "--export",
        nargs="+",
        type=Path,
        default=[],
        metavar="F",
        help=f"your own history, as {history_files.SERVICES} export it; nothing of it is stored",
    )
    command.add_argument(
        "--confirm", default="", help="of its unsure titles those that are right: ids of items with commas, or all"
    )


def read_history(asked: argparse.Namespace) -> OnePersonHistory | None:
    """The export that was named, None for none. Raises KgrecError for one beside --user, DataError for its files."""
    if not asked.export:
        if asked.confirm:
            raise KgrecError("--confirm is about --export F. Name the files of the export too.")
        return None
    if asked.user is not None:
        raise KgrecError("--export is the history of a visitor, and --user somebody of the data. Give one of them.")
    return history_files.read_history([Given(path) for path in asked.export])


def visit(asked: argparse.Namespace, asker: Asker, history: OnePersonHistory | None, opened: Service) -> AskingVisitor:
    """The visitor with what was found of their export. Raises DataError where nothing of it is in the data set."""
    if history is None:
        return AskingVisitor(asker)
    match = opened.match_export(history)
    confirmed = {each.item_id for each in match.unsure}
    if asked.confirm != ALL:
        confirmed &= set(map(str.strip, asked.confirm.split(",")))
    brought = match.brought(confirmed)
    if not (brought.likes or brought.dislikes or brought.seen):
        known = f" {len(match.unsure)} are unsure; --confirm all takes them." if match.unsure else ""
        raise DataError(
            f"{match.sentence[:-1]} in {asked.name}, so there is nothing to recommend by.{known} "
            f"Choose a data set with such {match.items}: `python -m kgrec_core datasets`."
        )
    likes = tuple(dict.fromkeys((*(asker.history or ()), *brought.likes)))
    whole = Asker(
        None, likes, dislikes=tuple(one for one in brought.dislikes if one not in likes), request=asker.request
    )
    return AskingVisitor(whole, match, Wishes(left_out=brought.seen))


def print_match(match: ExportMatch | None, confirmed: str) -> None:
    """Prints how much was found, what is to be confirmed, and what is missing; nothing without an export."""
    if match is None:
        return
    print(f"{match.source}: {match.sentence}")
    for note in match.notes:
        print(f"  {note}")
    if match.unsure and confirmed != ALL:
        print("  To confirm, with --confirm and their ids, or --confirm all:")
        _print_some([f"{each.entry.shown} = {each.title}? [{each.item_id}] {each.why}" for each in match.unsure])
    if match.missing:
        print(f"  Not among these {match.items}: ", end="")
        names = [entry.shown or next(iter(entry.ids.values()), "") for entry in match.missing]
        more = f" and {len(names) - _SHOWN:,} more" if len(names) > _SHOWN else ""
        print("; ".join(names[:_SHOWN]) + more)
    print()
    sys.stdout.flush()


def _print_some(lines: Sequence[str]) -> None:
    for line in lines[:_SHOWN]:
        print(f"    {line}")
    if len(lines) > _SHOWN:
        print(f"    and {len(lines) - _SHOWN:,} more, which --json lists")


def _as_json(match: ExportMatch) -> dict[str, Any]:
    return {
        "source": match.source,
        "sentence": match.sentence,
        "found": [_row(each) for each in match.found],
        "unsure": [_row(each) for each in match.unsure],
        "missing": [_entry(each) for each in match.missing],
        "notes": list(match.notes),
    }


def _row(found: FoundEntry) -> dict[str, Any]:
    about = {"item_id": found.item_id, "item": found.title, "why": found.why}
    return {**_entry(found.entry), **about, "opinion": found.entry.opinion}


def _entry(entry: ExportEntry) -> dict[str, Any]:
    return {
        "title": entry.title,
        "year": entry.year,
        "maker": entry.maker,
        "rating": entry.rating,
        "times": entry.times,
    }
