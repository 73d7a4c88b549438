"""On a running server with sign-in set up, a cold link to a screen shows the door and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from benchmarks.live import CHROMIUM, server, settled  # noqa: E402
from tests.browsing import Visit  # noqa: E402

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None, reason="no chromium on this machine; install it with `apt-get install chromium`"
    ),
]

SECRETS = """[auth]
redirect_uri = "http://localhost:8501/oauth2callback"
cookie_secret = "0123456789abcdef0123456789abcdef"
client_id = "id"
client_secret = "secret"
server_metadata_url = "http://localhost:9/.well-known/openid-configuration"
"""


@pytest.fixture(scope="module")
def guarded(tiny_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    secrets = tmp_path_factory.mktemp("secrets") / "secrets.toml"
    secrets.write_text(SECRETS, encoding="utf-8")
    with server({"KGREC_HOME": str(tiny_home)}, f"--secrets.files={secrets}") as running:
        yield running


@pytest.mark.parametrize("link", ["/graph?dataset=tiny", "/recommend", "/explain?user=u0", "/"])
def test_a_cold_link_meets_the_door(link: str, guarded: str, browser: Any) -> None:
    visit = Visit(browser.new_page())
    visit.page.goto(f"{guarded}{link}")
    settled(visit.page)
    assert visit.page.get_by_role("heading", name="Please sign in").count() == 1
    assert visit.page.locator("[data-testid='stSelectbox'], iframe, [data-testid='stPageLink']").count() == 0
    visit.page.close()
