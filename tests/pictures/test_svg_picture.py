"""The graph as one SVG: well-formed, without anything that runs or is fetched, and with everything that was said."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from kgrec_core.domain import VIDEO
from kgrec_core.pictures.palette import DARK, LIGHT
from kgrec_core.pictures.paths_page import paths_as_svg
from kgrec_core.pictures.svg_picture import EDGE, Captions
from kgrec_core.schema.explanation import ScoredPath
from tests.pictures.test_paths_page import HOSTILE, HOSTILE_PATHS, PATHS

SVG = "{http://www.w3.org/2000/svg}"
WORDS = Captions("Why Gladiator?", "Data set: Films.", "From you to Gladiator")


def drawn(paths: tuple[ScoredPath, ...], words: Captions = WORDS, width: float = 900, theme: str = "light") -> str:
    return paths_as_svg(paths, theme, VIDEO, words, width)


def texts(svg: str) -> str:
    return " ".join(node.text or "" for node in ElementTree.fromstring(svg).iter(f"{SVG}text"))


@pytest.mark.parametrize("paths", [PATHS, HOSTILE_PATHS])
@pytest.mark.parametrize("width", [900, 340, 100])
def test_a_picture_holds_shapes_and_text_alone(paths: tuple[ScoredPath, ...], width: float) -> None:
    root = ElementTree.fromstring(drawn(paths, Captions(*HOSTILE[:3]), width))
    names = {node.tag.removeprefix(SVG) for node in root.iter()}
    assert names <= {"svg", "title", "desc", "g", "rect", "path", "polygon", "circle", "text"}
    assert not any(key.startswith("on") or "href" in key for node in root.iter() for key in node.attrib)


def test_names_relations_title_and_source_are_told() -> None:
    said = texts(drawn(PATHS))
    told = ("You", "Alien", "Ridley", "Gladiator", "director", "Why Gladiator?", "Data set: Films.", "carries 0.20")
    for words in told:
        assert words in said


def test_every_letter_is_inside_of_the_picture() -> None:
    root = ElementTree.fromstring(drawn(PATHS, width=340))
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    for node in root.iter(f"{SVG}text"):
        assert 0 <= float(node.attrib["y"]) <= height and -width <= float(node.attrib["x"]) <= width


@pytest.mark.parametrize("width", [900, 340])
def test_a_cover_is_whole_inside_of_the_picture_and_escaped(width: float) -> None:
    items = {node.id for path in PATHS for node in path.nodes if node.type == "item"}
    covers = dict.fromkeys(items, 'data:image/webp;base64,A"><script>')
    root = ElementTree.fromstring(paths_as_svg(PATHS, "light", VIDEO, WORDS, width, covers=covers))
    images = list(root.iter(f"{SVG}image"))
    assert len(images) == len(items) and not list(root.iter(f"{SVG}script"))
    shift = [node.attrib["transform"] for node in root if node.find(f"{SVG}image") is not None]
    across, down = (float(number) for number in shift[0].removeprefix("translate(").removesuffix(")").split())
    for image in images:
        assert across + float(image.attrib["x"]) >= 0 and down + float(image.attrib["y"]) >= 0
    assert float(root.attrib["width"]) <= width + 2 * EDGE


def test_a_thicker_line_carries_more() -> None:
    strong = tuple(ScoredPath(path.nodes, path.edges, credit) for path, credit in zip(PATHS, (0.3, 0.1), strict=True))
    widths = [float(width) for width in re.findall(r'stroke-width="([\d.]+)" stroke-opacity', drawn(strong))]
    assert widths == pytest.approx([1.2 + 6, 1.2 + 6, 1.2 + 6, 1.2 + 2, 1.2 + 2, 1.2 + 2], abs=0.06)


def test_each_theme_has_its_own_ground() -> None:
    assert LIGHT.background in drawn(PATHS) and DARK.background in drawn(PATHS, theme="dark")
