"""A plan as a small file: to take away, and to read the next export of the same kind as this one.

By itself: it has the one widget of the screen that takes a file and is no data.
"""

from __future__ import annotations

import streamlit as st

from kgrec_core.workspace import own_data, terminal_commands
from pages.build import plan_state
from pages.ui.safe_text import escape_markdown

_DONE, _MEGABYTES = "own_plan_done", 1


def draw(plan: own_data.ReadingPlan) -> None:
    """The button that saves it, and the place for one that was saved before."""
    st.caption("The next files of the same kind are read the same way with the plan of these.")
    st.download_button(
        "Save the plan", plan.to_json(), terminal_commands.PLAN, "application/json", key="own_plan",
        icon=":material/download:", on_click="ignore",
    )  # fmt: skip
    given = st.file_uploader("Use a plan that was saved", type="json", key="own_plan_file", max_upload_size=_MEGABYTES)
    if given is None:
        st.session_state.pop(_DONE, None)
        return
    before = st.session_state.get(_DONE, ("", ""))
    if before[0] != given.file_id:
        said = plan_state.load(given.getvalue().decode("utf-8", "replace"))
        st.session_state[_DONE] = (given.file_id, said)
        st.rerun()
    if before[1]:
        st.error(escape_markdown(before[1], 600), title="This plan does not fit", icon=":material/error:")
    else:
        st.caption("The plan was taken over.")
