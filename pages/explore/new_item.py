"""New item: describe something that nobody met yet, and see whose lists it would enter, by text and facts alone."""

from __future__ import annotations

import streamlit as st

from kgrec_core.schema.cards import Audience
from pages.ui import page_address, page_errors, progress_bar, resources, sidebar
from pages.ui.choice import ScreenChoice
from pages.ui.safe_text import escape_markdown, plain
from pages.ui.table import table

K = 10  # length of the lists
FOUND = "new_item_found"  # of the session: data set and answer
NAMED = 3  # people who are named with a way to their list
RELATIONS = 8  # kinds of facts that have a field
MOST = 8  # facts of one kind


def fields(chosen: ScreenChoice) -> tuple[str, str, list[tuple[str, str]]]:
    """Title, text and facts, as typed and chosen."""
    domain = resources.opened(chosen.dataset).domain
    relations = [row.relation for row in resources.graph_statistics(chosen.dataset).relations[:RELATIONS]]
    title = st.text_input("Title", key="new_title", max_chars=120, placeholder=f"name of the {domain.item}")
    text = st.text_area(
        "What it is about", key="new_text", max_chars=1000, height=110, placeholder="one or two sentences, or nothing"
    )
    facts: list[tuple[str, str]] = []
    for column, mine in zip(st.columns(2), (relations[::2], relations[1::2]), strict=True):
        with column:
            for relation in mine:
                names = resources.fact_values(chosen.dataset, relation)
                given = st.multiselect(
                    domain.phrase(relation).label.capitalize(),
                    list(names),
                    format_func=names.__getitem__,
                    key=f"new_{chosen.dataset}_{relation}",
                    placeholder="nothing chosen",
                    max_selections=MOST,
                )
                facts += [(relation, value) for value in given]
    return title.strip(), text.strip(), facts


def example(dataset: str) -> None:
    """Fills the fields in with the facts of something well known, as if it had a next part."""
    knowledge = resources.opened(dataset).knowledge
    places = [knowledge.place(f"item:{card.item_id}") for card in resources.well_known(dataset, 5)]
    model = max(places, key=lambda place: place.facts)
    facts = [(fact.relation, fact.tail.key) for fact in knowledge.neighbourhood(model.key, (), 60).facts]
    st.session_state["new_title"] = f"{model.label}, the next part"
    for row in resources.graph_statistics(dataset).relations[:RELATIONS]:
        known = resources.fact_values(dataset, row.relation)
        mine = [key.removeprefix("entity:") for relation, key in facts if relation == row.relation]
        st.session_state[f"new_{dataset}_{row.relation}"] = [name for name in mine if name in known][:MOST]


def ask(chosen: ScreenChoice, title: str, text: str, facts: list[tuple[str, str]]) -> None:
    with progress_bar.shown("Reading the text") as told:
        found = resources.opened(chosen.dataset).add_item(title, text, facts, K, told)
        st.session_state[FOUND] = (chosen.dataset, found)


def answer(chosen: ScreenChoice, audience: Audience) -> None:
    domain = resources.opened(chosen.dataset).domain
    st.subheader(f"Who would get {escape_markdown(audience.title, 60)}", anchor=False)
    best = audience.users[0][1] if audience.users else 0
    with st.container(horizontal=True, key="new_numbers"):
        words = f"How many of {audience.asked:,} people would have it among their first {audience.k}."
        st.metric(f"Lists of {audience.k}", f"{audience.in_lists:,} of {audience.asked:,}", help=words, width=170)
        words = f"Among all {domain.items}, but for those that the person has met. 1 is best."
        st.metric("Best place", f"{best:,} of {len(resources.items(chosen.dataset)):,}", help=words, width=170)
    if not audience.in_lists:
        st.caption(
            f"It enters nobody's first {audience.k}: for everyone, so many other {domain.items} suit better. Below is "
            "who it comes nearest to."
        )
    if audience.unknown:
        unknown = ", ".join(escape_markdown(fact, 60) for fact in audience.unknown[:5])
        st.caption(f"No other {domain.item} has this, so it cannot speak for it: {unknown}.")
    st.markdown("**Best matches**")
    for user, rank in audience.users[:NAMED]:
        label = f"Place {rank:,} for {escape_markdown(user.label, 40)} :gray[· {escape_markdown(user.taste, 60)}]"
        address = {"dataset": chosen.dataset, "user": user.user_id}
        icon = ":material/arrow_forward:"
        st.page_link("pages/explore/recommend.py", label=label, icon=icon, query_params=address)
    rows = [{"person": plain(user.label), "taste": plain(user.taste), "place": rank} for user, rank in audience.users]
    table(rows, "new_item")


chosen = sidebar.choose()
domain = resources.opened(chosen.dataset).domain
st.title(f"Try a new {domain.item}", anchor=False)
st.markdown(
    f"Describe a {domain.item} that nobody knows yet. Its text and its facts tell which {domain.items} are like it, "
    "and from what people did with those the model has learnt whom it suits. Nothing is trained now, nothing is kept."
)
left, right = st.columns((4, 3), gap="large")
with left:
    with page_errors.errors_in_words():
        title, text, facts = fields(chosen)
    with st.container(horizontal=True, key="new_buttons"):
        ready = bool(title and (text or facts))
        pressed = st.button(
            "Who is it for?", key="new_ask", type="primary", icon=":material/search:", disabled=not ready
        )
        st.button("Fill in an example", key="new_example", on_click=example, args=(chosen.dataset,))
    if not ready:
        st.caption("A title, and a text or a fact, are needed.")
with right:
    if pressed:
        ask(chosen, title, text, facts)
    dataset, found = st.session_state.get(FOUND, (None, None))
    if found is not None and dataset == chosen.dataset:
        answer(chosen, found)
page_address.write(**chosen.address(None))
