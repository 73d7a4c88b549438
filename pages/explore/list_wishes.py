"""What a list should look like: filters, and how varied and how new it is."""

from __future__ import annotations

from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from kgrec_core import service
from pages.ui import choice, resources
from pages.ui.choice import ScreenChoice
from pages.ui.safe_text import plain

FILTERS = ("tags", "years", "fresh")


def row(chosen: ScreenChoice) -> DeltaGenerator:
    """Two small menus, which say when they are in use. Returns the row, for what else shall stand in it."""
    lists, domain = resources.opened(chosen.dataset).lists, resources.opened(chosen.dataset).domain
    menus = st.container(horizontal=True, gap="xsmall", key="wishes")
    with menus:
        choice.segmented("Show as", choice.LIST_VIEWS, "rows", label_visibility="collapsed")
        used = sum(bool(choice.get(name)) for name in FILTERS)
        with st.popover(f"Filters ({used})" if used else "Filters", icon=":material/filter_list:", key="filters"):
            _filters(lists, domain)
        mixed = choice.number("diversity") or choice.number("novelty")
        with st.popover("Mix (changed)" if mixed else "Mix", icon=":material/tune:", key="mix"):
            _mix(domain)
    return menus


def _filters(lists: service.RecommendedLists, domain: service.Domain) -> None:
    if lists.tags:
        st.session_state["tags_picker"] = list(choice.ids("tags", lists.tags))
        st.multiselect(
            "Kinds",
            lists.tags,
            placeholder="all kinds",
            format_func=lambda tag: plain(tag, 40),
            key="tags_picker",
            on_change=choice.picked,
            args=("tags",),
            help="The list keeps what has at least one of them.",
        )
    if lists.years:
        first, last = lists.years
        chosen = choice.get("years")
        low, high = chosen if isinstance(chosen, tuple) and len(chosen) == 2 else (first, last)
        low, high = max(first, min(int(low), last)), min(last, max(int(high), first))
        st.session_state["years_picker"] = (low, max(low, high))
        st.slider("Years", first, last, key="years_picker", on_change=_years, args=(first, last))
    st.session_state["fresh_picker"] = bool(choice.get("fresh"))
    st.toggle(
        "Hide what everybody knows",
        key="fresh_picker",
        on_change=choice.picked,
        args=("fresh",),
        help=f"Leaves out the tenth of all {domain.items} that most people {domain.liked}.",
    )
    clear_filters("clear_filters", "tertiary")


def clear_filters(key: str, kind: Literal["secondary", "tertiary"]) -> None:
    st.button("Clear filters", key=key, type=kind, on_click=_clear, args=(FILTERS,))


def _years(first: int, last: int) -> None:
    low, high = st.session_state["years_picker"]
    choice.put("years", None if (low, high) == (first, last) else (int(low), int(high)))
    choice.put("item", None)


def _mix(domain: service.Domain) -> None:
    for name, label, help_ in (
        (
            "diversity",
            "Variety",
            f"Higher: the {domain.items} of the list are less like each other. Best match against likeness to those "
            "before (maximal marginal relevance, Carbonell and Goldstein 1998).",
        ),
        ("novelty", "Surprise", f"Higher: {domain.items} that fewer people {domain.liked} move up."),
    ):
        st.session_state[f"{name}_picker"] = choice.number(name)
        st.slider(
            label,
            0,
            100,
            step=5,
            format="%d%%",
            key=f"{name}_picker",
            on_change=choice.picked,
            args=(name,),
            help=help_,
        )
    st.button("Best match only", key="clear_mix", type="tertiary", on_click=_clear, args=(("diversity", "novelty"),))


def _clear(names: tuple[str, ...]) -> None:
    for name in names:
        choice.put(name, None)


def address() -> dict[str, str | int | None]:
    """The wishes for the address of the page."""
    years, tags = choice.get("years"), choice.get("tags")
    return {
        "tags": choice.page_address.joined(map(str, tags)) if isinstance(tags, tuple) else None,
        "years": f"{years[0]}-{years[1]}" if isinstance(years, tuple) and len(years) == 2 else None,
        "fresh": 1 if choice.get("fresh") else None,
        "diversity": choice.number("diversity") or None,
        "novelty": choice.number("novelty") or None,
        "rows": None if choice.get("rows") == choice.LIST_VIEWS[0] else str(choice.get("rows")),
    }
