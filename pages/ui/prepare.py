"""The offer to prepare a data set that is not ready yet, and its progress."""

from __future__ import annotations

import streamlit as st

from kgrec_core.schema import DatasetCard
from pages.ui import parts, resources
from pages.ui.text import escape_markdown


def offer(card: DatasetCard) -> None:
    """One button; once the work is done the page goes on by itself."""
    st.title("One step before the first list")
    st.markdown(
        f"**{escape_markdown(card.title)}** is not prepared yet. Preparing reads the data, encodes the texts, builds "
        "the knowledge graph and trains the recommender on this machine. It takes a few minutes and is done once."
    )
    with st.container(border=True, key="data_facts"):
        parts.data_facts(card)
    started = st.session_state.pop("prepare_now", None) == card.name
    label = "Preparing …" if started else f"Prepare {escape_markdown(card.title)}"
    icon = ":material/play_arrow:"
    st.button(label, key="prepare", type="primary", icon=icon, disabled=started, on_click=_start, args=(card.name,))
    if started:
        _prepare(card)
        st.rerun()


def _start(name: str) -> None:
    st.session_state["prepare_now"] = name


def _prepare(card: DatasetCard) -> None:
    bar = st.progress(0.0, "Starting …")

    def show(what: str, share: float) -> None:
        bar.progress(min(max(share, 0.0), 1.0), f"{escape_markdown(what)} … {share:.0%}")

    st.caption("Keep this page open; it continues by itself.")
    with parts.errors_in_words():
        resources.prepare(card.name, show)
