"""How many files of the library a call crosses, and how often it goes from one to another.

python -m benchmarks.files_crossed [--dataset movies] [--json]

Counted with `sys.setprofile` over all of `kgrec_core`, on a second call, when what is made once is made. A function
that is called, or resumed, in another file than the one before it is a move.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import kgrec_core
from kgrec_core import service

ROOT = str(Path(kgrec_core.__file__).parent)


@dataclass(frozen=True, slots=True)
class Crossed:
    """files: of the library, in the order in which they are first met · moves: from one of them to another"""

    files: tuple[str, ...]
    moves: int


def crossed(call: Callable[[], object]) -> Crossed:
    files, moves, last = dict[str, None](), 0, ""

    def follow(frame: FrameType, event: str, _: Any) -> None:
        nonlocal moves, last
        file = frame.f_code.co_filename
        if event == "call" and file.startswith(ROOT):
            moves += bool(last) and file != last
            files[file.removeprefix(ROOT).lstrip("/")] = None
            last = file

    sys.setprofile(follow)
    try:
        call()
    finally:
        sys.setprofile(None)
    return Crossed(tuple(files), moves)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.files_crossed", description=__doc__)
    parser.add_argument("--dataset", default="movies")
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")
    chosen = parser.parse_args()
    opened = service.open(chosen.dataset)
    first, user, other = (card.user_id for card in opened.users()[:3])
    items = {each: opened.recommend(each).items[0].item.item_id for each in (first, user)}
    opened.explain(first, items[first])
    calls = {
        "recommend": lambda: opened.recommend(other),
        "explain": lambda: opened.explain(user, items[user]),
    }
    found = {name: crossed(call) for name, call in calls.items()}
    if chosen.json:
        print(json.dumps({name: {"files": each.files, "moves": each.moves} for name, each in found.items()}, indent=2))
        return 0
    for name, each in found.items():
        print(f"{name}: {len(each.files)} files, {each.moves} moves")
        print(*(f"  {file}" for file in each.files), sep="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
