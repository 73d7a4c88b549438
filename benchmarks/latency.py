"""Start, answer times and memory of the library on a prepared data set: `python -m benchmarks.latency [--json]`."""

from __future__ import annotations

import argparse
import json
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

import numpy as np
import torch
from tqdm import tqdm

from kgrec_core import service
from kgrec_core.errors import KgrecError

K = 10
WARM_UP = 5  # users asked before the clock starts; they are not measured
STARTS = 3  # fresh processes; the median is reported
FIRST_ANSWER = """
import sys
from kgrec_core import service
opened = service.open(sys.argv[1])
opened.recommend(opened.users()[0].user_id, k=10)
"""
BUDGETS = {"start_s": 10.0, "recommend": 50.0, "explain": 500.0, "memory_mib": 1536.0}


@dataclass(frozen=True)
class Times:
    """Percentiles of one kind of answer, in milliseconds."""

    p50: float
    p95: float

    @classmethod
    def of(cls, milliseconds: Sequence[float]) -> Times:
        p50, p95 = np.percentile(milliseconds, [50, 95])
        return cls(round(float(p50), 2), round(float(p95), 2))


@dataclass(frozen=True)
class Report:
    """Explanations are of each user's first recommended item, with k = 10."""

    dataset: str
    users: int
    start_s: float  # from a new Python process to its first ten recommendations, wall clock
    recommend_ms: Times
    explain_ms: Times
    memory_mib: float  # peak of this process, which has no Streamlit in it
    python: str
    torch: str
    threads: int


def measure(dataset: str, users: int) -> Report:
    opened = service.open(dataset)
    chosen = _spread([card.user_id for card in opened.users()], users + WARM_UP)
    tops: dict[str, str] = {}

    def recommend(user: str) -> None:
        tops[user] = opened.recommend(user, k=K).items[0].item.item_id

    def explain(user: str) -> None:
        opened.explain(user, tops[user], k=K)

    recommending = _clock("recommend", recommend, chosen)
    explaining = _clock("explain", explain, chosen)
    memory = _peak_mib()
    return Report(
        dataset=dataset,
        users=len(chosen) - _warm_up(chosen),
        start_s=round(statistics.median(_start_seconds(dataset) for _ in range(STARTS)), 2),
        recommend_ms=recommending,
        explain_ms=explaining,
        memory_mib=memory,
        python=platform.python_version(),
        torch=torch.__version__,
        threads=torch.get_num_threads(),
    )


def table(report: Report) -> str:
    """The report as aligned rows: what, measured, budget."""
    rows = [
        ("start to first recommendations", f"{report.start_s:.1f} s", f"{BUDGETS['start_s']:.0f} s"),
        ("recommend, p50", f"{report.recommend_ms.p50:.1f} ms", ""),
        ("recommend, p95", f"{report.recommend_ms.p95:.1f} ms", f"{BUDGETS['recommend']:.0f} ms"),
        ("explain, p50", f"{report.explain_ms.p50:.0f} ms", ""),
        ("explain, p95", f"{report.explain_ms.p95:.0f} ms", f"{BUDGETS['explain']:.0f} ms"),
        ("peak memory, without Streamlit", f"{report.memory_mib:.0f} MiB", f"{BUDGETS['memory_mib']:.0f} MiB"),
    ]
    head = (
        f"{report.dataset}: {report.users} users, k = {K}, warm · Python {report.python}, "
        f"torch {report.torch}, {report.threads} threads"
    )
    lines = [f"{what:<32}{seen:>12}{budget:>12}" for what, seen, budget in [("", "measured", "budget"), *rows]]
    return "\n".join([head, *lines])


def _spread(names: Sequence[str], count: int) -> list[str]:
    """`count` names (or all) at even steps, so that long and short histories are both met."""
    picks = np.unique(np.linspace(0, len(names) - 1, min(count, len(names))).astype(int))
    return [names[pick] for pick in picks]


def _clock(what: str, ask: Callable[[str], None], users: Sequence[str]) -> Times:
    spent = []
    for user in tqdm(users, desc=what, disable=None):
        start = time.perf_counter()
        ask(user)
        spent.append(1000 * (time.perf_counter() - start))
    return Times.of(spent[_warm_up(users) :])


def _warm_up(users: Sequence[str]) -> int:
    return min(WARM_UP, len(users) // 2)  # a tiny data set has few to spare


def _start_seconds(dataset: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", FIRST_ANSWER, dataset], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def _peak_mib() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (2**20 if sys.platform == "darwin" else 2**10), 1)  # macOS counts bytes, Linux KiB


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.latency", description=__doc__)
    parser.add_argument("--dataset", default="movies")
    parser.add_argument("--users", type=int, default=100, help="how many users to ask (default 100)")
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")
    chosen = parser.parse_args()
    if chosen.users < 1:
        parser.error(f"--users is {chosen.users}; choose 1 or more.")
    try:
        report = measure(chosen.dataset, chosen.users)
    except KgrecError as error:
        print(error, file=sys.stderr)
        return 2
    print(json.dumps(asdict(report), indent=2) if chosen.json else table(report))
    return 0


if __name__ == "__main__":
    sys.exit(main())
