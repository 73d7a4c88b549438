"""A data set is deleted in one window while another one shows it: the other says so, in words, at the next click."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from benchmarks.live import CHROMIUM, PATIENCE, server, settled  # noqa: E402
from kgrec_core.workspace import own_data  # noqa: E402
from tests.own_tables import write_shop  # noqa: E402

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None, reason="no chromium on this machine; install it with `apt-get install chromium`"
    ),
]
SCREENS = {  # what is clicked there: each runs a part of the page alone
    "recommend?user=u0": ".st-key-why_2 button",
    "explain?user=u0&tab=What%20if": ".st-key-all_on button",
    "graph?user=u0": ".st-key-view_picker button:has-text('Numbers')",
}


@pytest.fixture
def home(tiny_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, in which `tiny` is somebody's own data set, which can be deleted."""
    place = tmp_path / "home"
    shutil.copytree(tiny_home, place)
    monkeypatch.setenv("KGREC_HOME", str(place))
    tables = tmp_path / "tables"
    tables.mkdir()
    own_data.import_files("tiny", [own_data.Given(file) for file in write_shop(tables)])
    return place


@pytest.fixture
def running(home: Path) -> Iterator[str]:
    with server({"KGREC_HOME": str(home)}) as address:
        yield address


@pytest.mark.slow
def test_every_window_that_still_shows_it_says_what_to_do_next(running: str, browser: Any) -> None:
    windows = {screen: browser.new_page(viewport={"width": 1280, "height": 900}) for screen in SCREENS}
    for screen, page in windows.items():
        page.set_default_timeout(PATIENCE)
        page.goto(f"{running}/{screen}&dataset=tiny")
        settled(page)
    other = browser.new_page()
    other.set_default_timeout(PATIENCE)
    other.goto(f"{running}/data")
    other.locator(".st-key-own_delete_tiny button").click()
    other.locator(".st-key-own_delete_sure button").click()
    other.locator(".st-key-own_delete_tiny").wait_for(state="detached")
    for screen, page in windows.items():
        page.locator(SCREENS[screen]).first.click()
        page.get_by_text("is not here any more").first.wait_for()
        assert page.locator("[data-testid='stException'], a[href*='google'], a[href*='chatgpt']").count() == 0
        page.close()
    other.close()


@pytest.mark.slow
def test_after_a_delete_the_focus_is_on_undo_and_enter_brings_it_back(running: str, browser: Any) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(PATIENCE)
    page.goto(f"{running}/data")
    settled(page)
    page.locator(".st-key-own_delete_tiny button").click()
    page.locator(".st-key-own_delete_sure button").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.closest('.st-key-own_undo_tiny') !== null")
    page.keyboard.press("Enter")
    page.get_by_text("is back as it was").wait_for()
    page.locator(".st-key-own_delete_tiny button").wait_for()
    page.close()
