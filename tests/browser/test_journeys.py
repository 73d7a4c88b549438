"""Whole ways through the app as people go them: by the keyboard alone, and on a phone."""

from __future__ import annotations

from typing import Any

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from benchmarks.live import CHROMIUM, PATIENCE, settled  # noqa: E402
from tests.browsing import Visit  # noqa: E402

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None, reason="no chromium on this machine; install it with `apt-get install chromium`"
    ),
    pytest.mark.parametrize("visit", ["light"], indirect=True),
]
PHONE = {"width": 390, "height": 844}
MOST = 120  # presses of a key within which everything on a screen is reached
SIDEWAYS = "document.documentElement.scrollWidth - innerWidth"
OUT_OF_SIGHT = """() => {
  const hidden = one => one && (getComputedStyle(one).clipPath !== 'none' || hidden(one.parentElement));
  return [...document.querySelectorAll('[data-testid=stMain] *')].filter(one => {
    const box = one.getBoundingClientRect();
    return one.checkVisibility() && box.width > 2 && box.height > 2 && box.right > innerWidth + 1
      && !one.closest('[data-testid=stDataFrame]') && !hidden(one);
  }).map(one => one.outerHTML.slice(0, 80));
}"""


def tab_to(page: Any, wanted: Any) -> None:
    """Presses Tab until this has the focus; fails where it is never reached."""
    for _ in range(MOST):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one.contains(document.activeElement)"):
            return
    pytest.fail(f"{wanted} is not reached by Tab")


def test_by_keyboard_alone_from_home_to_a_changed_what_if(address: str, visit: Visit) -> None:
    page = visit.page
    page.goto(f"{address}/?dataset=tiny")
    settled(page)
    tab_to(page, page.get_by_role("button", name="Show me a first list"))
    page.keyboard.press("Enter")
    page.locator(".st-key-why_1").wait_for()
    settled(page)
    tab_to(page, page.locator(".st-key-why_1").get_by_role("button"))
    page.keyboard.press("Enter")
    settled(page)
    page.keyboard.press("Tab")  # to the reason
    link = page.get_by_role("link", name="Everything about this recommendation")
    page.keyboard.press("Tab")
    sync_api.expect(link).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_text("What would change it").wait_for()
    settled(page)
    tab_to(page, page.get_by_role("tab", name="Why", exact=True))
    for name in ("Graph", "Attribution", "What if"):
        page.keyboard.press("ArrowRight")
        sync_api.expect(page.get_by_role("tab", name=name)).to_be_focused()
        settled(page)
    page.keyboard.press("Enter")
    page.get_by_text("Nothing is switched off").wait_for()
    settled(page)
    group = page.locator("[class*='st-key-off_strong_'] button").first
    tab_to(page, group)
    page.keyboard.press("Enter")
    page.get_by_text("Nothing is switched off").wait_for(state="hidden")
    page.get_by_text("The list then").wait_for()
    assert visit.outside() == [] and visit.errors() == []


def test_a_stakeholder_on_a_phone_reads_a_list_and_tries_a_what_if(address: str, visit: Visit) -> None:
    page = visit.page
    page.set_viewport_size(PHONE)
    page.goto(f"{address}/recommend?dataset=tiny&user=u0")
    settled(page)
    header = page.locator(".st-key-phone_header").get_by_role("button")
    assert header.get_attribute("aria-label") == "Viewer u0, Tiny films: change in the menu"
    check_in_sight(page)
    page.locator(".st-key-phone_only_1 a").click()
    page.get_by_text("What would change it").wait_for()
    settled(page)
    check_in_sight(page)
    sync_api.expect(page.get_by_role("tab", name="What if")).to_be_hidden()
    page.locator(".st-key-tab_menu").get_by_role("combobox").click()
    page.get_by_role("option", name="What if").click()
    page.get_by_text("Nothing is switched off").wait_for()
    settled(page)
    check_in_sight(page)
    page.locator("[class*='st-key-off_strong_'] button").first.click()
    page.get_by_text("The list then").wait_for()
    assert "tab=What+if" in page.url or "tab=What%20if" in page.url
    header.click()
    page.locator(".st-key-menu").get_by_role("link", name="Knowledge graph").click()
    page.get_by_text("Search the graph").wait_for(timeout=PATIENCE)
    settled(page)
    check_in_sight(page)
    assert visit.outside() == [] and visit.errors() == []


def check_in_sight(page: Any) -> None:
    """Nothing of the page lies beside the window."""
    assert page.evaluate(SIDEWAYS) <= 0
    assert page.evaluate(OUT_OF_SIGHT) == []
