"""The way to a quality table on the Evaluate screen: how much to measure, what that takes, a button, and progress.

By itself: a screen is a script, which nothing can take in.
"""

from __future__ import annotations

import streamlit as st

from kgrec_core.schema.cards import DatasetCard
from kgrec_core.workspace import expected_duration, measured_quality
from pages.ui import page_errors, progress_bar
from pages.ui.durations import duration


def box(card: DatasetCard, scheme: str, first: bool) -> None:
    """first: whether there is no table yet."""
    with st.container(border=True, key="measure_box"):
        st.markdown("**Measure now**" if first else "**Measure again**")
        with st.container(horizontal=True, vertical_alignment="bottom", key="measure_row"):
            splits = st.select_slider("Splits", (1, 2, 3, 4, 5), value=1, key="splits", width=200,
                                      help="More splits, narrower doubt. Each takes as long again.")  # fmt: skip
            whole = st.toggle("Train our model without its parts too", value=False, key="ablations",
                              help="Shows what graph and text are worth. Seven more trainings a split.")  # fmt: skip
            asked = st.button("Measure", key="measure", type="primary", icon=":material/play_arrow:")
        st.caption(
            f"Each method is trained anew on this machine. {_time(card, scheme, whole)} You may leave or press Stop; "
            "what is done is kept, and the next run goes on from there."
        )
        if asked:
            _measure(card, scheme, splits, whole)
            st.rerun()


def _measure(card: DatasetCard, scheme: str, splits: int, whole: bool) -> None:
    with progress_bar.shown("Starting") as told:
        measured_quality.measure(card.name, scheme, splits, whole, told)


def _time(card: DatasetCard, scheme: str, whole: bool) -> str:
    with page_errors.errors_in_words():
        seconds = expected_duration.of_a_split(card.name, scheme, whole)
    if seconds is None:
        return "The first one here: the time left shows once it runs."
    return f"By what was measured on these data before, that takes {duration(seconds)} a split."
