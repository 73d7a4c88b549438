"""Recommended items as compact cards, the thumbs on them, and the way back from a thumb."""

from __future__ import annotations

from html import escape

import streamlit as st

from kgrec_core.schema.recommendations import Recommendation
from pages.explore import item_facts
from pages.ui import choice, covers, resources
from pages.ui.choice import ScreenChoice
from pages.ui.safe_text import escape_markdown, plain


def card(entry: Recommendation, shown: bool, chosen: ScreenChoice) -> None:
    """One recommended item. Its title opens its facts; "Why?" chooses it or, on a phone, leads to Explain."""
    place, item = entry.rank, entry.item
    key = f"card_{place}"
    with st.container(border=True, key=key, horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
        st.html(covers.image(chosen.dataset, item), width="content")
        with st.container(gap=None, key=f"told_{place}"):
            title(entry)
            st.html(_told(entry, chosen.analyst))
        with st.container(width="content", gap=None, horizontal_alignment="right", key=f"asks_{place}"):
            why(entry, shown, chosen.link(item.item_id))
            with st.container(horizontal=True, width="content", wrap=False, gap="xsmall", key=f"thumbs_{place}"):
                _thumb("up", ":material/thumb_up:", f"More like {escape_markdown(item.title, 60)}", entry)
                _thumb("down", ":material/thumb_down:", f"Less like {escape_markdown(item.title, 60)}", entry)


def tile(entry: Recommendation, shown: bool, chosen: ScreenChoice) -> None:
    """The same in a row of covers."""
    with st.container(key=f"tile_{entry.rank}", width=112, gap="xxsmall"):
        st.html(covers.image(chosen.dataset, entry.item, 84), width="content")
        title(entry, numbered=False)
        why(entry, shown, chosen.link(entry.item.item_id))


def title(entry: Recommendation, numbered: bool = True) -> None:
    """Opens what is known of the item."""
    place, year = (f"{entry.rank}\\. " if numbered else ""), (f" :gray[{entry.item.year}]" if entry.item.year else "")
    label = f"{place}**{escape_markdown(entry.item.title, 70)}**{year if numbered else ''}"
    asked = (entry.item.item_id,)
    st.button(label, key=f"title_{entry.rank}", type="tertiary", on_click=item_facts.ask, args=asked, wrap=not numbered)


def _told(entry: Recommendation, analyst: bool) -> str:
    """HTML: how strong the match is, what kind of thing it is, and why."""
    kinds = [plain(tag, 30) for tag in entry.item.tags[:3]]
    score = [f"score {entry.score:.2f}"] if analyst else []
    about = " · ".join(f'<span class="kind">{escape(part)}</span>' for part in (*kinds, *score))
    said = escape(plain(entry.reason, 240))
    return (
        f'<div class="quiet">{covers.match(entry.strength)}{about}</div><div class="reason" title="{said}">{said}</div>'
    )


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
        st.markdown(f":small[You said: {' · '.join(said)}]", width="content")
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


def why(entry: Recommendation, shown: bool, address: dict[str, str]) -> None:
    """Two ways to ask, of which the layout hides one. The title in their names is for screen readers alone.

    The open one is coloured by style and stays the same button, or it would lose the focus of the keyboard.
    """
    if shown:
        st.html(covers.chosen(f"why_{entry.rank}"))
    label = f"Why? :gray[{escape_markdown(entry.item.title, 60)}]"
    with st.container(key=f"wide_only_{entry.rank}", width="content"):
        st.button(label, key=f"why_{entry.rank}", on_click=choice.put, args=("item", entry.item.item_id))
    with st.container(key=f"phone_only_{entry.rank}", width="content"):
        icon = ":material/arrow_forward:"
        st.page_link("pages/explore/explain.py", label=label, icon=icon, icon_position="right", query_params=address)
