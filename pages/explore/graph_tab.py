"""The graph of an explanation: the picture, what a click on it opens, and the same facts in words beside it."""

from __future__ import annotations

import streamlit as st

from kgrec_core import service
from kgrec_core.errors import UnknownIdError
from kgrec_core.pictures.paths_page import drawn_nodes
from kgrec_core.schema.explanation import Explanation, Node, ScoredPath
from kgrec_core.schema.knowledge_graph import Place
from pages.explore import explanation_panel, graph_clicks, place_inspector, share_menu
from pages.ui import choice, page_address, page_errors, resources, visitor
from pages.ui.choice import ScreenChoice
from pages.ui.safe_text import plain

OPEN = "graph_open"  # key of the picker of the place that is looked at


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
    numbers = wanted[: max(choice.number("shown"), len(explanation_panel.FIRST))]
    paths = [explanation.paths[number] for number in numbers]
    nodes = [_place(chosen, node) for node in drawn_nodes(paths)]
    picture, words = st.columns((5, 3), gap="medium")
    with picture:
        explanation_panel.graph(chosen, explanation, tuple(numbers), legend=True)
        graph_clicks.listen("graph_clicks", lambda number: _open(nodes, number))
        if len(numbers) < len(wanted):
            label = f"Show more ({len(numbers)} of {len(wanted)} paths shown)"
            every = ("shown", len(wanted))
            st.button(label, key="more_paths", icon=":material/add:", on_click=choice.put, args=every)
        share_menu.picture_of_paths(chosen, explanation, numbers, "shown_picture")
    with words:
        node = place_inspector.choose([place for place in nodes if place is not None], domain, OPEN)
        if node is not None:
            with st.container(border=True, gap="xsmall", key="inspector"):
                place_inspector.about(chosen, node)
                place_inspector.leads(chosen, node)
        st.markdown("**The same facts in words**")
        explanation_panel.paths_in_words(explanation, domain, chosen.analyst, paths)
    page_address.write(**scene())


def scene() -> dict[str, str | int | None]:
    """What is chosen in the picture, for the address: a link opens it as it was left."""
    only, look = choice.get("only"), choice.get("look")
    return {
        "only": page_address.joined(map(str, only)) if isinstance(only, tuple) else None,
        "shown": choice.number("shown") or None,
        "look": str(look) if look else None,
    }


def _wanted(explanation: Explanation, domain: service.Domain) -> list[int]:
    """The numbers of the paths that pass the filter, strongest first."""
    relations = dict.fromkeys(relation for path in explanation.paths for relation in _relations(path))
    st.session_state["graph_only_picker"] = list(choice.ids("only", relations))
    only = st.pills(
        "Show only",
        list(relations),
        selection_mode="multi",
        format_func=lambda name: plain(domain.phrase(name).label, 40),
        key="graph_only_picker",
        on_change=_only,
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
    choice.put("look", place.key if place else None)


def _only() -> None:
    choice.put("only", tuple(st.session_state["graph_only_picker"]) or None)
