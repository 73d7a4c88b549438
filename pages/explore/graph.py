"""Knowledge graph: search a name, see the facts around it, whose lists they drive, and what the graph is worth."""

from __future__ import annotations

import streamlit as st

from kgrec_core.schema.knowledge_graph import Place
from pages.explore import graph_views, path_between, person_strip
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
        elif view == "Path between":
            path_between.board(chosen)
        else:
            graph_views.search(chosen.dataset)
            place = centre(chosen)
            if view == "Explore":
                graph_views.around(chosen, place.key)
            else:
                graph_views.driven(chosen, place.key)
    page_address.write(**chosen.address(None), view=None if view == choice.VIEWS[0] else view, **scene(view))


def scene(view: str) -> dict[str, str | int | None]:
    """What is chosen in a view, for the address; nothing of the others."""
    most, only, look = choice.get("most", choice.STEP), choice.get("only"), choice.get("look")
    between, around = view == "Path between", view == choice.VIEWS[0]
    chosen: dict[str, object] = {
        "node": None if between else choice.get("node"),
        "most": most if around and most != choice.STEP else None,
        "further": 1 if around and choice.get("further") else None,
        "only": page_address.joined(map(str, only)) if around and isinstance(only, tuple) else None,
        "look": look if between or (around and look != choice.get("node")) else None,
        "start": choice.get("start") if between else None,
        "end": choice.get("end") if between else None,
        "by": choice.get("by") if between and choice.get("by") != choice.PATHS_BY[0] else None,
    }
    return {name: str(value) if value is not None else None for name, value in chosen.items()}


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
