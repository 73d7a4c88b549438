"""Somebody's own history from another service: the files, what was found of them, what is to be confirmed.

Nothing is stored: the files go once they are read, the history with the session.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from kgrec_core.schema.personal_history import ExportMatch, FoundEntry
from kgrec_core.workspace import history_files, own_data
from pages.ui import choice, progress_bar, resources
from pages.ui.safe_text import escape_markdown, plain

ASKED, NAMED = 30, 12  # unsure titles that are asked about, and missing ones that are named
LABEL, ICON = "Bring your own history", ":material/upload_file:"
_KEPT, _CONFIRMED, _TURN = "own_history", "own_history_confirmed", "own_history_turn"


def offer(dataset: str) -> None:
    """A place for the files, folded; once they are read, the page is drawn again with their list."""
    with st.expander(LABEL, icon=ICON, key="history_offer"):
        given = st.file_uploader(
            "Your export, as the service gave it",
            accept_multiple_files=True,
            key=f"history_files_{st.session_state.get(_TURN, 0)}",
            max_upload_size=own_data.limits().megabytes,
        )
        st.caption(
            f"{history_files.SERVICES}, or a table of titles and ratings; zip too. It is read here, makes your list, "
            "and is not stored."
        )
        if given:
            _read(dataset, given)
            st.rerun()


def _read(dataset: str, given: Sequence[UploadedFile]) -> None:
    with progress_bar.shown("Reading your history", _other_files) as told:
        with own_data.temporary_folder() as folder:
            files = []
            for number, each in enumerate(given):
                place = folder / f"{number:03}"
                place.write_bytes(each.getbuffer())
                files.append(own_data.Given(place, "", plain(each.name, 80) or "file"))
            history = history_files.read_history_sandboxed(files, told)
        told("Looking for its titles", 0.8)
        match = resources.opened(dataset).match_export(history)
    _keep(dataset, match, ())
    _other_files()
    choice.put("item", None)


def _other_files() -> None:
    """Lets the files go, so that others can be given."""
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1


def told(dataset: str) -> None:
    """What was found, with a box for each unsure title; nothing where no history was brought."""
    kept = st.session_state.get(_KEPT)
    if kept is None or kept[0] != dataset or choice.get("who") != "new":
        return
    match: ExportMatch = kept[1]
    confirmed = st.session_state.get(_CONFIRMED, ())
    agreed = f" {len(confirmed):,} confirmed." if confirmed else ""
    label = f"Your history from {escape_markdown(match.source, 40)}: {match.sentence}{agreed}"
    with st.expander(label, icon=ICON, key="history_told"):
        for note in match.notes:
            st.caption(escape_markdown(note, 200))
        if not (match.found or confirmed):
            st.info(f"None of it is surely among these {match.items}.", icon=":material/search_off:")
        if match.unsure:
            st.markdown("**Is it the same?** Those that you tick count too.")
        with st.container(gap="xsmall", key="history_unsure"):
            for place, each in enumerate(match.unsure[:ASKED]):
                _ask(dataset, place, each, each.item_id in confirmed)
        if len(match.unsure) > ASKED:
            st.caption(f"{len(match.unsure) - ASKED:,} more are as unsure; they do not count.")
        if match.missing:
            names = " · ".join(escape_markdown(entry.shown, 60) for entry in match.missing[:NAMED])
            rest = len(match.missing) - NAMED
            said = (
                "Not among these {items}: {names} and {rest:,} more."
                if rest > 0
                else "Not among these {items}: {names}."
            )
            st.caption(said.format(items=match.items, names=names, rest=rest))
        st.button("Forget this history", key="history_forget", icon=":material/undo:", on_click=_forget)


def _ask(dataset: str, place: int, found: FoundEntry, ticked: bool) -> None:
    same = f"{escape_markdown(found.entry.shown, 60)} is **{escape_markdown(found.title, 60)}**"
    label = f"{same} :gray[· {escape_markdown(found.why, 80)}]"
    key = f"history_same_{place}"
    st.session_state[key] = ticked
    st.checkbox(label, key=key, on_change=_confirm, args=(dataset, key, found.item_id))


def _confirm(dataset: str, key: str, item: str) -> None:
    match: ExportMatch = st.session_state[_KEPT][1]
    others = tuple(one for one in st.session_state.get(_CONFIRMED, ()) if one != item)
    _keep(dataset, match, (*others, item) if st.session_state[key] else others)
    choice.put("item", None)


def _keep(dataset: str, match: ExportMatch, confirmed: tuple[str, ...]) -> None:
    st.session_state[_KEPT], st.session_state[_CONFIRMED] = (dataset, match), confirmed
    choice.bring(dataset, match.brought(confirmed))


def _forget() -> None:
    for name in (_KEPT, _CONFIRMED):
        st.session_state.pop(name, None)
    choice.bring("", None)
    choice.put("item", None)
