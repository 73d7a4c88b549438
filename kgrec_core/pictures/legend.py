"""Which colour means what, in words above a picture of the graph."""

from __future__ import annotations

import html
from collections.abc import Iterable

from kgrec_core.domain import Domain
from kgrec_core.pictures.palette import Palette

FONT = "system-ui, sans-serif"


def legend(relations: Iterable[str], colours: Palette, domain: Domain) -> str:
    """HTML: colour and name of each relation, once, in the order given."""
    parts = []
    for relation in dict.fromkeys(relations):
        swatch = colours.swatch(swatch_of(relation, domain))
        mark = f"background:{swatch.fill};border:2px solid {swatch.line}"
        name = html.escape(drawable(domain.phrase(relation).label))
        parts.append(f'<span style="white-space:nowrap"><i style="{mark}"></i>{name}</span>')
    style = (
        "<style>.legend{display:flex;flex-wrap:wrap;gap:6px 16px;padding:2px 2px 10px;font:14px "
        f"{FONT};color:{colours.muted}}}.legend i{{display:inline-block;width:11px;height:11px;border-radius:6px;"
        "margin-right:6px;vertical-align:-1px}</style>"
    )
    return f'{style}<div class="legend">{"".join(parts)}</div>'


def swatch_of(relation: str, domain: Domain) -> str:
    """The kind of node whose colour stands for a relation, in the picture and in its legend."""
    return relation if relation in ("director", "writer") else domain.phrase(relation).entity_type


LABEL_LENGTH = 34  # characters; the full text stands in the list beside the picture


def drawable(text: str) -> str:
    """One short line that vis-network draws as it is: no tag, no control or direction character."""
    line = " ".join("".join(char for char in text if char.isprintable() or char.isspace()).split())
    line = line if len(line) <= LABEL_LENGTH else line[: LABEL_LENGTH - 1].rstrip() + "…"
    return line.replace("<", "‹").replace(">", "›") or "(no name)"
