"""Train: start a run on a data set, follow it, and see how it went."""

from __future__ import annotations

import streamlit as st

from kgrec_core import own_data, service, training
from kgrec_core.schema import DatasetCard
from pages.ui import findings, link, parts, recipe, resources, run
from pages.ui.text import escape_markdown, plain

LIST, DATA = "pages/explore/recommend.py", "pages/build/data.py"


def chosen() -> DatasetCard:
    """The data set to train on: of the link, else the one at work, else one of one's own."""
    cards = {card.name: card for card in service.datasets()}
    asked, busy = link.asked().get("dataset"), training.running()
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


parts.layout()
st.title("Train on a data set", anchor=False)
st.markdown(
    "Training reads the descriptions, builds the knowledge graph and learns who likes what, on this machine. You may "
    "leave this page meanwhile."
)
with parts.errors_in_words():
    resources.follow_training()
    card = chosen()
    link.write(dataset=card.name)
    now = training.state(card.name)
    if now is not None and now.status == training.RUNNING:
        run.live(card.name)
        st.stop()
    if now is not None:
        run.ending(now, card.prepared)
    st.subheader("What to train", anchor=False)
    wanted = recipe.chosen()
    if card.name in own_data.imported_names():
        findings.data_card(own_data.outlook_of(card.name), wanted.rounds, wanted.adapt)
    else:
        parts.data_facts(card)
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
    if card.prepared:
        run.outcome(card.name)
st.page_link(DATA, label="Bring other data", icon=":material/upload_file:")
