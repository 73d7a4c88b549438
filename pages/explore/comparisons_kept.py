"""What the Compare screen has asked and keeps. By itself: the caches that several screens share are full of others."""

from __future__ import annotations

import streamlit as st

from kgrec_core.schema.asker import Asker
from kgrec_core.schema.comparison import ComparedItem, ComparedLists, ComparedPeople, ComparedReasons, WhyAbove
from pages.ui import resources


@st.cache_data(max_entries=64, show_spinner=False)
def most_alike(dataset: str, asker: Asker) -> tuple[str, ...]:
    return resources.library(dataset).compare.most_alike(asker)


@st.cache_data(max_entries=64, show_spinner=False)
def people(dataset: str, asker: Asker, other: str, k: int) -> ComparedPeople:
    return resources.library(dataset).compare.people(asker, other, k)


@st.cache_data(max_entries=64, show_spinner=False)
def models(dataset: str, asker: Asker, model: str, k: int) -> ComparedLists:
    return resources.library(dataset).compare.models(asker, model, k)


@st.cache_data(max_entries=64, show_spinner=False)
def item_by_models(dataset: str, asker: Asker, model: str, item: str) -> ComparedItem:
    return resources.library(dataset).compare.item_by_models(asker, model, item)


@st.cache_data(max_entries=64, show_spinner=False)
def reasons(dataset: str, asker: Asker, other: str, item: str) -> ComparedReasons:
    return resources.library(dataset).compare.reasons(asker, other, item)


@st.cache_data(max_entries=64, show_spinner=False)
def why_above(dataset: str, asker: Asker, item: str, other: str) -> WhyAbove:
    return resources.library(dataset).compare.why_above(asker, item, other)
