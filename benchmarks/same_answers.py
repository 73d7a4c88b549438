"""Whether two versions of the code answer alike: `write` keeps answers of the command line, `compare` tells them apart.

python -m benchmarks.same_answers write FOLDER [--datasets movies storefront] [--evaluate]
python -m benchmarks.same_answers compare BEFORE AFTER

Write with each version, on the same machine and for the same prepared data, then compare. Times are left out; numbers
may differ by 1e-6, or by 1e-6 of their size where they are above 1.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import io
import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path

from kgrec_core import service
from kgrec_core.__main__ import main as command

PEOPLE = 8  # at even steps through the data set
CLOSE = 1e-6
TIMES = {"ms", "seconds"}
REQUESTS = {
    "movies": ("a French film by Luc Besson", "funny films, but no musicals", "something with dinosaurs"),
    "storefront": ("a cheap waterproof jacket", "something blue, but no shoes", "works with my camera"),
}


def commands(name: str, evaluate: bool) -> Iterator[list[str]]:
    """What is typed: for stored people, for visitors with likes, and for those who say what they want."""
    opened = service.open(name)
    users, items = opened.users(), opened.items()
    for user in users[:: max(len(users) // PEOPLE, 1)][:PEOPLE]:
        yield from _about(name, ["--user", user.user_id])
        yield from _about(name, ["--user", user.user_id, "--text", REQUESTS[name][0]])
    likes = ",".join(item.item_id for item in items[:: max(len(items) // 6, 1)][:6])
    yield from _about(name, ["--history", likes])
    for request in REQUESTS[name]:
        yield from _about(name, ["--text", request])
        yield from _about(name, ["--history", likes, "--text", request])
    if evaluate:
        yield ["evaluate", name, "--seeds", "1", "--json"]


def _about(name: str, whom: list[str]) -> Iterator[list[str]]:
    yield ["recommend", name, *whom, "--json"]
    ids = [row["item_id"] for row in answer(["recommend", name, *whom, "--k", "40", "--json"])["items"]]
    yield from (["explain", name, *whom, "--item", item, "--json"] for item in (ids[0], ids[7]))
    yield ["why-not", name, *whom, "--item", ids[30], "--json"]


def answer(words: list[str]) -> dict[str, object]:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        if status := command(words):
            raise SystemExit(f"{' '.join(words)} ended with {status}")
    return json.loads(printed.getvalue())


def write(folder: Path, names: list[str], evaluate: bool) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    service.open = functools.cache(service.open)  # a data set is opened once, not with every command
    for name in names:
        found = {" ".join(words): answer(words) for words in commands(name, evaluate)}
        (folder / f"{name}.json").write_text(json.dumps(found, indent=1))
        print(f"{name}: {len(found)} answers", file=sys.stderr)


def differences(before: object, after: object, place: str = "") -> Iterator[str]:
    match before, after:
        case dict(), dict():
            for key in sorted(before.keys() | after.keys()):
                if key in TIMES:
                    continue
                if key not in before or key not in after:
                    yield f"{place}/{key}: only {'after' if key in after else 'before'}"
                else:
                    yield from differences(before[key], after[key], f"{place}/{key}")
        case list(), list():
            if len(before) != len(after):
                yield f"{place}: {len(before)} entries before, {len(after)} after"
            for number, pair in enumerate(zip(before, after, strict=False)):
                yield from differences(*pair, f"{place}[{number}]")
        case (float() | int(), float() | int()) if not isinstance(before, bool):
            if not math.isclose(before, after, rel_tol=CLOSE, abs_tol=CLOSE):
                yield f"{place}: {before!r} before, {after!r} after"
        case _:
            if before != after:
                yield f"{place}: {before!r} before, {after!r} after"


def compare(before: Path, after: Path) -> int:
    total = 0
    for file in sorted(before.glob("*.json")):
        old, new = (json.loads((folder / file.name).read_text()) for folder in (before, after))
        found = list(differences(old, new))
        total += len(found)
        print(f"{file.stem}: {len(old)} answers, {len(found)} differences")
        print(*(f"  {line[:300]}" for line in found[:20]), sep="\n", end="\n" if found else "")
    return 1 if total else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    modes = parser.add_subparsers(dest="mode", required=True)
    writing = modes.add_parser("write")
    writing.add_argument("folder", type=Path)
    writing.add_argument("--datasets", nargs="+", default=["movies", "storefront"])
    writing.add_argument("--evaluate", action="store_true", help="the quality table too, one seed: minutes")
    comparing = modes.add_parser("compare")
    comparing.add_argument("before", type=Path)
    comparing.add_argument("after", type=Path)
    asked = parser.parse_args()
    if asked.mode == "compare":
        return compare(asked.before, asked.after)
    write(asked.folder, asked.datasets, asked.evaluate)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
