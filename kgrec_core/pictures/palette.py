"""The colours of both themes and of each kind of node; `.streamlit/config.toml` repeats the theme colours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Swatch:
    """How one kind of node is drawn: hexadecimal RGB, or RGB with opacity."""

    fill: str
    line: str
    text: str


@dataclass(frozen=True, slots=True)
class Palette:
    """One theme: page colours, and a swatch per kind of node."""

    background: str
    surface: str
    ink: str
    muted: str
    primary: str
    edge: str
    nodes: Mapping[str, Swatch]
    other: Swatch  # kinds of nodes without a colour of their own

    def swatch(self, kind: str) -> Swatch:
        return self.nodes.get(_AS.get(kind, kind), self.other)


# Kinds of other fields than films, drawn as the kind of film fact that means as much to people there.
_AS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("brand", "series", "album", "group", "entity"), "director"),  # what it belongs to
        **dict.fromkeys(("feature",), "person"),
        **dict.fromkeys(("price", "interest", "subject", "publisher", "label"), "writer"),
        **dict.fromkeys(("system", "tag"), "award"),
        **dict.fromkeys(("category", "topic", "organisation", "section"), "genre"),
        **dict.fromkeys(("product", "artist"), "item"),
    }
)

_LIGHT_INK = "#1F2430"
_DARK_INK = "#F1EFEA"

LIGHT = Palette(
    background="#FBFAF8",
    surface="#F1EFEA",
    ink=_LIGHT_INK,
    muted="#5F6472",
    primary="#4F46E5",
    edge="#A9ADB8",
    nodes=MappingProxyType(
        {
            "user": Swatch("#4F46E5", "#4F46E5", "#FFFFFF"),
            "target": Swatch("#E11D48", "#E11D48", "#FFFFFF"),
            "item": Swatch("#FFFFFF", "#8A8FA0", _LIGHT_INK),
            "person": Swatch("#EFEAFF", "#7C5CFC", _LIGHT_INK),
            "director": Swatch("#DFF5F1", "#0E9F8E", _LIGHT_INK),
            "writer": Swatch("#FDF0DC", "#D97706", _LIGHT_INK),
            "genre": Swatch("#E4EEFE", "#3B82F6", _LIGHT_INK),
            "award": Swatch("#F8E8DC", "#B45309", _LIGHT_INK),
        }
    ),
    other=Swatch("#ECEBE7", "#6B7080", _LIGHT_INK),
)

DARK = Palette(
    background="#14161C",
    surface="#1D2029",
    ink=_DARK_INK,
    muted="#A6A9B4",
    primary="#A5A0FF",
    edge="#727A8C",
    nodes=MappingProxyType(
        {
            "user": Swatch("#A5A0FF", "#A5A0FF", "#14161C"),
            "target": Swatch("#FB7190", "#FB7190", "#14161C"),
            "item": Swatch("#262A35", "#7D8496", _DARK_INK),
            "person": Swatch("#2B2548", "#9D86FF", _DARK_INK),
            "director": Swatch("#123732", "#2CC4B0", _DARK_INK),
            "writer": Swatch("#3B2A12", "#F0A33C", _DARK_INK),
            "genre": Swatch("#182C4D", "#6BA4FA", _DARK_INK),
            "award": Swatch("#3A2413", "#DB8446", _DARK_INK),
        }
    ),
    other=Swatch("#23262F", "#8B90A0", _DARK_INK),
)


def palette(theme: str) -> Palette:
    """The palette of a theme, "light" or "dark"."""
    return DARK if theme == "dark" else LIGHT
