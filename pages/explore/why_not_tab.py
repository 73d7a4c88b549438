"""Draw why an item is not in the list: what the last one of the list has more of, and which likes would bring it in."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kgrec_core.schema.changes import Difference, WhyNot
from kgrec_core.schema.explanation import Explanation, Weighted
from pages.ui import charts, choice, page_errors, parts, resources
from pages.ui.choice import ScreenChoice
from pages.ui.safe_text import escape_markdown, plain

NEAR, KNOWN = 6, 6  # suggestions: the next ones below the list, and well-known ones further down
POOL = 120  # most known of all, among which the latter are looked for


def tab(chosen: ScreenChoice, explanation: Explanation) -> None:
    ask(chosen)


@page_errors.fragment
def ask(chosen: ScreenChoice) -> None:
    items, domain = resources.items(chosen.dataset), resources.opened(chosen.dataset).domain
    _suggestions(chosen)
    wanted = st.selectbox(
        f"Why is this {domain.item} not in the list?",
        list(items),
        index=None,
        placeholder=f"any {domain.item} of the catalogue",
        format_func=resources.item_names(chosen.dataset).__getitem__,
        key="why_not_picker",
        on_change=_choose,
        width=420,
    )
    if wanted is None:
        st.caption(
            f"Click one, or choose any {domain.item}. You see its place, what holds it back, and the fewest "
            f"{domain.items} that, {domain.liked} as well, would bring it into the list."
        )
        return
    with page_errors.errors_in_words(), parts.waiting(300):
        answer = resources.why_not(chosen.dataset, chosen.asker, wanted, choice.number("k", 10))
    _answer(answer)


def _suggestions(chosen: ScreenChoice) -> None:
    """What people would ask about, one click each: what just missed the list, and what everybody knows."""
    domain, k = resources.opened(chosen.dataset).domain, choice.number("k", 10)
    ranked = [row.item.item_id for row in resources.recommendations(chosen.dataset, chosen.asker, k + NEAR).items]
    passed = {*ranked, *resources.seen(chosen.dataset, chosen.asker)}
    known = [card.item_id for card in resources.well_known(chosen.dataset, POOL) if card.item_id not in passed]
    _pills(chosen, "just_missed", f"Just missed the first {k}", ranked[k:])
    _pills(chosen, "passed_over", f"Well-known {domain.items} that are further down", known[:KNOWN])


def _pills(chosen: ScreenChoice, name: str, label: str, ids: list[str]) -> None:
    items = resources.items(chosen.dataset)
    if not ids:
        return
    if st.session_state.get(f"why_not_{name}") not in ids:  # of a list that was there before
        st.session_state[f"why_not_{name}"] = None
    st.pills(
        label,
        ids,
        format_func=lambda one: plain(items[one].title, 40),
        key=f"why_not_{name}",
        on_change=_choose,
        args=(name,),
        wrap=True,
    )


def _choose(name: str = "picker") -> None:
    """One of the three ways to choose; the other two show it too, or nothing."""
    wanted = st.session_state[f"why_not_{name}"]
    for other in {"picker", "just_missed", "passed_over"} - {name}:
        st.session_state[f"why_not_{other}"] = wanted if other == "picker" else None


def _answer(answer: WhyNot) -> None:
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
    values = charts.not_zero([Weighted(one.label, one.gap) for one in differences])
    if not values:
        st.caption("No difference.")
        return
    charts.signed_bars(values, "more for the last of the list", key, "What speaks for the last of the list instead")
