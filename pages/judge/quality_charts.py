"""Charts of the quality table: means with intervals, differences from zero, one number against another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from kgrec_core.workspace import measured_quality
from pages.ui.chart_drawing import ROWS, design, draw, grey, names_of_rows
from pages.ui.charts import AXIS, ROW
from pages.ui.safe_text import plain

NEAR, WIDE = 0.03, 0.2  # of the axes: two labels nearer than this would lie over each other
GROUPS = {"ours": "ours", "ablation": "ours without a part", "peer": "other methods"}
_COLOUR = alt.Scale(domain=list(GROUPS.values()))
_NAMES = names_of_rows(170, labelFlush=False)


@dataclass(frozen=True, slots=True)
class IntervalBar:
    label: str
    group: str  # of GROUPS
    value: measured_quality.Estimate


def intervals(bars: Sequence[IntervalBar], axis: str, key: str, alt_text: str, signed: bool = False) -> None:
    """A point for each mean and a line for its interval; `signed` adds a line at zero and signs to the numbers."""
    rows = [
        {
            "row": f"{place:02} {plain(bar.label, 44)}",
            "group": GROUPS[bar.group],
            "mean": bar.value.mean,
            "low": bar.value.low,
            "high": bar.value.high,
            "said": f"{bar.value.mean:{'+.3f' if signed else '.3f'}}",
            "interval": f"{bar.value.low:.4f} to {bar.value.high:.4f}",
        }
        for place, bar in enumerate(bars)
    ]
    draw(design(_intervals, len(rows), axis, signed, grey()), rows, key, alt_text)


def _intervals(rows: int, axis: str, signed: bool, said_in: str) -> alt.LayerChart:
    base = alt.Chart(ROWS).encode(
        y=alt.Y("row:N", sort="ascending", axis=_NAMES),
        color=alt.Color("group:N", scale=_COLOUR, legend=None),
        tooltip=[
            alt.Tooltip("row:N", title="model"),
            alt.Tooltip("mean:Q", title="mean", format=".4f"),
            alt.Tooltip("interval:N", title="95 % interval"),
        ],
    )
    lines = base.mark_rule(strokeWidth=3, opacity=0.55).encode(
        x=alt.X("low:Q", title=axis, scale=alt.Scale(zero=signed, nice=True), axis=alt.Axis(grid=False, tickCount=4)),
        x2="high:Q",
    )
    points = base.mark_point(size=90, filled=True, opacity=1).encode(x="mean:Q")
    said = base.mark_text(align="left", dx=8).encode(x="high:Q", text="said:N", color=alt.value(said_in))
    layers = [lines, points, said]
    if signed:
        zero = alt.Chart(ROWS).mark_rule(strokeDash=[4, 3], color=said_in, aria=False)  # the axis tells zero too
        layers.insert(0, zero.encode(x=alt.datum(0)))
    return alt.layer(*layers).properties(height=ROW * rows + AXIS, padding={"right": 44})


def tradeoff(rows: Sequence[measured_quality.QualityRow], metric: measured_quality.Metric, axis: str, key: str) -> None:
    """Quality, called by its axis, against another number, one point a model."""
    values = [
        {
            "label": plain(row.label, 40),
            "group": GROUPS[row.group],
            "quality": row.ndcg_10.mean,
            "other": getattr(row, metric.field),
        }
        for row in rows
    ]
    found = design(_tradeoff, metric, axis, tuple(_apart(values)), grey())
    draw(found, values, key, f"Quality against {metric.label}, one point for each model")


def _tradeoff(metric: measured_quality.Metric, axis: str, named: tuple[str, ...], said_in: str) -> alt.LayerChart:
    """named: the labels that are written."""
    base = alt.Chart(ROWS).encode(
        x=alt.X("other:Q", title=_title(metric), scale=_scale(metric), axis=alt.Axis(grid=False, tickCount=5)),
        y=alt.Y("quality:Q", title=axis, scale=alt.Scale(zero=False, nice=True, padding=12)),
        tooltip=[
            alt.Tooltip("label:N", title="model"),
            alt.Tooltip("quality:Q", title="quality", format=".4f"),
            alt.Tooltip("other:Q", title=metric.label, format=".3f"),
        ],
    )
    shape = alt.Shape("group:N", scale=alt.Scale(domain=list(GROUPS.values()), range=["circle", "square", "triangle"]))
    colour = alt.Color("group:N", scale=_COLOUR, legend=alt.Legend(title=None, orient="top", columns=2))
    points = base.mark_point(size=110, filled=True, opacity=0.9).encode(color=colour, shape=shape)
    apart = base.transform_filter(alt.FieldOneOfPredicate(field="label", oneOf=list(named)))
    # above the point: to its right the next point may lie
    said = apart.mark_text(baseline="bottom", dy=-9, fontSize=12, color=said_in).encode(text="label:N")
    return alt.layer(points, said).properties(height=380, padding={"right": 70})


def _apart(values: Sequence[Mapping[str, Any]]) -> list[str]:
    """The labels that have room: best first, none beside one that is nearly as good. The others tell by a pointer."""
    ranked = sorted(values, key=lambda one: (one["group"] != GROUPS["ours"], -one["quality"]))
    near = max((one["quality"] for one in values), default=0.0) * NEAR
    wide = max((one["other"] for one in values), default=0.0) * WIDE
    kept: list[Mapping[str, Any]] = []
    for one in ranked:
        apart = (abs(one["quality"] - old["quality"]) > near or abs(one["other"] - old["other"]) > wide for old in kept)
        if one["group"] != GROUPS["ablation"] and all(apart):
            kept.append(one)
    return [str(one["label"]) for one in kept]


def _scale(metric: measured_quality.Metric) -> alt.Scale:
    """Training times differ by factors, the rest by amounts."""
    kind = "symlog" if metric.field == "seconds" else "linear"
    return alt.Scale(type=kind, zero=metric.field == "seconds", nice=True, padding=12)


def _title(metric: measured_quality.Metric) -> str:
    return f"{metric.label} ({metric.better} is better)" if metric.better else metric.label
