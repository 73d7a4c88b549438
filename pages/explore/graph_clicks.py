"""Clicks in a picture of the graph. The picture is a frame and cannot speak to Python; this listens for it.

All that passes is a number: which node of the picture. The code below is ours and holds no text of the data.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

_LISTEN = """
export default function ({ parentElement, setTriggerValue }) {
  window.removeEventListener("message", parentElement.kgrecHeard);
  parentElement.kgrecHeard = (event) => {
    const ours = [...document.querySelectorAll("iframe")].some((frame) => frame.contentWindow === event.source);
    if (ours && Number.isInteger(event.data?.kgrecNode)) setTriggerValue("node", event.data.kgrecNode);
  };
  window.addEventListener("message", parentElement.kgrecHeard);
  return () => window.removeEventListener("message", parentElement.kgrecHeard);
}
"""
_listener = st.components.v2.component("kgrec_graph_clicks", js=_LISTEN)


def listen(key: str, on_click: Callable[[int], None]) -> None:
    """Calls `on_click` with the number of the node that was clicked, before the fragment around it runs again."""

    def passed_on() -> None:
        number = st.session_state[key].node
        if isinstance(number, int):
            on_click(number)

    _listener(key=key, on_node_change=passed_on)
