"""Two lists beside each other: compact rows with where the other list has each item; one merged list on a phone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from kgrec_core.schema.cards import ItemCard
from kgrec_core.schema.comparison import ComparedList, ComparedLists, ComparedPlace
from pages.explore import comparison_charts
from pages.ui import choice, parts, resources
from pages.ui.choice import ScreenChoice
from pages.ui.safe_text import escape_markdown, plain

UP = ":green-badge[:material/arrow_upward: up {places}]"
DOWN = ":orange-badge[:material/arrow_downward: down {places}]"
SAME = ":gray-badge[:material/drag_handle: same place]"
ONLY_HERE = ":violet-badge[only here] :small[:gray[place {rank:,} there]]"
KNOWN_THERE = ":violet-badge[only here] :small[:gray[{consumed} there]]"
SIDES = ("A", "B")
MERGED = "{title} :blue-badge[A {first}] :orange-badge[B {second}]"
NOT_LISTED = "–"  # what stands for a place on a list that does not have the item
Tell = Callable[[str], None]  # draws the sentence on an item, by its id


def draw(chosen: ScreenChoice, lists: ComparedLists, tell: Tell) -> str | None:
    """Both lists, the sentence on the chosen item under its row; returns that item."""
    listed = _either(lists)
    item = choice.get("item")
    item = item if item in listed else next(iter(listed), None)
    consumed = resources.opened(chosen.dataset).domain.consumed
    with st.container(key="wide_only-lists", gap="small"):
        for column, own, side in zip(st.columns(2, gap="medium"), (lists.first, lists.second), SIDES, strict=True):
            with column:
                _column(own, side, str(item), consumed, tell)
        st.subheader("The two lists as lines", anchor=False)
        comparison_charts.slopes(lists, "slopes")
    with st.container(key="phone_only-lists", gap="small"):
        _merged(lists, listed)
        if item is not None:
            _ask_about(chosen, listed, str(item))
            tell(str(item))
    return None if item is None else str(item)


def _column(own: ComparedList, side: str, item: str, consumed: str, tell: Tell) -> None:
    st.markdown(f"**{escape_markdown(own.label, 60)}**")
    for place in own.places:
        shown = place.item.item_id == item
        with st.container(border=shown, key=f"compared_{side}_{place.rank}", gap="xsmall"):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                label = f"{place.rank}\\. {parts.title(place.item, 60)}"
                key = f"about_{side}_{place.rank}"
                st.button(label, key=key, type="tertiary", on_click=_choose, args=(place.item.item_id,))
                st.markdown(badge(place, consumed), width="content")
            if shown:
                tell(item)


def badge(place: ComparedPlace, consumed: str) -> str:
    """Markdown: where the other list has it. consumed: what is said of who has met it already"""
    if place.moved is None:
        if place.other_rank is None:
            return KNOWN_THERE.format(consumed=consumed)
        return ONLY_HERE.format(rank=place.other_rank)
    if place.moved == 0:
        return SAME
    return (UP if place.moved > 0 else DOWN).format(places=abs(place.moved))


def _choose(item: str) -> None:
    choice.put("item", item)


def _either(lists: ComparedLists) -> dict[str, ItemCard]:
    """Items of either list, what ranks best on one of them first."""
    ranked = sorted((*lists.first.places, *lists.second.places), key=lambda place: place.rank)
    return {place.item.item_id: place.item for place in ranked}


def _merged(lists: ComparedLists, listed: dict[str, ItemCard]) -> None:
    first, second = ({place.item.item_id: place.rank for place in own.places} for own in (lists.first, lists.second))
    st.markdown(
        f":blue-badge[A] {escape_markdown(lists.first.label, 40)} :orange-badge[B] "
        f"{escape_markdown(lists.second.label, 40)}"
    )
    rows = (
        MERGED.format(
            title=parts.title(card, 60), first=first.get(name, NOT_LISTED), second=second.get(name, NOT_LISTED)
        )
        for name, card in listed.items()
    )
    st.markdown("\n".join(f"- {row}" for row in rows))


def _ask_about(chosen: ScreenChoice, listed: dict[str, ItemCard], item: str) -> None:
    st.session_state["about_picker"] = item
    names = resources.item_names(chosen.dataset)
    st.selectbox(
        f"What makes the difference for this {resources.opened(chosen.dataset).domain.item}?",
        list(listed),
        format_func=names.__getitem__,
        key="about_picker",
        on_change=lambda: choice.put("item", st.session_state["about_picker"]),
    )


def titles(label: str, cards: Sequence[ItemCard], shown: int) -> None:
    """A few titles in one line, and how many more there are."""
    if cards:
        named = " · ".join(escape_markdown(plain(card.title), 40) for card in cards[:shown])
        more = f" :gray[and {len(cards) - shown:,} more]" if len(cards) > shown else ""
        st.markdown(f"**{escape_markdown(label, 80)}**: {named}{more}")
