"""The menu of the sidebar. Streamlit's own nests its sections in a list in a way that screen readers cannot follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st
from streamlit.navigation.page import StreamlitPage

# On a phone the sidebar lies over the page, so it has to close once a screen is chosen, as Streamlit's own menu does.
_CLOSE = """
export default function () {
  const menu = document.querySelector(".st-key-menu");
  if (!menu || menu.kgrecCloses) return;
  menu.kgrecCloses = true;
  menu.addEventListener("click", (event) => {
    if (window.innerWidth < 768 && event.target.closest("a"))
      document.querySelector("[data-testid='stSidebarCollapseButton'] button")?.click();
  });
}
"""
_closes = st.components.v2.component("kgrec_menu_closes", js=_CLOSE)


def draw(pages: Mapping[str, Sequence[StreamlitPage]]) -> None:
    """Links to all pages under the names of their sections."""
    with st.sidebar, st.container(gap="small", key="menu"):
        for section, links in pages.items():
            with st.container(gap="xxsmall"):
                if section:
                    st.caption(section)
                for page in links:
                    st.page_link(page, width="stretch")
        _closes(key="menu_closes", height=1)
