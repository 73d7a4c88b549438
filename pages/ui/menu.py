"""The menu of the sidebar. Streamlit's own nests its sections in a list in a way that screen readers cannot follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st
from streamlit.navigation.page import StreamlitPage


def draw(pages: Mapping[str, Sequence[StreamlitPage]]) -> None:
    """Links to all pages under the names of their sections."""
    with st.sidebar, st.container(gap="small", key="menu"):
        for section, links in pages.items():
            with st.container(gap="xxsmall"):
                if section:
                    st.caption(section)
                for page in links:
                    st.page_link(page, width="stretch")
