"""Axe finds nothing serious or critical on any screen, in both themes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")

from benchmarks.live import CHROMIUM, server, settled  # noqa: E402
from tests.browsing import Visit  # noqa: E402
from tests.own_tables import write_joined_shop  # noqa: E402
from tests.quality_tables import stored  # noqa: E402

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None, reason="no chromium on this machine; install it with `apt-get install chromium`"
    ),
]

SCREENS = (
    "/",
    "/recommend",
    "/recommend?diversity=50&up=f3",
    "/recommend?who=new",
    "/recommend?who=new&words=letters",
    "/compare?user=u0",
    "/compare?user=u0&pair=models&model=popularity",
    "/compare?user=u0&pair=item&depth=Analyst",
    "/compare?user=u0&pair=items",
    "/explain?depth=Analyst&tour=2",
    "/graph",
    "/graph?view=Path%20between",
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


@pytest.fixture(scope="module")
def measured(tiny_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an app whose data set has a quality table, with a chart for each of its parts."""
    home = tmp_path_factory.mktemp("measured") / "home"
    shutil.copytree(tiny_home, home)
    stored(home)
    with server({"KGREC_HOME": str(home)}) as running:
        yield running


@pytest.mark.parametrize("screen", SCREENS)
def test_nothing_serious_stands_in_the_way_of_anyone(screen: str, address: str, visit: Visit) -> None:
    check(f"{address}{screen}{'&' if '?' in screen else '?'}dataset=tiny", visit)


@pytest.mark.parametrize(
    "screen", ["/recommend?user=u0", "/explain?user=u0&tab=Graph", "/compare?user=u0", "/evaluate"]
)
def test_nor_does_it_on_a_phone(screen: str, address: str, visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 390, "height": 844})
    check(f"{address}{screen}{'&' if '?' in screen else '?'}dataset=tiny", visit)


@pytest.mark.parametrize("depth", ["Simple", "Analyst"])
def test_nor_does_it_beside_a_whole_quality_table(depth: str, measured: str, visit: Visit) -> None:
    check(f"{measured}/evaluate?dataset=tiny&depth={depth}", visit)
    assert visit.page.get_by_text("What each part adds").count() == 1


def test_nor_does_it_beside_files_that_were_dropped(address: str, visit: Visit, tmp_path: Path) -> None:
    visit.page.goto(f"{address}/data")
    settled(visit.page)
    visit.page.locator("input[type=file]").first.set_input_files([str(file) for file in write_joined_shop(tmp_path)])
    visit.page.get_by_text("Does this look right?").wait_for()
    looked_at(visit)


def check(screen: str, visit: Visit) -> None:
    visit.page.goto(screen)
    looked_at(visit)


def looked_at(visit: Visit) -> None:
    """Asserts that axe finds nothing on what is shown."""
    settled(visit.page)
    found = axe.Axe().run(visit.page).response["violations"]
    assert {
        (one["id"], node["html"][:120])
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    } == set()
