"""Train: start a run on a data set, follow it, and see how it went."""

from __future__ import annotations

import streamlit as st

from kgrec_core import commands, judge, own_data, service, training
from kgrec_core.schema import DatasetCard
from pages.ui import choice, data_card, guard, link, outcome, parts, recipe, resources, run, sidebar
from pages.ui.text import escape_markdown, plain

LIST, DATA, EVALUATE = "pages/explore/recommend.py", "pages/build/data.py", "pages/judge/evaluate.py"


def chosen(asked: str | None) -> DatasetCard:
    """The data set to train on: of the link, else the one at work, else one of one's own."""
    cards = {card.name: card for card in service.datasets()}
    busy = training.running()
    own = [name for name in own_data.imported_names() if name in cards]
    first = [asked, st.session_state.get("train_chosen"), busy.dataset if busy else None, *own, *cards]
    st.session_state["train_picker"] = next(name for name in first if name in cards)
    names = [*own, *(name for name in cards if name not in own)]
    name = st.selectbox(
        "Data set", names, key="train_picker", format_func=lambda name: plain(cards[name].title, 60), width=420,
        on_change=lambda: st.session_state.update(train_chosen=st.session_state["train_picker"]),
    )  # fmt: skip
    st.session_state["train_chosen"] = name
    return cards[name]


def material(card: DatasetCard, wanted: training.Recipe, analyst: bool) -> None:
    """What will be trained on, and what that takes."""
    if card.name not in own_data.imported_names():
        parts.data_facts(card)
        made = training.record(card.name)
        if made is not None and made.seconds:
            st.caption(f"The model that is in place took {data_card.duration(made.seconds)} to make.")
        return
    found = own_data.outlook_of(card.name)
    data_card.in_words(found)
    data_card.cost(found, wanted.rounds, wanted.adapt)
    if analyst:
        data_card.numbers(found)


def start(card: DatasetCard, wanted: training.Recipe, analyst: bool) -> None:
    """The button, beside the way to what is trained already."""
    busy = training.running()
    if busy is not None:
        st.info(f"Training on {escape_markdown(busy.dataset)} is under way; this one can start after it.")
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="train_row"):
        if card.prepared:
            address = {"dataset": card.name}
            st.page_link(LIST, label="Open the app on it", icon=":material/recommend:", query_params=address)
        label, kind = ("Train again", "secondary") if card.prepared else ("Start training", "primary")
        if st.button(label, key="train_start", type=kind, icon=":material/play_arrow:", disabled=busy is not None):
            training.start(card.name, wanted)
            st.rerun()
    if analyst:
        parts.command(commands.to_prepare(card.name, wanted), "The same on the command line:")


def result(card: DatasetCard, analyst: bool) -> None:
    """What training measured, and for an analyst how it went and how the model was made."""
    outcome.ranking(judge.first_measure(card.name), analyst)
    if analyst:
        curve, made = training.curve(card.name), training.record(card.name)
        if curve is not None:
            outcome.course(curve, training.adaptation(card.name))
        if made is not None:
            outcome.record(made, card.name)
    st.page_link(EVALUATE, label="Measure it against more methods", icon=":material/leaderboard:",
                 query_params={"dataset": card.name})  # fmt: skip


asked = link.asked()
analyst = sidebar.depth_alone(asked)
st.title("Train on a data set", anchor=False)
st.markdown(
    "Training reads the descriptions, builds the knowledge graph and learns who likes what, on this machine. You may "
    "leave this page meanwhile."
)
with guard.errors_in_words():
    resources.follow_changes()
    card = chosen(asked.get("dataset"))
    link.write(dataset=card.name, depth=choice.DEPTHS[int(analyst)])
    now = training.state(card.name)
    if now is not None and now.status == training.RUNNING:
        run.live(card.name, analyst)
        st.stop()
    if now is not None:
        run.ending(now, card.prepared)
    parts.stale(card)
    st.subheader("What to train", anchor=False)
    wanted = recipe.chosen()
    material(card, wanted, analyst)
    start(card, wanted, analyst)
    if card.prepared:
        result(card, analyst)
st.page_link(DATA, label="Bring other data", icon=":material/upload_file:")
