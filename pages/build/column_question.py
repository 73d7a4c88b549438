"""Which column is who, and which is what: asked where nothing in the files tells it.

By itself: it is drawn in place of the whole plan.
"""

from __future__ import annotations

import streamlit as st

from kgrec_core.errors import ColumnsError
from kgrec_core.workspace import own_data
from pages.build import plan_pictures, plan_state
from pages.ui.safe_text import escape_markdown, plain


def answerable(question: ColumnsError) -> bool:
    """Whether there is a table that could have the two."""
    return any(rows and len(columns) > 1 for _, columns, rows in question.tables)


def ask(files: list[own_data.Given], question: ColumnsError) -> None:
    """First rows of each table, two selects, and a button that reads the files so."""
    st.warning(
        "Which column says **who**, and which says **what** they met, bought or rated? Nothing in the files tells it "
        "for certain.",
        title="One thing to say",
        icon=":material/help:",
    )
    for place, (table, columns, rows) in enumerate(question.tables):
        if not rows or len(columns) < 2:
            continue
        st.markdown(f"**{escape_markdown(table, 60)}**")
        bare = own_data.TablePlan(table, "", "rows", (), "")
        st.html(plan_pictures.rows(own_data.TablePreview(table, columns, rows), bare))
        with st.container(horizontal=True, gap="medium", vertical_alignment="bottom", key=f"own_question_{place}"):
            who = _column("Who", columns, f"own_who_{place}")
            what = _column("What", [name for name in columns if name != who], f"own_what_{place}")
            ready = who is not None and what is not None
            if st.button("Read it so", key=f"own_said_{place}", disabled=not ready, type="primary" if ready else
                         "secondary", icon=":material/check:"):  # fmt: skip
                plan_state.say_columns(files, {str(who): "user_id", str(what): "item_id"})
                st.rerun()


def _column(label: str, columns: tuple[str, ...] | list[str], key: str) -> str | None:
    return st.selectbox(
        label, columns, None, key=key, width=220, placeholder="Choose a column",
        format_func=lambda name: plain(name, 60),
    )  # fmt: skip
