"""A guided tour of five steps over the screens; the step is in the address, so every step can be sent as a link."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from pages.ui import choice
from pages.ui.choice import ScreenChoice


@dataclass(frozen=True, slots=True)
class Stop:
    page: str
    title: str
    words: str
    tab: str | None = None  # of the Explain screen, where the words are about what it shows


STOPS = (
    Stop(
        "pages/explore/recommend.py",
        "A list for one person",
        "Each card says in one line why it is there. Press **Why?** on any of them to read more.",
    ),
    Stop(
        "pages/explore/explain.py",
        "The reason, tested",
        "Each cause was taken away and the score was made again. The steps below add up to the score, exactly.",
        "Attribution",
    ),
    Stop(
        "pages/explore/recommend.py",
        "Change your mind",
        "Press thumb down on a card. The list is made again at once, for this person alone; nothing is trained anew.",
    ),
    Stop(
        "pages/explore/graph.py",
        "The facts behind it",
        "Every fact that is told is stored. Search a name, and see what it leads to and whose lists depend on it.",
    ),
    Stop(
        "pages/learn/how_it_works.py",
        "How it is made",
        "Six steps from data to reason, each with its formula and the real values of one recommendation.",
    ),
)


def begin(chosen: ScreenChoice, label: str, key: str) -> None:
    with st.container(key=key):
        st.page_link(STOPS[0].page, label=label, icon=":material/tour:", query_params=_address(chosen, 1))


def outline() -> None:
    """The five stops in words."""
    st.markdown("\n".join(f"{row}. **{stop.title}.** {stop.words}" for row, stop in enumerate(STOPS, start=1)))


def banner(chosen: ScreenChoice) -> None:
    """Where the tour is, and the way on; nothing off the tour."""
    if not 1 <= chosen.tour <= len(STOPS):
        return
    stop = STOPS[chosen.tour - 1]
    with st.container(border=True, key="tour", gap="xsmall"):
        st.markdown(f":violet-badge[Tour {chosen.tour} of {len(STOPS)}] **{stop.title}.** {stop.words}")
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            if chosen.tour < len(STOPS):
                following = STOPS[chosen.tour]
                label = f"Next: {following.title}"
                address = _address(chosen, chosen.tour + 1)
                icon = ":material/arrow_forward:"
                st.page_link(following.page, label=label, icon=icon, query_params=address, width="content")
            st.button("End the tour", key="end_tour", type="tertiary", on_click=choice.put, args=("tour", None))


def _address(chosen: ScreenChoice, step: int) -> dict[str, str]:
    item = choice.get("item")
    address = chosen.link(item if isinstance(item, str) else None) | {"tour": str(step)}
    tab = STOPS[step - 1].tab
    return address | ({"tab": tab} if tab else {})
