"""A click on a name in the picture of the graph opens what is known of it; a made-up click does nothing."""

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
WHERE = """number => {
  const at = network.canvasToDOM(network.getPositions()[number]);
  const frame = document.getElementById('mynetwork').getBoundingClientRect();
  return [at.x + frame.x, at.y + frame.y];
}"""


def click_node(page: Any, number: str) -> None:
    """As a hand does it: with the mouse, on the place where the node is drawn."""
    page.frame_locator("iframe").locator("canvas").wait_for()
    page.wait_for_timeout(500)  # the picture fits itself into its frame
    frame = page.locator("iframe").bounding_box()
    x, y = page.frames[-1].evaluate(WHERE, number)
    page.mouse.click(frame["x"] + x, frame["y"] + y)


@pytest.mark.parametrize("screen", ["/explain?tab=Graph&user=u0&", "/graph?node=item:f0&"])
def test_a_click_on_a_name_opens_what_is_known_of_it(screen: str, address: str, visit: Visit) -> None:
    page = visit.page
    page.goto(f"{address}{screen}dataset=tiny")
    settled(page)
    before = page.locator("[data-testid='stMain']").inner_text()
    click_node(page, "1")
    page.wait_for_function("before => document.querySelector('[data-testid=stMain]').innerText !== before", arg=before)
    page.locator(".st-key-inspector").wait_for()
    settled(page)
    assert visit.outside() == [] and visit.errors() == []


@pytest.mark.parametrize("visit", ["light"], indirect=True)
def test_a_number_that_no_node_has_and_a_message_of_another_kind_change_nothing(address: str, visit: Visit) -> None:
    page = visit.page
    page.goto(f"{address}/explain?tab=Graph&user=u0&dataset=tiny")
    settled(page)
    page.frame_locator("iframe").locator("canvas").wait_for()
    for message in ("{kgrecNode: 9999}", "{kgrecNode: -1}", "{kgrecNode: '<b>'}", "'kgrecNode'", "null"):
        page.frames[-1].evaluate(f"parent.postMessage({message}, '*')")
    page.evaluate("window.postMessage({kgrecNode: 1}, '*')")  # not from a picture
    page.wait_for_timeout(1000)
    settled(page)
    assert page.locator(".st-key-inspector").count() == 0
    assert visit.errors() == []
