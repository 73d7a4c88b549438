"""Data: bring your own files, see how they are read and what is wrong with them, and save them under a name."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from kgrec_core.errors import KgrecError
from kgrec_core.workspace import own_data, own_data_sandboxed
from pages.build import (
    column_question,
    graph_preview,
    import_findings,
    import_form,
    own_data_sets,
    plan_check,
    plan_file,
    plan_pictures,
    plan_state,
    plan_tables,
    plan_words,
    saving,
    uploads,
)
from pages.build.data_card import cost, in_words, numbers
from pages.ui import choice, page_address, page_errors, progress_bar, sidebar, tour
from pages.ui.safe_text import escape_markdown


def check(files: list[own_data.Given], wanted: own_data.Choice) -> None:
    for name in ("own_checked", "own_refused"):
        st.session_state.pop(name, None)
    with progress_bar.shown("Reading") as told:
        try:
            found = own_data_sandboxed.check_files(files, wanted, uploads.dropped(), told)
        except KgrecError as error:
            st.session_state["own_refused"] = (files, wanted, plan_words.on_screen(str(error)))
        else:
            st.session_state["own_checked"] = (files, wanted, found)


def personal(words: str) -> None:
    """That the files are one person's own history, and the way to where it makes a list."""
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


def read(now: plan_state.Reading, asked: own_data.Choice) -> None:
    """How the files are read, to look at and to change; beside it the check of it, and the button that goes on."""
    tables, right = st.columns((7, 4), gap="medium")
    with tables:
        _tables(now)
    with right, st.container(border=True, key="own_look"):
        st.markdown("**Does this look right?**")
        if now.trouble:
            st.error(escape_markdown(now.trouble, 1500), icon=":material/error:")
        elif now.seen and now.shown:
            plan_check.draw(now.shown, now.seen)
        elif now.seen:
            st.markdown(
                f"These are files of a published kind, {escape_markdown(now.seen.format, 40)}, whose columns are known."
            )
        _back(now)
        before = st.session_state.get("own_checked")
        same = before is not None and _same(before, now, asked)
        if st.button(
            "Check the files", key="own_check", type="secondary" if same else "primary", icon=":material/rule:",
            disabled=bool(now.trouble), width="stretch",
        ):  # fmt: skip
            check(now.files, plan_state.choice_of(now, asked))
            st.rerun()
        refused = st.session_state.get("own_refused")
        if refused is not None and refused[:2] == (now.files, plan_state.choice_of(now, asked)):
            st.error(escape_markdown(refused[2], 1500), title="That did not work", icon=":material/error:")
        elif same:
            st.caption("What they hold is told below.")


def _back(now: plan_state.Reading) -> None:
    if now.plan or now.mapping:
        st.button("Back to how it was read", key="own_back", icon=":material/undo:", on_click=plan_state.back)


def cancelled() -> None:
    """What stands in place of the plan once looking at the files was cancelled."""
    st.info("Looking at the files was cancelled.", icon=":material/stop_circle:")
    st.button("Look again", key="own_look_again", icon=":material/refresh:", on_click=plan_state.look_again)


def _tables(now: plan_state.Reading) -> None:
    plan, seen = now.shown, now.seen
    if plan and seen:
        plan_tables.draw(plan, seen)
        joins = plan_pictures.joins(plan)
        if joins:
            st.caption("How the tables belong together")
            st.html(joins)
    with st.expander("Save this plan, use a saved one, or name the format", icon=":material/settings:", key="own_more"):
        import_form.layout()
        if plan:
            plan_file.draw(plan)


def _same(before: tuple[list[own_data.Given], own_data.Choice, object], now: plan_state.Reading,
          asked: own_data.Choice) -> bool:  # fmt: skip
    """Whether what was checked is what is on the screen."""
    return before[0] == now.files and replace(before[1], columns=None, accepted=()) == plan_state.choice_of(now, asked)


def checked(
    checked_files: own_data.CheckedFiles, files: list[own_data.Given], asked: own_data.Choice, analyst: bool
) -> None:
    """The report; where the files can be used, what they hold, the graph of it, and the way to save it."""
    st.subheader("3 · What they hold", anchor=False)
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


asked = page_address.asked()
analyst = sidebar.depth_alone(asked)
if asked.get("sample"):
    import_form.take_sample()
page_address.write(depth=choice.DEPTHS[int(analyst)], sample=None)
tour.last_stop()
st.title("Bring your own data", anchor=False)
st.markdown(
    "Drop your files, look whether they are understood, and save them. Then train on them: the whole app, with lists, "
    "reasons and graph, runs on your data."
)
st.subheader("1 · Files", anchor=False)
with page_errors.errors_in_words():
    given = import_form.files(analyst)
next_step = st.container()
if given:
    wanted = import_form.asked()
    with page_errors.errors_in_words():
        now = plan_state.reading(given, wanted)
    st.subheader("2 · How they are read", anchor=False)
    if now.cancelled:
        cancelled()
    elif now.personal:
        personal(now.personal)
    elif now.question and not now.shown and column_question.answerable(now.question):
        column_question.ask(given, now.question)
    elif now.seen is None:
        st.error(escape_markdown(now.trouble, 1500), title="That did not work", icon=":material/error:")
        _back(now)
        import_form.layout()
    else:
        if import_form.first_look() and not now.trouble:
            check(given, plan_state.choice_of(now, wanted))
        read(now, wanted)
        before = st.session_state.get("own_checked")
        if before is not None and _same(before, now, wanted):
            if import_form.is_sample() and before[2].outlook is not None:
                with next_step, page_errors.errors_in_words():
                    saving.sample(given, before[1], before[2])
            checked(before[2], given, before[1], analyst)
own_data_sets.listing()
