"""What came of a training: how well the model ranks, how its training went, and all that its run card tells."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import streamlit as st

from kgrec_core.pictures.model_card_page import card_as_page
from kgrec_core.schema.evaluation import EvaluationRow
from kgrec_core.schema.explanation import Weighted
from kgrec_core.workspace import measured_quality, training_runs
from kgrec_core.workspace.model_cards import model_card
from pages.ui import charts, messages
from pages.ui.durations import duration, time_taken
from pages.ui.safe_text import escape_markdown, plain
from pages.ui.table import download, table

CALLED = {"ours": "ours", "ease": "EASE", "popularity": "popularity", "itemknn": "item neighbours"}
ENCODERS = {"bert": "BERT", "xlnet": "XLNet"}
STAGES = {
    "adapt": "teach BERT by events",
    "encode": "read the texts",
    "train": "train the model",
    "measure": "measure beside others",
    "rest": "fit on all, save",
}


def ranking(rows: tuple[EvaluationRow, ...], analyst: bool) -> None:
    """How well it ranks, in a sentence and beside simple methods; all numbers for an analyst."""
    found = measured_quality.leads_over(rows)
    if not found:
        return
    st.subheader("How well it ranks", anchor=False)
    _verdict(found)
    shares = {row.model: f"{row.hr_10:.0%}" for row in rows}
    others = ", ".join(f"{CALLED.get(each.model, each.model)} {shares[each.model]}" for each in found)
    st.markdown(
        "A tenth of what everyone did was hidden, and each method ranked all that was new to a person. Of the people "
        f"with a liked thing among the hidden ones, **{shares['ours']}** found one in the first ten of the list "
        f"({others}; higher is better)."
    )
    with st.container(horizontal=True, gap="medium", key="first_numbers"):
        for each in found:
            if each.ratio is not None:
                st.metric(
                    f"Against {CALLED.get(each.model, each.model)}", f"× {each.ratio:.2f}", width="content",
                    help="How near the top of our lists the hidden things stood, divided by the same of the other "
                    "method. Above 1: ours is better.",
                )  # fmt: skip
    if analyst:
        _measures(rows)


def _verdict(leads: Sequence[measured_quality.LeadOver]) -> None:
    """One line: better or worse than others, and whether that is sure."""
    worse = [each for each in leads if each.ratio is not None and each.ratio < 1]
    sure, unsure = [each for each in worse if each.sure], [each for each in leads if not each.sure]
    if sure:
        st.warning(
            f"**{_first_large(_names(sure))} ranked better than this model.** There may be too few events to learn "
            "from; its reasons still say why each thing stands where it does.",
            icon=":material/warning:",
        )
    elif worse:
        names = _first_large(_names(worse))
        st.markdown(f"**{names} ranked better than this model here**, which may be luck with so few people.")
    elif unsure:
        st.markdown(f"**It ranks better than {_names(unsure)} here**, which may be luck with so few people.")
    else:
        st.markdown(f"**It ranks better than each of {len(leads)} simple methods**, and not by luck.")


def _names(leads: Sequence[measured_quality.LeadOver]) -> str:
    """Such as "EASE, popularity and item neighbours"."""
    return messages.listed([escape_markdown(CALLED.get(each.model, each.model)) for each in leads])


def _measures(rows: tuple[EvaluationRow, ...]) -> None:
    """Every measure of every method."""
    cells = [
        {"method": _first_large(CALLED.get(row.model, plain(row.model))), "NDCG@10": row.ndcg_10, "low": row.ci95[0],
         "high": row.ci95[1], "Recall@20": row.recall_20, "Hit rate@10": row.hr_10, "MRR": row.mrr,
         "seconds": row.seconds}
        for row in rows
    ]  # fmt: skip
    three = st.column_config.NumberColumn(format="%.3f")
    columns = dict.fromkeys(("NDCG@10", "low", "high", "Recall@20", "Hit rate@10", "MRR"), three)
    table(cells, "first_measure", {**columns, "seconds": st.column_config.NumberColumn(format="%.1f s")})
    st.caption("Low and high: 95 % interval of NDCG@10 over people. Seconds: to train on one split.")


def _first_large(text: str) -> str:
    return text[:1].upper() + text[1:]


def course(
    curve: training_runs.Curve, adapted: training_runs.AdaptReport | training_runs.InteractionReport | None
) -> None:
    """Loss and quality pass by pass, and what BERT learnt before."""
    if isinstance(adapted, training_runs.InteractionReport):
        _by_interactions(adapted)
    elif adapted is not None:
        st.caption(
            f"BERT was adapted to what people did, in {time_taken(adapted.seconds)}. Of people "
            f"whose events were kept aside it guesses a hidden piece of a word at {adapted.language_after:.2f} nats "
            f"(before: {adapted.language_before:.2f}, lower is better), and tells for {adapted.next_after:.0%} of "
            "their pairs of events whether one came after the other (half by chance)."
        )
    if not curve.losses:
        return
    st.subheader("How training went", anchor=False)
    loss, quality = st.columns(2, gap="medium")
    with loss:
        _line(curve.losses, 1, "loss (lower is better)", "train_loss", "Loss (lower is better) after each pass")
    with quality:
        held_back = "NDCG@10 on what was held back (higher is better)"
        drawn = "NDCG@10 on what was held back (higher is better) after each pass"
        _line(curve.validation, 0, held_back, "train_quality", drawn)
    if curve.kept is not None:
        st.caption(
            "0 is the start: the sum of what can be solved without a network. The network learns in the passes. "
            f"{_kept(curve.kept)}"
        )
    losses = dict(enumerate(curve.losses, start=1))
    rows = [
        {"pass": place, "loss": losses.get(place), "validation NDCG@10": value}
        for place, value in enumerate(curve.validation)
    ]
    download(rows, "training", "Download both curves as CSV")


def _kept(number: int) -> str:
    if number:
        return f"Kept is pass {number}, the best of all, and better than the start."
    return "No pass was better than the start, so the simpler sum is what is served, and the network is silent."


def _by_interactions(adapted: training_runs.InteractionReport) -> None:
    kept = f"Kept is pass {adapted.epochs}." if adapted.epochs else "No pass helped, so it reads as it came."
    st.caption(
        f"BERT was adapted by who liked what, on {adapted.items:,} things, "
        f"in {time_taken(adapted.seconds)}. Of {adapted.held_out_items:,} kept aside "
        f"a text is nearer to the people of its own thing than to those of another in {adapted.right_after:.0%} of all "
        f"pairs (before: {adapted.right_before:.0%}, half by chance). {kept}"
    )


def how_made(record: training_runs.Record, dataset: str) -> None:
    """How the model was made: seconds by stage, settings, encoders, versions, and the run card itself."""
    st.subheader("How it was made", anchor=False)
    stages, origin = st.columns(2, gap="medium")
    with stages:
        st.caption(f"Seconds of each stage, {duration(record.seconds)} in all")
        named = [Weighted(STAGES.get(each.label, each.label), each.value) for each in record.stages]
        charts.bars(named, "seconds", "stage_chart", "Seconds of each stage of the training", 1)
    with origin:
        about = (
            *((ENCODERS.get(name, name), value) for name, value in record.encoders),
            ("Versions", ", ".join(f"{name} {value}" for name, value in record.versions)),
            ("Measured", record.protocol),
            ("Data, SHA-256", record.data_hash),
        )
        lines = [f":gray[{escape_markdown(name)}]  \n{escape_markdown(value, 300)}" for name, value in about if value]
        st.markdown("\n\n".join(lines))
    with st.expander("Settings", icon=":material/tune:", key="settings"):
        rows = [
            {"of": part, "setting": plain(name), "value": plain(value)}
            for part, pairs in (("model", record.model), ("training", record.training))
            for name, value in pairs
        ]
        table(rows, "settings")
    st.download_button(
        "Download run_card.json", record.card, f"run_card_{dataset}.json", "application/json", key="run_card",
        icon=":material/download:", on_click="ignore",
    )  # fmt: skip
    st.download_button(
        "Download the model card", lambda: card_as_page(model_card(dataset)), f"model_card_{dataset}.html", "text/html",
        key="model_card", icon=":material/description:", on_click="ignore",
    )  # fmt: skip


def _line(values: tuple[float, ...], first: int, axis: str, key: str, alt_text: str) -> None:
    rows = [{"epoch": first + place, "value": value} for place, value in enumerate(values)]
    drawing = (
        alt.Chart(alt.Data(values=rows))
        .mark_line(point=True)
        .encode(
            x=alt.X("epoch:Q", title="passes over the data", axis=alt.Axis(tickMinStep=1, format="d", grid=False)),
            y=alt.Y("value:Q", title=None, scale=alt.Scale(zero=True)),
            tooltip=[alt.Tooltip("epoch:Q", title="pass"), alt.Tooltip("value:Q", format=".4f", title=axis)],
        )
        .properties(height=220)
    )
    st.caption(_first_large(axis))
    st.altair_chart(drawing, key=key, alt=alt_text)
