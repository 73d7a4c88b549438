"""An owner with nothing gets to a link that others open: sample shop, training, summary, tour, list, copied link."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from benchmarks.live import CHROMIUM, server, settled  # noqa: E402
from tests.browsing import Visit  # noqa: E402

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None, reason="no chromium on this machine; install it with `apt-get install chromium`"
    ),
]
TRAINED = 600_000  # milliseconds to wait on a busy machine
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[str]:
    """The address of an app that has no data of anyone yet."""
    with server({"KGREC_HOME": str(tmp_path / "home"), "TMPDIR": str(tmp_path)}) as running:
        yield running


@pytest.mark.slow
@pytest.mark.parametrize("visit", ["light"], indirect=True)
def test_an_owner_gets_from_nothing_to_a_link_that_somebody_else_opens(empty: str, visit: Visit, browser: Any) -> None:
    page = visit.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(empty)
    page.get_by_role("link", name="Try it with a sample shop instead").click()
    page.locator(".st-key-own_sample_train button").click()
    page.get_by_text("In short: what came of it").wait_for(timeout=TRAINED)
    page.locator(".st-key-summary_words").wait_for()
    settled(page)
    summary = page.locator(".st-key-summary_words").inner_text()
    assert "people and" in summary and "come up in the first 10" in summary and "Lists are driven most by" in summary
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate(SIDEWAYS) <= 0
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("link", name="See this list").first.click()
    page.locator(".st-key-why_1 button").wait_for()
    settled(page)
    page.locator(".st-key-share_list button").click()
    page.get_by_role("button", name="Copy link").click()
    page.get_by_text("Copied.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    other = Visit(browser.new_page())
    other.page.goto(copied)
    settled(other.page)
    first = ".st-key-title_1"
    assert other.page.locator(first).inner_text() == page.locator(first).inner_text()
    assert visit.outside() == other.outside() == [] and visit.errors() == other.errors() == []
    other.page.close()


@pytest.mark.slow
@pytest.mark.parametrize("visit", ["light"], indirect=True)
@pytest.mark.parametrize("width", [1280, 390])
def test_the_tour_is_walked_there_and_back_by_the_keyboard_and_ends_at_ones_own_data(
    width: int, address: str, visit: Visit
) -> None:
    page = visit.page
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{address}/recommend?dataset=tiny&user=u0&tour=1")
    settled(page)
    for step in range(1, 6):
        page.locator(".st-key-tour a", has_text="Next").focus()
        page.keyboard.press("Enter")
        page.locator(".st-key-tour").get_by_text(f"Tour {step + 1} of 6").wait_for()
        settled(page)
        assert page.evaluate(SIDEWAYS) <= 0
    assert "/data" in page.url
    page.locator(".st-key-tour a", has_text="Back").focus()
    page.keyboard.press("Enter")
    page.locator(".st-key-tour").get_by_text("Tour 5 of 6").wait_for()
    settled(page)
    assert "/how_it_works" in page.url and "user=u0" in page.url
    page.locator(".st-key-tour").get_by_role("button", name="End the tour").click()
    page.locator(".st-key-tour").wait_for(state="detached")
    assert visit.outside() == [] and visit.errors() == []
