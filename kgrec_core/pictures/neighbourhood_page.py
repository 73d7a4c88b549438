"""Surroundings in the knowledge graph as a picture: the centre in the middle, what it has on both sides.

In a narrow frame the centre stands on the left, and all that it has to the right of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from kgrec_core.domain import Domain
from kgrec_core.pictures import svg_picture, vis_page
from kgrec_core.pictures.diagram import Diagram, Label, Line, Look, Spacing, across, columns_of
from kgrec_core.pictures.legend import Legend, colours_of, drawable
from kgrec_core.pictures.node_covers import NO_COVERS
from kgrec_core.pictures.palette import Palette, palette
from kgrec_core.schema.knowledge_graph import Fact, Neighbourhood, Place

DESK = Spacing(letters=15, label=170, gap=56, apart=14)
HALF = Spacing(letters=14, label=150, gap=70, apart=12)
NARROW = Spacing(letters=13, label=100, gap=26, apart=10, padding=7)
BENDS = (0.5, 0.25, 0.75)  # of lines between the same two places
Position = tuple[int, float]  # column, 0 is the centre; row, 0 is the middle


def render_neighbourhood(
    neighbourhood: Neighbourhood, theme: str, domain: Domain, covers: Mapping[str, str] = NO_COVERS
) -> str:
    """A self-contained HTML page, as wide as its frame; theme "light" or "dark".

    covers: data addresses of images, by item id
    """
    colours = palette(theme)
    legend = _legend(neighbourhood, colours, domain)
    shown = {f"item:{item}": address for item, address in covers.items()}
    return vis_page.as_page(_diagram(neighbourhood, colours), colours, legend, shown)


def neighbourhood_as_svg(
    neighbourhood: Neighbourhood, theme: str, domain: Domain, words: svg_picture.Captions, width: float = 900.0
) -> str:
    """The same picture as one SVG. width: of the frame that it is meant for, in pixels."""
    colours, diagram = palette(theme), _diagram(neighbourhood, palette(theme))
    legend = _legend(neighbourhood, colours, domain)
    return svg_picture.as_svg(diagram, diagram.fitting(width), colours, legend, words)


def drawn_places(neighbourhood: Neighbourhood) -> tuple[Place, ...]:
    """The places of the picture, each at the number by which it is known there."""
    places = _places(neighbourhood)
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


def _places(neighbourhood: Neighbourhood) -> dict[str, Place]:
    places = {place.key: place for fact in neighbourhood.facts for place in (fact.head, fact.tail)}
    return places | {neighbourhood.centre.key: neighbourhood.centre}


def _legend(neighbourhood: Neighbourhood, colours: Palette, domain: Domain) -> Legend:
    return Legend(colours_of((fact.relation for fact in neighbourhood.facts), colours, domain))


def _diagram(neighbourhood: Neighbourhood, colours: Palette) -> Diagram:
    places = _places(neighbourhood)
    positions = arranged(neighbourhood.centre.key, neighbourhood.facts)
    looks = {key: _look(places[key], _kind(places[key], neighbourhood), colours) for key in positions}
    labels = {key: look.label for key, look in looks.items()}
    wide = columns_of({key: column for key, (column, _) in positions.items()})
    narrow = columns_of({key: abs(column) for key, (column, _) in positions.items()})
    forms = (across(wide, labels, DESK), across(narrow, labels, HALF), across(narrow, labels, NARROW))
    return Diagram(looks, _lines(neighbourhood, colours), forms)


def _lines(neighbourhood: Neighbourhood, colours: Palette) -> tuple[Line, ...]:
    """One for each fact; those between the same two places bend apart."""
    parallel: Counter[tuple[str, str]] = Counter()
    lines = []
    for fact in neighbourhood.facts:
        ends = (fact.head.key, fact.tail.key)
        near = neighbourhood.centre.key in ends
        kind = fact.relation if fact.relation in ("director", "writer") else fact.tail.type
        colour, bend = colours.swatch(kind).line, BENDS[parallel[ends] % len(BENDS)]
        lines.append(Line(*ends, 2.2 if near else 1.2, colour, 0.8 if near else 0.55, bend, arrow=False))
        parallel[ends] += 1
    return tuple(lines)


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


def _look(place: Place, kind: str, colours: Palette) -> Look:
    label = Label(drawable(place.label), bold=kind == "target")
    return Look(label, colours.swatch(kind), 5 if kind in ("item", "target") else 16)
