"""Explain: everything about one recommendation, for one person and one item, restored from the address."""

from __future__ import annotations

import streamlit as st

from pages.explore import explain_tabs, person_strip
from pages.ui import choice, item_picker, resources, sidebar, visitor
from pages.ui.safe_text import escape_markdown

chosen = sidebar.choose(choice.EXPLAIN)
if visitor.is_silent(chosen.asker):
    visitor.invite(chosen.dataset)
    st.stop()
person_strip.draw(chosen)
heading = st.container()
row = st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="explain_row")
item = item_picker.choose(chosen, row, **explain_tabs.in_address())
title = escape_markdown(resources.items(chosen.dataset)[item].title, 80)
heading.title(f"Why {title} for {escape_markdown(chosen.user.label)}?", anchor=False)
explain_tabs.show(chosen, item, heading, row)
