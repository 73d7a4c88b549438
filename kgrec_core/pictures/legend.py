"""Which colour means what, and what the thickness of a line says, in words beside a picture of the graph."""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import dataclass

from kgrec_core.domain import Domain
from kgrec_core.pictures.palette import Palette, Swatch

FONT = "system-ui, sans-serif"
LABEL_LENGTH = 34  # characters; the full text stands in the list beside the picture


@dataclass(frozen=True, slots=True)
class Legend:
    """colours: by the name of what they stand for · thickness: a sentence about lines, "" where all are alike."""

    colours: tuple[tuple[str, Swatch], ...] = ()
    thickness: str = ""


def colours_of(relations: Iterable[str], colours: Palette, domain: Domain) -> tuple[tuple[str, Swatch], ...]:
    """Name and colour of each relation, once, in the order given."""
    return tuple(
        (drawable(domain.phrase(relation).label), colours.swatch(swatch_of(relation, domain)))
        for relation in dict.fromkeys(relations)
    )


def as_html(legend: Legend, colours: Palette) -> str:
    """For a page; "" where there is nothing to say."""
    parts = [
        f'<span class="name"><i style="background:{swatch.fill};border:2px solid {swatch.line}"></i>'
        f"{html.escape(name)}</span>"
        for name, swatch in legend.colours
    ]
    if legend.thickness:
        parts.append(f"<span>{_WEDGE.format(colours.muted)}{html.escape(legend.thickness)}</span>")
    if not parts:
        return ""
    style = (
        "<style>.legend{display:flex;flex-wrap:wrap;gap:6px 16px;padding:2px 2px 10px;font:13px/1.4 "
        f"{FONT};color:{colours.muted}}}.legend .name{{white-space:nowrap}}.legend i{{display:inline-block;width:11px;"
        "height:11px;border-radius:6px;margin-right:6px;vertical-align:-1px}.legend svg{vertical-align:-1px;"
        "margin-right:6px}</style>"
    )
    return f'{style}<div class="legend">{"".join(parts)}</div>'


def swatch_of(relation: str, domain: Domain) -> str:
    """The kind of node whose colour stands for a relation, in the picture and in its legend."""
    return relation if relation in ("director", "writer") else domain.phrase(relation).entity_type


def drawable(text: str) -> str:
    """One short line that vis-network draws as it is: no tag, no control or direction character."""
    line = " ".join("".join(char for char in text if char.isprintable() or char.isspace()).split())
    line = line if len(line) <= LABEL_LENGTH else line[: LABEL_LENGTH - 1].rstrip() + "…"
    return line.replace("<", "‹").replace(">", "›") or "(no name)"


# A line that grows from thin to thick.
_WEDGE = '<svg width="34" height="10" aria-hidden="true"><path d="M0 4.5L34 1.5V8.5L0 5.5Z" fill="{}"/></svg>'
