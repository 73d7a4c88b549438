"""Evaluate: how well the recommendations rank, beside other methods and beside our own model without its parts."""

from __future__ import annotations

import streamlit as st

from kgrec_core.workspace import measured_quality, terminal_commands
from pages.judge import (
    explainer_comparison,
    measurement_form,
    new_visitor_quality,
    opening,
    quality_parts,
    reason_quality,
)
from pages.ui import choice, page_address, page_errors, parts, sidebar
from pages.ui.safe_text import escape_markdown

card = sidebar.choose_data(choice.JUDGE)
with st.sidebar:
    analyst = sidebar.depth()
events = escape_markdown(card.events)
st.title("How good are the recommendations?", anchor=False)
opens = st.container()  # with the result, once it is known of which test
scheme = choice.segmented(
    f"How {events} were hidden for the test",
    choice.SCHEMES,
    "scheme",
    format_func=lambda name: quality_parts.SCHEMES[name].format(events=events),
)
page_address.write(
    dataset=card.name,
    depth=choice.DEPTHS[int(analyst)],
    scheme=None if scheme == choice.SCHEMES[0] else scheme,
)
with page_errors.errors_in_words():
    found = measured_quality.quality_table(card.name, scheme)
    published = None if found and found.rows else measured_quality.published_table(card.name, scheme)
if published is not None:
    found = published.table
if found is None or not found.rows:
    if scheme == "random":
        quality_parts.first(measured_quality.first_measure(card.name), events, analyst)
        reason_quality.section(card)
        explainer_comparison.section(card, analyst)
    else:
        st.info("Nothing has been measured in this way yet.", icon=":material/science:")
    measurement_form.box(card, scheme, first=True)
else:
    with opens:
        opening.draw(found)
    quality_parts.headline(found, scheme, events)
    quality_parts.about_people(found)
    quality_parts.about_times(found, events, analyst)
    if published is not None:
        quality_parts.not_measured_here(published)
    quality_parts.leaderboard(found, card.name, scheme, analyst)
    quality_parts.added(found, analyst)
    quality_parts.served(found, events, analyst)
    new_visitor_quality.draw(found, analyst)
    quality_parts.tradeoffs(found, analyst)
    if analyst:
        quality_parts.definitions(found, events)
    reason_quality.section(card)
    explainer_comparison.section(card, analyst)
    measurement_form.box(card, scheme, first=False)
if analyst:
    parts.command(
        terminal_commands.to_measure_new_items(card.name),
        "How well items are ranked that nobody has met, on the command line:",
    )
