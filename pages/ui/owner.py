"""Whoever answers for a data set finds its people by her own ids, through the key that lies beside the data.

The key tells of an id that is typed whether it is among the people, and under which name; nobody gets from a name to
an id. It is asked for the session that imported the data, where KGREC_OWNER=1 says that all who come answer for them,
and by choice where app and browser are on one machine.
"""

from __future__ import annotations

import os

import streamlit as st

from kgrec_core.errors import UnknownIdError
from kgrec_core.workspace import own_data
from pages.ui import choice, resources
from pages.ui.safe_text import escape_markdown

_IMPORTED, _CHOSEN, _TYPED, _TROUBLE = "own_imported", "owner_chosen", "owner_typed", "owner_trouble"


def imported(name: str) -> None:
    """Keeps for this session that it imported a data set."""
    st.session_state[_IMPORTED] = {*st.session_state.get(_IMPORTED, ()), name}


def choose() -> None:
    """The choice to be asked for own ids, where app and browser are on one machine."""
    if _local() and os.environ.get("KGREC_OWNER") is None:
        st.toggle(
            "Find people by your own ids", key="owner_toggle", value=bool(st.session_state.get(_CHOSEN)),
            on_change=lambda: st.session_state.update({_CHOSEN: st.session_state["owner_toggle"]}),
            help="For whoever answers for these data: beside the list of people a field takes an id as it stands in "
            "your files. The key on this machine tells under which name that person is kept.",
        )  # fmt: skip


def find(dataset: str) -> None:
    """A field for an id as it stands in the imported files; nothing where it may not be asked, or ids were kept."""
    if not _may_ask(dataset) or not own_data.has_key(dataset):
        return
    st.text_input(
        "Find by your own id", key=_TYPED, placeholder="as in your files", max_chars=200,
        on_change=_found, args=(dataset,), help="Capital and small letters count.",
    )  # fmt: skip
    trouble = st.session_state.pop(_TROUBLE, None)
    if trouble:
        st.warning(escape_markdown(trouble, 300), icon=":material/person_search:")


def _found(dataset: str) -> None:
    typed = str(st.session_state.get(_TYPED) or "").strip()
    if not typed:
        return
    try:
        user = resources.opened(dataset).user_id(typed)
    except UnknownIdError as error:
        st.session_state[_TROUBLE] = str(error)
        return
    choice.put("user", user)
    for name in ("liked", "item", "up", "down"):
        choice.put(name, None)


def _may_ask(dataset: str) -> bool:
    asked = os.environ.get("KGREC_OWNER")
    if asked is not None:
        return asked == "1"
    return dataset in st.session_state.get(_IMPORTED, ()) or (_local() and bool(st.session_state.get(_CHOSEN)))


def _local() -> bool:
    """Whether the browser is on this machine; Streamlit knows no address then."""
    return st.context.ip_address is None
