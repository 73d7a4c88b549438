"""Paths of an explanation as a picture: layered, left to right, or from top to bottom where a frame is narrow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from kgrec_core.domain import Domain
from kgrec_core.explain.sentences.clauses import REQUEST
from kgrec_core.pictures import svg_picture, vis_page
from kgrec_core.pictures.diagram import Diagram, Label, Line, Look, Spacing, across, columns_of, down
from kgrec_core.pictures.legend import Legend, colours_of, drawable, swatch_of
from kgrec_core.pictures.node_covers import NO_COVERS
from kgrec_core.pictures.palette import Palette, palette
from kgrec_core.pictures.path_layout import PathLayout, PlacedLink, PlacedNode, layered
from kgrec_core.schema.explanation import Node, ScoredPath

DESK = Spacing(letters=15, label=124, gap=46)
NARROW = Spacing(letters=12, label=76, gap=24, apart=12, padding=7)
PHONE = Spacing(letters=13, label=92, gap=34, apart=12)
ABREAST = 3  # boxes side by side where the picture runs from top to bottom
CREDIT = "The thicker a line, the more points of the score run over it; the thickest carries {:.2f}."


def drawn_nodes(paths: Sequence[ScoredPath]) -> tuple[Node, ...]:
    """The nodes of the picture, each at the number by which it is known there."""
    return tuple(placed.node for placed in layered(paths).nodes)


def render_paths(
    paths: Sequence[ScoredPath],
    theme: str,
    domain: Domain,
    with_legend: bool = False,
    thickness: str = CREDIT,
    covers: Mapping[str, str] = NO_COVERS,
) -> str:
    """A self-contained HTML page with the graph of `paths`, as wide as its frame.

    theme: "light" or "dark" · domain: how relations are called · with_legend: the colours, too · thickness: what the
    width of a line says, with a place for the largest · covers: data addresses of images, by item id. No paths give a
    page that shows nothing.
    """
    colours, layout = palette(theme), layered(paths)
    legend = _legend(paths, layout, colours, domain, thickness)
    shown = legend if with_legend else Legend((), legend.thickness)
    return vis_page.as_page(_diagram(layout, colours, domain), colours, shown, covers)


def paths_as_svg(
    paths: Sequence[ScoredPath],
    theme: str,
    domain: Domain,
    words: svg_picture.Captions,
    width: float = 900.0,
    thickness: str = CREDIT,
    covers: Mapping[str, str] = NO_COVERS,
) -> str:
    """The same picture as one SVG. width: of the frame that it is meant for, in pixels."""
    colours, layout = palette(theme), layered(paths)
    legend = _legend(paths, layout, colours, domain, thickness)
    diagram = _diagram(layout, colours, domain)
    inside = width - 2 * svg_picture.EDGE if covers else width
    form = diagram.fitting(inside).spread(inside)
    return svg_picture.as_svg(diagram, form, colours, legend, words, covers)


def _legend(
    paths: Sequence[ScoredPath], layout: PathLayout, colours: Palette, domain: Domain, thickness: str
) -> Legend:
    facts = (
        edge.relation for path in paths for edge in path.edges if edge.head != path.nodes[0].id or not _person(path)
    )
    heaviest = max((link.weight for link in layout.links), default=0.0)
    return Legend(colours_of(facts, colours, domain), thickness.format(heaviest) if heaviest else "")


def _person(path: ScoredPath) -> bool:
    """Whether the path begins with somebody; its first step is no fact then."""
    return path.nodes[0].type == "user"


def _diagram(layout: PathLayout, colours: Palette, domain: Domain) -> Diagram:
    kinds = {placed.node.id: _kind(placed, layout) for placed in layout.nodes}
    looks = {
        placed.node.id: Look(
            _label(placed, domain),
            colours.swatch(kinds[placed.node.id]),
            5 if kinds[placed.node.id] in ("item", "target") else 16,
        )
        for placed in layout.nodes
    }
    heaviest = max((link.weight for link in layout.links), default=0.0) or 1.0
    bends = bends_of(layout)
    lines = tuple(
        Line(
            start,
            end,
            1.2 + 6.0 * link.weight / heaviest,
            colours.edge if kinds[link.start] == "user" else colours.swatch(swatch_of(link.relation, domain)).line,
            arrow=end == link.end,
        )
        for link in layout.links
        for start, end in pairwise((link.start, *bends[link], link.end))
    )
    looks |= {bend: Look(Label(""), colours.other, 0) for each in bends.values() for bend in each}
    labels = {key: look.label for key, look in looks.items()}
    columns = _columns(layout, bends)
    forms = (
        across(columns, labels, DESK),
        across(columns, labels, NARROW),
        down(columns, labels, PHONE, ABREAST),
    )
    return Diagram(looks, lines, forms)


def bends_of(layout: PathLayout) -> dict[PlacedLink, tuple[str, ...]]:
    """Of each link a key for each column that it only runs through, where it keeps a place beside the boxes."""
    column = {placed.node.id: placed.column for placed in layout.nodes}
    return {
        link: tuple(f"bend {number} {at}" for at in range(column[link.start] + 1, column[link.end]))
        for number, link in enumerate(layout.links)
    }


def _columns(layout: PathLayout, bends: Mapping[PlacedLink, Sequence[str]]) -> list[list[str]]:
    """Keys by column, bends among them at the height of the straight line between the ends of their link."""
    places = {placed.node.id: (placed.column, placed.row) for placed in layout.nodes}
    for link, keys in bends.items():
        (first, start), (last, end) = places[link.start], places[link.end]
        for at, key in enumerate(keys, first + 1):
            places[key] = (at, start + (end - start) * (at - first) / (last - first))
    return columns_of({key: column for key, (column, _) in sorted(places.items(), key=lambda one: one[1])})


def _kind(placed: PlacedNode, layout: PathLayout) -> str:
    """The swatch of a node: its role in the picture first, then its relation, then its type."""
    if placed.node.type in ("user", REQUEST):
        return "user"
    if placed.column in (0, layout.columns - 1):
        return "target"
    players = [relation for relation in placed.relations if relation in ("director", "writer")]
    return players[0] if players and placed.node.type == "person" else placed.node.type


def _label(placed: PlacedNode, domain: Domain) -> Label:
    if placed.node.type == "user":
        return Label(drawable(placed.node.label), bold=True)
    said = ", ".join(drawable(domain.phrase(relation).label) for relation in placed.relations)
    return Label(drawable(placed.node.label), said, not said)
