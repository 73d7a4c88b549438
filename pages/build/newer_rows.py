"""Newer rows for a data set that is there: dropped, checked and added in one step, and what came of it."""

from __future__ import annotations

import streamlit as st

from kgrec_core.workspace import import_report_text, own_data, own_data_sandboxed
from pages.build import uploads
from pages.build.plan_words import on_screen
from pages.ui import progress_bar, resources
from pages.ui.safe_text import escape_markdown

_DONE, _REFUSED = "own_added", "own_not_added"
_SHOWN = 12  # findings


def adding(name: str) -> None:
    """Asks for the files, and adds them."""
    refused = st.session_state.get(_REFUSED)
    with st.expander("Add newer rows", refused is not None and refused[0] == name, icon=":material/playlist_add:",
                     key=f"own_newer_{name}"):  # fmt: skip
        st.caption(
            "More of who met what, in files with the same columns as before; tables of new items or people beside "
            "them. A whole export will do: rows that are there already are left out where they have times. The model "
            "reads what people did at once; new items join with the next training."
        )
        given = st.file_uploader("Newer files", accept_multiple_files=True, key=f"own_newer_files_{name}")
        if st.button("Add them", key=f"own_newer_add_{name}", icon=":material/add:", disabled=not given):
            _add(name, list(given or ()))
            st.rerun()
        if refused is not None and refused[0] == name:
            st.error("Nothing was added. What to mend is below.", icon=":material/error:")
            _findings(refused[1])


def told() -> None:
    """What was added last, once."""
    done = st.session_state.pop(_DONE, None)
    if done is not None:
        name, report = done
        st.success(f"**{escape_markdown(name)}**: {import_report_text.added_text(report.added)}", icon=":material/add:")
        _findings(report)


def _add(name: str, given: list[uploads.Upload]) -> None:
    st.session_state.pop(_REFUSED, None)
    folder = own_data.temporary_folder()
    try:
        files = []
        for number, each in enumerate(given):
            place = f"{number:03}-newer"
            folder.write(place, each.getbuffer())
            files.append(own_data.Given(folder.path / place, "", uploads.shown(each.name)))
        with progress_bar.shown("Adding") as progress:
            report = own_data_sandboxed.add_files(name, files, progress=progress)
    finally:
        folder.close()
    st.session_state[_DONE if report.ok else _REFUSED] = (name, report)
    resources.follow_changes()


def _findings(report: own_data.ImportReport) -> None:
    for each in report.findings[:_SHOWN]:
        count = f" ({each.rows:,} {each.fate})" if each.rows else ""
        st.markdown(
            f"- {escape_markdown(each.file, 60)}: {escape_markdown(each.what, 300)}{count}. "
            f"{escape_markdown(on_screen(each.mend), 300)}"
        )
