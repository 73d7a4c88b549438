"""Recommended items as cards, the thumbs on them, and the way back from a thumb."""

from __future__ import annotations

import streamlit as st

from kgrec_core.schema.recommendations import Recommendation
from pages.ui import choice, parts, resources
from pages.ui.choice import ScreenChoice
from pages.ui.safe_text import escape_markdown


def card(entry: Recommendation, shown: bool, chosen: ScreenChoice) -> None:
    """One recommended item. "Why?" chooses it; on a phone it leads to the Explain screen instead."""
    place, item = entry.rank, entry.item
    with st.container(border=True, key=f"card_{place}", gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", wrap=False, gap="small"):
            with st.container(gap=None):
                st.markdown(f"{place}\\. {parts.title(item)}")
                st.caption(parts.tags(item, 3) + (f" · score {entry.score:.2f}" if chosen.analyst else ""))
            with st.container(width="content", gap=None):
                _why(entry, shown, chosen.link(item.item_id))
        with st.container(horizontal=True, vertical_alignment="center", wrap=False, gap="small"):
            with st.container(gap=None):
                st.markdown(escape_markdown(entry.reason, 240))
            with st.container(horizontal=True, width="content", wrap=False, gap="xsmall", key=f"thumbs_{place}"):
                _thumb("up", ":material/thumb_up:", f"More like {escape_markdown(item.title, 60)}", entry)
                _thumb("down", ":material/thumb_down:", f"Less like {escape_markdown(item.title, 60)}", entry)
        st.progress(entry.strength)


def _thumb(name: str, icon: str, words: str, entry: Recommendation) -> None:
    """The words are its name for a screen reader and in its tooltip; on the page stands the icon alone."""
    key, asked = f"{name}_{entry.rank}", (name, entry.item.item_id)
    st.button(words, key=key, icon=icon, help=words, type="tertiary", on_click=thumb, args=asked)


def thumb(name: str, item: str) -> None:
    """Add one thumb, "up" or "down"; the last one given of an item counts."""
    for other in ("up", "down"):
        given = choice.get(other)
        kept = tuple(one for one in given if one != item) if isinstance(given, tuple) else ()
        choice.put(other, (*kept, item) if other == name else kept)
    order = st.session_state.get("thumb_order", ())
    st.session_state["thumb_order"] = (*(one for one in order if one != item), item)
    if choice.get("item") == item:  # it leaves the list
        choice.put("item", None)


def thumbs_given(chosen: ScreenChoice) -> None:
    """What was said of this list, with the way back; nothing while nothing was said."""
    cards = resources.items(chosen.dataset)
    up, down = choice.ids("up", cards), choice.ids("down", cards)
    if not up and not down:
        return
    said = [f":material/thumb_up: {escape_markdown(cards[item].title, 40)}" for item in up]
    said += [f":material/thumb_down: {escape_markdown(cards[item].title, 40)}" for item in down]
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="what_was_said"):
        st.markdown(":small[You said: " + " · ".join(said) + "]", width="content")
        with st.container(horizontal=True, width="content", wrap=False, gap="small", key="take_back"):
            st.button("Undo", key="undo", icon=":material/undo:", type="tertiary", on_click=_undo, args=((*up, *down),))
            st.button("Start over", key="reset", icon=":material/restart_alt:", type="tertiary", on_click=_reset)


def _undo(ids: tuple[str, ...]) -> None:
    order = [item for item in st.session_state.get("thumb_order", ()) if item in ids]
    last = order[-1] if order else ids[-1]
    for name in ("up", "down"):
        value = choice.get(name)
        choice.put(name, tuple(one for one in value if one != last) if isinstance(value, tuple) else None)


def _reset() -> None:
    choice.put("up", None)
    choice.put("down", None)


def _why(entry: Recommendation, shown: bool, address: dict[str, str]) -> None:
    """Two ways to ask, of which the layout hides one. The title in their names is for screen readers alone."""
    label = f"Why? :gray[{escape_markdown(entry.item.title, 60)}]"
    with st.container(key=f"wide_only_{entry.rank}", width="content"):
        kind = "primary" if shown else "secondary"
        st.button(label, key=f"why_{entry.rank}", type=kind, on_click=_ask, args=(entry.item.item_id,))
    with st.container(key=f"phone_only_{entry.rank}", width="content"):
        icon = ":material/arrow_forward:"
        st.page_link("pages/explore/explain.py", label=label, icon=icon, icon_position="right", query_params=address)


def _ask(item: str) -> None:
    """Its reason takes the place of a list that is compared with."""
    choice.put("item", item)
    choice.put("versus", None)


def small(entry: Recommendation, both: bool) -> None:
    """A card of the other list in a comparison."""
    with st.container(border=True, key=f"other_{entry.rank}", gap="xsmall"):
        mark = " :green-badge[on both lists]" if both else ""
        st.markdown(f"{entry.rank}\\. {parts.title(entry.item)}{mark}")
        st.markdown(escape_markdown(entry.reason, 240))
        st.progress(entry.strength)
