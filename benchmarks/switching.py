"""How long it takes to switch screens in a real browser: `python -m benchmarks.switching [--json]`.

From the click on the menu until the page has run to its end and no placeholder is left on it, three rounds through all
screens. The first round opens what a screen needs for the first time, so it is told apart.
"""

from __future__ import annotations

import argparse
import json
import sys

import numpy as np

from benchmarks import live

SCREENS = (
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


def measure(dataset: str) -> dict[str, list[float]]:
    """Milliseconds of each round, by screen."""
    spent: dict[str, list[float]] = {name: [] for name in SCREENS}
    with live.server({}) as address, live.chromium() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(f"{address}/recommend?dataset={dataset}")
        live.settled(page)
        for _ in range(ROUNDS):
            for name in SCREENS:
                page.locator(".st-key-menu").get_by_role("link", name=name, exact=True).evaluate(WATCH)
                page.wait_for_function("window.kgrecDone > 0", timeout=live.PATIENCE)
                spent[name].append(round(float(page.evaluate("window.kgrecDone"))))
                live.settled(page)
    return spent


def table(spent: dict[str, list[float]]) -> str:
    head = f"{'milliseconds':<20}{'first':>8}{'later':>8}   budget 1,000"
    lines = [f"{name:<20}{times[0]:>8.0f}{np.median(times[1:]):>8.0f}" for name, times in spent.items()]
    later = [time for times in spent.values() for time in times[1:]]
    return "\n".join([head, *lines, f"{'all, slowest':<20}{'':>8}{max(later):>8.0f}"])


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.switching", description=__doc__)
    parser.add_argument("--dataset", default="movies")
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")
    chosen = parser.parse_args()
    spent = measure(chosen.dataset)
    print(json.dumps(spent, indent=2) if chosen.json else table(spent))
    return 0


if __name__ == "__main__":
    sys.exit(main())
