"""One Chromium and one server for all browser tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browsing import Visit


@pytest.fixture(scope="session")
def address(tiny_home: Path) -> Iterator[str]:
    """The address of a running app that has the data set `tiny`."""
    from benchmarks.live import server

    with server({"KGREC_HOME": str(tiny_home)}) as running:
        yield running


@pytest.fixture(scope="module")  # its loop must not outlive a file: others run loops of their own
def browser() -> Iterator[Any]:
    from benchmarks.live import chromium

    with chromium() as started:
        yield started


@pytest.fixture(params=["light", "dark"])
def visit(request: pytest.FixtureRequest, browser: Any) -> Iterator[Visit]:
    from benchmarks.live import PATIENCE

    page = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme=request.param)
    page.set_default_timeout(PATIENCE)
    yield Visit(page)
    page.close()
