"""The menu of the sidebar. Streamlit's own nests its sections in a list in a way that screen readers cannot follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st
from streamlit.navigation.page import StreamlitPage

# On a phone the sidebar lies over the page, so it has to close once a screen is chosen, as Streamlit's own menu does.
# Streamlit makes two steps of history of one change of screen: the bare address and then the one that the screen
# completes, or the new parameters at the old screen and then the new one. Here they become one, so that one press of
# the back button leaves a screen.
_HELP = """
const joinSteps = () => {
  if (history.kgrecJoins) return;
  history.kgrecJoins = true;
  const push = history.pushState.bind(history);
  let changed = 0;
  history.pushState = (state, title, url) => {
    const wanted = new URL(url ?? location.href, location.href);
    const stays = wanted.pathname === location.pathname;
    const follows = !stays && wanted.search === location.search && Date.now() - changed < 1000;
    changed = stays && location.search ? Date.now() : 0;  // not where a bare address is completed
    if (follows || (stays && !location.search)) history.replaceState(state, title, url);
    else push(state, title, url);
  };
};
export default function ({ data }) {
  joinSteps();
  const menu = document.querySelector(".st-key-menu");
  menu?.querySelectorAll("a").forEach((link, place) => {
    if (place === data.current) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  });
  if (!menu || menu.kgrecCloses) return;
  menu.kgrecCloses = true;
  menu.addEventListener("click", (event) => {
    if (window.innerWidth < 768 && event.target.closest("a"))
      document.querySelector("[data-testid='stSidebarCollapseButton'] button")?.click();
  });
}
"""
_helps = st.components.v2.component("kgrec_menu_helps", js=_HELP)


def draw(pages: Mapping[str, Sequence[StreamlitPage]], current: StreamlitPage) -> None:
    """Links to all pages under the names of their sections; a screen reader is told which one is open."""
    names = [page.title for links in pages.values() for page in links]
    with st.sidebar, st.container(gap="xxsmall", key="menu"):
        for section, links in pages.items():
            with st.container(gap="xxsmall"):
                if section:
                    st.caption(section)
                for page in links:
                    st.page_link(page, width="stretch")
        place = names.index(current.title) if current.title in names else None
        _helps(key="menu_helps", data={"current": place}, height=1)
