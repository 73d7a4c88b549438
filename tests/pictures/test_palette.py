from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from kgrec_core.domain import DOMAINS, Domain
from kgrec_core.pictures.palette import DARK, LIGHT, Palette

CONFIG = tomllib.loads((Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text(encoding="utf-8"))


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("theme", "palette"), [("light", LIGHT), ("dark", DARK)])
def test_the_app_and_the_graph_use_the_same_colours(theme: str, palette: Palette) -> None:
    colours = CONFIG["theme"][theme]
    assert colours["backgroundColor"] == palette.background
    assert colours["secondaryBackgroundColor"] == palette.surface
    assert colours["textColor"] == palette.ink
    assert colours["primaryColor"] == palette.primary


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_every_label_can_be_read(palette: Palette) -> None:
    for kind, swatch in {**palette.nodes, "other": palette.other}.items():
        assert contrast(swatch.fill, swatch.text) >= 4.5, kind
    assert contrast(palette.background, palette.muted) >= 4.5
    assert contrast(palette.background, palette.primary) >= 4.5


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_every_outline_stands_out_from_the_page(palette: Palette) -> None:
    for kind, swatch in {**palette.nodes, "other": palette.other}.items():
        assert contrast(palette.background, swatch.line) >= 3, kind


@pytest.mark.parametrize("domain", DOMAINS.values(), ids=lambda domain: domain.name)
def test_the_kinds_that_are_told_first_in_a_field_look_different(domain: Domain) -> None:
    first = {phrase.entity_type for phrase in list(domain.relations.values())[:5]}
    for palette in (LIGHT, DARK):
        swatches = [palette.swatch(kind) for kind in first]
        assert palette.other not in swatches and len({swatch.line for swatch in swatches}) == len(first)
