"""Bars of shares in percent, each with its interval.

Bars of quality are means between 0 and 1 beside other models; these are parts of one whole.
"""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from kgrec_core.schema.global_explanation import ModelPart
from pages.ui.chart_drawing import ROWS, design, draw, grey, names_of_rows
from pages.ui.charts import AXIS, ROW
from pages.ui.safe_text import plain


def shares(parts: Sequence[ModelPart], axis: str, key: str, alt_text: str) -> None:
    rows = [
        {
            "row": f"{place:02} {plain(part.label, 44)}",
            "share": 100 * part.share,
            "low": 100 * part.low,
            "high": 100 * part.high,
            "said": f"{100 * part.share:z.1f} %",
            "interval": f"{100 * part.low:z.1f} to {100 * part.high:z.1f} %",
        }
        for place, part in enumerate(parts)
    ]
    draw(design(_shares, len(rows), axis, grey()), rows, key, alt_text)


def _shares(rows: int, axis: str, said_in: str) -> alt.LayerChart:
    base = alt.Chart(ROWS).encode(
        y=alt.Y("row:N", sort="ascending", axis=names_of_rows(230)),
        tooltip=[
            alt.Tooltip("row:N", title="part"),
            alt.Tooltip("said:N", title="share"),
            alt.Tooltip("interval:N", title="95 % interval over people"),
        ],
    )
    bars = base.mark_bar(height=14, cornerRadius=3).encode(
        x=alt.X("share:Q", title=axis, axis=alt.Axis(grid=False, tickCount=4))
    )
    lines = base.mark_rule(strokeWidth=2, color=said_in).encode(x="low:Q", x2="high:Q")
    said = base.mark_text(align="left", dx=8, color=said_in).encode(x="high:Q", text="said:N")
    return alt.layer(bars, lines, said).properties(height=ROW * rows + AXIS, padding={"right": 48})
