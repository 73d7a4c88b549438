"""Files become recommendations with reasons, with the keyboard alone, in a real Chromium."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from benchmarks.bring_journey import walk  # noqa: E402
from benchmarks.live import CHROMIUM, server  # noqa: E402
from tests.browsing import Visit  # noqa: E402
from tests.own_tables import write_joined_shop, write_shop  # noqa: E402

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None, reason="no chromium on this machine; install it with `apt-get install chromium`"
    ),
]


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[str]:
    """The address of an app that has no data of anyone yet."""
    with server({"KGREC_HOME": str(tmp_path / "home"), "TMPDIR": str(tmp_path)}) as running:
        yield running


@pytest.mark.slow
@pytest.mark.parametrize("visit", ["light"], indirect=True)
@pytest.mark.parametrize(("write", "column"), [(write_shop, "date"), (write_joined_shop, "order_date")])
def test_files_become_recommendations_with_reasons_by_the_keyboard_alone(
    write: Callable[[Path], Sequence[Path]], column: str, empty: str, visit: Visit, tmp_path: Path
) -> None:
    walk(visit.page, empty, write(tmp_path), column)
    assert "/recommend" in visit.page.url and "dataset=shop" in visit.page.url
    assert visit.outside() == [] and visit.errors() == []
