"""Paths of an explanation as one offline HTML page, drawn by pyvis: layered, left to right, without physics.

The page holds all its scripts and asks no host for anything. Text from the data reaches a canvas only; angle
brackets are replaced and no node carries a tooltip, because pyvis writes tooltips of pages that mention links as HTML.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any

from jinja2 import Environment
from pyvis.network import Network

from kgrec_core.domain import Domain
from kgrec_core.explain.sentences.clauses import REQUEST
from kgrec_core.pictures.legend import FONT, drawable, legend
from kgrec_core.pictures.node_covers import with_covers
from kgrec_core.pictures.palette import Palette, Swatch, palette
from kgrec_core.pictures.path_layout import PathLayout, PlacedNode, layered
from kgrec_core.schema.explanation import Node, ScoredPath

NO_COVERS: Mapping[str, str] = MappingProxyType({})
COLUMN_WIDTH = 172.0  # units of the canvas, pixels at scale 1
EDGE_WIDTH = 100.0  # half a node left of the first column and half a node right of the last
ROW_HEIGHT = 78.0
EDGE_HEIGHT = 64.0  # half a node above the first row and half a node below the last
LABEL_WIDTH = 124  # of a node; longer labels wrap
_BOOTSTRAP = re.compile(r"<link[^>]*bootstrap[^>]*/?>|<script[^>]*bootstrap[^>]*>\s*</script>", re.DOTALL)
_REMOTE = re.compile(r"<(link|script)[^>]*(?:href|src)\s*=\s*[\"']https?:[^>]*>(\s*</script>)?", re.DOTALL)
# A click on a node tells the page around the frame its number, which says nothing of the data and can name no other.
_TELL = (
    "<script>network.on('selectNode',e=>parent.postMessage({kgrecNode:Number(e.nodes[0])},'*'));"
    "network.on('hoverNode',()=>{network.canvas.body.container.style.cursor='pointer'});"
    "network.on('blurNode',()=>{network.canvas.body.container.style.cursor='default'});</script>"
)
# The app makes the frame as high as the page, but never lower again, because a page is at least as high as its frame.
# So the height of the content is told once more, after the app has measured; alone in a browser nobody listens.
_FIT = (
    "<script>const fit=()=>setTimeout(()=>parent.postMessage({type:'streamlit:iframe:setSize',width:innerWidth,"
    "height:Math.ceil(document.body.getBoundingClientRect().height)},'*'));"
    "addEventListener('load',fit);addEventListener('resize',fit);</script>"
)
LEAST_SCALE = 0.72  # of the picture; below that a frame scrolls sideways: smaller letters than 10.8 pixels are not read
_ANY_HEADING = re.compile(r"<center>.*?</center>", re.DOTALL)


def drawn_nodes(paths: Sequence[ScoredPath]) -> tuple[Node, ...]:
    """The nodes of the picture, each at the number by which it is known there."""
    return tuple(placed.node for placed in layered(paths).nodes)


def render_paths(
    paths: Sequence[ScoredPath],
    theme: str,
    domain: Domain,
    with_legend: bool = False,
    covers: Mapping[str, str] = NO_COVERS,
) -> str:
    """A self-contained HTML page with the graph of `paths`, as wide as its frame.

    theme: "light" or "dark" · domain: how relations are called · covers: data addresses of images, by item id. No paths
    give a page that shows nothing.
    """
    colours = palette(theme)
    layout = layered(paths)
    width = int(max(layout.columns - 1, 1) * COLUMN_WIDTH + EDGE_WIDTH)
    height = int((max(layout.rows, 2) - 1) * ROW_HEIGHT + EDGE_HEIGHT)
    network = blank(height, colours, directed=True)
    numbers = {placed.node.id: str(number) for number, placed in enumerate(layout.nodes)}  # ids of the data stay here
    for placed in layout.nodes:
        network.add_node(numbers[placed.node.id], **_node(placed, layout, colours, domain))
    kinds = {placed.node.id: _kind(placed, layout) for placed in layout.nodes}
    heaviest = max((link.weight for link in layout.links), default=0.0) or 1.0
    for link in layout.links:
        colour = _link_colour(kinds[link.start], kinds[link.end], colours)
        network.add_edge(numbers[link.start], numbers[link.end], **_link(link.weight / heaviest, colour))
    network.set_options(json.dumps(_OPTIONS))
    page = offline(network.generate_html(notebook=False), colours, width, height)
    items = {numbers[node.id]: node.id for node in drawn_nodes(paths) if node.type == "item" and node.id in covers}
    page = with_covers(page, {number: covers[item] for number, item in items.items()})
    if not with_legend:
        return page
    relations = (edge.relation for path in paths for edge in path.edges[1:])
    return page.replace("<body>", f"<body>{legend(relations, colours, domain)}", 1)


def blank(height: int, colours: Palette, directed: bool) -> Network:
    """An empty picture. pyvis would read and compile its template, 0.6 MB with the scripts in it, for each one anew."""
    network = Network(directed=directed, cdn_resources="in_line", height=f"{height}px", bgcolor=colours.background)
    network.templateEnv = _templates()
    return network


@cache
def _templates() -> Environment:
    templates: Environment = Network().templateEnv
    return templates


_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "zoomView": False,
        "dragView": False,
        "dragNodes": False,
        "hover": True,
        "selectConnectedEdges": True,
    },
    "nodes": {
        "margin": {"top": 8, "bottom": 8, "left": 10, "right": 10},
        "widthConstraint": {"maximum": LABEL_WIDTH},
        "borderWidth": 1.5,
        "borderWidthSelected": 3,
    },
    "edges": {
        "smooth": {"enabled": True, "type": "cubicBezier", "forceDirection": "horizontal", "roundness": 0.5},
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.45}},
        "selectionWidth": 2,
        "hoverWidth": 1,
    },
}


def _node(placed: PlacedNode, layout: PathLayout, colours: Palette, domain: Domain) -> dict[str, Any]:
    kind = _kind(placed, layout)
    swatch = colours.swatch(kind)
    return {
        "shape": "box",
        "label": _label(placed, domain),
        "x": float(placed.column * COLUMN_WIDTH),
        "y": float(placed.row * ROW_HEIGHT),
        "color": states(swatch),
        "font": {
            "multi": "html",
            "color": swatch.text,
            "face": FONT,
            "size": 15,
            "ital": {"size": 12, "color": swatch.text},
            "bold": {"size": 15, "color": swatch.text},
        },
        "shapeProperties": {"borderRadius": 5 if kind in ("item", "target") else 16},
    }


def _link(share: float, colour: str) -> dict[str, Any]:
    """share: of the heaviest link, 0 to 1; it sets the width."""
    return {
        "width": 1.2 + 5.0 * share,
        "color": {"color": colour, "highlight": colour, "hover": colour, "opacity": 0.8},
    }


def _link_colour(start: str, end: str, colours: Palette) -> str:
    """Of the fact at either end; grey between people and items."""
    facts = [kind for kind in (end, start) if kind not in ("user", "item", "target")]
    return colours.swatch(facts[0]).line if facts else colours.edge


def _kind(placed: PlacedNode, layout: PathLayout) -> str:
    """The swatch of a node: its role in the picture first, then its relation, then its type."""
    if (placed.column == 0 and layout.columns > 1) or placed.node.type == REQUEST:
        return "user"
    if placed.column == layout.columns - 1:
        return "target"
    players = [relation for relation in placed.relations if relation in ("director", "writer")]
    return players[0] if players and placed.node.type == "person" else placed.node.type


def _label(placed: PlacedNode, domain: Domain) -> str:
    name = drawable(placed.node.label)
    if placed.column == 0:
        return f"<b>{name}</b>"
    said = ", ".join(drawable(domain.phrase(relation).label) for relation in placed.relations)
    return f"{name}\n<i>{said}</i>" if said else f"<b>{name}</b>"


def states(swatch: Swatch) -> dict[str, object]:
    """The colours of a node, the same when it is pointed at."""
    same = {"background": swatch.fill, "border": swatch.line}
    return {**same, "highlight": same, "hover": same}


def offline(html: str, colours: Palette, width: int, height: int) -> str:
    """Without Bootstrap, heading, border and card of pyvis; in the colours of the page.

    The picture fills the frame's width and keeps its proportions, so no empty space is left above or below it. In a
    frame that is too narrow for letters that can be read, it scrolls sideways; a finger on it scrolls, too.
    """
    html = _ANY_HEADING.sub("", _REMOTE.sub("", _BOOTSTRAP.sub("", html)))
    style = (
        f"<style>html,body{{margin:0;overflow:hidden;background:{colours.background}}}"
        f"#mynetwork{{border:0!important;float:none!important;width:100%!important;height:auto!important;"
        f"aspect-ratio:{width}/{height};max-height:{height}px;min-width:{int(width * LEAST_SCALE)}px;"
        f"background:{colours.background}!important}}#mynetwork *{{touch-action:pan-x pan-y!important}}"
        f".card{{border:0!important;padding:0;overflow:auto hidden}}</style>"
    )
    return html.replace("</head>", f"{style}</head>", 1).replace("</body>", f"{_TELL}{_FIT}</body>", 1)
