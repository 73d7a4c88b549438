"""By keyboard alone: the focus stays on *Why?* when the reason is drawn, and the reason is the next thing."""

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
    pytest.mark.parametrize("visit", ["light"], indirect=True),
]
FOCUSED = "document.activeElement?.closest('[class*=\"st-key-\"]')?.className.match(/st-key-(\\w+)/)?.[1] ?? ''"


def test_the_reason_is_next_after_why_and_why_is_before_the_reason(address: str, visit: Visit) -> None:
    page = visit.page
    page.goto(f"{address}/recommend?dataset=tiny&user=u0")
    settled(page)
    why = page.locator(".st-key-why_3").get_by_role("button")
    title = page.locator(".st-key-card_3 strong").first.inner_text()
    why.focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name=f"Why {title}?").wait_for()
    settled(page)
    assert page.evaluate(FOCUSED) == "why_3"
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "why_panel"
    page.keyboard.press("Tab")
    sync_api.expect(page.get_by_role("link", name="Everything about this recommendation")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(FOCUSED) == "why_3"
    assert visit.outside() == [] and visit.errors() == []


def test_what_has_the_focus_looks_other_than_the_page_that_is_open(address: str, visit: Visit) -> None:
    page = visit.page
    page.goto(f"{address}/recommend?dataset=tiny&user=u0")
    settled(page)
    menu = page.locator(".st-key-menu")
    current, before, other = (menu.get_by_role("link", name=name) for name in ("Recommend", "Compare", "Explain"))
    sync_api.expect(current).to_have_attribute("aria-current", "page")
    before.focus()
    page.keyboard.press("Tab")
    look = "one => { const style = getComputedStyle(one); return [style.outlineStyle, style.boxShadow !== 'none']; }"
    assert other.evaluate(look)[0] == "solid" and current.evaluate(look)[0] != "solid"
    assert current.evaluate(look)[1]
