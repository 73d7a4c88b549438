"""The list as rows of covers, each under a liked item that speaks for all of its row. By itself, as the second way to
draw a list, beside `recommended_cards`.
"""

from __future__ import annotations

import streamlit as st

from kgrec_core.schema.recommendations import Recommendations
from pages.explore import recommended_cards
from pages.ui import covers, resources
from pages.ui.choice import ScreenChoice
from pages.ui.safe_text import escape_markdown


def draw(chosen: ScreenChoice, recommendations: Recommendations, shown: str | None) -> None:
    """shown: the item whose reason is open."""
    cards, domain = resources.items(chosen.dataset), resources.opened(chosen.dataset).domain
    because = "Because you {liked} **{title}**" if chosen.asker.user is None else "Because {person} {liked} **{title}**"
    person = escape_markdown(chosen.user.label, 40)
    st.caption(
        f"Each row stands under one of the twelve {domain.liked} {domain.items} that add most to every score in it."
    )
    for number, (liked, entries) in enumerate(recommendations.by_liked):
        with st.container(key=f"row_{number}", gap="xsmall"):
            with st.container(horizontal=True, vertical_alignment="center", gap="small", wrap=False):
                if liked:
                    st.html(covers.image(chosen.dataset, cards[liked], 30), width="content")
                    title = escape_markdown(cards[liked].title, 60)
                    st.markdown(because.format(person=person, liked=domain.liked, title=title))
                else:
                    st.markdown("**For other reasons**")
            with st.container(horizontal=True, gap="small", key=f"tiles_{number}"):
                for entry in entries:
                    recommended_cards.tile(entry, entry.item.item_id == shown, chosen)
