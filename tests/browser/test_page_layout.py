"""What only a browser can see: nothing scrolls by itself or is out of sight, all can be hit and read."""

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
PHONE = {"width": 390, "height": 844}
SCROLLING = """() => [...document.querySelectorAll('[class*=st-key-card_], [class*=st-key-card_] *')].filter(
  one => one.scrollHeight > one.clientHeight + 1
    && ['auto', 'scroll'].includes(getComputedStyle(one).overflowY)).length"""


def test_a_card_does_not_scroll_and_its_buttons_can_be_hit_and_told_apart(address: str, visit: Visit) -> None:
    page = visit.page
    page.goto(f"{address}/recommend?dataset=tiny&user=u0&up=f3")
    settled(page)
    assert page.evaluate(SCROLLING) == 0
    title = page.locator(".st-key-title_1 strong").first.inner_text()
    for name in (f"More like {title}", f"Less like {title}"):
        box = page.get_by_role("button", name=name, exact=True).locator("visible=true").bounding_box()
        assert box["width"] >= 24 and box["height"] >= 24
    sync_api.expect(
        page.locator(".st-key-why_1").get_by_role("button", name=f"Why? {title}", exact=True)
    ).to_be_visible()
    assert page.get_by_role("button", name="Start over").bounding_box()["width"] > 80  # with its words


def test_on_a_phone_the_first_box_is_in_sight_and_a_menu_names_the_open_tab(address: str, visit: Visit) -> None:
    page = visit.page
    page.set_viewport_size(PHONE)
    page.goto(f"{address}/explain?dataset=tiny&user=u0&tab=Trust&tour=2")
    settled(page)
    header, box = (page.locator(name).bounding_box() for name in ("[data-testid='stHeader']", ".st-key-tour"))
    assert box["y"] >= header["y"] + header["height"]
    menu = page.get_by_role("combobox", name="Show")
    sync_api.expect(menu).to_be_visible()
    assert menu.input_value() == "Trust"
    sync_api.expect(page.get_by_role("tab", name="Trust")).to_be_hidden()


def test_the_frame_of_a_picture_is_as_high_as_the_picture_and_its_letters_are_readable(
    address: str, visit: Visit
) -> None:
    page = visit.page
    page.goto(f"{address}/explain?dataset=tiny&user=u0&tab=Graph")
    settled(page)
    page.set_viewport_size(PHONE)
    page.frame_locator("iframe").locator("canvas").wait_for()
    page.wait_for_timeout(800)
    picture = page.frames[-1]
    assert picture.evaluate("network.getScale() * nodes.get('0').font.size") >= 10.4  # pixels
    high = picture.evaluate("document.body.getBoundingClientRect().height")
    assert page.locator("iframe").bounding_box()["height"] == pytest.approx(high, abs=1.5)
