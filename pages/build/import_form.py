"""The files of an import: dropped, or those of a sample shop; template files; and what is asked beside the plan."""

from __future__ import annotations

import streamlit as st

from kgrec_core.workspace import own_data, sample_shop
from pages.build import uploads
from pages.ui import messages

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
ABOUT = {
    "interactions": "who met what; the one file that is needed",
    "items": "titles, descriptions and attributes, which become facts",
    "users": "what is known of people",
    "triples": "more facts about items",
}
_SAMPLE, _FIRST_LOOK = "own_sample_taken", "own_sample_first_look"


def files(analyst: bool) -> list[own_data.Given]:
    """The uploader, what it takes, and template files; an analyst sees all limits."""
    limit = own_data.limits()
    given = st.file_uploader(
        "Files: all that belong together, as you have them",
        accept_multiple_files=True,
        key="own_files",
        max_upload_size=limit.megabytes,
        help="CSV, TSV, Excel, Parquet, JSON, graphs such as Turtle, zip or gzip; MovieLens, Amazon, MIND and other "
        "published sets are recognised as they are.",
    )
    st.caption(
        f"Up to {limit.megabytes} MB and {limit.rows:,} rows in all. Files stay on this machine, and are deleted when "
        "you leave unless you save them as a data set."
    )
    sample = _sample(bool(given))
    if analyst:
        st.caption(
            f"Further limits: {limit.columns:,} columns in a table and {limit.cells:,} cells in all; {limit.files:,} "
            f"files, those in archives included; {limit.nesting} levels in a value of JSON; {limit.items:,} items in "
            f"the model, those that fewest people met are set aside; {limit.memory:,} MB of memory and "
            f"{limit.seconds:,} seconds of work to read them. Whoever runs the app can change them."
        )
    if given or sample:
        return uploads.on_disk([*(given or ()), *sample])
    with st.expander("Template files to start from", icon=":material/table_view:", key="templates"):
        for name, text in own_data.TEMPLATES.items():
            st.download_button(
                f"{name}.csv: {ABOUT[name]}", text, f"{name}.csv", "text/csv", key=f"template_{name}",
                type="tertiary", icon=":material/download:", on_click="ignore",
            )  # fmt: skip
    return uploads.on_disk([])  # those that were taken away go


def asked() -> own_data.Choice:
    """What was chosen of an import beside its plan; the widgets stand further down on the page."""
    said = st.session_state
    return own_data.Choice(
        format=said.get("own_format") or "auto", domain=said.get("own_preset") or "", positive=said.get("own_positive")
    )


def layout() -> None:
    """The format of the files, where it was recognised wrong."""
    formats = ["auto", *own_data.format_names()]
    st.selectbox(
        "Format of the files", formats, key="own_format", width=260,
        format_func=lambda name: "Find out" if name == "auto" else name,
        help="Published data sets are recognised by themselves; “plain” reads any files as tables.",
    )  # fmt: skip


def _sample(uploaded: bool) -> list[uploads.Upload]:
    """The files of a made-up shop, once they were asked for; files of one's own go before it."""
    if uploaded:
        st.session_state.pop(_SAMPLE, None)
        return []
    if not st.session_state.get(_SAMPLE):
        st.button(
            "Try it with a sample shop", key="own_sample", icon=":material/storefront:", on_click=take_sample,
            help="Fills in two files of a made-up shop, reads and checks them, so that you can see how it goes.",
        )  # fmt: skip
        return []
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="own_sample_row"):
        names = messages.listed([f"**{name}**" for name in sample_shop.sample_files()])
        st.markdown(f":material/storefront: A made-up shop is filled in: {names}.", width="content")
        st.button("Take it away", key="own_no_sample", type="tertiary", on_click=_leave_sample)
    return [uploads.Written(name, text) for name, text in sample_shop.sample_files().items()]


def take_sample() -> None:
    """Fills in the files of the made-up shop, in place of others."""
    st.session_state[_SAMPLE] = st.session_state[_FIRST_LOOK] = True
    st.session_state["own_title"] = st.session_state.get("own_title") or sample_shop.TITLE_OF_SAMPLE


def is_sample() -> bool:
    """Whether the files on the screen are those of the made-up shop."""
    return bool(st.session_state.get(_SAMPLE))


def first_look() -> bool:
    """Whether the made-up shop was just filled in, said once: it is checked at once, as nobody needs to mend it."""
    return is_sample() and bool(st.session_state.pop(_FIRST_LOOK, False))


def _leave_sample() -> None:
    st.session_state.pop(_SAMPLE, None)
    if st.session_state.get("own_title") == sample_shop.TITLE_OF_SAMPLE:
        st.session_state["own_title"] = ""
