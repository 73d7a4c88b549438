"""From dropped files to a list with reasons in a real browser, with the keyboard alone, and the seconds of each step:
`python -m benchmarks.bring_journey [--json]`.

On the way the plan is changed once: one column is left out. Files are chosen as the system's own dialog does it.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from playwright import sync_api

from benchmarks import live
from kgrec_core.workspace import sample_shop

TRAINED = 300_000  # milliseconds to wait on a busy machine
MOST_TABS = 150


class Journey:
    """One person at the keyboard. seconds: of each step, from the drop on."""

    def __init__(self, page: sync_api.Page) -> None:
        self.page = page
        self.seconds: dict[str, float] = {}
        self._since = time.perf_counter()

    def done(self, step: str) -> None:
        now = time.perf_counter()
        self.seconds[step] = round(now - self._since, 2)
        self._since = now

    def to(self, target: sync_api.Locator) -> None:
        """Presses Tab until the target has the focus. Raises TimeoutError where it never gets it."""
        target.wait_for()
        for _ in range(MOST_TABS):
            if target.evaluate("node => node === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise TimeoutError(f"The Tab key does not lead to {target}.")

    def press(self, target: sync_api.Locator) -> None:
        self.to(target)
        self.page.keyboard.press("Enter")

    def choose(self, label: str, words: str) -> None:
        """Chooses an option of a select by its first words."""
        self.to(self.page.get_by_role("combobox", name=label, exact=True).first)
        self.page.keyboard.type(words)
        self.page.get_by_role("option", name=words).first.wait_for()
        self.page.keyboard.press("Enter")


def walk(page: sync_api.Page, address: str, files: Sequence[Path], column: str) -> Mapping[str, float]:
    """Seconds by step, from the drop of the files to the first reason. column: of the open table, to be left out."""
    page.goto(f"{address}/data")
    live.settled(page)
    journey = Journey(page)
    page.locator("input[type=file]").first.set_input_files([str(file) for file in files])
    page.get_by_text("Does this look right?").wait_for()
    live.settled(page)
    journey.done("read")
    journey.choose("Change a column", column)
    journey.choose("It is", "left out")
    page.get_by_role("button", name="Back to how it was read").wait_for()
    journey.done("changed")
    journey.press(page.get_by_role("button", name="Check the files"))
    page.get_by_text("These files can be used").wait_for()
    journey.done("checked")
    journey.to(page.get_by_role("textbox", name="Title"))
    page.keyboard.type("Shop")
    page.keyboard.press("Enter")
    page.locator(".st-key-own_save button:enabled").wait_for()
    journey.press(page.get_by_role("button", name="Save the data set"))
    page.get_by_role("button", name="Start training").wait_for()
    journey.done("saved")
    journey.press(page.get_by_role("button", name="Start training"))
    page.get_by_role("link", name="Open the app on it").wait_for(timeout=TRAINED)
    journey.done("trained")
    journey.press(page.get_by_role("link", name="Open the app on it"))
    page.locator(".st-key-why_1 button").wait_for()
    page.get_by_role("heading", name="Why", exact=False).first.wait_for()
    journey.done("reasons")
    return {**journey.seconds, "all": round(sum(journey.seconds.values()), 2)}


def main(as_json: bool) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        files = []
        for name, text in sample_shop.sample_files().items():
            files.append(folder / name)
            files[-1].write_text(text, "utf-8")
        with live.server({"KGREC_HOME": str(folder / "home")}) as address, live.chromium() as browser:
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.set_default_timeout(live.PATIENCE)
            found = walk(page, address, files, "date")
    print(json.dumps(found) if as_json else "\n".join(f"{step:10} {seconds:7.2f} s" for step, seconds in found.items()))


if __name__ == "__main__":
    main("--json" in sys.argv[1:])
