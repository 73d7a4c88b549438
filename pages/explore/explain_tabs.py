"""The Explain screen: a summary and the numbers, then one tab for each way to look. Only the open tab is computed."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from kgrec_core.pictures import exported_page
from kgrec_core.schema.explanation import Explanation
from pages.explore import (
    attribution_tab,
    explanation_panel,
    graph_tab,
    rules_tab,
    share_menu,
    trust_tab,
    what_if_tab,
    why_not_tab,
)
from pages.ui import choice, page_errors, parts, resources, visitor
from pages.ui.choice import ScreenChoice
from pages.ui.safe_text import escape_markdown

RECOMMEND = "pages/explore/recommend.py"
LINE, WHOLE = 21, 640  # pixels of a line of small letters, and of the sentence with an open tab
LIST = 10  # items; what would change an explanation is what takes the item out of them
Tab = Callable[[ScreenChoice, Explanation], None]


def in_address() -> dict[str, str | int | None]:
    """The open tab as the address keeps it, nothing for the first one, and what is chosen in the graph there."""
    scene = graph_tab.scene()
    kept = scene if _open() == "Graph" else dict.fromkeys(scene)
    return {"tab": None if _open() == choice.TABS[0] else _open(), **kept}


def show(chosen: ScreenChoice, item: str, heading: DeltaGenerator, row: DeltaGenerator) -> None:
    """heading, row: under the title, and beside the picker of the item."""
    ways = row.container(horizontal=True, vertical_alignment="center", width="content", gap="small", key="ways_on")
    with ways:
        label, address = "Back to the list", chosen.link(item)
        st.page_link(RECOMMEND, label=label, icon=":material/arrow_back:", query_params=address, width="content")
    with heading:
        stands = st.empty()
        stands.skeleton(height=LINE)
    with page_errors.errors_in_words(), parts.waiting(WHOLE):
        first = resources.why(chosen.dataset, chosen.asker, item)
    with stands:
        explanation_panel.place(chosen, first)
    explanation_panel.wrote(chosen, first)
    explanation_panel.sentences(first, resources.opened(chosen.dataset).domain)
    with page_errors.errors_in_words(), parts.waiting(WHOLE):  # the sentence is there; the rest takes twice as long
        found = resources.explanation(chosen.dataset, chosen.asker, item, LIST)
    with ways:
        share_menu.of_explanation(chosen, found, LIST, explanation_panel.FIRST)
    if chosen.analyst:
        with st.container(horizontal=True, key="summary_row"):
            explanation_panel.score(found)
        explanation_panel.timed(found)
    _menu()
    st.session_state["tab_picker"] = _open()
    tabs = st.tabs(choice.TABS, key="tab_picker", on_change=choice.picked, args=("tab",))
    for name, tab in zip(choice.TABS, tabs, strict=True):
        if tab.open:
            with tab, page_errors.errors_in_words():
                _DRAWN[name](chosen, found)


def _menu() -> None:
    """The tabs as a menu, for a phone, where they do not stand side by side."""
    st.session_state["tab_menu"] = _open()
    with st.container(key="phone_only_tabs"):
        st.selectbox("Show", choice.TABS, key="tab_menu", on_change=_picked, filter_mode=None)


def _picked() -> None:
    choice.put("tab", st.session_state["tab_menu"])


def _open() -> str:
    return str(choice.get("tab") or choice.TABS[0])


def _why(chosen: ScreenChoice, explanation: Explanation) -> None:
    domain = resources.opened(chosen.dataset).domain
    left, right = st.columns((3, 2), gap="medium")
    with left:
        explanation_panel.causes(explanation, chosen.analyst, screen=True)
        if explanation.rank_without_words is not None:
            explanation_panel.by_words(chosen, explanation.item.item_id)
        st.subheader("What would change it", anchor=False)
        changes(chosen, explanation)
        if chosen.analyst and explanation.analysis:
            st.subheader("In numbers", anchor=False)
            st.markdown(" ".join(escape_markdown(one.sentence, 400) for one in explanation.analysis))
    with right:
        st.subheader("The facts in words", anchor=False)
        if explanation.paths or visitor.has_history(chosen.dataset, chosen.asker):
            explanation_panel.paths_in_words(explanation, domain, chosen.analyst)
        else:
            visitor.without_history(chosen.dataset, f"Facts lead from a {domain.item} that you like to this one.")


def changes(chosen: ScreenChoice, explanation: Explanation) -> None:
    """The smallest changes after which the item leaves the list."""
    titles = {name: card.title for name, card in resources.items(chosen.dataset).items()}
    for sentence in exported_page.changes_in_words(explanation, resources.opened(chosen.dataset).domain, titles):
        st.markdown(escape_markdown(sentence, 800))


def _rules(chosen: ScreenChoice, explanation: Explanation) -> None:
    domain = resources.opened(chosen.dataset).domain
    if visitor.has_history(chosen.dataset, chosen.asker):
        rules_tab.cards(explanation, domain, chosen.analyst)
    else:
        visitor.without_history(chosen.dataset, f"A rule begins with {domain.items} that a person likes.")


_DRAWN: dict[str, Tab] = {
    "Why": _why,
    "Graph": graph_tab.tab,
    "Attribution": attribution_tab.tab,
    "What if": what_if_tab.board,
    "Rules": _rules,
    "Why not": why_not_tab.tab,
    "Trust": trust_tab.tab,
}
