"""The offer to prepare a data set that is not ready yet, and its progress.

By itself, as it takes the place of any screen.
"""

from __future__ import annotations

import streamlit as st

from kgrec_core.schema.cards import DatasetCard
from kgrec_core.workspace import expected_duration, training_runs
from pages.ui import parts, training_progress
from pages.ui.durations import duration
from pages.ui.safe_text import escape_markdown

DATA = "pages/build/data.py"


def offer(card: DatasetCard) -> None:
    """One button; once the work is done the page goes on by itself. The run is the one that the screen Train shows."""
    st.title("One step before the first list")
    st.markdown(
        f"**{escape_markdown(card.title)}** is not prepared yet. Preparing reads the data, encodes the texts, builds "
        f"the knowledge graph and trains the recommender on this machine. That is done once. {_time()}"
    )
    with st.container(border=True, key="data_facts"):
        parts.data_facts(card)
    with st.container(horizontal=True, gap="medium", key="prepare_others"):
        st.page_link(
            DATA, label="Try it with a sample shop instead", icon=":material/storefront:", query_params={"sample": "1"},
            width="content",
        )  # fmt: skip
        st.page_link(DATA, label="Bring your own data", icon=":material/upload_file:", width="content")
    now, busy = training_runs.state(card.name), training_runs.running()
    if now is not None and now.status == training_runs.RUNNING:
        training_progress.live(card.name)
        return
    if now is not None:
        training_progress.ending(now, prepared=False)
    if busy is not None:
        st.info(f"Training on {escape_markdown(busy.dataset)} is under way; this one can start after it.")
    label, icon = f"Prepare {escape_markdown(card.title)}", ":material/play_arrow:"
    if st.button(label, key="prepare", type="primary", icon=icon, disabled=busy is not None):
        training_runs.start(card.name)
        st.rerun()


def _time() -> str:
    """How large data are that were not read yet is not known, and so is the time they take."""
    longest = expected_duration.longest_training()
    if longest is None:
        return "The time left shows once it runs."
    return f"The longest such work here, on {escape_markdown(longest.title, 60)}, took {duration(longest.took)}."
