"""Data: bring your own files, see what is wrong with them, and save them under a name."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from kgrec_core.errors import OnePersonError
from kgrec_core.workspace import own_data, own_data_sandboxed
from pages.build import graph_preview, import_findings, import_form, own_data_sets, saving, uploads
from pages.build.data_card import cost, in_words, numbers
from pages.ui import choice, page_address, page_errors, progress_bar, sidebar
from pages.ui.safe_text import escape_markdown


def check(files: list[own_data.Given], wanted: own_data.Choice) -> None:
    for name in ("own_checked", "own_is_personal"):
        st.session_state.pop(name, None)
    with progress_bar.shown("Reading") as told:
        try:
            found = own_data_sandboxed.check_files(files, wanted, uploads.dropped(), told)
        except OnePersonError as error:
            st.session_state["own_is_personal"] = (files, error.told)
            return
        st.session_state["own_checked"] = (files, wanted, found)


def personal(files: list[own_data.Given]) -> None:
    """That the files are one person's own history, and the way to where it makes a list; nothing for others."""
    of, words = st.session_state.get("own_is_personal", (None, ""))
    if of != files:
        return
    st.info(
        f"{escape_markdown(words, 400)} It makes a list for you, though: be a new visitor and bring it there.",
        title="This is one person’s own history",
        icon=":material/person:",
    )
    st.page_link(
        "pages/explore/recommend.py",
        label="Bring your own history",
        icon=":material/arrow_forward:",
        query_params={"who": "new"},
    )


def checked(
    checked_files: own_data.CheckedFiles, files: list[own_data.Given], asked: own_data.Choice, analyst: bool
) -> None:
    """The report; where the files can be used, what they hold, the graph of it, and the way to save it."""
    st.subheader("2 · What they hold", anchor=False)
    import_findings.draw(checked_files.report, analyst)
    if checked_files.outlook is None or checked_files.preview is None:
        return
    in_words(checked_files.outlook)
    cost(checked_files.outlook)
    if analyst:
        numbers(checked_files.outlook)
    with st.expander(
        "The knowledge graph that comes of it", analyst, icon=":material/hub:", key=f"graph_plan_{analyst}"
    ):
        wanted = graph_preview.graph(checked_files.preview, asked)
        if wanted != asked and st.button("Show the graph so", key="own_again", icon=":material/refresh:"):
            check(files, wanted)
            st.rerun()
    saving.form(files, wanted, checked_files.report, analyst)


analyst = sidebar.depth_alone(page_address.asked())
page_address.write(depth=choice.DEPTHS[int(analyst)])
st.title("Bring your own data", anchor=False)
st.markdown(
    "Drop your tables, see what they hold and what to mend, and save them. Then train on them: the whole app, with "
    "lists, reasons and graph, runs on your data."
)
st.subheader("1 · Files", anchor=False)
with page_errors.errors_in_words():
    given = import_form.files(analyst)
if given:
    given, wanted = import_form.choice_for(given)
    before = st.session_state.get("own_checked")
    same = before is not None and before[0] == given and replace(before[1], columns=None, accepted=()) == wanted
    if st.button("Check the files", key="own_check", type="secondary" if same else "primary", icon=":material/rule:"):
        check(given, wanted)
        before, same = st.session_state.get("own_checked"), True
    personal(given)
    if before is not None and same:
        checked(before[2], given, before[1], analyst)
own_data_sets.listing()
