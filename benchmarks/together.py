"""Four processes at once on one data set: one replaces it, one prepares it, one deletes it, one reads it.

    python -m benchmarks.together --rounds 20 --json

Whatever is read has to be whole: tables, key and bundle of one version each. What a process is told in a sentence, such
as that the name is in use or not there, is right; a mixture, an error that is no sentence, and anything left behind
after a round are wrong.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from multiprocessing.context import BaseContext
from multiprocessing.synchronize import Barrier, Event
from pathlib import Path
from typing import Any

from benchmarks import little_shop as shop
from kgrec_core.errors import InUseError, KgrecError
from kgrec_core.workspace import own_data

TIMES = {"replace": 10, "prepare": 8, "delete": 2}  # how often each is done in a round; the reader goes on meanwhile

PATIENCE = 300  # seconds for a round; a process that is stuck ends it


@dataclass(frozen=True)
class Round:
    home: str
    seed: int
    begin: Barrier
    over: Event  # set once all but the reader are done


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--json", action="store_true", help="print JSON")
    asked = parser.parse_args()
    found = measure(asked.rounds)
    print(json.dumps(found, indent=1) if asked.json else _words(found))
    raise SystemExit(1 if found["wrong"] else 0)


def measure(rounds: int) -> dict[str, Any]:
    """Counts of what was done and told, and each thing that was wrong in words."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["benchmarks.little_shop"])
    start, counts, wrong = time.perf_counter(), Counter[str](), []
    for seed in range(rounds):
        done, errors = _round(context, seed)
        counts.update(done)
        wrong += errors
    seconds = round(time.perf_counter() - start, 1)
    return {"rounds": rounds, "seconds": seconds, **dict(sorted(counts.items())), "wrong": wrong}


def _round(context: BaseContext, seed: int) -> tuple[Counter[str], list[str]]:
    results, counts, wrong = context.Queue(), Counter[str](), []
    with tempfile.TemporaryDirectory() as home:
        about = Round(home, seed, context.Barrier(1 + len(TIMES)), context.Event())
        workers = [context.Process(target=_work, args=(role, about, results)) for role in ("read", *TIMES)]
        for worker in workers:
            worker.start()
        for number in range(len(workers)):
            if number == len(TIMES):
                about.over.set()
            done, errors = results.get(timeout=PATIENCE)
            counts.update(done)
            wrong += errors
        for worker in workers:
            worker.join(PATIENCE)
            wrong += [f"a process ended with {worker.exitcode}"] if worker.exitcode else []
    return counts, wrong


def _work(role: str, about: Round, results: Any) -> None:
    os.environ["KGREC_HOME"] = about.home
    done, wrong, draw = Counter[str](), [], random.Random(f"{about.seed} {role}")
    acts: dict[str, Callable[[], object]] = {
        "replace": lambda: shop.put(draw.randint(2, 9), keep_user_ids=draw.random() < 0.3),
        "prepare": shop.train,
        "delete": shop.delete,
        "read": lambda: (shop.whole_data(), shop.whole_bundle()),
    }
    with shop.stand_ins():
        about.begin.wait()
        while not about.over.is_set() if role == "read" else sum(done.values()) < TIMES[role]:
            done[_outcome(role, acts[role], wrong)] += 1
            time.sleep(draw.random() * (0.01 if role == "read" else 0.1))
        if role == "read":
            wrong += _left_behind(Path(about.home))
    results.put((done, wrong))


def _outcome(role: str, act: Callable[[], object], wrong: list[str]) -> str:
    try:
        act()
        return f"{role}: done"
    except InUseError:
        return f"{role}: told that it is in use"
    except KgrecError:
        return f"{role}: told that it is not there"
    except Exception:
        wrong.append(f"{role}: {traceback.format_exc(limit=-4)}")
        return f"{role}: wrong"


def _left_behind(home: Path) -> list[str]:
    """Once all is over: what is in force is whole, and a sweep finds nothing to remove that was not removed."""
    wrong: list[str] = []
    before = shop.leavings(home)
    _outcome("after all", partial(lambda: (shop.whole_data(), shop.whole_bundle())), wrong)
    own_data.sweep()
    return wrong + [f"left behind: {each}" for each in {*before, *shop.leavings(home)}]


def _words(found: dict[str, Any]) -> str:
    counts = [f"{name}: {count}" for name, count in found.items() if isinstance(count, int)]
    return "\n".join([*counts, f"{len(found['wrong'])} wrong", *found["wrong"]])


if __name__ == "__main__":
    main()
