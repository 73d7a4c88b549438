"""Train: start a run on a data set, follow it, and see how it went."""

from __future__ import annotations

import streamlit as st

from kgrec_core import service
from kgrec_core.schema.cards import DatasetCard
from kgrec_core.workspace import measured_quality, own_data, terminal_commands, training_runs
from pages.build import lists_read_out, training_recipe, training_result
from pages.build.data_card import cost, in_words, numbers
from pages.ui import choice, page_address, page_errors, parts, resources, sidebar, training_progress
from pages.ui.durations import duration
from pages.ui.safe_text import escape_markdown, plain

LIST, DATA, EVALUATE = "pages/explore/recommend.py", "pages/build/data.py", "pages/judge/evaluate.py"


def chosen(asked: str | None) -> DatasetCard:
    """The data set to train on: of the link, else the one at work, else one of one's own."""
    cards = {card.name: card for card in service.datasets()}
    busy = training_runs.running()
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


def material(card: DatasetCard, wanted: training_runs.Recipe, analyst: bool) -> bool:
    """What will be trained on, and what that takes; whether there is enough to learn from."""
    if card.name not in own_data.imported_names():
        parts.data_facts(card)
        made = training_runs.record(card.name)
        if made is not None and made.seconds:
            st.caption(f"The model that is in place took {duration(made.seconds)} to make.")
        return True
    found = own_data.outlook_of(card.name)
    in_words(found, own_data.rule_of(card.name))
    if found.too_few:
        return False
    cost(found, wanted)
    if analyst:
        numbers(found)
    return True


def start(card: DatasetCard, wanted: training_runs.Recipe, analyst: bool, enough: bool) -> None:
    """The button, beside the way to what is trained already."""
    busy = training_runs.running()
    if busy is not None:
        st.info(f"Training on {escape_markdown(busy.dataset)} is under way; this one can start after it.")
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="train_row"):
        if card.prepared:
            address = {"dataset": card.name}
            st.page_link(LIST, label="Open the app on it", icon=":material/recommend:", query_params=address)
        idle = enough and busy is None
        label, kind = ("Train again", "secondary") if card.prepared else ("Start training", "primary")
        if st.button(label, key="train_start", type=kind, icon=":material/play_arrow:", disabled=not idle):
            training_runs.start(card.name, wanted)
            st.rerun()
    if analyst:
        parts.command(terminal_commands.to_prepare(card.name, wanted), "The same on the command line:")


def ended(card: DatasetCard, analyst: bool, now: training_runs.State | None) -> None:
    """How the last run ended; of what is trained, the summary and the ways on."""
    if now is not None:
        training_progress.ending(now, card.prepared)
    parts.stale(card)
    if not card.prepared:
        return
    with page_errors.errors_in_words():
        lists_read_out.draw(card.name, now is not None and now.status == training_runs.DONE)
    with st.container(horizontal=True, gap="medium", key="after_training"):
        st.page_link(LIST, label="Take the tour", icon=":material/tour:", width="content",
                     query_params={"dataset": card.name, "tour": "1"})  # fmt: skip
        st.page_link(DATA, label="Now your data", icon=":material/upload_file:", width="content")


def result(card: DatasetCard, analyst: bool) -> None:
    """What training measured, and for an analyst how it went and how the model was made."""
    training_result.ranking(measured_quality.first_measure(card.name), analyst)
    if analyst:
        curve, made = training_runs.curve(card.name), training_runs.record(card.name)
        if curve is not None:
            training_result.course(curve, training_runs.adaptation(card.name))
        if made is not None:
            training_result.how_made(made, card.name)
    st.page_link(EVALUATE, label="Measure it against more methods", icon=":material/leaderboard:",
                 query_params={"dataset": card.name})  # fmt: skip


asked = page_address.asked()
analyst = sidebar.depth_alone(asked)
st.title("Train on a data set", anchor=False)
st.markdown(
    "Training reads the descriptions, builds the knowledge graph and learns who likes what, on this machine. You may "
    "leave this page meanwhile."
)
with page_errors.errors_in_words():
    resources.follow_changes()
    card = chosen(asked.get("dataset"))
    page_address.write(dataset=card.name, depth=choice.DEPTHS[int(analyst)])
    now = training_runs.state(card.name)
    if now is not None and now.status == training_runs.RUNNING:
        training_progress.live(card.name, analyst)
        st.stop()
    ended(card, analyst, now)
    st.subheader("What to train", anchor=False)
    wanted = training_recipe.chosen(analyst)
    enough = material(card, wanted, analyst)
    start(card, wanted, analyst, enough)
    if card.prepared:
        result(card, analyst)
st.page_link(DATA, label="Bring other data", icon=":material/upload_file:")
