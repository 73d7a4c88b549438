"""Twenty people at once on one running app: `python -m benchmarks.load [--json]`.

Each person is a session of their own, over the same websocket and messages that a browser uses. They open Recommend by
a link, read for a while, and ask for someone else's list, never one that was made before. Counted are the time that the
library takes for a list, the time until the list is on the screen and until the whole page is, and the server's memory.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks import live
from benchmarks.latency import Times
from kgrec_core import service

PAGE = "recommend"
MADE_IN = re.compile(r"Computed in (\d+) ms")  # below the list, in the depth Analyst
BUDGETS = {"list_ms": 500.0, "memory_mib": 3072.0}


@dataclass
class Spent:
    """Milliseconds of each request, in the order in which they ended."""

    made: list[float] = field(default_factory=list)  # by the library, as the page says
    listed: list[float] = field(default_factory=list)  # until the last line of the list has arrived
    whole: list[float] = field(default_factory=list)  # until the run of the page has ended


@dataclass(frozen=True)
class Report:
    dataset: str
    sessions: int
    asked: int  # lists after the first of each session
    pause_s: float  # mean time between a list and the next question of the same person
    list_ms: Times  # to make a list, in the server
    shown_ms: Times  # from the question to the list on the screen
    page_ms: Times  # from the question to the whole page, reasons and graph included
    memory_mib: float  # peak of the server


async def visit(address: str, users: Iterator[str], rounds: int, pause: float, dataset: str, spent: Spent) -> None:
    """One person: the first list is not counted, as it opens the session."""
    socket = f"{address.replace('http', 'ws', 1)}/_stcore/stream"
    async with websockets.connect(socket, subprotocols=["streamlit"], max_size=None) as wire:
        await _ask(wire, next(users), dataset, None)
        for _ in range(rounds):
            await asyncio.sleep(random.expovariate(1 / pause) if pause else 0)
            await _ask(wire, next(users), dataset, spent)


async def _ask(wire: websockets.ClientConnection, user: str, dataset: str, spent: Spent | None) -> None:
    question = BackMsg()
    question.rerun_script.query_string = urlencode({"dataset": dataset, "user": user, "depth": "Analyst"})
    question.rerun_script.page_name = PAGE
    start = time.perf_counter()
    await wire.send(question.SerializeToString())
    async for packet in wire:
        message, now = ForwardMsg(), 1000 * (time.perf_counter() - start)
        message.ParseFromString(packet)
        body = message.delta.new_element.markdown.body
        if spent is not None and (made := MADE_IN.search(body)):
            spent.made.append(float(made[1]))
            spent.listed.append(now)
        if message.WhichOneof("type") == "script_finished":
            if message.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                raise RuntimeError(f"The page for {user} ended with {message.script_finished}.")
            if spent is not None:
                spent.whole.append(now)
            return


async def crowd(address: str, users: list[str], sessions: int, rounds: int, pause: float, dataset: str) -> Spent:
    spent, names = Spent(), iter(users)
    await visit(address, names, 1, 0.0, dataset, Spent())  # opens the data set
    await asyncio.gather(*(visit(address, names, rounds, pause, dataset, spent) for _ in range(sessions)))
    return spent


def peak_mib(process: int) -> float:
    """VmHWM, the most memory that a process had; Linux only."""
    status = Path(f"/proc/{process}/status").read_text()
    return round(int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 2**10, 1)  # type: ignore[index]


def measure(dataset: str, sessions: int, rounds: int, pause: float) -> Report:
    users = [card.user_id for card in service.open(dataset).users()]
    random.Random(0).shuffle(users)
    wanted = 2 + sessions * (1 + rounds)
    if wanted > len(users):
        raise SystemExit(f"{wanted} lists are asked for and there are {len(users)} users; fewer sessions or rounds.")
    with live.process({}) as (address, server):
        spent = asyncio.run(crowd(address, users, sessions, rounds, pause, dataset))
        memory = peak_mib(server.pid)
    times = [Times.of(each) for each in (spent.made, spent.listed, spent.whole)]
    return Report(dataset, sessions, len(spent.whole), pause, *times, memory)


def table(report: Report) -> str:
    rows = [
        ("make a list, p50 and p95", report.list_ms, f"{BUDGETS['list_ms']:.0f} ms"),
        ("list on the screen, p50 and p95", report.shown_ms, ""),
        ("whole page, p50 and p95", report.page_ms, ""),
    ]
    head = (
        f"{report.dataset}: {report.sessions} sessions at once, {report.asked} lists, {report.pause_s:g} s to read each"
    )
    lines = [f"{what:<36}{spent.p50:>8.0f}{spent.p95:>8.0f} ms{budget:>12}" for what, spent, budget in rows]
    memory = f"{report.memory_mib:.0f} MiB"
    return "\n".join([head, *lines, f"{'peak memory of the server':<36}{memory:>19}{BUDGETS['memory_mib']:>8.0f} MiB"])


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    parser.add_argument("--dataset", default="movies")
    parser.add_argument("--sessions", type=int, default=20, help="people at once (default 20)")
    parser.add_argument("--rounds", type=int, default=10, help="lists that each of them asks for (default 10)")
    parser.add_argument("--pause", type=float, default=10.0, help="mean seconds of reading between two (default 10)")
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")
    chosen = parser.parse_args()
    report = measure(chosen.dataset, chosen.sessions, chosen.rounds, chosen.pause)
    print(json.dumps(asdict(report), indent=2) if chosen.json else table(report))
    return 0


if __name__ == "__main__":
    sys.exit(main())
