"""Recommend: a list for one person, and beside it the reason for the item they ask about, or another list."""

from __future__ import annotations

import streamlit as st

from kgrec_core.schema.recommendations import Recommendations
from pages.explore import (
    explanation_panel,
    item_facts,
    kept_focus,
    list_wishes,
    person_strip,
    reason_rows,
    recommended_cards,
    share_menu,
)
from pages.ui import choice, history_form, messages, page_address, page_errors, parts, resources, sidebar, visitor
from pages.ui.choice import ScreenChoice
from pages.ui.safe_text import escape_markdown

WORDS = {0: "No", 1: "One", 2: "Two", 3: "Three", 4: "Four", 5: "Five", 10: "Ten", 20: "Twenty", 30: "Thirty"}
FROM_LIKES_AND_WORDS = (  # for one item, and for many
    "From {count} {item} that you like and your words “{words}”.",
    "From {count} {items} that you like and your words “{words}”.",
)
FROM_WORDS = "From your words “{words}”."


@page_errors.fragment
def list_and_reason(given: ScreenChoice) -> None:
    parts.stop_at_unknown("item", resources.item_names(given.dataset), resources.opened(given.dataset).domain.item)
    chosen = choice.current(given, resources.items(given.dataset))
    choice.default("k", 10)
    k = choice.number("k", 10)
    person_strip.draw(chosen)
    left, right = st.columns(2, gap="small")
    with left:
        with st.container(gap="xsmall", key="list_head"):
            heading = st.container()
            menus = list_wishes.row(chosen)
        recommended_cards.thumbs_given(chosen)
        with page_errors.errors_in_words():
            wanted = choice.wishes(resources.opened(chosen.dataset).lists.tags)
            found = resources.recommendations(chosen.dataset, chosen.asker, k, wanted)
        with heading:
            _heading(chosen, len(found.items))
        with menus:
            share_menu.of_list(chosen, found, _title(chosen, len(found.items), chosen.user.label))
        item = _list(chosen, found)
    with right, st.container(key="why_panel", gap="xsmall"):
        if item is not None:
            explanation_panel.panel(chosen, item)
    item_facts.shown(chosen)
    page_address.write(**chosen.address(item), k=k, **list_wishes.address())


def _title(chosen: ScreenChoice, listed: int, person: str) -> str:
    domain = resources.opened(chosen.dataset).domain
    number, one, many = WORDS.get(listed, listed), "{number} {item} for {person}", "{number} {items} for {person}"
    return messages.counted(listed, one, many, number=number, item=domain.item, items=domain.items, person=person)


def _heading(chosen: ScreenChoice, listed: int) -> None:
    user, domain = chosen.user, resources.opened(chosen.dataset).domain
    st.title(_title(chosen, listed, escape_markdown(user.label)), anchor=False)
    if chosen.asker.user is None:
        if visitor.counts(chosen.dataset, chosen.asker):
            one, many = FROM_LIKES_AND_WORDS if user.liked else (FROM_WORDS, FROM_WORDS)
            words = escape_markdown(chosen.asker.request, 80)
            st.caption(messages.counted(user.liked, one, many, item=domain.item, items=domain.items, words=words))
        elif not user.liked:
            given = chosen.asker.likes or chosen.asker.dislikes
            st.caption("From your thumbs." if given else f"From what most people {domain.liked}.")
        visitor.lost(chosen.dataset, chosen.asker)


def _list(chosen: ScreenChoice, recommendations: Recommendations) -> str | None:
    """Draws the cards; returns the item that the right side is about."""
    listed = [entry.item.item_id for entry in recommendations.items]
    item = choice.get("item")
    item = item if isinstance(item, str) else listed[0] if listed else None
    if choice.get("rows") == choice.LIST_VIEWS[1]:
        reason_rows.draw(chosen, recommendations, item)
    else:
        with st.container(gap="xsmall", key="cards"):
            for entry in recommendations.items:
                recommended_cards.card(entry, entry.item.item_id == item, chosen)
    if not listed:
        st.info("Nothing fits. Take a filter back, or choose someone else.", icon=":material/filter_list_off:")
        list_wishes.clear_filters("clear_at_once", "secondary")
    k = choice.number("k", 10)
    if len(listed) == k < choice.SIZES[-1]:
        more = ("k", min(k + choice.MORE, choice.SIZES[-1]))
        label, icon = "Show ten more", ":material/expand_more:"
        st.button(label, key="more_items", icon=icon, width="stretch", on_click=choice.put, args=more)
    if chosen.analyst:
        st.caption(f"Computed in {recommendations.ms:.0f} ms.")
    return item


chosen = sidebar.choose(choice.LIST)
if visitor.is_silent(chosen.asker) and not choice.get("up"):
    visitor.invite(chosen.dataset)
    page_address.write(**chosen.address(None))
else:
    history_form.told(chosen.dataset)
    visitor.more(chosen.dataset, chosen.asker)
    list_and_reason(chosen)
    kept_focus.keep()
