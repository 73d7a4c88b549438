"""Which item a screen is about: the chosen one, or the first of the person's list."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.ui import choice, page_address, page_errors, parts, resources
from pages.ui.choice import ScreenChoice


def choose(chosen: ScreenChoice, row: DeltaGenerator | None = None, **more: str | int | None) -> str:
    """The item id, after a picker. Stops the page at a link to an unknown item.

    row: where the picker stands, else below what was drawn last. more: what else the address keeps.
    """
    items, domain = resources.items(chosen.dataset), resources.opened(chosen.dataset).domain
    with page_errors.errors_in_words():
        parts.stop_at_unknown("item", resources.item_names(chosen.dataset), domain.item)
        if choice.get("item") not in items:
            best = resources.recommendations(chosen.dataset, chosen.asker, choice.SIZES[1]).items
            st.session_state["chosen_item"] = best[0].item.item_id if best else next(iter(items))
    item = (row or st).selectbox(
        domain.item.capitalize(),
        list(items),
        format_func=resources.item_names(chosen.dataset).__getitem__,
        key=choice.mirror("item"),
        on_change=choice.picked,
        args=("item",),
        width=420,
    )
    page_address.write(**chosen.address(item), **more)
    return item
