"""The graph that an import would have, and what a person may change of it before it is made."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from kgrec_core.workspace import own_data
from pages.ui.safe_text import escape_markdown, plain
from pages.ui.table import table

NUMBERS = {
    "": "as they are",
    own_data.DECADES: "by decade",
    own_data.BANDS: "in bands",
    own_data.FLAGS: "yes says its name",
}


def graph(preview: own_data.GraphPreview, choice: own_data.Choice) -> own_data.Choice:
    """The graph to be, with what may be changed of it; the choice as it is then."""
    st.markdown(
        f"{preview.triples:,} facts about {preview.entities:,} things; {preview.linking:,} things are shared by "
        "at least two "
        f"items, and {preview.covered:.0%} of the items have one of these."
    )
    plans = tuple(_plan(place, plan) for place, plan in enumerate(preview.columns))
    if preview.sample:
        st.caption("Some of the facts")
        lines = [" · ".join(escape_markdown(part, 40) for part in fact) for fact in preview.sample[:6]]
        st.markdown("  \n".join(lines))
    columns = choice.columns if plans == preview.columns else plans
    return replace(choice, columns=columns, accepted=_accepted(preview, choice))


def _plan(place: int, plan: own_data.ColumnPlan) -> own_data.ColumnPlan:
    """One column: whether it makes facts, what the relation is called, and how its cells are read."""
    examples = ", ".join(plain(each, 30) for each in plan.examples[:3])
    said = "**{column}** :gray[{why}. Such as: {examples}]" if examples else "**{column}** :gray[{why}.]"
    use = st.checkbox(
        said.format(
            column=escape_markdown(plan.column, 40),
            why=escape_markdown(plan.why, 120),
            examples=escape_markdown(examples, 100),
        ),
        plan.use,
        key=f"own_plan_{place}_{plan.column}",
    )
    if not use:
        return replace(plan, use=False)
    with st.container(horizontal=True, gap="small", key=f"own_plan_row_{place}"):
        relation = st.text_input(
            "Relation", plan.relation, max_chars=40, width=180, key=f"own_relation_{place}_{plan.column}",
            help="What the value is to the item: its brand, its genre. Two columns of one relation are joined.",
        )  # fmt: skip
        separators = list(dict.fromkeys(("", *own_data.SEPARATORS, "/", plan.separator)))
        separator = st.selectbox(
            "Values in a cell", separators, separators.index(plan.separator), width=180,
            format_func=_said_separator,
            key=f"own_separator_{place}_{plan.column}",
        )  # fmt: skip
        binning = st.selectbox(
            "Numbers", list(NUMBERS), list(NUMBERS).index(plan.binning), format_func=NUMBERS.__getitem__, width=140,
            key=f"own_binning_{place}_{plan.column}",
        )  # fmt: skip
    name = own_data.relation_name(relation) if relation.strip() else plan.relation
    return replace(plan, use=True, relation=name, separator=separator, binning=binning)


def _accepted(preview: own_data.GraphPreview, choice: own_data.Choice) -> tuple[str, ...]:
    """The proposals that were accepted; all others are rejected."""
    if not preview.proposals:
        return choice.accepted
    names = {each.key: each for each in preview.proposals}
    relations = dict.fromkeys(own_data.all_of(each.relation) for each in preview.proposals if each.sentence)
    st.markdown("**What the descriptions say**")
    st.caption(
        "Facts that descriptions say as known facts are said, then names and phrases of several of them. None enters "
        "the graph unless you choose it here. Confidence goes from 0 to 1: how often such a find is right where the "
        "facts are known; of names and phrases without a relation, whether they are one at all."
    )
    rows = [
        {"relation": plain(each.relation.replace("_", " "), 30), "phrase": plain(each.phrase, 40), "kind": each.kind,
         "items": each.items, "confidence": each.confidence,
         "such as": plain(each.sentence, 90) or ", ".join(plain(title, 30) for title in each.examples),
         "why": plain(each.why, 80)}
        for each in preview.proposals
    ]  # fmt: skip
    table(rows, "proposals")
    return tuple(
        st.multiselect(
            "Make facts of", [*relations, *names], key="own_phrases", placeholder="Nothing is accepted yet",
            format_func=lambda key: plain(f"{key} ({names[key].items} items)" if key in names else f"{key} (all)", 60),
            default=[key for key in choice.accepted if key in names or key in relations],
        )
    )  # fmt: skip


def _said_separator(sign: str) -> str:
    return "several, as a list" if sign == own_data.LISTS else f"several, parted by {sign}" if sign else "one"
