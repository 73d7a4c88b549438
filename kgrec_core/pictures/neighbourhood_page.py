"""Surroundings in the knowledge graph as one offline HTML page: the centre in the middle, what it has on both sides."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from kgrec_core.domain import Domain
from kgrec_core.pictures.legend import FONT, drawable, legend
from kgrec_core.pictures.node_covers import with_covers
from kgrec_core.pictures.palette import Palette, palette
from kgrec_core.pictures.paths_page import NO_COVERS, blank, offline, states
from kgrec_core.schema.knowledge_graph import Fact, Neighbourhood, Place

COLUMN_WIDTH = 240.0  # units of the canvas, pixels at scale 1
ROW_HEIGHT = 56.0
LABEL_WIDTH = 190  # of a node; longer labels wrap
BENDS = (0.5, 0.25, 0.75)  # of edges between the same two places
_CENTRED = (
    "<script>addEventListener('load',()=>{const card=document.querySelector('.card');"
    "card.scrollLeft=(card.scrollWidth-card.clientWidth)/2})</script>"
)
Position = tuple[int, float]  # column, 0 is the centre; row, 0 is the middle


def render_neighbourhood(
    neighbourhood: Neighbourhood, theme: str, domain: Domain, covers: Mapping[str, str] = NO_COVERS
) -> str:
    """A self-contained HTML page, as wide as its frame; theme "light" or "dark".

    covers: data addresses of images, by item id
    """
    colours = palette(theme)
    places = {place.key: place for place in drawn_places(neighbourhood)}
    positions = arranged(neighbourhood.centre.key, neighbourhood.facts)
    columns = [column for column, _ in positions.values()]
    rows = max(Counter(columns).values())
    width = int((max(columns) - min(columns) + 1) * COLUMN_WIDTH)
    height = int(max(rows, 3) * ROW_HEIGHT + 40)
    network = blank(height, colours, directed=False)
    numbers = {key: str(number) for number, key in enumerate(positions)}  # ids of the data stay here
    kinds = {key: _kind(places[key], neighbourhood) for key in positions}
    for key, position in positions.items():
        network.add_node(numbers[key], **_node(places[key], kinds[key], position, colours))
    parallel: Counter[tuple[str, str]] = Counter()
    for fact in neighbourhood.facts:
        ends = (fact.head.key, fact.tail.key)
        network.add_edge(
            *(numbers[end] for end in ends), **_link(fact, neighbourhood.centre.key in ends, parallel[ends], colours)
        )
        parallel[ends] += 1
    network.set_options(json.dumps(_OPTIONS))
    page = offline(network.generate_html(notebook=False), colours, width, height)
    items = {key: key.removeprefix("item:") for key in numbers if key.startswith("item:")}
    page = with_covers(page, {numbers[key]: covers[item] for key, item in items.items() if item in covers})
    if min(columns) < -1:  # a frame that scrolls would begin far out, with the centre out of sight
        page = page.replace("</body>", f"{_CENTRED}</body>", 1)
    words = legend((fact.relation for fact in neighbourhood.facts), colours, domain)
    return page.replace("<body>", f"<body>{words}", 1)


def drawn_places(neighbourhood: Neighbourhood) -> tuple[Place, ...]:
    """The places of the picture, each at the number by which it is known there."""
    places = {place.key: place for fact in neighbourhood.facts for place in (fact.head, fact.tail)}
    places |= {neighbourhood.centre.key: neighbourhood.centre}
    return tuple(places[key] for key in arranged(neighbourhood.centre.key, neighbourhood.facts))


def arranged(centre: str, facts: Sequence[Fact]) -> dict[str, Position]:
    """Where each place stands: neighbours of the centre left and right of it, what they share outside of them.

    Neighbours keep the order of the facts down the left column and then down the right one. What is further out
    stands on the side where most of its neighbours are, in the order of their mean row.
    """
    near = list(dict.fromkeys(_other(centre, fact) for fact in facts if centre in (fact.head.key, fact.tail.key)))
    half = (len(near) + 1) // 2
    sides = {-1: near[:half], 1: near[half:]}
    positions: dict[str, Position] = {centre: (0, 0.0)}
    for side, keys in sides.items():
        positions |= {key: (side, row - (len(keys) - 1) / 2) for row, key in enumerate(keys)}
    links: dict[str, list[Position]] = {}
    for fact in facts:
        for key, other in ((fact.head.key, fact.tail.key), (fact.tail.key, fact.head.key)):
            if key not in positions and other in positions:
                links.setdefault(key, []).append(positions[other])
    outer: dict[int, list[str]] = {-2: [], 2: []}
    for key, at in links.items():
        outer[-2 if sum(column for column, _ in at) < 0 else 2].append(key)
    for column, keys in outer.items():
        keys.sort(key=lambda key: sum(row for _, row in links[key]) / len(links[key]))
        positions |= {key: (column, row - (len(keys) - 1) / 2) for row, key in enumerate(keys)}
    return positions


_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"zoomView": False, "dragView": True, "hover": True, "selectConnectedEdges": True},
    "nodes": {
        "margin": {"top": 7, "bottom": 7, "left": 10, "right": 10},
        "widthConstraint": {"maximum": LABEL_WIDTH},
        "borderWidth": 1.5,
        "borderWidthSelected": 3,
    },
    "edges": {
        "selectionWidth": 2,
        "hoverWidth": 1,
    },
}


def _other(centre: str, fact: Fact) -> str:
    return fact.tail.key if fact.head.key == centre else fact.head.key


def _kind(place: Place, neighbourhood: Neighbourhood) -> str:
    if place.key == neighbourhood.centre.key:
        return "target"
    players = [
        fact.relation
        for fact in neighbourhood.facts
        if fact.tail.key == place.key and fact.relation in ("director", "writer")
    ]
    return players[0] if players and place.type == "person" else place.type


def _node(place: Place, kind: str, position: Position, colours: Palette) -> dict[str, Any]:
    swatch = colours.swatch(kind)
    name = drawable(place.label)
    return {
        "shape": "box",
        "label": f"<b>{name}</b>" if kind == "target" else name,
        "x": float(position[0] * COLUMN_WIDTH),
        "y": float(position[1] * ROW_HEIGHT),
        "color": states(swatch),
        "font": {
            "multi": "html",
            "color": swatch.text,
            "face": FONT,
            "size": 15,
            "bold": {"size": 16, "color": swatch.text},
        },
        "shapeProperties": {"borderRadius": 5 if kind in ("item", "target") else 16},
    }


def _link(fact: Fact, near: bool, before: int, colours: Palette) -> dict[str, Any]:
    """near: an edge of the centre · before: edges between the same two that are drawn already; they bend apart."""
    kind = fact.relation if fact.relation in ("director", "writer") else fact.tail.type
    line = colours.swatch(kind).line
    return {
        "width": 2.2 if near else 1.2,
        "smooth": {
            "enabled": True,
            "type": "cubicBezier",
            "forceDirection": "horizontal",
            "roundness": BENDS[before % 3],
        },
        "color": {"color": line, "highlight": line, "hover": line, "opacity": 0.8 if near else 0.55},
    }
