"""The saved explanation is a page of its own: opened from a disk it asks nobody for anything and runs no name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from benchmarks.live import CHROMIUM, PATIENCE, settled  # noqa: E402
from kgrec_core import service  # noqa: E402
from kgrec_core.pictures import exported_page  # noqa: E402
from kgrec_core.schema.cards import ItemCard  # noqa: E402
from kgrec_core.schema.explanation import Explanation  # noqa: E402
from tests.browser.test_hostile import EVIL  # noqa: E402
from tests.browsing import Visit  # noqa: E402

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None, reason="no chromium on this machine; install it with `apt-get install chromium`"
    ),
]
NAMED = "[onerror], [onload], img[src='x'], a[href^='javascript']"


def hostile(found: Explanation, name: str) -> Explanation:
    """The same explanation in which everything that has a name is called `name`."""
    card = ItemCard(found.item.item_id, name, None, (name,))
    return replace(
        found,
        dataset=name,
        item=card,
        attributions=tuple(replace(part, label=name) for part in found.attributions),
        paths=tuple(
            replace(path, clause=name, nodes=tuple(replace(node, label=name) for node in path.nodes))
            for path in found.paths
        ),
        rules=tuple(replace(rule, condition=name, conclusion=name, matching=(card,)) for rule in found.rules),
        text=tuple(replace(one, sentence=name) for one in found.text),
        analysis=tuple(replace(one, sentence=name) for one in found.analysis),
    )


def opened(page: str, folder: Path, browser: Any) -> Visit:
    """The page as a file, in a browser that has no network."""
    file = folder / "why.html"
    file.write_text(page, encoding="utf-8")
    away = browser.new_context(offline=True)
    visit = Visit(away.new_page())
    visit.page.goto(file.as_uri())
    visit.page.locator("figure svg").first.wait_for(timeout=PATIENCE)
    return visit


def saved(found: Explanation, tiny: service.Service, person: str) -> str:
    return exported_page.as_page(found, tiny.domain, {card.item_id: card.title for card in tiny.items()}, person)


@pytest.mark.parametrize("name", EVIL)
def test_a_saved_page_needs_nobody_and_runs_no_name(
    name: str, tiny: service.Service, tmp_path: Path, browser: Any
) -> None:
    found = hostile(tiny.explain("u0", tiny.recommend("u0", k=1).items[0].item.item_id), name)
    visit = opened(saved(found, tiny, name), tmp_path, browser)
    for frame in visit.page.frames:
        assert frame.locator(NAMED).count() == 0
        assert frame.evaluate("window.hurt") is None
    assert visit.outside() == [] and visit.errors() == []
    visit.page.context.close()


def test_the_page_that_the_app_saves_opens_without_a_network(address: str, tmp_path: Path, browser: Any) -> None:
    page = browser.new_page()
    page.goto(f"{address}/explain?dataset=tiny")
    settled(page)
    page.locator(".st-key-save_explanation button").click()
    with page.expect_download(timeout=PATIENCE) as download:
        page.locator(".st-key-save_html button").click()
    visit = opened(Path(download.value.path()).read_text("utf-8"), tmp_path, browser)
    assert visit.page.get_by_role("heading", name="What would change it").count() == 1
    figure, graph = (visit.page.locator(name).first.bounding_box() for name in ("figure", "figure svg"))
    assert graph["width"] > 0.9 * figure["width"] and graph["height"] > 0.85 * figure["height"]  # no empty frame
    assert "Data set: Tiny films." in visit.page.locator("body").inner_text()
    assert visit.outside() == [] and visit.errors() == []
    visit.page.context.close()
    page.close()


@pytest.mark.parametrize("visit", ["light"], indirect=True)
def test_a_button_reads_the_description_word_by_word(address: str, visit: Visit) -> None:
    page = visit.page
    page.goto(f"{address}/explain?dataset=tiny&tab=Attribution")
    page.get_by_role("button", name="Read its text word by word").click(timeout=PATIENCE)
    page.get_by_text("Blue raises the score").wait_for(timeout=PATIENCE)
    assert page.locator("p span[title]").count() > 2  # words on their ground
    assert visit.outside() == [] and visit.errors() == []
