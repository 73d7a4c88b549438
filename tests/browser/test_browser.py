"""One journey in a real Chromium: first visit, a person, an explanation; nothing leaves this machine."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ROOT = Path(__file__).parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PATIENCE = 60_000  # milliseconds; the first visit opens the data set and loads torch

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
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true", f"--server.port={port}"]
    environment = os.environ | {"KGREC_HOME": str(tiny_home), "STREAMLIT_SERVER_FILE_WATCHER_TYPE": "none"}
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(f"http://localhost:{port}/_stcore/health", server)
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture(scope="module")
def browser() -> Iterator[sync_api.Browser]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


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
    page.goto(f"{address}/?dataset=tiny")
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
    page.goto(f"{address}/?dataset=tiny")
    page.locator(".st-key-phone_only_1 a").click()
    page.get_by_text("The parts add up").wait_for()
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390
    assert visit.outside() == [] and visit.complaints == []


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(240):
        if server.poll() is not None:
            pytest.fail(f"streamlit ended with {server.returncode}; run `streamlit run app.py` to see why")
        try:
            with urlopen(url, timeout=1):
                return
        except (URLError, OSError):
            time.sleep(0.25)
    pytest.fail(f"streamlit did not answer at {url} within a minute")
