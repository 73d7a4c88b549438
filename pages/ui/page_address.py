"""The address of a page: what a link asks for, and the current choice written back."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from urllib.parse import quote, unquote

import streamlit as st

NAMES = (
    *("dataset", "user", "item", "k", "depth", "tour"),
    *("who", "likes", "words", "up", "down"),
    *("tags", "years", "fresh", "diversity", "novelty", "rows"),
    *("node", "view", "most", "further", "start", "end", "by"),
    *("tab", "only", "shown", "look"),
    *("step", "scheme", "sample"),
    *("pair", "other", "model", "above", "below"),
)
_SEEN = "link_seen"


def asked() -> dict[str, str]:
    """What the address asks for, if it changed by a link or by the back button; otherwise nothing."""
    now = _current()
    if now == st.session_state.get(_SEEN):
        return {}
    st.session_state[_SEEN] = now
    return now


def write(**choice: str | int | None) -> None:
    """Put the choice into the address, all at once: each change of the address is one step of the back button.

    A value that is None or empty leaves the address.
    """
    wanted = {name: str(value) for name, value in choice.items() if value not in (None, "")}
    kept = {name: value for name, value in _current().items() if name not in choice}
    if kept | wanted != _current():
        st.query_params.from_dict(kept | wanted)
    st.session_state[_SEEN] = _current()


def joined(ids: Iterable[str]) -> str:
    """Ids as one value of the address; `split` undoes it whatever signs they have."""
    return ",".join(quote(name, safe="") for name in ids)


def split(value: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(unquote(part) for part in value.split(",") if part))


def nearest(name: str, known: Iterable[str], n: int = 3) -> list[str]:
    """The `n` known names most like `name`; the first ones where none is alike."""
    names = list(known)
    return get_close_matches(name, names, n=n, cutoff=0.5) or names[:n]


def _current() -> dict[str, str]:
    return {name: st.query_params[name] for name in NAMES if name in st.query_params}
