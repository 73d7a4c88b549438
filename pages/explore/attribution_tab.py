"""Draw how the score adds up: reason by reason, part by part of the model, and on request word by word."""

from __future__ import annotations

from html import escape

import streamlit as st

from kgrec_core.schema.explanation import Explanation, Weighted
from kgrec_core.schema.trust import TextAttribution
from pages.explore import explanation_panel
from pages.ui import charts, kept_results, progress_bar, resources
from pages.ui.choice import ScreenChoice
from pages.ui.safe_text import plain

SIGNS = ' .,;:()[]"“”'  # that may stand around a word
WORDS = 12  # strongest words drawn as bars
REASONS = 60  # strongest reasons drawn with their errors; a long history has many more


def tab(chosen: ScreenChoice, explanation: Explanation) -> None:
    left, right = st.columns((3, 2), gap="medium")
    with left:
        st.subheader("How the score adds up", anchor=False)
        explanation_panel.adds_up(explanation)
        _exactness(explanation)
    with right:
        st.subheader("What each part of the model adds", anchor=False)
        explanation_panel.branches(explanation, resources.opened(chosen.dataset).network_silent)
        st.subheader("Word by word", anchor=False)
        _words(chosen, explanation)
    if chosen.analyst:
        with st.expander("Every reason with its standard error", key="all_reasons"):
            shown, left = explanation.attributions[:REASONS], len(explanation.attributions) - REASONS
            charts.with_errors(shown, "change of the score", "reasons", "Every reason and its error")
            if left > 0:
                st.caption(f"{left:,} smaller reasons are in the data under Share.")


def _exactness(explanation: Explanation) -> None:
    if explanation.attribution_error:
        st.caption(f"Each value is known to within {max(explanation.attribution_error, 0.001):.3f}.")
    else:
        st.caption("Exact: none of these values is estimated.")


def _words(chosen: ScreenChoice, explanation: Explanation) -> None:
    item = explanation.item.item_id
    known = kept_results.known_word_values(chosen.dataset, chosen.asker, item)
    if known is None:
        st.caption(
            "Words of its text, which is its title, its facts and its description if it has one, are taken out, and "
            "what is left is read again. The time left shows meanwhile."
        )
        place, icon = st.empty(), ":material/match_word:"
        if not place.button("Read its text word by word", key="read_words", icon=icon):
            return
        place.empty()
        with progress_bar.shown("Reading") as told:
            known = kept_results.word_values(chosen.dataset, chosen.asker, item, told)
    _coloured_words(known)


def _coloured_words(known: TextAttribution) -> None:
    if not known.words:
        st.caption("It has no text.")
        return
    st.html(coloured(known))
    st.caption(
        f"Blue raises the score, orange lowers it; {known.base:.2f} without any text, {known.score:.2f} with it."
    )
    strongest = sorted(known.words, key=lambda word: -abs(word.value))[:WORDS]
    values = [Weighted(word.label.strip(SIGNS) or word.label, word.value) for word in strongest]
    charts.signed_bars(values, "change of the score", "words_of_text", "The words that move the score most")


def coloured(known: TextAttribution) -> str:
    """HTML: the text, each word on a ground as strong as its value."""
    most = max(abs(word.value) for word in known.words) or 1.0
    return "<p style='line-height:1.9'>" + "".join(_mark(word, abs(word.value) / most) for word in known.words) + "</p>"


def _mark(word: Weighted, share: float) -> str:
    said = escape(plain(word.label, 60))
    space = " " if word.label[-1:].isspace() else ""
    colour = "124, 120, 255" if word.value >= 0 else "230, 140, 30"
    style = f"background: rgba({colour}, {0.6 * share:.2f}); border-radius: 4px; padding: 1px 2px"
    return f"<span style='{style}' title='{word.value:+z.3f}'>{said}</span>{space}"
