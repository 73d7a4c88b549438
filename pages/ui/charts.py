"""Native charts. Colours come from `chartCategoricalColors` in the order of each scale's domain, so both themes fit."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from kgrec_core import service
from kgrec_core.schema.explanation import Attribution, Weighted
from kgrec_core.schema.trust import CurvePoint
from pages.ui.chart_drawing import ROWS, design, draw, grey, names_of_rows
from pages.ui.safe_text import plain

ROW = 28  # pixels per bar
ROOM = 0.6  # share of a scale that is kept free for the number at the end of a bar
AXIS = 68  # pixels for the axis and its title
_LABEL = names_of_rows(190)
_NAMED = ("strongest first", "at random")
_COLOUR = alt.Scale(domain=["raises the score", "lowers the score", "start and end"])


def waterfall(chart: service.Waterfall, key: str) -> None:
    """From the base by one step per reason to the score."""
    rows = [
        {
            "row": f"{place:02} {plain(step.label, 44)}",
            "from": step.start,
            "to": step.end,
            "what": _meaning(step.kind, step.value),
            "said": f"{step.value:z.2f}" if step.kind in ("base", "score") else f"{step.value:+z.2f}",
        }
        for place, step in enumerate(chart.steps)
    ]
    found = design(_waterfall, len(rows), grey())
    draw(found, rows, key, "How each reason moves the score, from the start to the final score")


def _waterfall(rows: int, said_in: str) -> alt.LayerChart:
    base = alt.Chart(ROWS).encode(
        y=alt.Y("row:N", sort="ascending", axis=_LABEL),
        x=alt.X("from:Q", title="score, higher is better", scale=alt.Scale(zero=False, nice=True, padding=34)),
        tooltip=[alt.Tooltip("row:N", title="reason"), alt.Tooltip("said:N", title="change of the score")],
    )
    colour = alt.Color("what:N", scale=_COLOUR, legend=None)
    ends = alt.datum.what == "start and end"
    bars = base.transform_filter(alt.datum.what != "start and end").mark_bar(height=15, cornerRadius=3)
    ticks = base.transform_filter(ends).mark_tick(thickness=4, height=20)
    said = (
        base.transform_calculate(right="max(datum.from, datum.to)")
        .mark_text(align="left", dx=7, color=said_in)
        .encode(x="right:Q", text="said:N")
    )
    return alt.layer(bars.encode(x2="to:Q", color=colour), ticks.encode(color=colour), said).properties(
        height=ROW * rows + AXIS
    )


def _meaning(kind: str, value: float) -> str:
    if kind in ("base", "score"):
        return "start and end"
    return "raises the score" if value >= 0 else "lowers the score"


def bars(values: Sequence[Weighted], axis: str, key: str, alt_text: str, digits: int | None = None) -> None:
    """Named numbers, one bar each, with the number beside it. digits: after its point; None: enough for scores."""
    if digits is None:
        digits = 2 if max((abs(one.value) for one in values), default=1) >= 0.1 else 3  # else small ones are all 0.00
    rows = [
        {"row": f"{place:02} {plain(one.label, 44)}", "value": one.value, "said": f"{one.value:z,.{digits}f}"}
        for place, one in enumerate(values)
    ]
    draw(design(_bars, len(rows), axis, grey()), rows, key, alt_text)


def _bars(rows: int, axis: str, said_in: str) -> alt.LayerChart:
    base = alt.Chart(ROWS).encode(
        y=alt.Y("row:N", sort="ascending", axis=_LABEL),
        x=alt.X("value:Q", title=axis, axis=alt.Axis(grid=False, tickCount=4)),
    )
    said = base.mark_text(align="left", dx=6, color=said_in).encode(text="said:N")
    # An invisible point keeps room for the number at the end of the longest bar.
    room = base.transform_calculate(room="datum.value * 1.2").mark_point(opacity=0).encode(x="room:Q")
    return alt.layer(base.mark_bar(height=14, cornerRadius=3), said, room).properties(height=ROW * rows + AXIS)


def not_zero(values: Sequence[Weighted]) -> list[Weighted]:
    """Those of them that would not stand in a chart as 0.000."""
    return [one for one in values if abs(one.value) >= 0.0005]


def signed_bars(values: Sequence[Weighted], axis: str, key: str, alt_text: str) -> None:
    """Named numbers of either sign, with the number at the end of its bar."""
    with_errors([Attribution("", "", one.label, one.value) for one in values], axis, key, alt_text)


def with_errors(values: Sequence[Attribution], axis: str, key: str, alt_text: str) -> None:
    """Bars of either sign; a line over each for two standard errors to both sides."""
    rows = [
        {
            "row": f"{place:02} {plain(one.label, 44)}",
            "value": one.value,
            "low": one.value - 2 * one.error,
            "high": one.value + 2 * one.error,
            "what": _meaning("", one.value),
            "end": max(one.value, 0.0),
            "said": f"{one.value:+z.3f}" + (f" ± {one.error:.4f}" if one.error else ""),
        }
        for place, one in enumerate(values)
    ]
    least = min((min(one.value - 2 * one.error, 0.0) for one in values), default=0.0)
    most = max((max(one.value + 2 * one.error, 0.0) for one in values), default=1.0)
    room = ROOM * ((most - least) or 1.0)  # for the numbers; in pixels it would stretch the scale of a narrow chart
    found = design(_with_errors, len(rows), axis, grey())
    found["layer"][0]["encoding"]["x"]["scale"]["domain"] = [least - 0.05 * room, most + room]
    draw(found, rows, key, alt_text)


def _with_errors(rows: int, axis: str, said_in: str) -> alt.LayerChart:
    """The domain of its scale is set for the values."""
    base = alt.Chart(ROWS).encode(
        y=alt.Y("row:N", sort="ascending", axis=_LABEL),
        tooltip=[alt.Tooltip("row:N", title="reason"), alt.Tooltip("said:N", title="change of the score")],
    )
    x = alt.X(
        "value:Q",
        title=axis,
        axis=alt.Axis(grid=False, tickCount=4),
        scale=alt.Scale(domain=[0, 1], nice=False),
    )
    drawn = base.mark_bar(height=14, cornerRadius=3).encode(x=x, color=alt.Color("what:N", scale=_COLOUR, legend=None))
    lines = base.mark_rule(strokeWidth=2, color=said_in).encode(x="low:Q", x2="high:Q")
    said = base.mark_text(align="left", dx=6, color=said_in).encode(x="end:Q", text="said:N")
    return alt.layer(drawn, lines, said).properties(height=ROW * rows + AXIS, padding={"right": 12})


def deletion(points: Sequence[CurvePoint], axis: str, key: str, alt_text: str) -> None:
    """The score as the strongest reasons are taken away one by one, beside as many random ones."""
    rows = [
        {"removed": point.removed, "score": score, "which": which}
        for point in points
        for which, score in zip(_NAMED, (point.score, point.random), strict=True)
    ]
    draw(design(_deletion, axis), rows, key, alt_text)


def _deletion(axis: str) -> alt.Chart:
    return (
        alt.Chart(ROWS)
        .mark_line(strokeWidth=3, point=alt.OverlayMarkDef(size=45, filled=True))
        .encode(
            x=alt.X("removed:Q", title=axis, axis=alt.Axis(grid=False, tickMinStep=1)),
            y=alt.Y("score:Q", title="score", axis=alt.Axis(tickCount=5)),
            color=alt.Color(
                "which:N", scale=alt.Scale(domain=list(_NAMED)), legend=alt.Legend(orient="top", title=None)
            ),
            tooltip=["which:N", "removed:Q", alt.Tooltip("score:Q", format=".3f")],
        )
        .properties(height=320)
    )
