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
    "As it came": None,
    "Adapted by who liked what": "interactions",
    "Adapted by words": "words",
}
TOLD = {
    "Quick": "At most 3 rounds over the data: a first look.",
    "Usual": "At most 8 rounds: right for most data.",
    "Thorough": "At most 40 rounds: for thin data, where most people did little.",
}


def chosen() -> training_runs.Recipe:
    """The questions and what was answered; defaults suit most data."""
    effort = st.segmented_control(
        "How long", list(ROUNDS), default="Usual", required=True, key="recipe_effort", persist_state="page"
    )  # what is chosen here outlives the run, while it is not shown
    with st.container(horizontal=True, key="recipe_row"):
        graph = st.toggle(
            "Use the knowledge graph", value=True, key="recipe_graph", persist_state="page",
            help="Off: facts are only read as words, nothing is linked by them, and reasons cannot name them.",
        )  # fmt: skip
        taught = st.segmented_control(
            "BERT", list(TAUGHT), default="As it came", required=True, key="recipe_adapt", persist_state="page",
            help="Before it reads, BERT can learn from the data. *By who liked what*: things that the same people like "
            "get like vectors, which helped lists of new things alone. *By words*: it guesses hidden "
            f"words, and whether one event came after another, which has not made lists better so far. {_more()}.",
        )  # fmt: skip
    st.caption(f"{TOLD[effort]} Training ends by itself when three rounds in a row do not help.")
    return training_runs.Recipe(ROUNDS[effort], graph, TAUGHT[taught])


def _more() -> str:
    """What adapting takes, by what it took here."""
    known = expected_duration.adapting()
    if known is None:
        return "Either takes longer"
    return f"Either takes longer, {duration(known.seconds)} with {escape_markdown(known.title, 60)} here"
