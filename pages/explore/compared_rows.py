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
ON_BOTH = "{title} :blue-badge[A {first}] :orange-badge[B {second}]"
ONLY_FIRST = "{title} :blue-badge[A {first}] :small[:gray[only\u00a0A]]"
ONLY_SECOND = "{title} :orange-badge[B {second}] :small[:gray[only\u00a0B]]"
WIDE_LEGEND = "Up, down: places against the other list. Grey: where the other list has it."
PHONE_LEGEND = ":blue-badge[A] {first}  \n:orange-badge[B] {second}"
FIRST_SHOWN = 3  # places among which the one is looked for whose sentence is open at first
# Rows as close as a list's, with what the other list says at their end.
_CLOSE = """<style>
[class*="st-key-compared_"] { margin-bottom: -0.55rem; }
[class*="st-key-compared_"] button { min-height: 1.75rem; text-align: left; justify-content: flex-start; }
[class*="st-key-compared_"] [data-testid="stHorizontalBlock"] { overflow: visible; }
</style>"""
Tell = Callable[[str, str], None]  # draws the sentence on an item, by its id, in the "wide" layout or the "phone" one


def draw(chosen: ScreenChoice, lists: ComparedLists, tell: Tell) -> str | None:
    """Both lists, the sentence on the chosen item under its row; returns that item."""
    listed = _either(lists)
    item = choice.get("item")
    item = str(item) if item in listed else _most_telling(lists.first)
    consumed = resources.opened(chosen.dataset).domain.consumed
    st.html(_CLOSE)
    with st.container(key="wide_only-lists", gap="small"):
        st.caption(WIDE_LEGEND)
        side = _side(lists, item)
        for column, own, name in zip(st.columns(2, gap="medium"), (lists.first, lists.second), SIDES, strict=True):
            with column:
                _column(own, name, item if name == side else None, consumed, tell)
        st.subheader("The two lists as lines", anchor=False)
        comparison_charts.slopes(lists, "slopes")
    with st.container(key="phone_only-lists", gap="small"):
        _merged(lists, listed)
        if item is not None:
            _ask_about(chosen, listed, item)
            tell(item, "phone")
    choice.segmented("Length of both lists", choice.SIZES, "k")
    return item


def _most_telling(own: ComparedList) -> str | None:
    """Of the first places the item that stands most elsewhere on the other list."""
    first = own.places[:FIRST_SHOWN]
    apart = {place.item.item_id: abs((place.other_rank or place.rank) - place.rank) for place in first}
    return max(apart, key=lambda name: apart[name], default=None)


def _side(lists: ComparedLists, item: str | None) -> str:
    """On which list the sentence on an item stands: where it was asked for, if that list has it."""
    having = [
        side
        for side, own in zip(SIDES, (lists.first, lists.second), strict=True)
        if any(place.item.item_id == item for place in own.places)
    ]
    asked = str(st.session_state.get("about_side"))
    return asked if asked in having else next(iter(having), SIDES[0])


def _column(own: ComparedList, side: str, item: str | None, consumed: str, tell: Tell) -> None:
    """item: the one whose sentence stands under its row; None where that is on the other list"""
    st.markdown(f"**{escape_markdown(own.label, 60)}**")
    for place in own.places:
        shown = place.item.item_id == item
        with st.container(border=shown, key=f"compared_{side}_{place.rank}", gap="xsmall"):
            with st.container(horizontal=True, vertical_alignment="center", wrap=False, gap="small"):
                with st.container(gap=None):
                    label = f"{place.rank}\\. {parts.title(place.item, 60)}"
                    key, asked = f"about_{side}_{place.rank}", (place.item.item_id, side)
                    st.button(label, key=key, type="tertiary", on_click=_choose, args=asked)
                st.markdown(badge(place, consumed), width="content")
            if shown:
                tell(place.item.item_id, "wide")


def badge(place: ComparedPlace, consumed: str) -> str:
    """Markdown: where the other list has it. consumed: what is said of who has met it already"""
    if place.moved is None:
        if place.other_rank is None:
            return KNOWN_THERE.format(consumed=consumed)
        return ONLY_HERE.format(rank=place.other_rank)
    if place.moved == 0:
        return SAME
    return (UP if place.moved > 0 else DOWN).format(places=abs(place.moved))


def _choose(item: str, side: str) -> None:
    choice.put("item", item)
    st.session_state["about_side"] = side


def _either(lists: ComparedLists) -> dict[str, ItemCard]:
    """Items of either list, what ranks best on one of them first."""
    ranked = sorted((*lists.first.places, *lists.second.places), key=lambda place: place.rank)
    return {place.item.item_id: place.item for place in ranked}


def _merged(lists: ComparedLists, listed: dict[str, ItemCard]) -> None:
    first, second = ({place.item.item_id: place.rank for place in own.places} for own in (lists.first, lists.second))
    labels = {"first": escape_markdown(lists.first.label, 40), "second": escape_markdown(lists.second.label, 40)}
    st.markdown(PHONE_LEGEND.format(**labels))
    rows = []
    for name, card in listed.items():
        pattern = ON_BOTH if name in first and name in second else ONLY_FIRST if name in first else ONLY_SECOND
        rows.append(pattern.format(title=parts.title(card, 60), first=first.get(name), second=second.get(name)))
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
        said = "**{label}**: {named} :gray[and {rest:,} more]" if len(cards) > shown else "**{label}**: {named}"
        st.markdown(said.format(label=escape_markdown(label, 80), named=named, rest=len(cards) - shown))
