from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from kgrec_core.domain import VIDEO
from kgrec_core.pictures.legend import drawable
from kgrec_core.pictures.palette import DARK, LIGHT
from kgrec_core.pictures.paths_page import render_paths
from kgrec_core.schema.explanation import Edge, Node, ScoredPath

HOSTILE = (
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)"> href',
    "</script><script>alert(2)</script>",
    "[click](javascript:alert(1)) \u202e reversed",
    "😀 'quotes' \"double\" `tick` & &lt;b&gt;",
    "x" * 10_000,
)


def path(liked: str, shared: str, target: str, relation: str = "director") -> ScoredPath:
    nodes = (Node("user:1", "You", "user"), Node(liked, liked, "item"), Node(f"e:{shared}", shared, "person"))
    edges = (
        Edge("user:1", "liked", liked),
        Edge(liked, relation, f"e:{shared}"),
        Edge(target, relation, f"e:{shared}"),
    )
    return ScoredPath((*nodes, Node(target, target, "item")), edges, 0.2)


PATHS = (path("Alien", "Ridley Scott", "Gladiator"), path("Se7en", "Brad Pitt", "Gladiator", "actor"))
HOSTILE_PATHS = tuple(path(f"liked {text}", text, f"target {HOSTILE[0]}") for text in HOSTILE)


class Outside(HTMLParser):
    """Collects every address that the page would load."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in ("src", "href")]


@pytest.mark.parametrize("paths", [PATHS, HOSTILE_PATHS, ()])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_page_loads_nothing_from_anywhere(paths: tuple[ScoredPath, ...], theme: str) -> None:
    page = render_paths(paths, theme, VIDEO)
    reader = Outside()
    reader.feed(page)
    assert reader.found == []
    assert not re.search(r"(?:src|href)\s*=\s*[\"']?\s*(?:https?:)?//", page)
    assert "bootstrap" not in page.lower()


def test_letters_stay_readable_in_a_narrow_frame_that_scrolls_sideways() -> None:
    page = render_paths(PATHS, "light", VIDEO)
    width, least = (int(re.search(pattern, page)[1]) for pattern in (r"aspect-ratio:(\d+)/", r"min-width:(\d+)px"))
    assert 15 * least / width >= 10.5  # pixels; the letters are 15 at full scale
    assert "overflow:auto hidden" in page and "touch-action:pan-x pan-y" in page


def test_a_page_tells_its_own_height_so_that_a_frame_can_become_lower() -> None:
    assert "streamlit:iframe:setSize" in render_paths(PATHS, "light", VIDEO)


def test_hostile_titles_reach_no_html() -> None:
    page = render_paths(HOSTILE_PATHS, "light", VIDEO)
    assert "popup.innerHTML" not in page and "innerHTML = title" not in page
    assert "alert(1)</script" not in page
    assert "<img src=x" not in page
    assert "\u202e" not in page


def test_the_words_of_a_path_are_in_the_picture() -> None:
    page = render_paths(PATHS, "light", VIDEO)
    for word in ("You", "Alien", "Ridley Scott", "Gladiator", "director", "cast"):
        assert word in page


def test_each_theme_has_its_own_background() -> None:
    assert LIGHT.background in render_paths(PATHS, "light", VIDEO)
    assert DARK.background in render_paths(PATHS, "dark", VIDEO)


def test_the_same_paths_give_the_same_page() -> None:
    assert render_paths(PATHS, "dark", VIDEO) == render_paths(PATHS, "dark", VIDEO)


def test_a_drawn_label_is_one_short_line() -> None:
    assert drawable("a\n<b>\u202e c") == "a ‹b› c"
    assert len(drawable("x" * 10_000)) < 50
    assert drawable("\u200b") == "(no name)"
