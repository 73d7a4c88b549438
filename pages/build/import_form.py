"""The questions of an import: files, templates, what each file and column is, which preset."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from kgrec_core.errors import KgrecError
from kgrec_core.workspace import own_data, own_data_sandboxed
from pages.build import uploads
from pages.ui.safe_text import escape_markdown, plain

TABLES = {
    "": "Find out",
    "interactions": "Who met what (interactions)",
    "items": "Things (items)",
    "users": "People (users)",
    "triples": "Facts (triples)",
}
PRESETS = {
    "": "Find out",
    "video": "Films and series",
    "music": "Music",
    "e-commerce": "A shop",
    "news": "News",
    "books": "Books",
    "social": "People to know",
    "other": "Anything else",
}
MEANINGS = {
    "user_id": "Who (person)",
    "item_id": "What (item)",
    "value": "How much (rating, count)",
    "timestamp": "When",
    "title": "Title",
    "text": "Description",
    "head": "About which item",
    "relation": "What is said",
    "tail": "The thing it names",
    "head_label": "Name of the item",
    "tail_label": "Name of the thing",
}
ABOUT = {
    "interactions": "who met what; the one file that is needed",
    "items": "titles, descriptions and attributes, which become facts",
    "users": "what is known of people",
    "triples": "more facts about items",
}
NOBODY = "not in this file"


def files(analyst: bool) -> list[own_data.Given]:
    """The uploader, what it takes, and template files; an analyst sees all limits."""
    limit = own_data.limits()
    given = st.file_uploader(
        "Files: at least a table of who met what",
        accept_multiple_files=True,
        key="own_files",
        max_upload_size=limit.megabytes,
        help="CSV, TSV, Excel, Parquet, JSON Lines, zip or gzip; MovieLens, Amazon, MIND and other published sets "
        "are recognised as they are.",
    )
    st.caption(
        f"Up to {limit.megabytes} MB and {limit.rows:,} rows in all. Files stay on this machine, and are deleted when "
        "you leave unless you save them as a data set."
    )
    if analyst:
        st.caption(
            f"Further limits: {limit.columns:,} columns in a table and {limit.cells:,} cells in all; {limit.files:,} "
            f"files, those in archives included; {limit.nesting} levels in a value of JSON; {limit.items:,} items in "
            f"the model, those that fewest people met are set aside; {limit.memory:,} MB of memory and "
            f"{limit.seconds:,} seconds of work to read them. Whoever runs the app sets them by KGREC_MAX_MB, "
            "KGREC_MAX_ROWS, KGREC_MAX_COLUMNS, KGREC_MAX_CELLS, KGREC_MAX_MEMORY_MB and KGREC_MAX_SECONDS."
        )
    with st.expander("Template files to start from", icon=":material/table_view:", key="templates"):
        for name, text in own_data.TEMPLATES.items():
            st.download_button(
                f"{name}.csv: {ABOUT[name]}", text, f"{name}.csv", "text/csv", key=f"template_{name}",
                type="tertiary", icon=":material/download:", on_click="ignore",
            )  # fmt: skip
    return uploads.on_disk(list(given or ()))


def choice_for(files: list[own_data.Given]) -> tuple[list[own_data.Given], own_data.Choice]:
    """What each file is, what each column means, and which preset; guessed first."""
    with st.container(horizontal=True, gap="medium", key="preset_row"):
        preset = st.selectbox(
            "What it is about", list(PRESETS), format_func=PRESETS.__getitem__, key="own_preset", width=260,
            help="Gives the app its words, and says which attributes make good facts.",
        )  # fmt: skip
        formats = ["auto", *own_data.format_names()]
        layout = st.selectbox(
            "Format of the files", formats, key="own_format", width=260,
            format_func=lambda name: "Find out" if name == "auto" else name,
        )  # fmt: skip
        positive = st.number_input(
            "Liked from this value on", value=None, key="own_positive", width=260,
            placeholder="4 of 5, and so on", help="Empty: from four fifths of the scale on; each purchase or click.",
        )  # fmt: skip
    with st.expander("Which file and column is which", icon=":material/view_column:", key="columns"):
        roles = _roles(files)
        files = [replace(each, role=role) for each, role in zip(files, roles, strict=True)]
        mapping = _mapping(files)
    return files, own_data.Choice(format=layout, domain=preset, positive=positive, mapping=mapping)


def _roles(files: list[own_data.Given]) -> list[str]:
    return [
        st.selectbox(
            f"{escape_markdown(each.name, 60)} holds", list(TABLES), format_func=TABLES.__getitem__,
            key=f"own_role_{each.path.name}",
        )
        for each in files
    ]  # fmt: skip


def _mapping(files: list[own_data.Given]) -> dict[str, str]:
    """Only what differs from the guess; files of published formats have nothing to choose."""
    guesses = _guesses(files)
    if guesses is None:
        st.caption("The columns cannot be shown; checking the files says why.")
        return {}
    said: dict[str, str] = {}
    for place, guess in enumerate(guesses):
        if guess.table:
            said |= _columns_of(place, guess)
    return said


def _guesses(files: list[own_data.Given]) -> tuple[own_data.FileGuess, ...] | None:
    """What the files seem to be, read once for as long as they stay the same; None where they cannot be read."""
    before = st.session_state.get("own_guesses")
    if before is not None and before[0] == files:
        return before[1]
    try:
        with st.spinner("Looking at the columns"):
            found = own_data_sandboxed.inspect_files(files)
    except KgrecError:
        found = None
    st.session_state["own_guesses"] = (files, found)
    return found


def _columns_of(place: int, guess: own_data.FileGuess) -> dict[str, str]:
    st.markdown(f"**{escape_markdown(guess.file, 60)}**: {TABLES[guess.table].lower()}")
    found = {meaning: column for column, meaning in guess.meaning.items()}
    said: dict[str, str] = {}
    with st.container(horizontal=True, gap="small", key=f"own_columns_{place}"):
        for meaning in own_data.ALLOWED[guess.table]:
            options = ["", *guess.columns]
            column = st.selectbox(
                MEANINGS[meaning], options, index=options.index(found.get(meaning, "")), width=190,
                format_func=lambda name, guess=guess: NOBODY if not name else _with_example(name, guess.examples),
                key=f"own_column_{place}_{meaning}_{guess.table}_{hash(guess.columns) % 10**8}",
            )  # fmt: skip
            before = found.get(meaning, "")
            if column != before:
                said |= {before: ""} if before and before not in said else {}
                said |= {column: meaning} if column else {}
    return said


def _with_example(column: str, examples: Mapping[str, tuple[str, ...]]) -> str:
    first = next((text for text in examples.get(column, ()) if text), "")
    return plain(f"{column} ({first})" if first else column, 40)
