"""Pictures and pages that are made once and kept: of an explanation, and of surroundings in the knowledge graph."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kgrec_core import service
from kgrec_core.pictures import exported_page
from kgrec_core.pictures.found_paths_page import found_as_svg, render_found
from kgrec_core.pictures.neighbourhood_page import drawn_places, neighbourhood_as_svg, render_neighbourhood
from kgrec_core.pictures.paths_page import paths_as_svg, render_paths
from kgrec_core.pictures.svg_picture import Captions
from kgrec_core.schema.asker import Asker
from kgrec_core.schema.explanation import ScoredPath
from kgrec_core.schema.knowledge_graph import FoundPaths, Place
from kgrec_core.schema.provenance import Provenance
from pages.ui import resources
from pages.ui.safe_text import plain

WHY = "Why {item} for {person}?"
AROUND = "What is known around {place}"
BETWEEN = "From {start} to {end}"


@st.cache_data(max_entries=32, show_spinner=False)
def graph_page(dataset: str, asker: Asker, item: str, theme: str, numbers: tuple[int, ...], legend: bool) -> str:
    """The graph of these paths of an explanation as an HTML page of about 0.7 MB."""
    paths = resources.why(dataset, asker, item).paths
    shown = tuple(paths[number] for number in numbers if number < len(paths))
    library = resources.library(dataset)
    return render_paths(shown, theme, library.domain, legend, covers=library.covers.addresses(_items(shown)))


@st.cache_data(max_entries=32, show_spinner=False)
def graph_svg(
    dataset: str, asker: Asker, item: str, theme: str, numbers: tuple[int, ...], person: str, provenance: Provenance
) -> str:
    """The same graph as a picture of some kB."""
    found = resources.why(dataset, asker, item)
    shown = tuple(found.paths[number] for number in numbers if number < len(found.paths))
    title = WHY.format(item=found.item.title, person=person)
    words = Captions(title, provenance.sentence, title)
    library = resources.library(dataset)
    return paths_as_svg(shown, theme, library.domain, words, covers=library.covers.addresses(_items(shown)))


@st.cache_data(max_entries=8, show_spinner=False)
def explanation_page(dataset: str, asker: Asker, item: str, k: int, person: str, provenance: Provenance) -> str:
    """The explanation as one HTML file."""
    titles = {name: card.title for name, card in resources.items(dataset).items()}
    found, library = resources.explanation(dataset, asker, item, k), resources.library(dataset)
    covers = library.covers.of_known([item, *_items(found.paths)])
    return exported_page.as_page(found, library.domain, titles, person, provenance, covers)


def _items(paths: Sequence[ScoredPath]) -> list[str]:
    """Ids of the items that paths lead over."""
    return [node.id for path in paths for node in path.nodes if node.type == "item"]


@st.cache_data(max_entries=32, show_spinner=False)
def neighbourhood_page(
    dataset: str, node: str, relations: tuple[str, ...], most: int, further: bool, theme: str
) -> str:
    """What is around a place of the knowledge graph as an HTML page of about 0.7 MB."""
    library = resources.library(dataset)
    found = library.knowledge.neighbourhood(node, relations, most, further)
    places = (place.key.removeprefix("item:") for place in drawn_places(found) if place.type == "item")
    return render_neighbourhood(found, theme, library.domain, library.covers.addresses(places))


@st.cache_data(max_entries=32, show_spinner=False)
def neighbourhood_svg(
    dataset: str,
    node: str,
    relations: tuple[str, ...],
    most: int,
    further: bool,
    theme: str,
    provenance: Provenance,
) -> str:
    """The same surroundings as a picture of some kB."""
    found = resources.library(dataset).knowledge.neighbourhood(node, relations, most, further)
    title = AROUND.format(place=found.centre.label)
    words = Captions(title, provenance.sentence, title)
    return neighbourhood_as_svg(found, theme, resources.library(dataset).domain, words)


@st.cache_data(max_entries=64, show_spinner=False)
def paths_between(dataset: str, start: str, end: str, by: str) -> FoundPaths:
    """by: "shortest" or "strongest"."""
    knowledge = resources.library(dataset).knowledge
    return (knowledge.strongest_paths if by == "strongest" else knowledge.shortest_paths)(start, end)


@st.cache_data(max_entries=32, show_spinner=False)
def found_page(dataset: str, start: str, end: str, by: str, theme: str) -> str:
    """The paths between two places as an HTML page of about 0.7 MB."""
    return render_found(paths_between(dataset, start, end, by), theme, resources.library(dataset).domain)


@st.cache_data(max_entries=32, show_spinner=False)
def found_svg(dataset: str, start: str, end: str, by: str, theme: str, provenance: Provenance) -> str:
    """The same paths as a picture of some kB."""
    found = paths_between(dataset, start, end, by)
    title = BETWEEN.format(start=found.start.label, end=found.end.label)
    return found_as_svg(found, theme, resources.library(dataset).domain, Captions(title, provenance.sentence, title))


@st.cache_data(max_entries=2, show_spinner=False)
def place_names(dataset: str) -> dict[str, str]:
    """The best known places of the knowledge graph as pickers call them, by key."""
    knowledge, domain = resources.library(dataset).knowledge, resources.library(dataset).domain
    return {place.key: place_name(place, domain) for place in knowledge.best_known()}


def place_name(place: Place, domain: service.Domain) -> str:
    return plain(f"{place.label} · {domain.item if place.type == 'item' else place.type}", 70)
