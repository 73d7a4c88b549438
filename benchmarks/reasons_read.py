"""Reasons to be read aloud: `python -m benchmarks.reasons_read FOLDER... [--k 5] [--people 1] [--json]`.

Each folder is imported with nothing said about it, prepared and asked for a few people who liked the most that is
usual; printed are the counts, the processor seconds of import and of preparing, and the reasons, one a line. Data sets
are called "read-" and the folder's name, in $KGREC_HOME, and an older one of that name is replaced. Set
OMP_NUM_THREADS=1 for seconds of one thread.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

from kgrec_core import service
from kgrec_core.errors import KgrecError
from kgrec_core.schema.cards import UserCard
from kgrec_core.workspace import own_data, registry

Given = TypeVar("Given")


@dataclass(frozen=True)
class Asked:
    """One person: how many they liked, the taste line of their card, the list with its reasons."""

    liked: int
    taste: str
    lines: tuple[str, ...]  # title, then its reason


@dataclass(frozen=True)
class Read:
    """One folder. Seconds are of the processor."""

    folder: str
    users: int = 0
    items: int = 0
    interactions: int = 0
    facts: int = 0
    called: str = ""  # what items are called
    imported_s: float = 0.0
    prepared_s: float = 0.0
    asked: tuple[Asked, ...] = ()
    refused: str = ""


def read(folder: Path, k: int, people: int) -> Read:
    name = f"read-{own_data.short_name(folder.name)}"
    try:
        report, imported = _timed(lambda: own_data.import_files(name, [own_data.Given(folder)], replace=True))
        if not report.ok:
            return Read(folder.name, refused=report.findings[0].what)
        _, prepared = _timed(lambda: registry.prepare(name))
        opened = service.open(name)
    except KgrecError as error:
        return Read(folder.name, refused=str(error))
    counts = (report.users, report.items, report.interactions, report.triples)
    asked = tuple(_asked(opened, card.user_id, k) for card in _usual(opened, people))
    return Read(folder.name, *counts, opened.domain.items, round(imported, 1), round(prepared, 1), asked)


def _usual(opened: service.Service, people: int) -> Sequence[UserCard]:
    """People around the middle of all, by how many items they liked."""
    cards = sorted(opened.users(), key=lambda card: (card.liked, card.user_id))
    middle = max(0, len(cards) // 2 - people // 2)
    return cards[middle : middle + people]


def _asked(opened: service.Service, user: str, k: int) -> Asked:
    card = next(card for card in opened.users() if card.user_id == user)
    rows = opened.recommend(user, k).items
    return Asked(card.liked, card.taste, tuple(f"{row.item.title}: {row.reason}" for row in rows))


def _timed(act: Callable[[], Given]) -> tuple[Given, float]:
    """What `act` gives, and the processor seconds that it took."""
    start = time.process_time()
    return act(), time.process_time() - start


def as_markdown(rows: Sequence[Read]) -> str:
    head = "| data | users, items, interactions, facts | called | import | prepare |\n|---|---|---|---|---|"
    return "\n".join([head, *map(_row, rows), *map(_reasons, rows)])


def _row(row: Read) -> str:
    if row.refused:
        return f"| {row.folder} | refused | | | |"
    counts = f"{row.users:,}, {row.items:,}, {row.interactions:,}, {row.facts:,}"
    return f"| {row.folder} | {counts} | {row.called} | {row.imported_s} s | {row.prepared_s} s |"


def _reasons(row: Read) -> str:
    lines = [f"\n**{row.folder}**" + (f": {row.refused}" if row.refused else "")]
    for person in row.asked:
        lines += [f"\nSomebody who liked {person.liked}: {person.taste}\n", *(f"- {line}" for line in person.lines)]
    return "\n".join(lines)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("folder", nargs="+", type=Path)
    arguments.add_argument("--k", type=int, default=5)
    arguments.add_argument("--people", type=int, default=1)
    arguments.add_argument("--json", action="store_true")
    given = arguments.parse_args()
    found = []
    for folder in given.folder:
        print(folder, file=sys.stderr, flush=True)
        found.append(read(folder, given.k, given.people))
    print(
        json.dumps([asdict(row) for row in found], ensure_ascii=False, indent=1) if given.json else as_markdown(found)
    )
