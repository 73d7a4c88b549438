"""A hostile catalogue changes nothing on any screen but its own text."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from benchmarks.live import CHROMIUM, server, settled  # noqa: E402
from kgrec_core.config import ModelConfig, TrainConfig  # noqa: E402
from kgrec_core.data.attribute_triples import triples_from_attributes  # noqa: E402
from kgrec_core.data.catalog import Catalog  # noqa: E402
from kgrec_core.workspace.prepare import prepare  # noqa: E402
from tests.browsing import Visit  # noqa: E402
from tests.worlds import tiny_catalog  # noqa: E402

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None, reason="no chromium on this machine; install it with `apt-get install chromium`"
    ),
]

RUN = "top.hurt=1"
EVIL = (
    f"<img src=x onerror='{RUN}'><script>{RUN}</script>",
    f"</script><script>{RUN}</script> href",
    f'"><svg onload="{RUN}">',
    f'[click](javascript:{RUN}) href="javascript:{RUN}"',
    "x" * 10_000,
    "\u202eمرحبا \u2066 שלום",
    "🎬👩‍👩‍👧 :material/home: $\\\\frac{1}{0}$ `code` **bold** <b>b</b>",
)
SCREENS = (
    "/?",
    "/recommend?depth=Analyst&",
    "/recommend?who=new&",
    "/recommend?rows=Because%20of&",
    *(f"/explain?depth=Analyst&tab={tab}&" for tab in ("Why", "Graph", "Attribution", "What if", "Rules", "Trust")),
    "/graph?depth=Analyst&further=1&",
    "/graph?view=Numbers&",
    "/graph?view=Quality&depth=Analyst&",
    "/compare?depth=Analyst&",
    *(f"/compare?depth=Analyst&pair={pair}&" for pair in ("models", "item", "items")),
    "/how_it_works?depth=Analyst&",
    "/new_item?",
    "/explain?who=new&words=letters&",
)


def hostile_catalog() -> Catalog:
    """The tiny catalogue in which every name is an attack."""
    tiny = tiny_catalog()
    items = tiny.items.copy()
    names = {old: f"{old}'\"<&,/{EVIL[row % 4]}" for row, old in enumerate(items["item_id"])}
    items["item_id"] = items["item_id"].map(names)
    items["title"] = [f"{EVIL[row % len(EVIL)]} {row}" for row in range(len(items))]
    for column in ("director", "genre"):
        kinds = {
            old: f"{EVIL[row % len(EVIL)]} {old}".replace("|", "/") for row, old in enumerate(items[column].unique())
        }
        items[column] = items[column].map(kinds)
    interactions = tiny.interactions.copy()
    interactions["item_id"] = interactions["item_id"].map(names)
    interactions["user_id"] = interactions["user_id"] + f"<img src=x onerror='{RUN}'>"
    triples = triples_from_attributes(items, {"director": ("director", "person"), "genre": ("genre", "genre")})
    return replace(
        tiny, name="hostile", title=EVIL[0], items=items, interactions=interactions, triples=triples, sources=EVIL[:3]
    )


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("hostile")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KGREC_HOME", str(home))
        prepare(hostile_catalog(), ModelConfig(ridge=5.0), TrainConfig(epochs=1, batch_users=8, folds=2))
    with server({"KGREC_HOME": str(home)}) as running:
        yield running


@pytest.mark.parametrize("screen", SCREENS)
def test_names_change_nothing_but_their_own_text(screen: str, hostile: str, browser: Any) -> None:
    visit = Visit(browser.new_page(viewport={"width": 1280, "height": 900}))
    page = visit.page
    page.goto(f"{hostile}{screen}dataset=hostile")
    settled(page)
    assert page.evaluate("window.hurt") is None
    assert page.locator("img[src='x'], svg[onload], a[href^='javascript'], [onerror]").count() == 0
    for frame in page.frames[1:]:
        assert frame.locator("img[src='x'], svg[onload], a[href^='javascript'], [onerror]").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    assert page.get_by_text("This app has encountered an error").count() == 0
    assert visit.outside() == []
    assert visit.errors() == []
    page.close()


def test_names_in_dropped_files_change_nothing_but_their_own_text(hostile: str, browser: Any, tmp_path: Path) -> None:
    rows = [["user", "item", *EVIL[:4], EVIL[6]]]
    rows += [[f"u{row % 6}", f"i{row % 11}", *(f"{evil} {row % 2}" for evil in EVIL[:5])] for row in range(60)]
    path = tmp_path / "log'&lt;<b>.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    visit = Visit(browser.new_page(viewport={"width": 1280, "height": 900}))
    page = visit.page
    page.goto(f"{hostile}/data")
    settled(page)
    page.locator("input[type=file]").first.set_input_files(str(path))
    page.get_by_text("Does this look right?").wait_for()
    settled(page)
    assert page.evaluate("window.hurt") is None
    assert page.locator(".plan-rows th").count() == 7
    assert page.locator("img[src='x'], svg[onload], a[href^='javascript'], [onerror]").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    assert visit.outside() == [] and visit.errors() == []
    page.close()
