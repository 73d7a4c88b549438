"""How it works: the six steps from data to reason, with the real values of one recommendation."""

from __future__ import annotations

import streamlit as st

from pages.ui import items, parts, resources, sidebar, steps
from pages.ui.text import escape_markdown

chosen = sidebar.choose()
viewer = chosen.asked.user or next(iter(resources.users(chosen.dataset)))  # a trace is about someone of the data
name = escape_markdown(resources.users(chosen.dataset)[viewer].label)
st.title("How a recommendation is made", anchor=False)
steps.overview(steps.STEPS)
item = items.choose(chosen)
title = escape_markdown(resources.items(chosen.dataset)[item].title, 80)
st.caption(f"All numbers below are the real ones of **{title}** for **{name}**.")
with parts.errors_in_words(), st.skeleton(height=420):
    trace = resources.trace(chosen.dataset, viewer, item)
steps.draw(steps.STEPS, trace, resources.opened(chosen.dataset).domain, chosen.analyst)
