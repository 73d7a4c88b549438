"""Errors of a page, or of a part that runs alone, in words: what happened and what to do next, never a trace.

Imports nothing heavy, for the frame of the app is under it too.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial, wraps
from typing import Any

import streamlit as st

from kgrec_core.errors import KgrecError
from pages.ui.safe_text import escape_markdown

GONE = (
    "The data set {!r} is not here any more: it was deleted in another window, or by someone else. Choose other data "
    "on the left."
)
LOG = logging.getLogger("kgrec.pages")
UNEXPECTED = (
    "This part of the page cannot be shown. Reload the page; if it comes again, choose other data or another person. "
    "Whoever runs the app finds the cause in its log."
)


@contextmanager
def errors_in_words() -> Iterator[None]:
    """Show the text of our own errors as it is, and a way on after any other; stop the page there."""
    try:
        yield
    except KgrecError as error:
        said = str(error)
    except Exception:  # of Streamlit or a library; what it says is for whoever runs the app
        LOG.exception("A page failed")
        said = UNEXPECTED
    else:
        return
    st.error(escape_markdown(said, 600), title="That did not work", icon=":material/error:")
    st.stop()


def fragment(part: Callable[..., None] | None = None, *, run_every: float | None = None) -> Callable[..., Any]:
    """`st.fragment`, whose errors are told in words too when it runs alone, outside of the page."""
    if part is None:
        return partial(fragment, run_every=run_every)

    @wraps(part)
    def told(*asked: Any, **named: Any) -> None:
        with errors_in_words():
            part(*asked, **named)

    return st.fragment(told, run_every=run_every)
