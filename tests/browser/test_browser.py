"""One journey in a real Chromium: first visit, a person, an explanation; nothing leaves this machine."""

from __future__ import annotations

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from benchmarks.live import CHROMIUM, PATIENCE, settled  # noqa: E402
from tests.browsing import Visit  # noqa: E402

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None, reason="no chromium on this machine; install it with `apt-get install chromium`"
    ),
]


def test_the_first_visit_may_come_by_a_link(address: str, visit: Visit) -> None:
    page = visit.page
    page.goto(f"{address}/explain?dataset=tiny&depth=Analyst&tab=Attribution")
    page.get_by_text("The parts add up").wait_for()
    sync_api.expect(page.get_by_text("Every reason with its standard error")).to_be_visible(
        timeout=PATIENCE
    )  # drawn after the sum
    assert page.get_by_text("Page not found").count() == 0
    assert visit.outside() == []
    assert visit.errors() == []


def test_a_visitor_picks_a_person_and_opens_an_explanation(address: str, visit: Visit) -> None:
    page = visit.page
    page.goto(f"{address}/recommend?dataset=tiny")
    page.get_by_role("heading", name="Why", exact=False).first.wait_for()
    settled(page)  # a run that ends meanwhile closes the options
    page.locator(".st-key-user_picker input").click()
    page.get_by_role("option").nth(1).click()  # in view: further down, rows come and go as the list moves
    settled(page)  # the list and the picture of the first person stand there until then
    page.locator(".st-key-why_1 button").click()
    page.wait_for_url(lambda url: "item=" in url and "user=" in url)
    settled(page)
    page.locator("iframe").first.wait_for()
    drawing = page.frame_locator("iframe").first.locator("canvas")
    drawing.wait_for()
    assert drawing.bounding_box()["height"] > 50

    page.get_by_role("link", name="Everything about this recommendation").click()
    page.get_by_text("What would change it").wait_for()
    assert "/explain" in page.url
    page.wait_for_timeout(500)
    assert visit.outside() == []
    assert visit.errors() == []


def test_on_a_phone_why_leads_to_the_explain_screen(address: str, visit: Visit) -> None:
    page = visit.page
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}/recommend?dataset=tiny")
    page.locator(".st-key-phone_only_1 a").click()
    page.get_by_text("What would change it").wait_for()
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390
    assert visit.outside() == [] and visit.errors() == []


@pytest.mark.parametrize("visit", ["light"], indirect=True)
def test_on_a_phone_the_menu_closes_once_a_screen_is_chosen(address: str, visit: Visit) -> None:
    page = visit.page
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}/recommend?dataset=tiny")
    settled(page)
    page.locator("[data-testid='stExpandSidebarButton']").click()
    page.locator(".st-key-menu").get_by_role("link", name="Explain", exact=True).click()
    page.get_by_text("What would change it").wait_for()
    sync_api.expect(page.locator("[data-testid='stExpandSidebarButton']")).to_be_visible()
    assert page.locator(".st-key-menu").bounding_box()["x"] < 0


@pytest.mark.parametrize("visit", ["light"], indirect=True)
def test_the_back_button_brings_back_the_tab_and_the_item(address: str, visit: Visit) -> None:
    page = visit.page
    page.goto(f"{address}/explain?dataset=tiny&user=u1&item=f9&tab=Attribution&depth=Analyst")
    page.get_by_text("The parts add up").wait_for()
    settled(page)
    page.get_by_role("tab", name="Trust").click()
    page.get_by_text("Measured").first.wait_for()
    settled(page)
    assert "tab=Trust" in page.url
    page.go_back()
    page.get_by_text("The parts add up").wait_for()
    settled(page)
    for part in ("dataset=tiny", "user=u1", "item=f9", "tab=Attribution", "depth=Analyst"):
        assert part in page.url
    assert visit.errors() == []


@pytest.mark.parametrize("visit", ["light"], indirect=True)
def test_one_press_of_the_back_button_leaves_a_screen(address: str, visit: Visit) -> None:
    page, menu = visit.page, visit.page.locator(".st-key-menu")
    page.goto(f"{address}/recommend?dataset=tiny&user=u1")
    settled(page)
    before = page.evaluate("history.length")
    for name, screen in (("Explain", "explain"), ("How it works", "how_it_works"), ("Evaluate", "evaluate")):
        menu.get_by_role("link", name=name, exact=True).click()
        page.wait_for_url(f"**/{screen}?*")
        settled(page)
    assert page.evaluate("history.length") == before + 3
    for screen in ("how_it_works", "explain", "recommend"):
        page.go_back()
        page.wait_for_url(f"**/{screen}?*user=u1*")
        settled(page)
        assert f"/{screen}?" in page.url and "user=u1" in page.url
    assert visit.errors() == []


@pytest.mark.parametrize("visit", ["light"], indirect=True)
def test_a_screen_that_is_left_within_a_second_is_still_a_step(address: str, visit: Visit) -> None:
    """The address of the first is completed, then the next one comes with the same parameters."""
    page = visit.page
    page.goto(f"{address}/recommend?dataset=tiny&user=u1")
    settled(page)
    before = page.evaluate("history.length")
    for to in ("/explain", "/explain?user=u1", "/how_it_works?user=u1"):
        page.evaluate("url => history.pushState({}, '', url)", to)
    assert page.evaluate("history.length") == before + 2
