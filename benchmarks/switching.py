"""How long a start and a change of screens take in a real browser: `python -m benchmarks.switching [--json]`.

The start: from the command that starts the server to the first list on the screen of a browser that is open already. A
change of screens: from the click on the menu until the page has run to its end and no placeholder is left on it, three
rounds through all screens. The first round, a while after the start, opens what a screen needs for the first
time, so it is told apart.
"""

from __future__ import annotations

import argparse
import json
import sys
import time

import numpy as np

from benchmarks import live

SCREENS = (
    "Compare",
    "Explain",
    "Knowledge graph",
    "New item",
    "Evaluate",
    "Data",
    "Train",
    "How it works",
    "Home",
    "Recommend",
)
ROUNDS = 3
STARTS = 3  # servers; the median is reported
READ = 15.0  # seconds that the first list is read before the first change of screens
WATCH = """link => {
  const title = document.querySelector("h1")?.innerText, start = performance.now();
  window.kgrecDone = 0;
  const look = () => {
    const state = document.querySelector("[data-testid='stApp']").getAttribute("data-test-script-state");
    const other = document.querySelector("h1") && document.querySelector("h1").innerText !== title;
    const drawn = other && state === "notRunning" && !document.querySelector("[data-testid='stSkeleton']");
    if (drawn) window.kgrecDone = performance.now() - start; else requestAnimationFrame(look);
  };
  link.click();
  look();
}"""


def start_seconds(browser: live.sync_api.Browser, dataset: str) -> float:
    """From the command to the first list."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    start = time.perf_counter()
    with live.server({}) as address:
        page.goto(f"{address}/recommend?dataset={dataset}")
        page.locator("h1").first.wait_for(timeout=live.PATIENCE)  # the heading counts the items of the list
        spent = time.perf_counter() - start
        page.close()
    return spent


def measure(browser: live.sync_api.Browser, dataset: str) -> dict[str, list[float]]:
    """Milliseconds of each round, by screen."""
    spent: dict[str, list[float]] = {name: [] for name in SCREENS}
    with live.server({}) as address:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(f"{address}/recommend?dataset={dataset}")
        live.settled(page)
        time.sleep(READ)
        for _ in range(ROUNDS):
            for name in SCREENS:
                page.locator(".st-key-menu").get_by_role("link", name=name, exact=True).evaluate(WATCH)
                page.wait_for_function("window.kgrecDone > 0", timeout=live.PATIENCE)
                spent[name].append(round(float(page.evaluate("window.kgrecDone"))))
                live.settled(page)
    return spent


def table(starts: list[float], spent: dict[str, list[float]]) -> str:
    begun = (
        f"{'start to the list':<20}{np.median(starts):>6.1f} s  budget 10 s  ({min(starts):.1f} to {max(starts):.1f})"
    )
    head = f"{'milliseconds':<20}{'first':>8}{'later':>8}   budget 1,000"
    lines = [f"{name:<20}{times[0]:>8.0f}{np.median(times[1:]):>8.0f}" for name, times in spent.items()]
    first, later = max(times[0] for times in spent.values()), max(max(times[1:]) for times in spent.values())
    return "\n".join([begun, "", head, *lines, f"{'all, slowest':<20}{first:>8.0f}{later:>8.0f}"])


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.switching", description=__doc__)
    parser.add_argument("--dataset", default="movies")
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")
    chosen = parser.parse_args()
    with live.chromium() as browser:
        starts = [start_seconds(browser, chosen.dataset) for _ in range(STARTS)]
        spent = measure(browser, chosen.dataset)
    print(json.dumps({"start_s": starts, "switch_ms": spent}, indent=2) if chosen.json else table(starts, spent))
    return 0


if __name__ == "__main__":
    sys.exit(main())
