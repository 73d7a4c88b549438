"""One journey in a real Chromium: first visit, a person, an explanation; nothing leaves this machine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from benchmarks.live import CHROMIUM, PATIENCE, chromium, server  # noqa: E402

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None, reason="no chromium on this machine; install it with `apt-get install chromium`"
    ),
]


@dataclass
class Visit:
    """A page, with what it asked for and complained about."""

    page: sync_api.Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def outside(self) -> list[str]:
        local = ("localhost", "127.0.0.1", None, "")
        return [url for url in self.requests if urlsplit(url).hostname not in local]


@pytest.fixture(scope="module")
def address(tiny_home: Path) -> Iterator[str]:
    """The address of a running app that has the data set `tiny`."""
    with server({"KGREC_HOME": str(tiny_home)}) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[sync_api.Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(params=["light", "dark"])
def visit(request: pytest.FixtureRequest, browser: sync_api.Browser) -> Iterator[Visit]:
    page = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme=request.param)
    page.set_default_timeout(PATIENCE)
    seen = Visit(page)
    page.on("request", lambda asked: seen.requests.append(asked.url))
    page.on("console", lambda said: seen.complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    yield seen
    page.close()


def test_the_first_visit_may_come_by_a_link(address: str, visit: Visit) -> None:
    """Streamlit itself probes two addresses under a sub-path and gets 404 for them before it finds its root."""
    page = visit.page
    page.goto(f"{address}/explain?dataset=tiny&depth=Analyst")
    page.get_by_text("The parts add up").wait_for()
    sync_api.expect(page.get_by_text("All numbers as JSON")).to_be_visible(timeout=PATIENCE)  # drawn after the sum
    assert page.get_by_text("Page not found").count() == 0
    assert visit.outside() == []
    assert [said for said in visit.complaints if "404" not in said] == []


def test_a_visitor_picks_a_person_and_opens_an_explanation(address: str, visit: Visit) -> None:
    page = visit.page
    page.goto(f"{address}/recommend?dataset=tiny")
    page.get_by_role("heading", name="Why", exact=False).first.wait_for()
    page.locator(".st-key-user_picker input").click()
    page.get_by_role("option").last.click()
    page.locator(".st-key-why_1 button").wait_for()
    page.locator(".st-key-why_1 button").click()
    page.locator("iframe").first.wait_for()
    drawing = page.frame_locator("iframe").first.locator("canvas")
    drawing.wait_for()
    assert drawing.bounding_box()["height"] > 50
    assert "item=" in page.url and "user=" in page.url

    page.get_by_role("link", name="Everything about this recommendation").click()
    page.get_by_text("The parts add up").wait_for()
    assert "/explain" in page.url
    page.wait_for_timeout(500)
    assert visit.outside() == []
    assert visit.complaints == []


def test_on_a_phone_why_leads_to_the_explain_screen(address: str, visit: Visit) -> None:
    page = visit.page
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}/recommend?dataset=tiny")
    page.locator(".st-key-phone_only_1 a").click()
    page.get_by_text("The parts add up").wait_for()
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390
    assert visit.outside() == [] and visit.complaints == []
