"""Paths between two places of the knowledge graph, as a picture and in words."""

from __future__ import annotations

from kgrec_core.domain import Domain
from kgrec_core.pictures.paths_page import drawn_nodes, paths_as_svg, render_paths
from kgrec_core.pictures.svg_picture import Captions
from kgrec_core.schema.explanation import Edge, Node, ScoredPath
from kgrec_core.schema.knowledge_graph import Fact, FoundPaths, Place, PlacePath

THICKNESS = "The thicker a line, the stronger the path over it: what lies between its ends is shared by fewer others."
NOTHING = "No path of up to {longest} steps leads from {start} to {end}. Choose another end, or add facts to the data."
SAME = "Both ends are {start}. Choose two different ones."
_STEP = "— {relation} → {name}"


def render_found(found: FoundPaths, theme: str, domain: Domain) -> str:
    """A self-contained HTML page, as wide as its frame; theme "light" or "dark"."""
    return render_paths(_scored(found), theme, domain, with_legend=True, thickness=THICKNESS)


def found_as_svg(found: FoundPaths, theme: str, domain: Domain, words: Captions, width: float = 900.0) -> str:
    """The same picture as one SVG. width: of the frame that it is meant for, in pixels."""
    return paths_as_svg(_scored(found), theme, domain, words, width, THICKNESS)


def found_places(found: FoundPaths) -> tuple[Place, ...]:
    """The places of the picture, each at the number by which it is known there."""
    places = {place.key: place for path in found.paths for place in path.places}
    return tuple(places[node.id] for node in drawn_nodes(_scored(found)))


def nothing_found(found: FoundPaths) -> str:
    """Why there is no path, and what to do."""
    said = SAME if found.start == found.end else NOTHING
    return said.format(longest=found.longest, start=found.start.label, end=found.end.label)


def in_words(path: PlacePath, domain: Domain) -> str:
    """Its places from the start to the end, and between them what joins them."""
    steps = zip(path.steps, path.places[1:], strict=True)
    walked = [_STEP.format(relation=_relations(facts, domain), name=place.label) for facts, place in steps]
    return " ".join((path.places[0].label, *walked))


def _relations(facts: tuple[Fact, ...], domain: Domain) -> str:
    return ", ".join(dict.fromkeys(domain.phrase(fact.relation).label for fact in facts))


def _scored(found: FoundPaths) -> tuple[ScoredPath, ...]:
    """As the picture of an explanation knows paths; what two places have in common twice is one line."""
    return tuple(
        ScoredPath(
            tuple(Node(place.key, place.label, place.type) for place in path.places),
            tuple(Edge(facts[0].head.key, facts[0].relation, facts[0].tail.key) for facts in path.steps),
            path.strength,
        )
        for path in found.paths
    )
