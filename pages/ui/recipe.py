"""What to train: how long, and with or without the graph."""

from __future__ import annotations

import streamlit as st

from kgrec_core import training

ROUNDS = {"Quick": 3, "Usual": 8, "Thorough": 40}
TOLD = {
    "Quick": "At most 3 rounds over the data: a first look.",
    "Usual": "At most 8 rounds: right for most data.",
    "Thorough": "At most 40 rounds: for thin data, where most people did little.",
}


def chosen() -> training.Recipe:
    """The questions and what was answered; defaults suit most data."""
    with st.container(horizontal=True, gap="large", vertical_alignment="bottom", key="recipe_row"):
        effort = st.segmented_control("How long", list(ROUNDS), default="Usual", required=True, key="recipe_effort")
        graph = st.toggle(
            "Use the knowledge graph", value=True, key="recipe_graph",
            help="Off: facts are only read as words, nothing is linked by them, and reasons cannot name them.",
        )  # fmt: skip
    st.caption(f"{TOLD[effort]} Training ends by itself when three rounds in a row do not help.")
    return training.Recipe(ROUNDS[effort], graph)
