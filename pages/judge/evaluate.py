"""Evaluate: how well the recommendations rank, beside other methods and beside our own model without its parts."""

from __future__ import annotations

import streamlit as st

from kgrec_core import judge
from pages.ui import choice, guard, link, measuring, quality, reasons, sidebar
from pages.ui.text import escape_markdown

card = sidebar.choose_data(choice.JUDGE)
with st.sidebar:
    analyst = sidebar.depth()
events = escape_markdown(card.events)
st.title("How good are the recommendations?", anchor=False)
scheme = choice.segmented(
    f"How {events} were hidden for the test",
    choice.SCHEMES,
    "scheme",
    format_func=lambda name: quality.SCHEMES[name].format(events=events),
)
link.write(
    dataset=card.name,
    depth=choice.DEPTHS[int(analyst)],
    scheme=None if scheme == choice.SCHEMES[0] else scheme,
)
with guard.errors_in_words():
    found = judge.quality_table(card.name, scheme)
    published = None if found and found.rows else judge.published_table(card.name, scheme)
if published is not None:
    found = published.table
if found is None or not found.rows:
    if scheme == "random":
        quality.first(judge.first_measure(card.name), events)
        reasons.section(card)
    else:
        st.info("Nothing has been measured in this way yet.", icon=":material/science:")
    measuring.box(card, scheme, first=True)
else:
    quality.headline(found, scheme, events)
    quality.about_people(found)
    quality.about_times(found, events)
    if published is not None:
        quality.not_measured_here(published)
    quality.leaderboard(found, card.name, scheme, analyst)
    quality.added(found)
    quality.served(found, events)
    quality.visitors(found)
    quality.tradeoffs(found)
    quality.definitions(found, events, analyst)
    reasons.section(card)
    measuring.box(card, scheme, first=False)
