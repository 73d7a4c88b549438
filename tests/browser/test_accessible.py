"""Axe finds nothing serious or critical on any screen, in both themes."""

from __future__ import annotations

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")

from benchmarks.live import CHROMIUM, settled  # noqa: E402
from tests.browsing import Visit  # noqa: E402

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None, reason="no chromium on this machine; install it with `apt-get install chromium`"
    ),
]

SCREENS = (
    "/",
    "/recommend",
    "/recommend?versus=graph&diversity=50&up=f3",
    "/recommend?who=new",
    "/recommend?who=new&words=letters",
    "/explain?depth=Analyst&tour=2",
    "/graph",
    "/graph?view=Whose%20lists",
    "/graph?view=Numbers",
    "/graph?view=Quality",
    "/new_item",
    "/evaluate",
    "/data",
    "/data?depth=Analyst",
    "/train",
    "/train?depth=Analyst",
    "/how_it_works?depth=Analyst",
)


@pytest.mark.parametrize("screen", SCREENS)
def test_nothing_serious_stands_in_the_way_of_anyone(screen: str, address: str, visit: Visit) -> None:
    page = visit.page
    page.goto(f"{address}{screen}{'&' if '?' in screen else '?'}dataset=tiny")
    settled(page)
    found = axe.Axe().run(page).response["violations"]
    assert {
        (one["id"], node["html"][:120])
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    } == set()
