"""The graph of an explanation: the picture, what a click on it opens, and the same facts in words beside it."""

from __future__ import annotations

import streamlit as st

from kgrec_core import service
from kgrec_core.errors import UnknownIdError
from kgrec_core.pictures.paths_page import drawn_nodes
from kgrec_core.schema.explanation import Explanation, Node, ScoredPath
from kgrec_core.schema.knowledge_graph import Place
from pages.explore import explanation_panel, graph_clicks, place_inspector
from pages.ui import page_errors, resources, visitor
from pages.ui.choice import ScreenChoice
from pages.ui.safe_text import plain

OPEN = "graph_open"  # of the session: the place that is looked at


def tab(chosen: ScreenChoice, explanation: Explanation) -> None:
    if explanation.paths:
        board(chosen, explanation)
    elif not visitor.has_history(chosen.dataset, chosen.asker):
        domain = resources.opened(chosen.dataset).domain
        visitor.without_history(chosen.dataset, f"A graph runs from a {domain.item} that you like to this one.")
        node = f"item:{explanation.item.item_id}"
        place_inspector.about(chosen, node)
        place_inspector.surroundings(chosen, node)
    else:
        st.info("No stored fact connects the two, so there is nothing to draw.", icon=":material/info:")


@page_errors.fragment
def board(chosen: ScreenChoice, explanation: Explanation) -> None:
    """Runs alone, so a click answers at once and the picture stays as it is."""
    domain = resources.opened(chosen.dataset).domain
    wanted = _wanted(explanation, domain)
    most = st.session_state.get(_key(explanation, "most"), len(explanation_panel.FIRST))
    numbers = wanted[:most]
    paths = [explanation.paths[number] for number in numbers]
    nodes = [_place(chosen, node) for node in drawn_nodes(paths)]
    picture, words = st.columns((5, 3), gap="medium")
    with picture:
        explanation_panel.graph(chosen, explanation, tuple(numbers), legend=True)
        graph_clicks.listen("graph_clicks", lambda number: _open(nodes, number))
        if len(numbers) < len(wanted):
            label = f"Show more ({len(numbers)} of {len(wanted)} paths shown)"
            st.button(label, key="more_paths", icon=":material/add:", on_click=_all, args=(explanation, len(wanted)))
        st.caption("The thicker a line, the more of the score the paths over it carry. Click a name to look closer.")
    with words:
        node = place_inspector.choose([place for place in nodes if place is not None], domain, OPEN)
        if node is not None:
            with st.container(border=True, gap="xsmall", key="inspector"):
                place_inspector.about(chosen, node)
                place_inspector.leads(chosen, node)
        st.markdown("**The same facts in words**")
        explanation_panel.paths_in_words(explanation, domain, paths)


def _wanted(explanation: Explanation, domain: service.Domain) -> list[int]:
    """The numbers of the paths that pass the filter, strongest first."""
    relations = dict.fromkeys(relation for path in explanation.paths for relation in _relations(path))
    only = st.pills(
        "Show only",
        list(relations),
        selection_mode="multi",
        format_func=lambda name: plain(domain.phrase(name).label, 40),
        key=_key(explanation, "only"),
    )
    every = range(len(explanation.paths))
    return [number for number in every if not only or set(only) & set(_relations(explanation.paths[number]))]


def _relations(path: ScoredPath) -> list[str]:
    """Of the facts of a path; its first step is what the person did."""
    return [edge.relation for edge in path.edges[1:]]


def _place(chosen: ScreenChoice, node: Node) -> Place | None:
    """The same in the knowledge graph; None for the person, and for what they wrote."""
    if node.type in ("user", "words"):
        return None
    kind = "item" if node.type == "item" else "entity"
    try:
        return resources.opened(chosen.dataset).knowledge.place(f"{kind}:{node.id}")
    except UnknownIdError:
        return None


def _open(nodes: list[Place | None], number: int) -> None:
    place = nodes[number] if 0 <= number < len(nodes) else None
    st.session_state[OPEN] = place.key if place else None


def _all(explanation: Explanation, most: int) -> None:
    st.session_state[_key(explanation, "most")] = most


def _key(explanation: Explanation, name: str) -> str:
    return f"graph_{name}_{explanation.dataset}_{explanation.user}_{explanation.item.item_id}"
