"""The left side of every screen: which data, for whom, how deep, and what that person liked."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from kgrec_core import service
from kgrec_core.schema.asker import Asker
from kgrec_core.schema.cards import DatasetCard, UserCard
from pages.ui import choice, owner, page_errors, parts, phone_header, prepare_offer, resources, tour, visitor
from pages.ui.choice import ScreenChoice
from pages.ui.safe_text import plain

SHOWN = 12  # of the history; the rest is one click away
NEW = "New visitor"


def choose(own: tuple[str, ...] = ()) -> ScreenChoice:
    """The current choice. Stops the page where there is none yet: nothing prepared, or a link to something unknown.

    own: names of the choices that this screen alone keeps in its address.
    """
    card = _data(own)
    with page_errors.errors_in_words():
        chosen = _person(card)
    phone_header.draw(card.title, chosen.user.label)
    tour.banner(chosen)
    return chosen


def choose_data(own: tuple[str, ...] = ()) -> DatasetCard:
    """The current data set, for screens that are about nobody in particular. Stops the page as `choose` does."""
    card = _data(own)
    phone_header.draw(card.title)
    return card


def _data(own: tuple[str, ...]) -> DatasetCard:
    parts.layout()
    with page_errors.errors_in_words():
        resources.follow_changes()
        cards = {card.name: card for card in service.datasets()}
        choice.follow_link(cards, own)
        card = _dataset(cards)
        parts.stop_at_unknown("dataset", {name: card.title for name, card in cards.items()}, "data set")
        if not card.prepared:
            prepare_offer.offer(card)
            st.stop()
        parts.stale(card)
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
    for name in ("user", "item", "liked", *choice.VISITOR, *choice.LIST, *choice.GRAPH, *choice.COMPARE):
        choice.put(name, None)


def _person(card: DatasetCard) -> ScreenChoice:
    choice.follow_ids(card.name)
    domain = resources.opened(card.name).domain
    with st.sidebar:
        st.session_state["who_picker"] = NEW if choice.get("who") == "new" else domain.user
        who = st.segmented_control(
            "For whom",
            (domain.user, NEW),
            required=True,
            key="who_picker",
            on_change=_other_kind,
            help=f"{domain.user}: someone of the data. {NEW}: yourself; nothing is trained again.",
        )
        found = visitor.ask(card.name) if who == NEW else _viewer(card.name)
        analyst = depth()
        if found is not None and found[1].user is not None:
            parts.history(card.name, found[1].user, SHOWN, analyst)
    if found is None:
        labels = {name: user.label for name, user in resources.users(card.name).items()}
        parts.stop_at_unknown("user", labels, domain.user.lower())
        st.stop()
    return ScreenChoice(card, found[0], analyst, found[1], choice.number("tour"))


def _other_kind() -> None:
    choice.put("who", "new" if st.session_state["who_picker"] == NEW else None)
    for name in ("item", "up", "down"):
        choice.put(name, None)


def depth() -> bool:
    """The choice between the two depths; whether it is the analyst's."""
    told = "Simple: words and pictures. Analyst: all numbers behind them."
    return bool(choice.segmented("Depth", choice.DEPTHS, "depth", help=told) == choice.DEPTHS[1])


def depth_alone(wanted: Mapping[str, str]) -> bool:
    """The depth on a screen that asks for nothing else here. wanted: what the address asks for, of
    `page_address.asked`.
    """
    parts.layout()
    choice.follow_depth(wanted)
    with st.sidebar:
        return depth()


def _viewer(dataset: str) -> tuple[UserCard, Asker] | None:
    """Someone of the data, found by what they liked or by name; None where the link names nobody known."""
    domain, users, items = resources.opened(dataset).domain, resources.users(dataset), resources.items(dataset)
    owner.find(dataset)
    liked = st.selectbox(
        f"{domain.user} who {domain.liked} …",
        list(items),
        format_func=resources.item_names(dataset).__getitem__,
        placeholder=f"any {domain.item}",
        key=choice.mirror("liked"),
        on_change=choice.picked,
        args=("liked",),
        help=f"Pick a {domain.item}: the list below then holds only those who {domain.liked} it.",
    )
    ids = list(resources.users_who_liked(dataset, liked)) if liked else list(users)
    if not ids:
        st.caption(f"Nobody {domain.liked} it. All are listed.")
        ids = list(users)
    if not liked:  # the personas first: they are easy to find and differ most
        first = [persona.user.user_id for persona in resources.personas(dataset)]
        ids = list(dict.fromkeys([*first, *ids]))
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
        format_func=resources.user_names(dataset).__getitem__,
        key=choice.mirror("user"),
        on_change=_other_user,
    )
    if lost:
        return None
    return users[user], Asker(user, None, choice.ids("up", items), choice.ids("down", items))


def _other_user() -> None:
    choice.picked("user")
    for name in ("item", "up", "down"):  # what was said of the one person's list is not about the other's
        choice.put(name, None)
