"""Two small CSV files become recommendations with reasons, in a real Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from benchmarks.live import CHROMIUM, server  # noqa: E402
from tests.browsing import Visit  # noqa: E402
from tests.own_tables import write_shop  # noqa: E402

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None, reason="no chromium on this machine; install it with `apt-get install chromium`"
    ),
]
TRAINED = 300_000  # milliseconds to wait on a busy machine


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[str]:
    """The address of an app that has no data of anyone yet."""
    with server({"KGREC_HOME": str(tmp_path / "home"), "TMPDIR": str(tmp_path)}) as running:
        yield running


@pytest.mark.slow
@pytest.mark.parametrize("visit", ["light"], indirect=True)
def test_two_files_become_recommendations_with_reasons(empty: str, visit: Visit, tmp_path: Path) -> None:
    page = visit.page
    page.goto(f"{empty}/data")
    page.locator("input[type=file]").set_input_files([str(file) for file in write_shop(tmp_path)])
    page.get_by_role("button", name="Check the files").click()
    page.get_by_text("These files can be used").wait_for()
    page.get_by_role("textbox", name="Title").fill("Shop")
    page.get_by_role("textbox", name="Title").press("Enter")
    page.get_by_role("button", name="Save the data set").click()
    page.get_by_role("button", name="Start training").click()
    page.get_by_role("link", name="Open the app on it").wait_for(timeout=TRAINED)
    page.get_by_role("link", name="Open the app on it").click()
    page.locator(".st-key-why_1 button").wait_for()
    page.get_by_role("heading", name="Why", exact=False).first.wait_for()
    assert "/recommend" in page.url and "dataset=shop" in page.url
    assert visit.outside() == [] and visit.errors() == []
