"""The progress of a computation that takes more than a second, with the time that is left."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from kgrec_core.schema.progress import Progress
from kgrec_core.workspace.time_left import RemainingTime
from pages.ui import page_errors
from pages.ui.durations import duration
from pages.ui.safe_text import escape_markdown

SURE = 0.05  # share of the work after which its speed tells the time left


@contextmanager
def shown(what: str) -> Iterator[Progress]:
    """A callback that draws a bar with words, share and time left; our own errors end the page in words."""
    bar, pace = st.progress(0.0, f"{what} …"), RemainingTime(time.monotonic())

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
            bar.empty()
