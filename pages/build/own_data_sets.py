"""The imported data sets: what to do with each, and their removal."""

from __future__ import annotations

import streamlit as st

from kgrec_core import service
from kgrec_core.errors import KgrecError, UnknownIdError
from kgrec_core.workspace import own_data, training_runs
from pages.build import newer_rows
from pages.ui import owner, resources
from pages.ui.safe_text import escape_markdown

TRAIN, LIST = "pages/build/train.py", "pages/explore/recommend.py"


def listing() -> None:
    """One row for each data set of one's own; nothing where there is none."""
    trouble = st.session_state.pop("own_trouble", None)
    if trouble:
        st.error(escape_markdown(trouble, 600), title="It was not deleted", icon=":material/error:")
    own = own_data.imported_names()
    cards = [card for card in service.datasets() if card.name in own]
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
        f"**{escape_markdown(title, 60)}**, its trained model, its report and the key of its user ids go for good."
    )
    if st.button("Delete it", key="own_delete_sure", type="primary", on_click=_delete, args=(name,)):
        st.rerun()  # closes the dialog


def _delete(name: str) -> None:
    training_runs.forget(name)
    try:
        own_data.delete_dataset(name)
    except UnknownIdError:
        pass  # another visitor was faster
    except KgrecError as error:
        st.session_state["own_trouble"] = str(error)
    resources.forget_all()
    if st.session_state.get("chosen_dataset") == name:
        st.session_state.pop("chosen_dataset")
