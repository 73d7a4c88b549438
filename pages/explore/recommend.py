"""Recommend: a list for one person, and beside it the reason for the item they ask about."""

from __future__ import annotations

import streamlit as st

from pages.ui import choice, explain, items, link, parts, resources, sidebar
from pages.ui.choice import Choice
from pages.ui.text import escape_markdown

WORDS = {5: "Five", 10: "Ten", 20: "Twenty"}


@st.fragment
def list_and_reason(chosen: Choice) -> None:
    user, domain = chosen.user, resources.opened(chosen.dataset).domain
    parts.stop_at_unknown("item", items.labels(chosen.dataset), domain.item)
    st.session_state.setdefault("chosen_k", 10)
    k = choice.get("k")
    left, right = st.columns((6, 7), gap="medium")
    with left:
        st.title(f"{WORDS[k]} {domain.items} for {escape_markdown(user.label)}", anchor=False)
        st.caption(
            f"{domain.liked.capitalize()} {user.liked:,} of {user.events:,} {domain.consumed} {domain.items}, "
            f"{escape_markdown(user.taste)}. Longer bar: stronger match."
        )
        with parts.errors_in_words():
            found = resources.recommendations(chosen.dataset, user.user_id, k)
        listed = [entry.item.item_id for entry in found.items]
        item = choice.get("item")
        if item is None and listed:
            item = listed[0]
        for entry in found.items:
            parts.card(entry, entry.item.item_id == item, chosen)
        if not listed:
            st.info(f"Nothing to recommend: everything here was already {domain.consumed}.", icon=":material/info:")
        st.segmented_control(
            "Length of the list",
            choice.SIZES,
            required=True,
            key=choice.mirror("k"),
            on_change=choice.picked,
            args=("k",),
        )
        if chosen.analyst:
            st.caption(f"Computed in {found.ms:.0f} ms.")
    with right, st.container(key="why_panel"):
        if item is not None:
            explain.panel(chosen, item)
            link.write(**chosen.address(item), k=k)


list_and_reason(sidebar.choose())
