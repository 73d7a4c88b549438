"""A diagram as one SVG: a picture to keep, to print and to put into a document. It runs nothing and fetches nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from kgrec_core.pictures.diagram import LINE, NOTE, Box, Diagram, Form, Line, Look, text_width, wrapped
from kgrec_core.pictures.legend import FONT, Legend
from kgrec_core.pictures.node_covers import HEIGHT, NO_COVERS, WIDTH
from kgrec_core.pictures.palette import Palette

SMALL = 12.0  # pixels, letters of legend and source
HEADING = 17.0
EDGE = 12.0  # pixels by which a cover stands out of its box


@dataclass(frozen=True, slots=True)
class Captions:
    """title: above the picture · source: below it, from where and of when · told: the same for who cannot see it."""

    title: str = ""
    source: str = ""
    told: str = ""


def as_svg(
    diagram: Diagram,
    form: Form,
    colours: Palette,
    legend: Legend,
    words: Captions,
    covers: Mapping[str, str] = NO_COVERS,
) -> str:
    """The picture in one of its forms, its own size, with its legend; text is escaped.

    covers: data addresses of images, by key of a box
    """
    edge = EDGE if covers else 0.0
    width = max(form.width + 2 * edge, 320.0)
    heading = wrapped(words.title, width - 16, HEADING * 1.08)
    key, key_height = _key(legend, width, colours)
    source = wrapped(words.source, width - 16, SMALL)
    top = 8 + len(heading) * HEADING * LINE + (6 if heading else 0)
    above = top + key_height + edge
    below = above + form.height + (8 if source else 0)
    height = below + len(source) * SMALL * LINE + 8
    boxes = {box.key: box for box in form.boxes}
    left = (width - form.width) / 2
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" font-family="{FONT}">',
        f"<title>{_text(words.title or words.told)}</title>",
        f"<desc>{_text(words.told)}</desc>" if words.told else "",
        f'<rect width="100%" height="100%" fill="{colours.background}"/>',
        *_lines(heading, 8, 8, HEADING, colours.ink, "700"),
        f'<g transform="translate(0 {top:.1f})">{key}</g>' if key else "",
        f'<g transform="translate({left:.1f} {above:.1f})">',
        *(_line(line, boxes[line.start], boxes[line.end], form.across) for line in diagram.lines),
        *(_box(box, diagram.looks[box.key], form) for box in form.boxes if box.name),
        *(_cover(box, covers[box.key]) for box in form.boxes if box.name and box.key in covers),
        "</g>",
        *_lines(source, 8, below, SMALL, colours.muted),
        "</svg>",
    ]
    return "".join(parts)


def _line(line: Line, start: Box, end: Box, across: bool) -> str:
    """A curve from the edge of one box to the edge of the other, with an arrowhead where it is to have one."""
    horizontal = across and abs(end.x - start.x) > 1
    side = (1 if end.x > start.x else -1, 0) if horizontal else (0, 1 if end.y > start.y else -1)
    head = 3.0 + 1.6 * line.width if line.arrow else 0.0
    x1, y1 = start.x + side[0] * start.width / 2, start.y + side[1] * start.height / 2
    x4, y4 = end.x - side[0] * end.width / 2, end.y - side[1] * end.height / 2
    tip = (x4, y4)
    x4, y4 = x4 - side[0] * head, y4 - side[1] * head
    reach = line.bend * (abs(x4 - x1) if horizontal else abs(y4 - y1))
    x2, y2, x3, y3 = x1 + side[0] * reach, y1 + side[1] * reach, x4 - side[0] * reach, y4 - side[1] * reach
    drawn = (
        f'<path d="M{x1:.1f} {y1:.1f}C{x2:.1f} {y2:.1f} {x3:.1f} {y3:.1f} {x4:.1f} {y4:.1f}" fill="none" '
        f'stroke="{line.colour}" stroke-width="{line.width:.1f}" stroke-opacity="{line.opacity}"/>'
    )
    if not line.arrow:
        return drawn
    half = head / 2
    wings = (
        f"{x4 - side[1] * half:.1f} {y4 - side[0] * half:.1f} {tip[0]:.1f} {tip[1]:.1f} "
        f"{x4 + side[1] * half:.1f} {y4 + side[0] * half:.1f}"
    )
    return f'{drawn}<polygon points="{wings}" fill="{line.colour}" fill-opacity="{line.opacity}"/>'


def _box(box: Box, look: Look, form: Form) -> str:
    small = form.letters * NOTE
    tall = LINE * (len(box.name) * form.letters + len(box.note) * small)
    x, y, radius = box.x - box.width / 2, box.y - box.height / 2, min(look.radius, box.height / 2)
    weight, top = "700" if look.label.bold else "400", box.y - tall / 2
    return "".join(
        [
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{box.width:.1f}" height="{box.height:.1f}" rx="{radius:.1f}" '
            f'fill="{look.swatch.fill}" stroke="{look.swatch.line}" stroke-width="1.5"/>',
            *_lines(box.name, box.x, top, form.letters, look.swatch.text, weight, "middle"),
            *_lines(
                box.note,
                box.x,
                top + LINE * len(box.name) * form.letters,
                small,
                look.swatch.text,
                "400",
                "middle",
                True,
            ),
        ]
    )


def _cover(box: Box, address: str) -> str:
    """Over the upper left corner of a box, as in the picture of pyvis."""
    x, y = box.x - box.width / 2 - EDGE, box.y - box.height / 2 - EDGE
    return (
        f'<image x="{x:.1f}" y="{y:.1f}" width="{WIDTH}" height="{HEIGHT}" preserveAspectRatio="xMidYMid slice" '
        f'href="{escape(address)}"/>'
    )


def _lines(
    lines: tuple[str, ...],
    x: float,
    top: float,
    letters: float,
    colour: str,
    weight: str = "400",
    anchor: str = "start",
    italic: bool = False,
) -> list[str]:
    style = ' font-style="italic"' if italic else ""
    return [
        f'<text x="{x:.1f}" y="{top + letters * (0.95 + LINE * row):.1f}" font-size="{letters:.1f}" '
        f'font-weight="{weight}" text-anchor="{anchor}" fill="{colour}"{style}>{_text(line)}</text>'
        for row, line in enumerate(lines)
    ]


def _key(legend: Legend, width: float, colours: Palette) -> tuple[str, float]:
    """The legend, names in rows and then the sentence about thickness; and its height."""
    parts, x, y = [], 8.0, 0.0
    for name, swatch in legend.colours:
        wide = 22 + text_width(name, SMALL)
        if x > 8 and x + wide > width - 8:
            x, y = 8.0, y + 20
        parts.append(
            f'<circle cx="{x + 6:.1f}" cy="{y + 8:.1f}" r="5" fill="{swatch.fill}" stroke="{swatch.line}" '
            'stroke-width="2"/>'
        )
        parts += _lines((name,), x + 17, y + 2, SMALL, colours.muted)
        x += wide + 10
    y += 22 if legend.colours else 0
    said = wrapped(legend.thickness, width - 58, SMALL)
    if said:
        parts.append(f'<path d="M8 {y + 8:.1f}l34 -3v7l-34 -3z" fill="{colours.muted}"/>')
        parts += _lines(said, 50, y, SMALL, colours.muted)
        y += len(said) * SMALL * LINE + 8
    return "".join(parts), y


def _text(text: str) -> str:
    """Escaped, without characters that XML does not know."""
    return escape("".join(char for char in text if char.isprintable() or char in "\t\n"))
