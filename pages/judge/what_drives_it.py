"""What drives it: of all people's lists, what they are made of, by which facts, for whom; each row opens an example."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from kgrec_core.schema.cards import DatasetCard
from kgrec_core.schema.global_explanation import Example, GlobalExplanation, ModelPart, PeopleAlike
from pages.ui import kept_results, page_address, page_errors, progress_bar, resources, share_chart, sidebar
from pages.ui.safe_text import escape_markdown, plain
from pages.ui.table import Cell, folded, table

EXPLAIN, LIST = "pages/explore/explain.py", "pages/explore/recommend.py"
PEOPLE = 200
AXIS = "share of the score of what is listed, %"
ASKED = (
    "Asked: {people:,} of {all:,} {users}, the first {k} of each list. A share is what the score of these loses "
    "without it; together the parts make up the whole score. The lines are what other {users} might have given."
)
WITHOUT = "{label}: without it {replaced:.1f} of {k} {items} would be others"


def draw(found: GlobalExplanation, card: DatasetCard) -> None:
    domain = resources.opened(card.name).domain
    st.markdown(f"**{escape_markdown(found.sentence)}**")
    share_chart.shares(found.parts, AXIS, "parts", "Share of each part of the model in the score of what is listed")
    st.caption(
        ASKED.format(people=found.people, all=found.of_people, k=found.k, users=domain.users, items=domain.items)
    )
    st.subheader("What lists would be without it", anchor=False)
    for part in found.parts:
        _part(part, found, card, domain.items)
    if found.relations:
        st.subheader("Which facts", anchor=False)
        share_chart.shares(
            found.relations, AXIS, "relations", "Share of each kind of fact in the score of what is listed"
        )
        _facts(found, card)
    _people(found, card, domain.events)
    if found.rules:
        st.subheader("What holds for many", anchor=False)
        for rule in found.rules:
            said = "If {condition}, then {conclusion}: true of {held:,} of {met:,}."
            st.markdown(
                said.format(
                    condition=escape_markdown(rule.condition),
                    conclusion=escape_markdown(rule.conclusion),
                    held=rule.held,
                    met=rule.met,
                )
            )
    with folded("All numbers", "drivers_numbers") as seen:
        if seen:
            table([_row(part) for part in (*found.parts, *found.relations)], "drivers")


def _part(part: ModelPart, found: GlobalExplanation, card: DatasetCard, items: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        said = WITHOUT.format(label=part.label, replaced=part.replaced, k=found.k, items=items)
        st.markdown(escape_markdown(said), width="stretch")
        _open(part.example, card, f"part_{part.name}")


def _open(example: Example, card: DatasetCard, key: str) -> None:
    """A link to the item for which it counts most, explained."""
    address = {"dataset": card.name, "user": example.user.user_id, "item": example.item.item_id}
    label = f"{plain(example.item.title, 34)} for {plain(example.user.label, 24)}"
    st.page_link(EXPLAIN, label=label, icon=":material/lightbulb:", query_params=address, width="content")


def _facts(found: GlobalExplanation, card: DatasetCard) -> None:
    said = "{label} **{value}**, {share:.1f} %, in the lists of {people:,}"
    for fact in found.facts:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                said.format(
                    label=escape_markdown(fact.label),
                    value=escape_markdown(fact.value),
                    share=100 * fact.share,
                    people=fact.people,
                ),
                width="stretch",
            )
            _open(fact.example, card, f"fact_{fact.relation}_{fact.value}")


def _people(found: GlobalExplanation, card: DatasetCard, events: str) -> None:
    st.subheader("For whom", anchor=False)
    st.markdown(f"By how many {escape_markdown(events)} somebody has:")
    _groups(found.by_length, found.parts, card, "{label}")
    if len(found.kinds) > 1:
        st.markdown("By what drives their lists more than those of others:")
        _groups(found.kinds, found.parts, card, "More by {label}")


def _groups(groups: Sequence[PeopleAlike], parts: Sequence[ModelPart], card: DatasetCard, name: str) -> None:
    rows: list[Mapping[str, Cell]] = []
    for group in groups:
        shares = {plain(part.label, 40): round(100 * group.shares[part.name], 1) for part in parts}
        rows.append({"people": name.format(label=plain(group.label, 40)), "how many": group.people, **shares})
    percent = st.column_config.NumberColumn(format="%.1f %%")
    columns = {plain(part.label, 40): percent for part in parts}
    table(rows, "people_by_length" if name == "{label}" else "people_by_kind", columns)
    with st.container(horizontal=True):
        for group in groups:
            address = {"dataset": card.name, "user": group.example.user_id}
            label = f"{plain(group.example.label, 24)}: {plain(group.label, 40)}"
            st.page_link(LIST, label=label, icon=":material/recommend:", query_params=address, width="content")


def _row(part: ModelPart) -> dict[str, Cell]:
    return {
        "part": plain(part.label, 60),
        "share, %": round(100 * part.share, 2),
        "low": round(100 * part.low, 2),
        "high": round(100 * part.high, 2),
        "replaced without it": round(part.replaced, 2),
        "example": f"{plain(part.example.item.title, 60)} for {plain(part.example.user.label, 40)}",
    }


card = sidebar.choose_data()
st.title("What drives the lists?", anchor=False)
page_address.write(dataset=card.name)
with page_errors.errors_in_words():
    found = kept_results.known_whole_model(card.name)
    if found is None:
        with progress_bar.shown("Asking the model about everybody") as told:
            found = kept_results.whole_model(card.name, PEOPLE, told)
    draw(found, card)
