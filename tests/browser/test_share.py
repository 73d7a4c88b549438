"""What is saved and sent on from a real browser: the picture as PNG and SVG, the link, the list on one sheet."""

from __future__ import annotations

import re
import struct
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from benchmarks.live import CHROMIUM, PATIENCE, settled  # noqa: E402
from tests.browsing import Visit  # noqa: E402

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None, reason="no chromium on this machine; install it with `apt-get install chromium`"
    ),
]
COLOURS = """async address => {
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.width; canvas.height = image.height;
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  const found = context.getImageData(0, 0, image.width, image.height).data;
  return new Set(Array.from({length: found.length / 4}, (_, at) => found.slice(4 * at, 4 * at + 3).join())).size;
}"""


SIDEWAYS = "(card => card.scrollWidth - card.clientWidth)(document.querySelector('.card'))"


def downloaded(page: Any, name: str) -> Path:
    with page.expect_download(timeout=PATIENCE) as download:
        page.get_by_role("button", name=name).click()
    return Path(download.value.path())


def colours_in(page: Any, png: bytes) -> int:
    """How many different colours a picture has; an empty one has a single colour."""
    from base64 import b64encode

    return int(page.evaluate(COLOURS, f"data:image/png;base64,{b64encode(png).decode()}"))


def test_the_picture_of_the_graph_is_saved_as_png_and_as_svg(address: str, visit: Visit) -> None:
    page = visit.page
    page.goto(f"{address}/explain?dataset=tiny&user=u0&tab=Graph")
    settled(page)
    png = downloaded(page, "Save the picture as PNG").read_bytes()
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    assert width >= 2 * 320 and height >= 200
    assert colours_in(page, png) > 20
    svg = downloaded(page, "Save the picture as SVG").read_text("utf-8")
    assert svg.startswith("<svg ") and "Data set: Tiny films. Model: version v" in svg
    assert visit.outside() == [] and visit.errors() == []


@pytest.mark.parametrize("visit", ["light"], indirect=True)
def test_the_link_that_is_copied_opens_the_same_scene(address: str, visit: Visit, browser: Any) -> None:
    page = visit.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{address}/graph?dataset=tiny&user=u0&view=Path%20between&start=item:f0&end=item:f2&by=strongest")
    settled(page)
    page.locator(".st-key-share_graph button").click()
    page.get_by_role("button", name="Copy link").click()
    page.get_by_text("Copied.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.get_by_label("Link to what you see").input_value() == page.url
    assert urlsplit(copied).path == "/graph"
    other = Visit(browser.new_page())
    other.page.goto(copied)
    settled(other.page)
    assert other.page.get_by_role("combobox", name="To").input_value().startswith("Comet 2")
    assert other.page.get_by_role("radio", name="Strongest").is_checked()
    assert visit.outside() == other.outside() == [] and visit.errors() == other.errors() == []
    other.page.close()


@pytest.mark.parametrize("visit", ["light"], indirect=True)
def test_a_list_of_ten_prints_on_one_sheet(address: str, visit: Visit, browser: Any) -> None:
    page = visit.page
    page.goto(f"{address}/recommend?dataset=tiny&user=u0&k=10")
    settled(page)
    page.locator(".st-key-share_list button").click()
    file = downloaded(page, "Page to print, opens offline")
    sheet = browser.new_page()
    sheet.set_content(file.read_text("utf-8"))
    assert len(re.findall(rb"/Type /Page\b", sheet.pdf(prefer_css_page_size=True))) == 1
    assert "Data set: Tiny films." in sheet.locator("footer").inner_text()
    sheet.close()
    assert visit.outside() == [] and visit.errors() == []


@pytest.mark.parametrize("visit", ["light"], indirect=True)
@pytest.mark.parametrize("width", [1280, 390])
def test_no_picture_of_paths_has_a_bar_to_scroll_sideways(width: int, address: str, visit: Visit) -> None:
    page = visit.page
    page.set_viewport_size({"width": width, "height": 900})
    for screen in ("/explain?tab=Graph", "/graph?view=Path%20between&start=item:f0&end=item:f2"):
        page.goto(f"{address}{screen}&dataset=tiny&user=u0")
        settled(page)
        page.frame_locator("iframe").locator("canvas").wait_for()
        page.wait_for_timeout(500)
        picture = page.frames[-1]
        assert picture.evaluate(SIDEWAYS) <= 0
