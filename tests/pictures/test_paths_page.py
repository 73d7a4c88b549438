from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest

from kgrec_core.domain import VIDEO
from kgrec_core.pictures.legend import drawable
from kgrec_core.pictures.palette import DARK, LIGHT
from kgrec_core.pictures.path_layout import layered
from kgrec_core.pictures.paths_page import bends_of, render_paths
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


def forms(page: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(re.search(r"const forms = (\[.*?\]), box", page)[1])
    return found


@pytest.mark.parametrize("frame", [540, 358])
def test_four_steps_fit_a_frame_on_a_desk_and_on_a_phone_with_letters_that_can_be_read(frame: int) -> None:
    walk = long_path("The Empire Strikes Back", "Gladiator")
    fitting = [form for form in forms(render_paths((walk, *PATHS), "light", VIDEO)) if form["least"] <= frame]
    assert fitting
    assert min(form["nodes"][0]["font"]["size"] * frame / form["width"] for form in fitting) >= 10.5  # pixels


def long_path(liked: str, target: str) -> ScoredPath:
    """Five edges: over an entity, a third item and another entity."""
    between = (
        ("e:1", "Harrison Ford", "person"),
        ("i:2", "Blade Runner: the long cut", "item"),
        ("e:3", "1980s", "era"),
    )
    nodes = (Node("user:1", "You", "user"), Node(liked, liked, "item"), *(Node(*one) for one in between))
    steps = [("user:1", "liked", liked), (liked, "actor", "e:1"), ("i:2", "actor", "e:1"), ("i:2", "decade", "e:3")]
    return ScoredPath(
        (*nodes, Node(target, target, "item")), tuple(Edge(*s) for s in (*steps, (target, "decade", "e:3"))), 0.1
    )


def test_a_short_path_beside_a_long_one_keeps_a_place_in_every_column_that_it_runs_through() -> None:
    layout = layered([long_path("Alien", "Gladiator"), path("Ran", "Kurosawa", "Gladiator")])
    bends = {(link.start, link.end): len(keys) for link, keys in bends_of(layout).items()}
    assert bends[("e:Kurosawa", "Gladiator")] == 5 - 2 - 1  # from column 2 to column 5
    assert sum(bends.values()) == 2


def test_a_narrow_frame_shows_the_same_places_in_another_arrangement() -> None:
    wide, *others = forms(render_paths(PATHS, "light", VIDEO))
    for other in others:
        assert {node["id"] for node in other["nodes"]} == {node["id"] for node in wide["nodes"]}
        assert other["least"] < wide["least"]


def test_scrollbars_follow_the_theme() -> None:
    for theme in ("light", "dark"):
        assert f"color-scheme:{theme}" in render_paths(PATHS, theme, VIDEO)


def test_the_legend_says_what_the_thickness_of_a_line_is() -> None:
    said = "The thicker a line, the more points of the score run over it; the thickest carries 0.20."
    assert said in render_paths(PATHS, "light", VIDEO)  # each of the two paths carries 0.2, over lines of its own


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
