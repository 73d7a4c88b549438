"""Data: bring your own files, see what is wrong with them, and save them under a name."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from kgrec_core import own_data
from pages.ui import findings, graph_plan, importing, own_sets, parts, progress, uploads

TRAIN = "pages/build/train.py"


def check(given: list[own_data.Given], choice: own_data.Choice) -> None:
    with progress.shown("Reading") as told:
        found = own_data.check_files(given, choice, uploads.dropped(), told)
        st.session_state["own_checked"] = (given, choice, found)


def save(given: list[own_data.Given], choice: own_data.Choice) -> None:
    st.subheader("3 · Save it", anchor=False)
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom", key="save_row"):
        title = st.text_input("Title, as people read it", key="own_title", max_chars=60, width=300)
        name = st.text_input(
            "Short name", key="own_name", max_chars=40, width=300, placeholder="my-shop",
            help="Small letters a-z, digits, - and _. It stands in links.",
        )  # fmt: skip
    replacing = name in own_data.imported_names() and st.checkbox(
        "A data set of this name is there. Replace it; its model stays until you train again.",
        key="own_replace",
    )
    if st.button("Save the data set", key="own_save", type="primary", icon=":material/save:", disabled=not name):
        wanted = replace(choice, title=title.strip())
        with progress.shown("Saving") as told:
            found = own_data.import_files(name, given, wanted, replace=replacing, progress=told)
        if found.ok:
            st.session_state.pop("own_checked", None)
            st.switch_page(TRAIN, query_params={"dataset": name})


parts.layout()
st.title("Bring your own data", anchor=False)
st.markdown(
    "Drop your tables, see what they hold and what to mend, and save them. Then train on them: the whole app, with "
    "lists, reasons and graph, runs on your data."
)
st.subheader("1 · Files", anchor=False)
with parts.errors_in_words():
    given = importing.files()
if given:
    given, choice = importing.choice_for(given)
    before = st.session_state.get("own_checked")
    same = before is not None and before[0] == given and replace(before[1], columns=None, accepted=()) == choice
    if st.button("Check the files", key="own_check", type="secondary" if same else "primary", icon=":material/rule:"):
        check(given, choice)
        before, same = st.session_state["own_checked"], True
    if before is not None and same:
        _, checked, found = before
        st.subheader("2 · What they hold", anchor=False)
        findings.report(found.report)
        if found.outlook is not None and found.preview is not None:
            findings.data_card(found.outlook)
            with st.expander("The knowledge graph that comes of it", icon=":material/hub:", key="graph_plan"):
                wanted = graph_plan.graph(found.preview, checked)
                if wanted != checked and st.button("Show the graph so", key="own_again", icon=":material/refresh:"):
                    check(given, wanted)
                    st.rerun()
            save(given, wanted)
own_sets.listing()
