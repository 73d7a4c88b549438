"""The imported data sets: what to do with each, and their removal."""

from __future__ import annotations

import streamlit as st

from kgrec_core import service
from kgrec_core.workspace import own_data
from pages.build import deleted_sets, newer_rows
from pages.ui import owner
from pages.ui.safe_text import escape_markdown

TRAIN, LIST = "pages/build/train.py", "pages/explore/recommend.py"


def listing() -> None:
    """One row for each data set of one's own; nothing where there is none."""
    own = own_data.imported_names()
    cards = [card for card in service.datasets() if card.name in own]
    deleted_sets.told()  # once the list can follow at once
    if not cards:
        return
    st.subheader("Your data sets", anchor=False)
    newer_rows.told()
    owner.choose()
    for card in cards:
        with st.container(border=True, key=f"own_set_{card.name}"):
            state = "ready" if card.prepared else "saved, not trained yet"
            state = "its model is of data that were replaced: train again" if card.stale else state
            state = "ready, with newer rows" if card.newer else state
            st.markdown(
                f"**{escape_markdown(card.title, 60)}** :gray[{escape_markdown(card.name)} · {state}]  \n"
                f"{card.users:,} people, {card.items:,} items, {card.interactions:,} {escape_markdown(card.events)}"
            )
            if card.newer:
                st.caption(escape_markdown(card.newer, 300))
            with st.container(horizontal=True, gap="small", vertical_alignment="center"):
                if card.prepared:
                    st.page_link(LIST, label="Open", icon=":material/recommend:", query_params={"dataset": card.name})
                st.page_link(
                    TRAIN, label="Train", icon=":material/model_training:", query_params={"dataset": card.name}
                )
                if st.button("Delete", key=f"own_delete_{card.name}", icon=":material/delete:", type="tertiary"):
                    _confirm(card.name, card.title)
            newer_rows.adding(card.name)


@st.dialog("Delete this data set?", icon=":material/delete:")
def _confirm(name: str, title: str) -> None:
    st.markdown(
        f"**{escape_markdown(title, 60)}**, its trained model, its report and the key of its user ids go, for "
        f"everybody on this server. You can undo that for {own_data.UNDO_SECONDS:.0f} seconds; then they are gone "
        "for good."
    )
    if st.button("Delete it", key="own_delete_sure", type="primary", on_click=deleted_sets.delete, args=(name, title)):
        st.rerun()  # closes the dialog
