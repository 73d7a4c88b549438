"""How good lists are for people that the model was told of after its training, beside other methods."""

from __future__ import annotations

import streamlit as st

from kgrec_core.workspace import measured_quality
from pages.judge import quality_charts, quality_parts
from pages.judge.quality_charts import IntervalBar
from pages.ui.safe_text import escape_markdown, plain

AHEAD = (
    "Ours is ahead of the best other one, {other}: {ratio:.2f} times its quality, a difference of {mean:+z.3f} "
    "(95 % interval {low:+z.3f} to {high:+z.3f})."
)
LEVEL = (
    "Ours is level with the best other one, {other}: {ratio:.2f} times its quality, a difference of {mean:+z.3f} "
    "(95 % interval {low:+z.3f} to {high:+z.3f})."
)
BEHIND = (
    "Ours is behind the best other one, {other}: {ratio:.2f} times its quality, a difference of {mean:+z.3f} "
    "(95 % interval {low:+z.3f} to {high:+z.3f})."
)


def draw(table: measured_quality.QualityTable, analyst: bool) -> None:
    """Nothing where it was not measured."""
    new = table.new_visitor
    if new is None:
        return
    st.subheader("New visitors", anchor=False)
    st.markdown(
        f"{new.visitors:,} times a person was kept out of training altogether, told the model {new.given} things they "
        "like, and got a list at once."
    )
    bars = [IntervalBar(plain(row.label, 30), row.group, row.ndcg_10) for row in new.rows]
    quality_charts.intervals(bars, quality_parts.QUALITY[analyst], "visitors", "Quality for new visitors")
    others = new.rows[1:]
    if not others:
        return
    best = max(others, key=lambda row: row.ndcg_10.mean)
    gap = best.behind
    said = AHEAD if gap.low > 0 else BEHIND if gap.high < 0 else LEVEL
    beside = said.format(
        other=escape_markdown(best.label, 40), ratio=best.ratio, mean=gap.mean, low=gap.low, high=gap.high
    )
    st.caption(f"Each method got the same likes, and its settings were chosen for just this question. {beside}")
