"""The progress of a computation that takes more than a second, with the time that is left and a way to cancel it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count

import streamlit as st

from kgrec_core.schema.progress import Progress
from kgrec_core.workspace.time_left import RemainingTime
from pages.ui import page_errors
from pages.ui.durations import duration
from pages.ui.safe_text import escape_markdown

SURE = 0.05  # share of the work after which its speed tells the time left
CANCELLED = "Cancelled: {what}."
_numbers = count()  # a page may show several after each other


@contextmanager
def shown(what: str, cancelled: Callable[[], None] | None = None, again: str | None = None) -> Iterator[Progress]:
    """A callback that draws a bar with words, share and time left; our own errors end the page in words.

    Cancel ends the run of the page, at the next word of progress, and draws the page anew. cancelled: what is to be
    done then, where the page would start the work by itself again. again: in a fragment, whose buttons cannot end a
    run, the script of its screen, which is opened anew.
    """
    place, pace = st.empty(), RemainingTime(time.monotonic())
    with place.container(horizontal=True, gap="small", vertical_alignment="center"):
        with st.container():
            bar = st.progress(0.0, f"{what} …")
        if again is None:
            st.button(
                "Cancel", key=f"cancel_{next(_numbers)}", icon=":material/stop_circle:", on_click=_cancel,
                args=(what, cancelled),
            )  # fmt: skip
        else:
            address = dict(st.query_params.items())
            st.page_link(again, label="Cancel", icon=":material/stop_circle:", query_params=address, width="content")

    def draw(now: str, share: float) -> None:
        share = min(max(share, 0.0), 1.0)
        moment = time.monotonic()
        pace.update(share, moment)
        left = pace.left(moment)
        what = escape_markdown(now)
        known = left is not None and share >= SURE
        bar.progress(share, f"{what} … {share:.0%}, {duration(left)} left" if known else f"{what} … {share:.0%}")

    with page_errors.errors_in_words():  # outside: once a page is stopped, nothing can be taken off it
        try:
            yield draw
        finally:
            place.empty()


def _cancel(what: str, cancelled: Callable[[], None] | None) -> None:
    if cancelled is not None:
        cancelled()
    st.toast(CANCELLED.format(what=escape_markdown(what)), icon=":material/stop_circle:")
