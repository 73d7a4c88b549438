"""How good the reasons are, over many people: on the Evaluate screen, measured when asked for."""

from __future__ import annotations

import streamlit as st

from kgrec_core import explanation_quality
from kgrec_core.schema.cards import DatasetCard
from pages.judge import quality_charts
from pages.judge.quality_charts import IntervalBar
from pages.ui import kept_results, messages, progress_bar
from pages.ui.safe_text import plain
from pages.ui.table import folded, table

PEOPLE = 40


def section(card: DatasetCard) -> None:
    st.subheader("Are the reasons the true ones?", anchor=False)
    st.markdown(
        "If a reason is true, the score must fall when it is taken away, and more than when something else is. Each "
        "reason is tested on the model itself, beside as many reasons named at random."
    )
    found = kept_results.known_reasons(card.name)
    if found is None:
        words = f"Test the reasons of {min(PEOPLE, card.users or PEOPLE)} people"
        if not st.button(words, key="test_reasons", icon=":material/science:"):
            return
        with progress_bar.shown("Opening the data") as told:
            found = kept_results.reasons(card.name, PEOPLE, told)
        st.rerun()
    _sums(found)


def _sums(quality: explanation_quality.ExplanationQuality) -> None:
    sure = sum(row.ahead.low > 0 for row in quality.rows)
    same = sum(row.mean.ahead == 0 for row in quality.rows)
    one = "1 is the same as chance, neither better nor worse."
    many = "{count} are the same as chance, neither better nor worse."
    tied = messages.counted(same, one, many) if same else ""
    st.markdown(
        f"Asked about {quality.people:,} people, one recommendation each: **{sure} of {len(quality.rows)}** measures "
        f"are better than chance, and not by luck of these people. {tied}"
    )
    bars = [IntervalBar(row.mean.label, "ours", row.ahead) for row in quality.rows]
    axis = "better than reasons named at random by"
    quality_charts.intervals(bars, axis, "reasons", "How far each measure is ahead of reasons at random", signed=True)
    rows = [
        {
            "measure": plain(row.mean.label, 90),
            "ours": row.mean.value,
            "at random": row.mean.random,
            "better is": "higher" if row.mean.higher_is_better else "lower",
            "ahead by": row.ahead.mean,
            "low": row.ahead.low,
            "high": row.ahead.high,
            "people": row.people,
            "what it means": plain(row.mean.meaning, 300),
        }
        for row in quality.rows
    ]
    number = st.column_config.NumberColumn(format="%.3f")
    columns = {
        "measure": st.column_config.TextColumn(pinned=True),
        **dict.fromkeys(("ours", "at random", "ahead by"), number),
        "low": st.column_config.NumberColumn(format="%.3f", help="Lower end of the 95 % interval of “ahead by”."),
        "high": st.column_config.NumberColumn(format="%.3f", help="Upper end of the 95 % interval of “ahead by”."),
    }
    with folded("All numbers", "reason_numbers") as seen:
        if seen:
            table(rows, "reasons", columns)
