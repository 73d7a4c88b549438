"""What is computed once and kept: thin wrappers over `kgrec_core.service`, and the only caches of the app."""

from __future__ import annotations

import gc
from collections.abc import Hashable
from dataclasses import replace
from typing import Any

import streamlit as st

from kgrec_core import service
from kgrec_core.ask.answered_questions import Questions
from kgrec_core.errors import UnknownIdError
from kgrec_core.schema.asker import Asker
from kgrec_core.schema.cards import Event, ItemCard, Persona, UserCard
from kgrec_core.schema.changes import Change, WhatIf, WhyNot
from kgrec_core.schema.explanation import Explanation, Trace
from kgrec_core.schema.knowledge_graph import GraphFinding, GraphStatistics, Place
from kgrec_core.schema.recommendations import Recommendations
from kgrec_core.schema.requests import NO_WISHES, RequestEffect, UnderstoodRequest, Wishes
from kgrec_core.workspace import own_data
from pages.ui import page_errors
from pages.ui.safe_text import plain, plain_title


@st.cache_resource(max_entries=2, show_spinner="Opening the data …")
def opened(dataset: str) -> service.Service:
    """The open data set; shared by all sessions and never changed by them."""
    return library(dataset)


@st.cache_resource(max_entries=2, show_spinner=False)
def library(dataset: str) -> service.Service:
    """`opened` without a sign of it on the page, for who is on none."""
    try:
        found = service.open(dataset)
    except UnknownIdError as error:
        raise UnknownIdError(page_errors.GONE.format(dataset)) from error
    found.users()
    if gc.isenabled():  # who turned it off sees to it
        set_aside()
    return found


def set_aside() -> None:
    """Leaves all that is loaded by now out of the search for garbage, which Streamlit does after each run: 0.3 s."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


@st.cache_resource(max_entries=2, show_spinner=False)
def questions(dataset: str) -> Questions:
    """Who answers questions in plain words about an open data set."""
    return Questions(library(dataset))


@st.cache_resource(max_entries=2, show_spinner=False)
def users(dataset: str) -> dict[str, UserCard]:
    return {card.user_id: card for card in library(dataset).users()}


@st.cache_resource(max_entries=2, show_spinner=False)
def items(dataset: str) -> dict[str, ItemCard]:
    return {card.item_id: card for card in library(dataset).items()}


@st.cache_resource(max_entries=2, show_spinner=False)
def item_names(dataset: str) -> dict[str, str]:
    """Every item as pickers call it, made once: they hold thousands and are drawn on every run."""
    return {name: plain_title(card) for name, card in items(dataset).items()}


@st.cache_resource(max_entries=2, show_spinner=False)
def user_names(dataset: str) -> dict[str, str]:
    """Every user as pickers call them: the label, and what they are or like."""
    titles = {persona.user.user_id: persona.title for persona in personas(dataset)}
    return {name: plain(f"{card.label} · {titles.get(name, card.taste)}", 80) for name, card in users(dataset).items()}


@st.cache_data(max_entries=64, show_spinner=False)
def users_who_liked(dataset: str, item: str) -> tuple[str, ...]:
    return tuple(card.user_id for card in library(dataset).users_who_liked(item))


@st.cache_data(max_entries=64, show_spinner=False)
def history(dataset: str, user: str) -> tuple[Event, ...]:
    return library(dataset).history(user)


@st.cache_data(max_entries=256, show_spinner=False)
def recommendations(
    dataset: str, asker: Asker, k: int, wishes: Wishes = NO_WISHES, graph: bool = True
) -> Recommendations:
    return library(dataset).recommend(asker, k, wishes, graph)


@st.cache_data(max_entries=256, show_spinner=False)
def request_effect(dataset: str, asker: Asker, item: str) -> RequestEffect:
    return library(dataset).request_effect(asker, item)


@st.cache_data(max_entries=256, show_spinner=False)
def understood_request(dataset: str, text: str) -> UnderstoodRequest:
    """What a request says beside its text."""
    return library(dataset).reader.understood(text)


@st.cache_data(max_entries=8, show_spinner=False)
def well_known(dataset: str, k: int) -> tuple[ItemCard, ...]:
    return library(dataset).lists.well_known(k)


@st.cache_data(max_entries=4, show_spinner=False)
def personas(dataset: str) -> tuple[Persona, ...]:
    return library(dataset).lists.personas(library(dataset).users())


@st.cache_data(max_entries=256, show_spinner=False)
def why(dataset: str, asker: Asker, item: str) -> Explanation:
    """An explanation without rules and without what would change it."""
    return library(dataset).why(asker, item)


@st.cache_data(max_entries=256, show_spinner=False)
def explanation(dataset: str, asker: Asker, item: str, k: int) -> Explanation:
    return library(dataset).explain(asker, item, k, known=why(dataset, asker, item))


def seen(dataset: str, asker: Asker) -> tuple[str, ...]:
    """The item ids of the history."""
    own = [event.item.item_id for event in _stored(dataset, asker)]
    return tuple(dict.fromkeys((*own, *(asker.history or ()), *asker.likes, *asker.dislikes)))


def unseen(dataset: str, asker: Asker) -> int:
    """Among how many items a place is one."""
    return len(items(dataset)) - len(seen(dataset, asker))


def liked(dataset: str, asker: Asker) -> frozenset[str]:
    """The item ids of what someone liked, thumbs up included."""
    own = [event.item.item_id for event in _stored(dataset, asker) if event.liked]
    return frozenset((*own, *(asker.history or ()), *asker.likes))


def _stored(dataset: str, asker: Asker) -> tuple[Event, ...]:
    return () if asker.stored is None else history(dataset, asker.stored)


@st.cache_data(max_entries=256, show_spinner=False)
def what_if(dataset: str, asker: Asker, change: Change, item: str, k: int) -> WhatIf:
    """The list after a change; the item itself counts as not yet known."""
    unknown = replace(change, without_items=(item, *change.without_items))
    return library(dataset).what_if(asker, unknown, item, k)


@st.cache_data(max_entries=64, show_spinner=False)
def why_not(dataset: str, asker: Asker, item: str, k: int) -> WhyNot:
    return library(dataset).why_not(asker, item, k)


@st.cache_data(max_entries=64, show_spinner=False)
def trace(dataset: str, asker: Asker, item: str) -> Trace:
    return library(dataset).trace(asker, item)


@st.cache_data(max_entries=64, show_spinner=False)
def start(dataset: str, asker: Asker) -> Place:
    """Where the knowledge graph begins for someone."""
    return library(dataset).knowledge.start(sorted(liked(dataset, asker)))


@st.cache_data(max_entries=4, show_spinner=False)
def graph_statistics(dataset: str) -> GraphStatistics:
    return library(dataset).knowledge.statistics()


@st.cache_resource(max_entries=32, show_spinner=False)
def fact_values(dataset: str, relation: str) -> dict[str, str]:
    """What a relation leads to, by id with its name, most common first."""
    found = library(dataset).knowledge.values(relation)
    return {place.key.removeprefix("entity:"): plain(place.label, 60) for place in found}


@st.cache_data(max_entries=4, show_spinner="Checking the facts …")
def graph_quality(dataset: str) -> tuple[GraphFinding, ...]:
    return library(dataset).knowledge.quality()


@st.cache_resource(max_entries=16, show_spinner=False)
def results(dataset: str, kind: str) -> dict[Hashable, Any]:
    """What `kept_results` keeps."""
    return {}


def follow_changes() -> None:
    """Forget what is stale since a bundle or its data were replaced or deleted, by whatever process."""
    seen, now = _seen(), own_data.marks()
    changed = any(now.get(name) != mark for name, mark in seen.items())
    seen.clear()
    seen.update(now)
    if changed:
        forget_all()


@st.cache_resource(show_spinner=False)
def _seen() -> dict[str, object]:
    """The data sets as they were when a page was last made."""
    return {}


def forget_all() -> None:
    """All that was answered, by whatever screen, and all that is open."""
    st.cache_data.clear()
    names = (users, items, item_names, user_names, fact_values)
    for kept in (opened, library, questions, results, *names):
        kept.clear()
