"""The left side of every screen: which data, for whom, how deep, and what that person liked."""

from __future__ import annotations

import streamlit as st

from kgrec_core import service
from kgrec_core.schema import DatasetCard
from pages.ui import choice, parts, prepare, resources
from pages.ui.choice import Choice
from pages.ui.text import plain

SHOWN = 12  # of the history; the rest is one click away


def choose() -> Choice:
    """The current choice. Stops the page where there is none yet: nothing prepared, or a link to something unknown."""
    card = choose_data()
    with parts.errors_in_words():
        return _person(card)


def choose_data() -> DatasetCard:
    """The current data set, for screens that are about nobody in particular. Stops the page as `choose` does."""
    parts.layout()
    with parts.errors_in_words():
        cards = {card.name: card for card in service.datasets()}
        choice.follow_link(cards)
        card = _dataset(cards)
        parts.stop_at_unknown("dataset", {name: card.title for name, card in cards.items()}, "data set")
        if not card.prepared:
            prepare.offer(card)
            st.stop()
    return card


def _dataset(cards: dict[str, DatasetCard]) -> DatasetCard:
    if choice.get("dataset") not in cards:
        ready = [card.name for card in cards.values() if card.prepared]
        st.session_state["chosen_dataset"] = (ready or list(cards))[0]
    with st.sidebar:
        name = st.selectbox(
            "Data",
            list(cards),
            format_func=lambda name: plain(cards[name].title),
            key=choice.mirror("dataset"),
            on_change=_other_dataset,
        )
        parts.about_data(cards[name])
    return cards[name]


def _other_dataset() -> None:
    choice.picked("dataset")
    for name in ("user", "item", "liked"):
        choice.put(name, None)


def _person(card: DatasetCard) -> Choice:
    domain = resources.opened(card.name).domain
    users, items = resources.users(card.name), resources.items(card.name)
    choice.follow_ids(card.name)
    with st.sidebar:
        liked = st.selectbox(
            f"{domain.user} who {domain.liked} …",
            list(items),
            format_func=lambda item: parts.plain_title(items[item]),
            placeholder=f"any {domain.item}",
            key=choice.mirror("liked"),
            on_change=choice.picked,
            args=("liked",),
            help=f"Pick a {domain.item}: the list below then holds only those who {domain.liked} it.",
        )
        ids = list(resources.users_who_liked(card.name, liked)) if liked else list(users)
        if not ids:
            st.caption(f"Nobody {domain.liked} it. All are listed.")
            ids = list(users)
        lost = choice.unknown("user")
        if choice.get("user") not in ids:
            if choice.get("user") is not None:  # the filter left someone else: their list has its own first item
                st.session_state["chosen_item"] = None
            st.session_state["chosen_user"] = None if lost else ids[0]
        user = st.selectbox(
            domain.user,
            ids,
            index=None if lost else 0,
            placeholder=f"choose a {domain.user.lower()}",
            format_func=lambda name: plain(f"{users[name].label} · {users[name].taste}", 80),
            key=choice.mirror("user"),
            on_change=_other_user,
        )
        st.session_state.setdefault("chosen_depth", choice.DEPTHS[0])
        depth = st.segmented_control(
            "Depth",
            choice.DEPTHS,
            required=True,
            key=choice.mirror("depth"),
            on_change=choice.picked,
            args=("depth",),
            help="Simple: the reasons in words and pictures. Analyst: all numbers behind them.",
        )
    if lost:
        parts.stop_at_unknown("user", {name: users[name].label for name in users}, domain.user.lower())
    chosen = Choice(card, users[user], depth == "Analyst")
    with st.sidebar:
        parts.history(resources.history(card.name, user), domain, SHOWN, chosen.analyst)
    return chosen


def _other_user() -> None:
    choice.picked("user")
    choice.put("item", None)  # what was asked about for the one person may not be on the other's list
