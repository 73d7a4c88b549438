"""The last step of an import: what the data set is called, and the button that saves it."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from kgrec_core.workspace import (
    expected_duration,
    own_data,
    own_data_sandboxed,
    sample_shop,
    terminal_commands,
    training_runs,
)
from pages.ui import parts, progress_bar, sign_in
from pages.ui.durations import duration
from pages.ui.safe_text import escape_markdown

TRAIN = "pages/build/train.py"
OPEN_TO_ALL = (
    "Everybody who can open this page will see the data set and its people's histories, and can add to it, replace it, "
    "train on it and delete it."
)
SIGNED_IN = (
    "Everybody who can sign in here will see the data set and its people's histories, and can add to it, replace it, "
    "train on it and delete it."
)

SAMPLE_READY = (
    "**The sample shop is read and checked.** What it holds is told below. Training on it takes {time} here; the time "
    "left shows meanwhile."
)


def form(files: list[own_data.Given], choice: own_data.Choice, report: own_data.ImportReport, analyst: bool) -> None:
    """Asks for a title, an analyst for a short name too; once saved, the page is that of training."""
    st.subheader("4 · Save it", anchor=False)
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom", key="save_row"):
        title = st.text_input(
            "Title, as people read it",
            key="own_title",
            max_chars=60,
            width=300,
            placeholder="My shop",
            persist_state="page",
        ).strip()
        name = own_data.short_name(title)
        if analyst:
            name = st.text_input(
                "Short name", key="own_name", max_chars=40, width=300, placeholder=name or "my-shop",
                persist_state="page",
                help="Small letters a-z, digits, - and _. It stands in links and on the command line. Left empty, it "
                "is made of the title.",
            ) or name  # fmt: skip
    taken = name in own_data.imported_names()
    replacing = taken and st.checkbox(
        f"There is a data set {escape_markdown(name)} already. Replace it; its model stays until you train again.",
        key="own_replace",
    )
    wanted = replace(choice, title=title)
    if analyst:
        _line(terminal_commands.to_import(name or "NAME", files, wanted, report.accounts, replacing), wanted)
    free = bool(name) and (replacing or not taken)
    with st.container(horizontal=True, gap="medium", vertical_alignment="center", key="own_save_row"):
        saved = st.button(
            "Save the data set", key="own_save", type="primary", icon=":material/save:", disabled=not free
        )
        st.caption(SIGNED_IN if sign_in.wanted() else OPEN_TO_ALL, width=560)
    if saved:
        with progress_bar.shown("Saving") as told:
            found = own_data_sandboxed.import_files(name, files, wanted, replacing, told)
        if found.ok:
            st.session_state.pop("own_checked", None)
            st.switch_page(TRAIN, query_params={"dataset": name})


def sample(files: list[own_data.Given], choice: own_data.Choice, found: own_data.CheckedFiles) -> None:
    """The made-up shop in one more click: saved under its own name, and its training started."""
    name = own_data.short_name(sample_shop.TITLE_OF_SAMPLE)
    with st.container(border=True, key="own_sample_go"):
        if name in own_data.imported_names():
            st.markdown("The sample shop is saved already.")
            st.page_link(TRAIN, label="Go to it", icon=":material/arrow_forward:", query_params={"dataset": name})
            return
        assert found.outlook is not None
        seconds = expected_duration.of_training(found.outlook, training_runs.Recipe()).seconds
        st.markdown(SAMPLE_READY.format(time=duration(seconds)))
        busy = training_runs.running() is not None
        pressed = st.button(
            "Save it and train", key="own_sample_train", type="primary", icon=":material/play_arrow:", disabled=busy
        )
        if busy:
            st.caption("Another training is under way; this one can start after it.")
        if pressed:
            with progress_bar.shown("Saving") as told:
                own_data_sandboxed.import_files(
                    name, files, replace(choice, title=sample_shop.TITLE_OF_SAMPLE), False, told
                )
                training_runs.start(name)
            st.session_state.pop("own_checked", None)
            st.switch_page(TRAIN, query_params={"dataset": name})


def _line(words: list[str], choice: own_data.Choice) -> None:
    told = "The same on the command line, in the folder of the files."
    if choice.plan is not None:
        told += f" Save the plan that you changed there first, as {terminal_commands.PLAN}."
    if terminal_commands.in_graph_only(choice):
        told += " It makes the graph as it was guessed: what you changed of the graph has no option."
    parts.command(words, f"{told} Only there: --min-users, --keep-column and --keep-user-ids.")
