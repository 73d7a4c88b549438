"""The six steps of the model, each in plain words, with its formula and the real values of one recommendation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from kgrec_core import service
from kgrec_core.schema.explanation import Trace, Weighted
from pages.ui import charts, choice, parts
from pages.ui.safe_text import escape_markdown, plain

BOX = 136  # pixels of a box of the picture
SHOWN = 6  # bars of one chart
LONG = 700  # characters of a text or of a list of tokens


@dataclass(frozen=True, slots=True)
class WithoutNetwork:
    """What a step says where the network is silent: first of all, and in place of its words and formula, if any."""

    first: str
    words: str = ""
    formula: str = ""


@dataclass(frozen=True, slots=True)
class ModelStep:
    """words: plain, for everyone · formula: LaTeX · draw: the values, more of them for an analyst."""

    short: str
    name: str
    words: str
    formula: str
    draw: Callable[[Trace, service.Domain, bool], None]
    silent: WithoutNetwork = WithoutNetwork("")


def picture(trace: Trace, opened: int, facts: int) -> None:
    """The pipeline from left to right, a box a step with one real value; a box opens by a click."""
    with st.container(horizontal=True, gap="xsmall", key="pipeline"):
        for place, (step, value) in enumerate(zip(STEPS, _values(trace, facts), strict=True), start=1):
            with st.container(width=BOX, gap=None, key=f"box_{place}"):
                kind = "primary" if place == opened else "secondary"
                st.button(
                    f"{place} {step.short}", key=f"open_{place}", type=kind, width="stretch",
                    on_click=choice.put, args=("step", place),
                )  # fmt: skip
                st.caption(f"{value} →" if place < len(STEPS) else value, text_alignment="center")


def _values(trace: Trace, facts: int) -> tuple[str, ...]:
    """What came out of each step here, in a few words."""
    return (
        f"{len(trace.clean_text.split()):,} words",
        f"{len(trace.bert_tokens):,} word pieces" if trace.bert_tokens else "no event",
        f"{len(trace.xlnet_tokens):,} word pieces",
        f"{facts:,} facts",
        f"score {trace.score:.2f}",
        f"{trace.base:z.2f} {trace.attribution_sum:+z.2f}",
    )


def draw(place: int, trace: Trace, domain: service.Domain, analyst: bool) -> None:
    """One step: what it does, for an analyst its formula, and its real values beside."""
    step = STEPS[place - 1]
    silent = step.silent if trace.network_silent else WithoutNetwork("")
    with st.container(border=True, key=f"step_{place}"):
        if silent.first:
            st.info(silent.first, icon=":material/volume_off:")
        left, right = st.columns((2, 3), gap="medium")
        with left:
            st.subheader(f"{place}. {step.name}", anchor=False)
            st.markdown(silent.words or step.words)
            if analyst:
                st.latex(silent.formula or step.formula)
            if place < len(STEPS):
                st.button(
                    f"Next: {STEPS[place].short}", key="next_step", icon=":material/arrow_forward:",
                    on_click=choice.put, args=("step", place + 1),
                )  # fmt: skip
        with right:
            step.draw(trace, domain, analyst)


def _clean(trace: Trace, domain: service.Domain, analyst: bool) -> None:
    _text(f"What is stored about the {domain.item}", trace.raw_text)
    _text("The same, cleaned", trace.clean_text)
    label = "Words that tell it apart (TF-IDF)" if analyst else "Words that tell it apart"
    _bars(label, trace.tfidf, "weight: higher is rarer elsewhere", "tfidf")
    if analyst:
        _bars("Nearest by Word2Vec", trace.word2vec, "cosine, 1 = same direction", "word2vec")


def _behaviour(trace: Trace, domain: service.Domain, analyst: bool) -> None:
    if not trace.event_documents:
        st.caption(f"No {domain.item} in the history yet.")
        return
    _text("One event of the history, as a sentence", trace.event_documents[0])
    _text(f"The pieces that BERT ({plain(trace.bert_model, 140)}) reads", " ".join(trace.bert_tokens))
    if analyst:
        others = [plain(document, 120) for document in trace.event_documents[1:]]
        st.caption("More events that matter for this score")
        _quoted("\n".join(others) or "(none)")
        _bars("Length of each event's vector", trace.event_norms, "L2 norm", "event_norms")


def _item(trace: Trace, domain: service.Domain, analyst: bool) -> None:
    _text(f"The pieces that XLNet ({plain(trace.xlnet_model, 60)}) reads", " ".join(trace.xlnet_tokens))
    if analyst:
        st.metric("Length of the vector", f"{trace.xlnet_norm:.2f}", help="L2 norm of y'. It has no unit.")


def _graph(trace: Trace, domain: service.Domain, analyst: bool) -> None:
    names = [f"{one.label} ({one.relation})" for one in trace.neighbours]
    helping = [Weighted(name, one.fall) for name, one in zip(names, trace.neighbours, strict=True) if one.fall > 0]
    _bars("What the score loses without a fact", tuple(helping), "score lost, of this person", "neighbours")
    if not helping:
        st.caption(f"No fact of this {domain.item} speaks for it here.")
    if not analyst or trace.network_silent:
        return
    heard = [Weighted(name, one.attention) for name, one in zip(names, trace.neighbours, strict=True)]
    _bars("How much the network listens to each of them", tuple(heard), "share of attention, 1 in all", "heard")
    with st.container(horizontal=True, key="norms"):
        st.metric("Vector before", f"{trace.norm_before:.2f}", help="L2 norm of y', without the graph.", width=150)
        st.metric("Vector after", f"{trace.norm_after:.2f}", help="L2 norm of g(y'), with the graph.", width=150)


def _predict(trace: Trace, domain: service.Domain, analyst: bool) -> None:
    if not trace.network_silent:
        _bars("What the model looks at in the history", trace.attention, "share of attention, 1 in all", "attention")
    if trace.network_silent or analyst:
        _terms(charts.not_zero(trace.terms))
    if analyst and not trace.network_silent:
        _bars("What the network reads", trace.mlp_inputs, "value", "mlp_inputs")
    st.metric("Score", f"{trace.score:.2f}", help="Orders the list of this person. No unit; higher is better.")


def _terms(values: list[Weighted]) -> None:
    label = "What each part adds; together they are the score"
    if values:
        st.caption(label)
        charts.signed_bars(values, "part of the score", "terms", label)


def _explain(trace: Trace, domain: service.Domain, analyst: bool) -> None:
    with st.container(horizontal=True, key="sum"):
        st.metric("Start", f"{trace.base:.2f}", help="Score when the model knows nothing of the person.", width=120)
        st.metric("All reasons", f"{trace.attribution_sum:+z.2f}", help="What all reasons add to the start.", width=120)
        st.metric("Score", f"{trace.score:.2f}", help="Of the model itself.", width=120)
    params = {"user": trace.user, "item": trace.item.item_id}
    st.page_link("pages/explore/explain.py", label="See every reason", icon=":material/hub:", query_params=params)


STEPS = (
    ModelStep(
        "Clean",
        "Clean the data",
        "Titles, facts and ratings are tidied and odd rows dropped. Each text becomes numbers: how telling each word "
        "is, and which words keep the same company.",
        r"\mathrm{tfidf}(t,d)=\mathrm{tf}(t,d)\,\Bigl(1+\ln\tfrac{1+N}{1+\mathrm{df}(t)}\Bigr)",
        _clean,
    ),
    ModelStep(
        "Behaviour",
        "Read what the person did",
        "Every event is written as a sentence, and a language model, BERT, turns it into a vector: a list of numbers "
        "in which similar events lie close together.",
        r"z=\mathrm{BERT}(x,\,y)",
        _behaviour,
        WithoutNetwork(
            "Only the network reads these vectors of events, and on this data set it is silent (steps 4 and 5). The "
            "score knows which things were met and how they were rated, and by BERT whose texts are alike."
        ),
    ),
    ModelStep(
        "Item text",
        "Read what the item is",
        "A second language model, XLNet, reads what is known about the item itself and gives its vector.",
        r"y'=\mathrm{XLNet}(y)",
        _item,
        WithoutNetwork(
            "Only the network reads this vector, and on this data set it is silent (steps 4 and 5). How alike two "
            "texts are is told by BERT."
        ),
    ),
    ModelStep(
        "Knowledge",
        "Add what the graph knows",
        "The item is joined with its facts: who made it, who plays in it, what kind it is. A graph network reads them, "
        "and what the item shares with the history counts by kind of fact.",
        r"g(y')=\mathrm{KGNN}(y',\,k)",
        _graph,
        WithoutNetwork(
            f"{parts.NETWORK_SILENT} The score is the sum of branches (step 5). Some of them read the graph, and what "
            "each fact brings is below.",
            "The item is joined with its facts: who made it, who plays in it, what kind it is. What it shares with the "
            "history counts by kind of fact: each kind is one branch.",
            r"s_r(h,j)=\sum_{i\neq j}\rho_i\sum_e A_r[i,e]\,A_r[j,e]",
        ),
    ),
    ModelStep(
        "Predict",
        "Predict the score",
        "The events of the history that matter for this item are weighed, compared with the item, and joined with what "
        "similar people liked. Of whom little is known, how popular the item is counts too. The result is one number.",
        r"\hat{y}=\mathrm{MLP}\bigl([\,u;\ g(y')\,]\bigr),\quad u=\sum_j a_j z_j",
        _predict,
        WithoutNetwork(
            f"{parts.NETWORK_SILENT} The score is the sum of the branches below.",
            "What others liked, what was met close in time, and what the item shares with the history in facts and "
            "text are branches; each is multiplied by its weight, and all are added up. Of whom little is known, how "
            "popular the item is counts too. The result is one number.",
            r"\hat{y}=\sum_b w_b\,s_b/\sigma_b+\pi\,\mathrm{pop}",
        ),
    ),
    ModelStep(
        "Explain",
        "Explain it",
        "The model is run again with events and kinds of facts left out, in many combinations. What the score loses on "
        "average is what a reason was worth; the start and all reasons together give the score.",
        r"\hat{y}=\varphi_0+\sum_i\varphi_i",
        _explain,
    ),
)


def _text(label: str, text: str) -> None:
    st.caption(escape_markdown(label))
    _quoted(plain(text, LONG) or "(empty)")


def _quoted(text: str) -> None:
    """As `st.code` shows it, whose colouring of programs, 1.5 MB, would hold up the page for nothing."""
    with st.container(border=True):
        st.text(text)


def _bars(label: str, values: tuple[Weighted, ...], axis: str, key: str) -> None:
    if values:
        st.caption(escape_markdown(label))
        charts.bars(values[:SHOWN], axis, key, label)
