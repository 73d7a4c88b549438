"""Causes side by side: of one item for two people, and of two items for one person."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from kgrec_core.schema.comparison import AlignedCause, WhyAbove
from pages.explore import compared_people, comparison_charts, comparisons_kept
from pages.ui import choice, parts, resources, table
from pages.ui.choice import ScreenChoice
from pages.ui.safe_text import escape_markdown, plain

OF_TWO_PEOPLE = "{item} for {one} and {other}"
OF_TWO_ITEMS = "Why {above} above {below}?"
ADDS_UP = "All {causes:,} causes together make {first:.3f} and {second:.3f}, the two scores."
GAP_ADDS_UP = "All {causes:,} differences together make {gap:.3f}, the difference of the two scores."
PLACE = "place {rank:,}"
PLACE_AND_SCORE = "place {rank:,} · score {score:.3f}"
NO_MARK = "The longest line first. A line without a mark at its start: that person has not {consumed} it."
LONGEST_FIRST = "The longest line, which is the largest difference, first."


def of_two_people(chosen: ScreenChoice, heading: DeltaGenerator) -> str | None:
    """Returns the item."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        other = compared_people.choose(chosen)
        item = _pick(chosen, "item", 0)
    card = resources.items(chosen.dataset)[item]
    with heading:
        names = {"one": escape_markdown(chosen.user.label, 40), "other": escape_markdown(other.label, 40)}
        st.title(OF_TWO_PEOPLE.format(item=escape_markdown(card.title, 60), **names), anchor=False)
    with parts.waiting(420):
        found = comparisons_kept.reasons(chosen.dataset, chosen.asker, other.user_id, item)
    with st.container(border=True, key="difference", gap="xsmall"):
        st.markdown(escape_markdown(found.sentence, 500))
    st.subheader("What speaks for it, cause by cause", anchor=False)
    st.caption(NO_MARK.format(consumed=resources.opened(chosen.dataset).domain.consumed))
    comparison_charts.aligned(
        found.causes, found.labels, "aligned", "What each cause adds for either of the two people"
    )
    if chosen.analyst:
        scores = found.first.score, found.second.score
        st.caption(ADDS_UP.format(causes=len(found.causes), first=scores[0], second=scores[1]))
        _table(found.causes, found.labels)
    return item


def of_two_items(chosen: ScreenChoice, heading: DeltaGenerator) -> str | None:
    """Returns None: the two items stand in choices of their own."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        one, other = _pick(chosen, "above", 0), _pick(chosen, "below", 1)
    if one == other:
        st.info("Choose two different ones.", icon=":material/info:")
        return None
    with parts.waiting(420):
        found = comparisons_kept.why_above(chosen.dataset, chosen.asker, one, other)
    titles = found.above.title, found.below.title
    with heading:
        above, below = (escape_markdown(title, 50) for title in titles)
        st.title(OF_TWO_ITEMS.format(above=above, below=below), anchor=False)
    _both(found, PLACE_AND_SCORE if chosen.analyst else PLACE)
    with st.container(border=True, key="difference", gap="xsmall"):
        st.markdown(escape_markdown(found.sentence, 600))
        if found.confirmation:
            st.markdown(f":material/check_circle: {escape_markdown(found.confirmation, 400)}")
    st.subheader("What speaks for each, cause by cause", anchor=False)
    st.caption(LONGEST_FIRST)
    comparison_charts.aligned(found.causes, titles, "aligned", "What each cause adds to either of the two")
    if chosen.analyst:
        st.caption(GAP_ADDS_UP.format(causes=len(found.causes), gap=found.gap))
        _table(found.causes, titles)
    return None


def _both(found: WhyAbove, pattern: str) -> None:
    sides = (
        (found.above, found.rank_above, found.score_above),
        (found.below, found.rank_below, found.score_below),
    )
    for column, (card, rank, score) in zip(st.columns(2, gap="medium"), sides, strict=True):
        with column, st.container(border=True, gap="xsmall"):
            st.markdown(parts.title(card))
            st.caption(pattern.format(rank=rank, score=score))


def _pick(chosen: ScreenChoice, name: str, place: int) -> str:
    """An item, after a picker; first the one at this place of the person's list, from 0, or another that it has."""
    items, domain = resources.items(chosen.dataset), resources.opened(chosen.dataset).domain
    best = resources.recommendations(chosen.dataset, chosen.asker, choice.SIZES[1]).items
    listed = [row.item.item_id for row in best]
    if choice.get(name) not in items:
        taken = {choice.get("above"), choice.get("below")}
        free = [item for item in (*listed[place:], *listed, *items) if item not in taken]
        st.session_state[f"chosen_{name}"] = free[0]
    item: str = st.selectbox(
        domain.item.capitalize() if name != "below" else f"Other {domain.item}",
        list(dict.fromkeys([*listed, *items])),
        format_func=resources.item_names(chosen.dataset).__getitem__,
        key=choice.mirror(name),
        on_change=choice.picked,
        args=(name,),
        width=420,
    )
    return item


def _table(causes: Sequence[AlignedCause], labels: tuple[str, str]) -> None:
    with table.folded("Every cause", "every_cause") as opened:
        if opened:
            one, other = (plain(label, 40) for label in labels)
            rows = [
                {"cause": cause.label, one: cause.first, f"{other} ": cause.second, "difference": cause.difference}
                for cause in causes
            ]
            table.table(rows, "causes")
