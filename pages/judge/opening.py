"""What the Evaluate screen opens with: the result in one sentence, and a picture of a few bars."""

from __future__ import annotations

import streamlit as st

from kgrec_core.schema.explanation import Weighted
from kgrec_core.workspace import measured_quality
from pages.ui import charts
from pages.ui.safe_text import plain

SHOWN = ("ours", "ease", "popularity", "random")  # of which there are
BOTH = (
    "Our lists are **{popular} times** as good as lists of what is popular, and **{ease} times** as good as those of "
    "EASE, a strong simple method, by how near the top they put what a person likes."
)
POPULAR = (
    "Our lists are **{popular} times** as good as lists of what is popular, by how near the top they put what a person "
    "likes."
)
EASE = (
    "Our lists are **{ease} times** as good as those of EASE, a strong simple method, by how near the top they put "
    "what a person likes."
)
ALONE = "Our lists were tested by hiding what people like; nothing was measured beside them."
QUALITY = "0: never found, 1: always first"
CALLED = {"ours": "Ours", "ease": "EASE", "popularity": "What is popular", "random": "By chance"}


def sentence(table: measured_quality.QualityTable) -> str:
    """Markdown: how many times as good as the two that everybody would compare with."""
    quality = {row.model: row.ndcg_10.mean for row in table.rows}
    ours = quality.get("ours", 0.0)
    times = {name: f"{ours / quality[name]:.2f}" for name in ("ease", "popularity") if quality.get(name)}
    if "ours" not in quality or not times:
        return ALONE
    said = BOTH if len(times) == 2 else EASE if "ease" in times else POPULAR
    return said.format(popular=times.get("popularity"), ease=times.get("ease"))


def draw(table: measured_quality.QualityTable) -> None:
    """The sentence and the picture; the best other method stands in the picture too."""
    st.markdown(sentence(table))
    best = max(
        (row for row in table.rows if row.group == measured_quality.PEER),
        key=lambda row: row.ndcg_10.mean,
        default=None,
    )
    rows = [row for row in table.rows if row.model in SHOWN or (best is not None and row.model == best.model)]
    values = [
        Weighted(CALLED.get(row.model, f"{plain(row.label, 30)}, the best other"), row.ndcg_10.mean)
        for row in sorted(rows, key=lambda row: -row.ndcg_10.mean)
    ]
    charts.bars(values, QUALITY, "opening", "How near the top liked things stand, of our model and a few others", 3)
