"""Two people compared in a real browser: by keyboard alone, by the link that it leaves, and on a phone."""

from __future__ import annotations

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from benchmarks.live import CHROMIUM, settled  # noqa: E402
from tests.browsing import Visit  # noqa: E402

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None, reason="no chromium on this machine; install it with `apt-get install chromium`"
    ),
]
MOST_TABS = 80


def tab_to(page: sync_api.Page, selector: str) -> None:
    """Presses Tab until the element has the focus."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"{selector} is not reached by {MOST_TABS} presses of Tab")


@pytest.mark.parametrize("visit", ["light"], indirect=True)
def test_by_keyboard_alone_a_row_opens_its_sentence_and_the_link_brings_it_back(address: str, visit: Visit) -> None:
    page = visit.page
    page.goto(f"{address}/compare?dataset=tiny&user=u0")
    settled(page)
    row = ".st-key-about_B_2 button"
    tab_to(page, row)
    page.keyboard.press("Enter")
    sentence = page.locator(".st-key-compared_B_2").get_by_text("What adds most")
    sentence.wait_for()
    settled(page)
    assert page.evaluate("wanted => document.activeElement.matches(wanted)", row)
    said, link = sentence.inner_text(), page.url
    assert all(part in link for part in ("pair=people", "other=", "item=", "user=u0"))
    page.goto("about:blank")
    page.goto(link)
    page.get_by_text(said).first.wait_for()
    settled(page)
    assert page.url == link
    assert visit.outside() == [] and visit.errors() == []


@pytest.mark.parametrize("visit", ["dark"], indirect=True)
def test_another_pair_is_chosen_and_its_link_opens_the_same(address: str, visit: Visit) -> None:
    page = visit.page
    page.goto(f"{address}/compare?dataset=tiny&user=u0")
    settled(page)
    page.get_by_role("radio", name="Two films").click()
    page.get_by_role("heading", name="Why ", exact=False).wait_for()
    settled(page)
    title, link = page.get_by_role("heading", level=1).inner_text(), page.url
    assert "above=" in link and "below=" in link
    page.goto("about:blank")
    page.goto(link)
    settled(page)
    assert page.get_by_role("heading", level=1).inner_text() == title
    assert visit.outside() == [] and visit.errors() == []


@pytest.mark.parametrize("visit", ["light"], indirect=True)
def test_on_a_phone_both_lists_are_one(address: str, visit: Visit) -> None:
    page = visit.page
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}/compare?dataset=tiny&user=u0")
    settled(page)
    assert page.locator(".st-key-phone_only-lists li").count() >= 2
    assert not page.locator(".st-key-wide_only-lists").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert visit.outside() == [] and visit.errors() == []
