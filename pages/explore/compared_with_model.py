"""Our list beside that of another model, for one person. By itself, as each of the four comparisons is."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from kgrec_core.schema.comparison import EASE, MODELS, NO_GRAPH, POPULARITY
from pages.explore import compared_rows, comparisons_kept
from pages.ui import choice, parts
from pages.ui.choice import ScreenChoice
from pages.ui.safe_text import escape_markdown

TITLE = "Two models for {person}"
ABOUT = {  # what each of them is, for who has never heard of it
    EASE: "EASE knows only who liked what, no fact and no text. Fitted to the same data, on a scale of its own.",
    POPULARITY: "Popularity puts first what most people liked, the same for everybody.",
    NO_GRAPH: "The same model with every fact taken out: what the knowledge graph does for this list.",
}


def draw(chosen: ScreenChoice, heading: DeltaGenerator) -> str | None:
    """Returns the item that is told about."""
    with heading:
        st.title(TITLE.format(person=escape_markdown(chosen.user.label, 40)), anchor=False)
    model = choice.segmented("Ours beside", choice.PEERS, "model", format_func=MODELS.__getitem__)
    st.caption(ABOUT[model])
    with parts.waiting(420):  # EASE is fitted when it is first asked
        lists = comparisons_kept.models(chosen.dataset, chosen.asker, model, choice.number("k", 10))
    st.markdown(f"**{escape_markdown(lists.sentence, 200)}**")

    def tell(item: str, where: str) -> None:
        known = comparisons_kept.item_by_models(chosen.dataset, chosen.asker, model, item)
        st.markdown(escape_markdown(known.sentence, 500))

    return compared_rows.draw(chosen, lists, tell)
