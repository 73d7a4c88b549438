"""The best check of a plan: what the first people did, in words, what counts as liked, and what each event counts."""

from __future__ import annotations

import streamlit as st

from kgrec_core.workspace import own_data
from pages.build import plan_state
from pages.build.import_form import PRESETS
from pages.build.plan_words import on_screen
from pages.ui.safe_text import escape_markdown, plain

EVENTS = 12  # that can be changed; further ones keep their weight


def draw(plan: own_data.ReadingPlan, seen: own_data.FilesPreview) -> None:
    """Words to compare with what one knows, and what may be changed of them."""
    if seen.people:
        st.markdown("The first people in it:")
        for each in seen.people:
            who, _, did = each.partition(": ")
            st.markdown(f":material/person: **{escape_markdown(who, 60)}**: {escape_markdown(did, 300)}")
    _liked(plan, seen)
    if plan.events:
        _events(plan)
    about = PRESETS.get(seen.domain, "")
    st.selectbox(
        "What it is about", list(PRESETS), key="own_preset",
        format_func=lambda name: PRESETS[name] if name or not about else f"Found out: {about.lower()}",
        help="Gives the app its words, and says which attributes make good facts.",
    )  # fmt: skip


def _liked(plan: own_data.ReadingPlan, seen: own_data.FilesPreview) -> None:
    """The rule as a sentence; where there is something to compare, its limit."""
    met = [each for each in plan.tables if each.role == "interactions"]
    rule = on_screen(seen.rule) or "Checking the files tells from when on something counts as liked."
    st.markdown(f":material/favorite: {escape_markdown(rule, 300)}")
    if not plan.events and any(each.column("value") for each in met):
        st.number_input(
            "Liked from this value on", value=None, key="own_positive", placeholder="as said above",
            help="Leave it empty to keep what is said above.",
        )  # fmt: skip


def _events(plan: own_data.ReadingPlan) -> None:
    said = " · ".join(f"{escape_markdown(word, 30)} {weight:+g}" for word, weight in _shown(plan))
    st.markdown(f":material/bolt: How much each event counts: {said}")
    with st.expander("Change how much they count", key="own_events"):
        st.caption("The more an event says that somebody likes a thing, the larger. Below 0 takes away.")
        with st.container(horizontal=True, gap="small", key="own_event_row"):
            for place, (word, weight) in enumerate(_shown(plan)):
                key = f"own_event_{place}"
                st.session_state[key] = float(weight)
                st.number_input(
                    plain(word, 30) or "none", -100.0, 100.0, step=0.5, format="%g", key=key, width=130,
                    on_change=_set_weight, args=(word, key),
                )  # fmt: skip


def _shown(plan: own_data.ReadingPlan) -> list[tuple[str, float]]:
    return sorted(plan.events.items(), key=lambda pair: -pair[1])[:EVENTS]


def _set_weight(word: str, key: str) -> None:
    plan, weight = plan_state.kept().shown, st.session_state[key]
    if plan is not None and weight is not None:
        plan_state.change(own_data.with_weight(plan, word, weight))
