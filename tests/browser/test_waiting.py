"""Whoever clicks sees at once that something is under way: a bar stands there before the answer."""

from __future__ import annotations

from typing import Any

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from benchmarks.live import CHROMIUM, settled  # noqa: E402
from tests.browsing import Visit  # noqa: E402

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None, reason="no chromium on this machine; install it with `apt-get install chromium`"
    ),
]
BAR, WORDS = "[data-testid='stProgress']", "[data-testid='stHtml'] span[title]"
# Notes the order in which the two are first on the page.
WATCH = """([waiting, answer]) => {
  window.kgrecOrder = [];
  const look = () => {
    for (const [name, place] of [["waiting", waiting], ["answer", answer]])
      if (document.querySelector(place) && !window.kgrecOrder.includes(name)) window.kgrecOrder.push(name);
  };
  new MutationObserver(look).observe(document.body, {childList: true, subtree: true});
}"""


def read_words(page: Any) -> None:
    page.locator(".st-key-read_words button").click()


@pytest.mark.parametrize("visit", ["light"], indirect=True)
def test_what_takes_long_is_announced_before_it_is_there(address: str, visit: Visit) -> None:
    page = visit.page
    page.goto(f"{address}/explain?dataset=tiny&user=u9&tab=Attribution")
    settled(page)
    page.evaluate(WATCH, [BAR, WORDS])
    read_words(page)
    page.locator(WORDS).first.wait_for()
    assert page.evaluate("window.kgrecOrder") == ["waiting", "answer"]
