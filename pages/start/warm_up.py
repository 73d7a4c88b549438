"""What the first visitor would wait for, done while the server starts: libraries, the data set, a first of each answer.

What a killed server or run has left on the disk is swept before that.

The work is in a thread of its own and fills the caches that the pages read. Whoever comes before the data set is open
waits for what is left of that; the rest is done when nobody waits for a page.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress

import streamlit as st

_PATIENCE = 30.0  # seconds; on a server where a page is always being made, warming up goes on beside it

BY_MEANING = "tell me how this was put together"  # no form of the grammar reads it, so the encoder is loaded

_pages = threading.Condition()
_made = 0  # pages that are being made right now


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """For `st.App`: begins when the server does, and holds nothing up, its end included."""
    threading.Thread(target=work, name="warm-up", daemon=True).start()
    yield


@contextmanager
def waiting() -> Iterator[None]:
    """Around the making of a page, for which someone waits."""
    global _made
    with _pages:
        _made += 1
    try:
        yield
    finally:
        with _pages:
            _made -= 1
            _pages.notify_all()


def work() -> None:
    from kgrec_core.errors import KgrecError
    from kgrec_core.workspace import own_data

    own_data.sweep()
    with suppress(KgrecError):  # the page of the data set says what is wrong with it
        name = _open_first()
        if name is not None:
            _answer(name)
    from pages.build import deleted_sets

    deleted_sets.purge_in_time()  # what the server before had no time for
    _when_nobody_waits()
    from pages.judge import quality_parts  # noqa: F401  the models that ours is compared with
    from pages.ui import resources

    resources.set_aside()


def _open_first() -> str | None:
    """Opens the data set that the app shows first, if any is prepared, and returns its name."""
    gc.disable()  # nothing of what is loaded here is garbage, and looking for some takes a seventh of the time
    try:
        from kgrec_core import service
        from pages.explore import explain_tabs  # noqa: F401  the tabs with what draws charts
        from pages.ui import resources

        name = next((card.name for card in service.datasets() if card.prepared), None)
        if name is not None:
            resources.library(name)
            resources.item_names(name)
            resources.user_names(name)
        return name
    finally:
        gc.freeze()
        gc.enable()


def _answer(name: str) -> None:
    """The list that Home offers first, and what can be asked of its first item."""
    from kgrec_core.schema.answers import Conversation
    from kgrec_core.schema.asker import Asker
    from pages.explore import explanation_panel
    from pages.ui import picture_cache, resources

    people, users = resources.personas(name), resources.users(name)
    asker = Asker(people[0].user.user_id if people else next(iter(users)))
    _when_nobody_waits()
    listed = resources.recommendations(name, asker, 10).items
    for entry in listed[:1]:
        item = entry.item.item_id
        _when_nobody_waits()
        resources.explanation(name, asker, item, 10)
        _when_nobody_waits()
        picture_cache.graph_page(name, asker, item, "light", explanation_panel.FIRST, legend=False)
        resources.trace(name, asker, item)
    _when_nobody_waits()
    resources.questions(name).answer(Conversation(asker), BY_MEANING)


def _when_nobody_waits() -> None:
    with _pages:
        _pages.wait_for(lambda: _made == 0, _PATIENCE)
