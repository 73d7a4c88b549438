"""How it works: the six steps from data to reason with real values, the questions people ask, and the words used."""

from __future__ import annotations

import streamlit as st

from kgrec_core.schema.asker import Asker
from pages.learn import glossary, model_steps, questions
from pages.ui import choice, item_picker, page_errors, parts, resources, sidebar
from pages.ui.safe_text import escape_markdown

PICTURE = 84  # pixels of the six boxes on a desk

chosen = sidebar.choose(choice.HOW)
viewer = chosen.asker.user or next(iter(resources.users(chosen.dataset)))  # a trace is about someone of the data
name = escape_markdown(resources.users(chosen.dataset)[viewer].label)
st.title("How a recommendation is made", anchor=False)
st.markdown("Six steps lead from the data to a reason. Open a box to see what happens in it, with real values.")
step = min(max(choice.number("step", 1), 1), len(model_steps.STEPS))
picture = st.container()
item = item_picker.choose(chosen, step=str(step) if step > 1 else None)
title = escape_markdown(resources.items(chosen.dataset)[item].title, 80)
with page_errors.errors_in_words(), picture, parts.waiting(PICTURE):
    trace = resources.trace(chosen.dataset, Asker(viewer), item)
opened = resources.opened(chosen.dataset)
with picture:
    model_steps.picture(trace, step, opened.knowledge.place(f"item:{item}").facts)
st.caption(f"All numbers here are the real ones of **{title}** for **{name}**.")
model_steps.draw(step, trace, opened.domain, chosen.analyst)
with page_errors.errors_in_words():
    questions.draw(chosen)
glossary.draw(chosen.analyst)
