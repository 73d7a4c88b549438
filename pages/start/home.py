"""Home: what this is, the data it stands on, three people to start from, and a tour."""

from __future__ import annotations

import streamlit as st

from kgrec_core.schema.cards import Persona
from pages.ui import covers, page_address, parts, resources, sidebar, tour
from pages.ui.choice import ScreenChoice
from pages.ui.safe_text import escape_markdown

LIST, TRAIN = "pages/explore/recommend.py", "pages/build/train.py"
ICONS = {"fan": ":material/favorite:", "eclectic": ":material/interests:", "newcomer": ":material/waving_hand:"}


def persona(chosen: ScreenChoice, one: Persona) -> None:
    """One card: who it is, some of what they liked, and the way to their list."""
    with st.container(border=True, height="stretch", key=f"persona_{one.kind}", gap="small"):
        st.markdown(f"{ICONS[one.kind]} **{escape_markdown(one.title, 60)}**")
        st.caption(f"{escape_markdown(one.user.label, 40)}  \n{escape_markdown(one.words, 120)}")
        st.html(covers.STYLE + covers.row(chosen.dataset, one.liked, 44))
        st.markdown("  \n".join(parts.title(card, 60) for card in one.liked))
        address = {"dataset": chosen.dataset, "user": one.user.user_id, "depth": chosen.link(None)["depth"]}
        st.page_link(LIST, label="See this list", icon=":material/arrow_forward:", query_params=address)


chosen = sidebar.choose()
domain = resources.opened(chosen.dataset).domain
people = resources.personas(chosen.dataset)
st.title(f"{domain.items.capitalize()} you will like, and the reason why", anchor=False)
st.markdown(
    f"kgrec learns from what people {domain.liked} and from what is known about each {domain.item}, and makes a list "
    "for one person. Each reason that it gives is tested: the cause is taken away, and the score is made again."
)
with st.container(horizontal=True, gap="small", key="begin"):
    if st.button("Show me a first list", key="first_list", type="primary", icon=":material/play_arrow:"):
        first = people[0].user.user_id if people else chosen.link(None).get("user", "")
        st.switch_page(LIST, query_params={"dataset": chosen.dataset, "user": first})
    if st.button("I am new here: start with my taste", key="new_here", icon=":material/person_add:"):
        st.switch_page(LIST, query_params={"dataset": chosen.dataset, "who": "new"})
if people:
    st.subheader("Start with someone", anchor=False)
    for column, one in zip(st.columns(len(people)), people, strict=True):
        with column:
            persona(chosen, one)
left, right = st.columns(2, gap="medium")
with left, st.container(border=True, height="stretch", key="tour_card"):
    st.subheader("A tour in six steps", anchor=False)
    tour.outline()
    tour.begin(chosen, "Start the tour", "begin_tour")
with right, st.container(border=True, height="stretch", key="data_card"):
    st.subheader("The data behind it", anchor=False)
    parts.data_facts(chosen.card)
    st.page_link(TRAIN, label="What its lists are like, in short", icon=":material/summarize:",
                 query_params={"dataset": chosen.dataset})  # fmt: skip
page_address.write(**chosen.address(None))
