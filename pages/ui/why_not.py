"""Draw why an item is not in the list: what the last one of the list has more of, and which likes would bring it in."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kgrec_core.alternatives import Difference, WhyNot
from kgrec_core.schema import Explanation, Weighted
from pages.ui import charts, choice, parts, resources
from pages.ui.choice import Choice
from pages.ui.text import escape_markdown


def tab(chosen: Choice, found: Explanation) -> None:
    ask(chosen)


@st.fragment
def ask(chosen: Choice) -> None:
    items, domain = resources.items(chosen.dataset), resources.opened(chosen.dataset).domain
    wanted = st.selectbox(
        f"Why is this {domain.item} not in the list?",
        list(items),
        index=None,
        placeholder=f"any {domain.item} of the catalogue",
        format_func=resources.item_names(chosen.dataset).__getitem__,
        key="why_not_picker",
        width=420,
    )
    if wanted is None:
        st.caption(
            f"Choose any {domain.item}. You see its place, what holds it back, and the fewest {domain.items} that, "
            f"{domain.liked} as well, would bring it into the list."
        )
        return
    with parts.errors_in_words(), st.skeleton(height=300):
        answer = resources.why_not(chosen.dataset, chosen.asked, wanted, choice.number("k", 10))
    _told(answer)


def _told(answer: WhyNot) -> None:
    st.markdown(escape_markdown(answer.sentence, 600))
    if answer.rival is None:
        return
    with st.container(horizontal=True, key="why_not_numbers"):
        if answer.rank is not None:
            st.metric("Place", f"{answer.rank:,}", width=120)
        st.metric("Score", f"{answer.score:.2f}", width=120)
        st.metric(f"Lacks to place {answer.k}", f"{answer.lacking:.2f}", width=180)
    rival = escape_markdown(answer.rival.title, 60)
    st.markdown(f"Compared with **{rival}**, the last of the list. Above zero: speaks more for {rival}.")
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown("**By part of the model**")
        _differences(answer.branches, "why_not_parts")
    with right:
        st.markdown("**By what is in the history**")
        _differences(answer.causes, "why_not_causes")


def _differences(differences: Sequence[Difference], key: str) -> None:
    if not differences:
        st.caption("No difference.")
        return
    values = [Weighted(one.label, one.gap) for one in differences]
    charts.signed_bars(values, "more for the last of the list", key, "What speaks for the last of the list instead")
