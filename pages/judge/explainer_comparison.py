"""How our explanations compare with published ways to explain: on the Evaluate screen, read from a kept result."""

from __future__ import annotations

import streamlit as st

from kgrec_core.schema.cards import DatasetCard
from kgrec_core.workspace import compared_explainers
from kgrec_core.workspace.compared_explainers import ComparedExplainers, ExplainerRow, ExplainerTable
from pages.ui import messages
from pages.ui.safe_text import escape_markdown, plain
from pages.ui.table import folded, table

ALL = (
    "Of **{ways} ways** to say what a recommendation is due to, ours are **the best, or as good as the best, on all "
    "{measures} measures**."
)
SOME = (
    "Of **{ways} ways** to say what a recommendation is due to, ours are the best, or as good as the best, on "
    "**{good} of {measures} measures**; on the others somebody else is ahead: {names}."
)
MODELS = {
    compared_explainers.SERVED: "The model that is served",
    "mf": "Matrix factorisation",
    "vae": "A variational autoencoder",
}
MEANING = {
    "POS": "Share of people who keep the item among the first so many (first number) without the so many {events} "
    "(second number) that are named first. Lower is better.",
    "DEL": "Share of what the history adds to the score that is lost without the so many {events} named first. Higher "
    "is better.",
    "INS": "Share of what the history adds to the score that the so many {events} named first bring alone. Higher is "
    "better.",
    "CNDCG": "How near the top the item stays without the so many {events} named first: 1 first, 0.63 second, 0.5 "
    "third. Lower is better.",
    "DEL area": "The share that is lost, mean over removing 10 %, 20 %, … 90 % of the history. Higher is better.",
    "INS area": "The share that is kept, mean over keeping 10 %, 20 %, … 90 % of the history. Higher is better.",
}


def section(card: DatasetCard, analyst: bool) -> None:
    """Nothing where nothing was measured of these data."""
    found = compared_explainers.compared_explainers(card.name)
    if found is None:
        return
    st.subheader("Do others explain better?", anchor=False)
    st.markdown(sentence(found.served))
    if analyst:
        _analysis(found, card)


def sentence(served: ExplainerTable) -> str:
    """Markdown: on how many measures ours hold, and who is ahead on the others."""
    names = messages.listed([escape_markdown(label) for label in served.ahead_of_ours])
    said = SOME if names else ALL
    return said.format(ways=len(served.rows), measures=len(served.verdicts), good=served.held, names=names)


def _analysis(found: ComparedExplainers, card: DatasetCard) -> None:
    events = plain(card.events, 40)
    st.markdown(
        f"Published explainers and ours put the {events} of a person in order, what speaks most for one recommended "
        "item first. Then the model is asked again without the first ones, and with these alone. Which of ours "
        "answers for which measure was laid down before: the counterfactual for ranks (POS, CNDCG), SHAP values for "
        f"scores (DEL, INS). Measured {found.when} on {found.served.people:,} people, with "
        f"`python -m benchmarks.explainers --dataset {card.name}`."
    )
    with folded("All explainers and all measures", "explainers") as seen:
        if seen:
            _tables(found, events)


def _tables(found: ComparedExplainers, events: str) -> None:
    asked = list(dict.fromkeys((each.model, each.budget) for each in found.tables))
    chosen = st.selectbox("Model, and how often it may be asked", asked, format_func=_name, key="explainers_asked")
    shown = next(each for each in found.tables if (each.model, each.budget) == chosen)
    number = st.column_config.NumberColumn
    columns = {
        "explainer": st.column_config.TextColumn(pinned=True),
        "calls": number(format="%.0f", help="How often the model was asked for one explanation; a gradient is two."),
        "ms": number(format="%.1f", help="Milliseconds for one explanation, on one core."),
        "better than ours on": number(help="Measures on which it is ahead of ours beyond luck (95 % interval)."),
        "worse than ours on": number(help="Measures on which it is behind ours beyond luck (95 % interval)."),
        **{
            verdict.metric: number(format="%.3f", help=_meaning(verdict.metric).format(events=events))
            for verdict in shown.verdicts
        },
    }
    table([_cells(row, shown) for row in shown.rows], "explainers", columns)


def _name(asked: tuple[str, int | None]) -> str:
    model, budget = asked
    called = MODELS.get(model, model)
    return f"{called}, as often as each does" if budget is None else f"{called}, {budget} times at most"


def _meaning(metric: str) -> str:
    return MEANING.get(metric) or MEANING[metric.split("@")[0]]


def _cells(row: ExplainerRow, shown: ExplainerTable) -> dict[str, str | int | float | None]:
    return {
        "explainer": plain(row.label, 60),
        "better than ours on": sum(score.low > 0 for score in row.scores.values()),
        "worse than ours on": sum(score.high < 0 for score in row.scores.values()),
        "calls": row.calls,
        "ms": 1000 * row.seconds,
        **{verdict.metric: row.scores[verdict.metric].mean for verdict in shown.verdicts},
        "source": plain(row.source, 90),
    }
