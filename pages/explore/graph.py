"""Knowledge graph: search a name, see the facts around it, whose lists they drive, and what the graph is worth."""

from __future__ import annotations

import streamlit as st

from kgrec_core.schema.knowledge_graph import Place
from pages.explore import graph_views, person_strip
from pages.ui import choice, page_address, page_errors, resources, sidebar
from pages.ui.choice import ScreenChoice
from pages.ui.safe_text import escape_markdown

FIRST = "graph_first"  # of the session: for whom and what a place was chosen by itself, and which


@page_errors.fragment
def explorer(chosen: ScreenChoice) -> None:
    view = choice.segmented("Show", choice.VIEWS, "view", label_visibility="collapsed")
    with page_errors.errors_in_words():
        if view == "Numbers":
            graph_views.numbers(chosen)
        elif view == "Quality":
            graph_views.quality(chosen)
        else:
            graph_views.search(chosen.dataset)
            place = centre(chosen)
            if view == "Explore":
                graph_views.around(chosen, place.key)
            else:
                graph_views.driven(chosen, place.key)
    most = choice.get("most", choice.STEP)
    page_address.write(
        **chosen.address(None),
        node=choice.get("node"),
        view=None if view == choice.VIEWS[0] else view,
        most=None if most == choice.STEP else most,
        further=1 if choice.get("further") else None,
    )


def centre(chosen: ScreenChoice) -> Place:
    """The chosen place of the graph under its name.

    Where none is chosen, the item that was explained last, else what most of what this person liked has in common; it
    changes with the person and the item.
    """
    opened, item = resources.opened(chosen.dataset), choice.get("item")
    about = (chosen.dataset, chosen.asker, item)
    before, first = st.session_state.get(FIRST, (about, None))
    moved = before[0] != chosen.dataset  # a place of the other data set means nothing here
    if choice.get("node") is None or moved or (choice.get("node") == first and before != about):
        known = item in resources.items(chosen.dataset)
        first = f"item:{item}" if known else resources.start(chosen.dataset, chosen.asker).key
        st.session_state["chosen_node"] = first
    st.session_state[FIRST] = (about, first)
    place = opened.knowledge.place(str(choice.get("node")))
    kind = opened.domain.item if place.type == "item" else place.type
    st.header(escape_markdown(place.label, 80), anchor=False)
    st.caption(f"{escape_markdown(kind, 40)} · {place.facts:,} facts in the graph")
    return place


chosen = sidebar.choose(choice.GRAPH)
domain = resources.opened(chosen.dataset).domain
st.title("The knowledge graph", anchor=False)
st.markdown(
    f"Everything that is known about the {domain.items}: who made them, what kind they are, where they come from. "
    f"Two {domain.items} are linked where they share such a fact, and each fact below can be a reason on a list."
)
person_strip.draw(chosen)
explorer(chosen)
