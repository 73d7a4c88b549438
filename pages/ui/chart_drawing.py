"""Charts whose design is made once: altair checks every part of a drawing, which takes 30 ms a chart."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import altair as alt
import streamlit as st

VIEW = ("mark", "encoding", "transform", "params")  # what belongs to a layer and not to the whole drawing
ROWS = alt.Data(name="rows")  # stands in a design for the rows that are drawn later
KEPT_FREE = "<style>.st-key-{room} {{ min-height: {height:.0f}px; }}</style>"
Design = Callable[..., alt.Chart | alt.LayerChart]


def design(made: Design, *asked: Hashable) -> dict[str, Any]:
    """What `made(*asked)` looks like, as Vega-Lite; a copy of one's own."""
    found: dict[str, Any] = json.loads(_written(made, asked))
    return found


def draw(design: dict[str, Any], rows: Sequence[Mapping[str, object]], key: str, alt_text: str) -> None:
    """A design with its rows. Its place is as high as it will be before it is there, so that nothing below jumps."""
    drawn = _layered(design)
    own = drawn.pop("data", None)
    for part in drawn["layer"]:
        if part.get("data", own) == {"name": "rows"}:
            part["data"] = {"values": list(rows)}
    height = drawn.get("height")
    room = f"room_{key}"
    if isinstance(height, (int, float)):
        st.html(KEPT_FREE.format(room=room, height=height))
    with st.container(key=room):
        st.vega_lite_chart(drawn, key=key, alt=alt_text)


def _layered(design: dict[str, Any]) -> dict[str, Any]:
    """The same drawing in layers, for rows stay in a layer; Streamlit sends those of a whole drawing after it, and
    vega complains of scales without a number in between.
    """
    if "layer" in design:
        return design
    layer = {name: design[name] for name in VIEW if name in design}
    return {name: part for name, part in design.items() if name not in VIEW} | {"layer": [layer]}


def grey() -> str:
    """For numbers beside bars; the chart theme of Streamlit leaves them black on black."""
    return str(st.get_option(f"theme.{st.context.theme.type or 'light'}.grayTextColor"))


def names_of_rows(width: int, **more: Any) -> alt.Axis:
    """The axis of rows whose labels begin with two digits of their place and a blank, which are not shown.

    width: of a label, pixels · more: further settings of the axis
    """
    plain = {"title": None, "labelOverlap": False, "ticks": False, "domain": False, "labelPadding": 8}
    return alt.Axis(labelExpr="slice(datum.label, 3)", labelLimit=width, **plain, **more)


@lru_cache(maxsize=256)
def _written(made: Design, asked: tuple[Hashable, ...]) -> str:
    found = made(*asked).to_dict()
    found.pop("config", None)  # of altair's own theme
    return json.dumps(found)
