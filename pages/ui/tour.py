"""A guided tour of six steps over the screens; the step is in the address, so every step can be sent as a link."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import streamlit as st

from pages.ui import choice, page_address
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
        "Six steps from data to reason, each with the real values of one recommendation.",
    ),
    Stop(
        "pages/build/data.py",
        "Now your data",
        "Drop a file of who bought, watched or read what, and look how it is understood. Then train, and all that you "
        "have seen runs on it. No file at hand? Try it with the sample shop.",
    ),
)


def begin(chosen: ScreenChoice, label: str, key: str) -> None:
    with st.container(key=key):
        st.page_link(STOPS[0].page, label=label, icon=":material/tour:", query_params=_address(chosen, 1))


def outline() -> None:
    """The stops in words."""
    st.markdown("\n".join(f"{row}. **{stop.title}.** {stop.words}" for row, stop in enumerate(STOPS, start=1)))


def banner(chosen: ScreenChoice) -> None:
    """Where the tour is, and the way on; nothing off the tour."""
    if not 1 <= chosen.tour <= len(STOPS):
        return
    _draw(chosen.tour, lambda step: _address(chosen, step), partial(choice.put, "tour", None))


def last_stop() -> None:
    """The banner on the screen of the last stop, which asks for no person; nothing off the tour.

    Only the address says that it is one: whoever goes on from there is off the tour.
    """
    if st.query_params.get("tour") != str(len(STOPS)):
        return
    choice.put("tour", None)
    asked = {name: value for name, value in st.query_params.items() if name != "tour"}
    _draw(len(STOPS), lambda step: asked | {"tour": str(step)}, partial(page_address.write, tour=None))


def _draw(step: int, address: Callable[[int], dict[str, str]], end: Callable[[], None]) -> None:
    stop = STOPS[step - 1]
    with st.container(border=True, key="tour", gap="xsmall"):
        st.markdown(f":violet-badge[Tour {step} of {len(STOPS)}] **{stop.title}.** {stop.words}")
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            if step > 1:
                before = STOPS[step - 2]
                st.page_link(
                    before.page, label="Back", icon=":material/arrow_back:", query_params=address(step - 1),
                    width="content",
                )  # fmt: skip
            if step < len(STOPS):
                following = STOPS[step]
                st.page_link(
                    following.page, label=f"Next: {following.title}", icon=":material/arrow_forward:",
                    query_params=address(step + 1), width="content",
                )  # fmt: skip
            st.button("End the tour", key="end_tour", type="tertiary", on_click=end)


def _address(chosen: ScreenChoice, step: int) -> dict[str, str]:
    item = choice.get("item")
    address = chosen.link(item if isinstance(item, str) else None) | {"tour": str(step)}
    tab = STOPS[step - 1].tab
    return address | ({"tab": tab} if tab else {})
