"""Two people at one server: what the one tries, says or uploads stays with them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from benchmarks.live import CHROMIUM, PATIENCE, settled  # noqa: E402
from tests.own_tables import write_shop  # noqa: E402

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None, reason="no chromium on this machine; install it with `apt-get install chromium`"
    ),
]
LIST = "/recommend?dataset=tiny&user=u0"
WHAT_IF = "/explain?dataset=tiny&user=u0&tab=What%20if"


@pytest.fixture
def two(browser: Any) -> Iterator[tuple[Any, Any]]:
    """Pages of two people, each with a browser profile of their own."""
    contexts = [browser.new_context(viewport={"width": 1280, "height": 900}) for _ in range(2)]
    pages = [context.new_page() for context in contexts]
    for page in pages:
        page.set_default_timeout(PATIENCE)
    yield pages[0], pages[1]
    for context in contexts:
        context.close()


def seen(page: Any, link: str) -> str:
    page.goto(link)
    settled(page)
    return str(page.locator("[data-testid='stMain']").inner_text())


def test_a_thumb_changes_the_list_of_the_one_who_gave_it(address: str, two: tuple[Any, Any]) -> None:
    mine, theirs = two
    before = seen(theirs, address + LIST)
    seen(mine, address + LIST)
    mine.locator(".st-key-down_1 button:visible").first.click()
    mine.get_by_text("You said").wait_for()
    assert seen(theirs, address + LIST) == before


def test_what_one_switches_off_stays_on_for_the_other(address: str, two: tuple[Any, Any]) -> None:
    mine, theirs = two
    before = seen(theirs, address + WHAT_IF)
    seen(mine, address + WHAT_IF)
    mine.get_by_role("button", name="Comet").first.click()
    mine.get_by_text("The list then").wait_for()
    assert "The list then" not in before
    assert seen(theirs, address + WHAT_IF) == before


def test_files_of_one_are_nowhere_on_the_screen_of_the_other(
    address: str, two: tuple[Any, Any], tmp_path: Path
) -> None:
    mine, theirs = two
    seen(mine, f"{address}/data")
    mine.locator("input[type=file]").set_input_files([str(file) for file in write_shop(tmp_path)])
    mine.get_by_role("button", name="Check the files").click()
    mine.get_by_text("These files can be used").wait_for()
    after = seen(theirs, f"{address}/data")
    assert "These files can be used" not in after and "Check the files" not in after
    assert all(file.name not in after for file in tmp_path.iterdir())
