"""All that is known of one item, in a dialog: its card, its facts, what is most like it, and who likes it."""

from __future__ import annotations

import streamlit as st

from kgrec_core.schema.cards import ItemCard
from pages.explore import place_inspector
from pages.ui import covers, page_errors, parts, resources
from pages.ui.choice import ScreenChoice
from pages.ui.safe_text import escape_markdown

ASKED, OPEN = "facts_asked", "facts_open"  # of the session: the item whose facts are to be opened, and are open
ALIKE = 5  # items
PEOPLE = 6  # with a link to their list
NAMED = 14  # values of one relation


def ask(item: str) -> None:
    """For `on_click`: the next run opens the facts of the item."""
    st.session_state[ASKED] = item


def shown(chosen: ScreenChoice) -> None:
    """Opens the dialog if it was asked for. Call it once in a run, after all that may ask."""
    item = st.session_state.pop(ASKED, None)
    if item in resources.items(chosen.dataset):
        st.session_state[OPEN] = item
        domain = resources.opened(chosen.dataset).domain
        st.dialog(f"About this {domain.item}", width="medium")(_facts)(chosen)


def _facts(chosen: ScreenChoice) -> None:
    theme = "dark" if st.context.theme.type == "dark" else "light"
    st.html(f"<style>[data-testid='stDialog'] {{ color-scheme: {theme}; }}</style>")  # it stands outside of the page
    with page_errors.errors_in_words():
        card = resources.items(chosen.dataset)[st.session_state[OPEN]]
        _head(chosen, card)
        st.subheader("What is known of it", anchor=False)
        if not place_inspector.relations(chosen, f"item:{card.item_id}", NAMED):
            st.caption("No fact that it shares with another one is stored.")
        _alike(chosen, card)
        _people(chosen, card)


def _head(chosen: ScreenChoice, card: ItemCard) -> None:
    domain = resources.opened(chosen.dataset).domain
    with st.container(horizontal=True, wrap=False, gap="medium", vertical_alignment="center", key="facts_head"):
        st.html(covers.image(chosen.dataset, card, 96), width="content")
        with st.container(gap="xsmall"):
            st.header(escape_markdown(card.title, 90), anchor=False)
            about = (str(card.year or ""), parts.tags(card))
            st.caption(" · ".join(part for part in about if part))
            people, everyone = resources.users_who_liked(chosen.dataset, card.item_id), resources.users(chosen.dataset)
            st.markdown(f"{len(people):,} of {len(everyone):,} {domain.users} {domain.liked} it.")
            with st.container(horizontal=True, gap="small", key="facts_ways"):
                place_inspector.why(chosen, f"item:{card.item_id}")
                place_inspector.surroundings(chosen, f"item:{card.item_id}", "In the graph")


def _alike(chosen: ScreenChoice, card: ItemCard) -> None:
    found = resources.opened(chosen.dataset).lists.similar(card.item_id, ALIKE)
    if not found:
        return
    st.subheader("Most like it", anchor=False)
    st.caption("By kind and text. Click one to read about it.")
    with st.container(horizontal=True, gap="small", key="facts_alike"):
        for place, other in enumerate(found):
            with st.container(key=f"tile_alike_{place}", width=112, gap="xxsmall"):
                st.html(covers.image(chosen.dataset, other, 64), width="content")
                label = escape_markdown(other.title, 50)
                key, about = f"title_alike_{place}", (other.item_id,)
                st.button(label, key=key, type="tertiary", on_click=_open, args=about, wrap=True)


def _open(item: str) -> None:
    st.session_state[OPEN] = item


def _people(chosen: ScreenChoice, card: ItemCard) -> None:
    """Those who liked it, each with the way to their list."""
    people, users = resources.users_who_liked(chosen.dataset, card.item_id), resources.users(chosen.dataset)
    if not people:
        return
    st.subheader("Who likes it", anchor=False)
    with st.container(horizontal=True, gap="small", key="facts_people"):
        for user in people[:PEOPLE]:
            address = {"dataset": chosen.dataset, "user": user}
            label = escape_markdown(users[user].label, 40)
            page, icon = "pages/explore/recommend.py", ":material/person:"
            st.page_link(page, label=label, icon=icon, query_params=address, width="content")
    if len(people) > PEOPLE:
        st.caption(f"And {len(people) - PEOPLE:,} more.")
