"""Charts of a comparison: two lists as lines from place to place, and the causes of two scores beside each other."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from kgrec_core.schema.comparison import AlignedCause, ComparedLists, ComparedPlace
from pages.ui.chart_drawing import ROWS, design, draw, grey, names_of_rows
from pages.ui.safe_text import plain

ROW = 30  # pixels per place or cause
TITLE = 30  # characters of a title
CAUSES = 12  # drawn, the largest differences
_STATES = ("on both lists", "on one list only")
_LABEL = names_of_rows(150)


def slopes(lists: ComparedLists, key: str) -> None:
    """A line for every item of either list, from its place on the one to its place on the other; what is not among the
    first of a list is drawn below them.
    """
    k = max(len(lists.first.places), len(lists.second.places))
    sides = [f"1 {plain(lists.first.label, 40)}", f"2 {plain(lists.second.label, 40)}"]
    rows = [
        row
        for own, (here, there) in ((lists.first, (0, 1)), (lists.second, (1, 0)))
        for place in own.places
        if here == 0 or not place.on_both
        for row in _line(place, sides[here], sides[there], k)
    ]
    if any(not place.on_both for own in (lists.first, lists.second) for place in own.places):
        below = f"not among the first {k}"
        rows += [{"item": f"below {side}", "side": side, "y": k + 1, "said": below, "what": ""} for side in sides]
    said = f"Where each item of the two lists stands: {sides[0][2:]} on the left, {sides[1][2:]} on the right"
    draw(design(_slopes, k, grey()), rows, key, said)


def _line(place: ComparedPlace, here: str, there: str, k: int) -> list[dict[str, object]]:
    title, item = plain(place.item.title, TITLE), place.item.item_id
    other = place.other_rank if place.on_both and place.other_rank else k + 1
    shared = {"item": item, "what": _STATES[0] if place.on_both else _STATES[1], "title": title}
    return [
        {**shared, "side": here, "y": place.rank, "said": f"{place.rank}  {title}"},
        {**shared, "side": there, "y": other, "said": f"{other}  {title}" if place.on_both else ""},
    ]


def _slopes(k: int, said_in: str) -> alt.LayerChart:
    base = alt.Chart(ROWS).encode(
        x=alt.X(
            "side:N",
            title=None,
            scale=alt.Scale(type="point", padding=0.9),
            axis=alt.Axis(
                orient="top", labelExpr="slice(datum.label, 2)", labelAngle=0, labelLimit=260, ticks=False, domain=False
            ),
        ),
        y=alt.Y("y:Q", title=None, axis=None, scale=alt.Scale(domain=[k + 1.4, 0.6], nice=False, zero=False)),
    )
    colour = alt.Color("what:N", scale=alt.Scale(domain=list(_STATES)), legend=alt.Legend(orient="bottom", title=None))
    named = base.transform_filter(alt.datum.what != "")
    lines = [
        named.transform_filter(alt.datum.what == state)
        .mark_line(strokeWidth=width, strokeDash=dash, opacity=opacity)
        .encode(detail="item:N", color=colour)
        for state, width, dash, opacity in ((_STATES[1], 1.5, [4, 4], 0.7), (_STATES[0], 3, [1, 0], 1.0))
    ]
    points = named.mark_point(size=55, filled=True, opacity=1).encode(
        color=colour,
        tooltip=[alt.Tooltip("title:N", title="title"), alt.Tooltip("what:N", title="it is")],
    )
    texts = [
        base.transform_filter(f"slice(datum.side, 0, 1) == '{side}'")
        .mark_text(align=align, dx=dx, color=said_in)
        .encode(text="said:N")
        for side, align, dx in (("1", "right", -12), ("2", "left", 12))
    ]
    return alt.layer(*lines, points, *texts).properties(height=ROW * (k + 1) + 60)


def aligned(causes: Sequence[AlignedCause], labels: tuple[str, str], key: str, alt_text: str) -> None:
    """The largest differences, a row each: what the cause adds on either side, a line between the two. A side that does
    not have the cause has no mark.
    """
    sides = [plain(labels[0], 40), plain(labels[1], 40)]
    sides[1] += " " * (sides[0] == sides[1])  # two of one name are told apart by their colour alone
    shown = [
        (f"{number:02} {plain(cause.label, 44)}", side, value, other or 0.0)
        for number, cause in enumerate(causes[:CAUSES])
        for side, value, other in ((sides[0], cause.first, cause.second), (sides[1], cause.second, cause.first))
    ]
    rows = [
        {
            "row": row,
            "side": side,
            "value": value or 0.0,
            "other": other,
            "said": f"{value or 0.0:+z.3f}",
            "there": value is not None,
        }
        for row, side, value, other in shown
    ]
    values = [0.0, *(value or 0.0 for _, _, value, _ in shown)]
    room = 0.05 * (max(values) - min(values) or 1.0)
    found = design(_aligned, min(len(causes), CAUSES), grey())
    for layer in found["layer"]:
        layer["encoding"]["x"]["scale"]["domain"] = [min(values) - room, max(values) + room]
        for channel in ("color", "shape"):
            if channel in layer["encoding"]:
                layer["encoding"][channel]["scale"]["domain"] = sides
    draw(found, rows, key, alt_text)


def _aligned(rows: int, line_in: str) -> alt.LayerChart:
    """The domains of its scales are set for what is drawn."""
    base = alt.Chart(ROWS).encode(y=alt.Y("row:N", sort="ascending", axis=_LABEL))
    x = alt.X(
        "value:Q",
        title="adds to the score",
        axis=alt.Axis(tickCount=5),
        scale=alt.Scale(domain=[0, 1], nice=False, zero=False),
    )
    lines = base.mark_rule(color=line_in, strokeWidth=2).encode(x=x, x2="other:Q")
    legend = alt.Legend(orient="top", title=None, columns=1, labelLimit=260)
    points = (
        base.transform_filter(alt.datum.there)
        .mark_point(size=110, filled=True, opacity=1)
        .encode(
            x=x,
            color=alt.Color("side:N", scale=alt.Scale(domain=["first", "second"]), legend=legend),
            shape=alt.Shape(
                "side:N", scale=alt.Scale(domain=["first", "second"], range=["circle", "diamond"]), legend=legend
            ),
            tooltip=[
                alt.Tooltip("row:N", title="cause"),
                alt.Tooltip("side:N", title="for"),
                alt.Tooltip("said:N", title="adds"),
            ],
        )
    )
    return alt.layer(lines, points).properties(height=ROW * rows + 90)
