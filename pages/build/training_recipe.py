"""What to train: how long, with or without the graph, and whether BERT learns too.

By itself: a screen is a script, which nothing can take in.
"""

from __future__ import annotations

import streamlit as st

from kgrec_core.workspace import expected_duration, training_runs
from pages.ui.durations import duration
from pages.ui.safe_text import escape_markdown

ROUNDS = {"Quick": 3, "Usual": 8, "Thorough": 40}
TAUGHT: dict[str, training_runs.Adaptation | None] = {
    "No": None,
    "By who liked what": "interactions",
    "By words": "words",
}
TAUGHT_TOLD = {
    "By who liked what": "BERT, which reads the texts, first learns which of them the same people like. Lists of films "
    "that nobody had met got better by it; lists of what people know already did not.",
    "By words": "BERT, which reads the texts, first guesses hidden words of what people did, and which event came "
    "after which. That has not made lists better so far.",
}
TOLD = {
    "Quick": "At most 3 rounds over the data: a first look.",
    "Usual": "At most 8 rounds: right for most data.",
    "Thorough": "At most 40 rounds: for thin data, where most people did little.",
}


def chosen(analyst: bool) -> training_runs.Recipe:
    """The questions and what was answered; defaults suit most data. Whether BERT learns is an analyst's question."""
    effort = st.segmented_control(
        "How long", list(ROUNDS), default="Usual", required=True, key="recipe_effort", persist_state="page"
    )  # what is chosen here outlives the run, while it is not shown
    with st.container(horizontal=True, key="recipe_row"):
        graph = st.toggle(
            "Use the knowledge graph", value=True, key="recipe_graph", persist_state="page",
            help="Off: facts are only read as words, nothing is linked by them, and reasons cannot name them.",
        )  # fmt: skip
        taught = _taught() if analyst else "No"
    st.caption(f"{TOLD[effort]} Training ends by itself when {training_runs.PATIENCE} rounds in a row do not help.")
    if TAUGHT[taught]:
        st.caption(f"{TAUGHT_TOLD[taught]} {_more()}")
    return training_runs.Recipe(ROUNDS[effort], graph, TAUGHT[taught])


def _taught() -> str:
    return st.segmented_control(
        "Teach BERT first", list(TAUGHT), default="No", required=True, key="recipe_adapt", persist_state="page",
        help="BERT, a language model, reads the texts. It can learn from your data before; most data do not need "
        "it. What it is good for and what it costs is told once you choose a way.",
    )  # fmt: skip


def _more() -> str:
    """What adapting takes, by what it took here."""
    known = expected_duration.adapting()
    if known is None:
        return "It costs minutes of training, and 90 MB more on disk, where it is kept."
    return (
        f"It costs time, {duration(known.seconds)} with {escape_markdown(known.title, 60)} here, and 90 MB more on "
        "disk, where it is kept."
    )
