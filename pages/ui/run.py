"""A training run as it goes on, and how it ended."""

from __future__ import annotations

import altair as alt
import streamlit as st

from kgrec_core import judge, training
from pages.ui import parts
from pages.ui.findings import duration
from pages.ui.text import escape_markdown


@st.fragment(run_every=1)
def live(dataset: str) -> None:
    """Progress, time left and a way to stop it; draws itself anew each second until the run has ended."""
    now = training.state(dataset)
    if now is None or now.status != training.RUNNING:
        st.rerun()
        return
    left = now.seconds_left
    st.progress(now.share, f"{escape_markdown(now.what)} … {now.share:.0%}")
    st.caption(
        f"{duration(now.seconds).removeprefix('about ')} so far, "
        + ("the time left shows in a moment." if left is None else f"{duration(left)} left.")
        + " You may leave this page; training goes on."
    )
    if st.button("Cancel", key="train_cancel", icon=":material/stop_circle:"):
        with st.spinner("Stopping …"):
            training.cancel(dataset)
        st.rerun()


def ending(now: training.State, prepared: bool) -> None:
    """How the last run ended, in words."""
    older = " The older model is in place and can be used." if prepared else ""
    if now.status == training.FAILED:
        st.error(f"{escape_markdown(now.reason, 500)}{older}", title="Training failed", icon=":material/error:")
    elif now.status == training.CANCELLED:
        st.info(f"Training was cancelled. Nothing of it was kept.{older}", icon=":material/stop_circle:")
    elif now.status == training.DONE:
        st.success(f"Trained in {duration(now.seconds).removeprefix('about ')}.", icon=":material/check_circle:")


def outcome(dataset: str) -> None:
    """What training measured: ours beside simple methods, and how it went epoch by epoch."""
    with parts.errors_in_words():
        rows, curve = judge.first_measure(dataset), training.curve(dataset)
        adapted = training.adaptation(dataset)
    if rows:
        st.subheader("How well it ranks", anchor=False)
        st.markdown(
            "A tenth of what everyone did was hidden, and each method ranked all that was new to a person. NDCG@10 "
            "says how near the top the hidden things stood: 1 is perfect, higher is better."
        )
        with st.container(horizontal=True, gap="medium", key="first_numbers"):
            for row in rows:
                st.metric(_called(row.model), f"{row.ndcg_10:.3f}", help="NDCG@10 on what was hidden.", width="content")
    if adapted is not None:
        st.caption(
            f"BERT was adapted to what people did, in {duration(adapted.seconds).removeprefix('about ')}. Of people "
            f"whose events were kept aside it guesses a hidden piece of a word at {adapted.language_after:.2f} nats "
            f"(before: {adapted.language_before:.2f}, lower is better), and tells for {adapted.next_after:.0%} of "
            "their pairs of events whether one came after the other (half by chance)."
        )
    if curve is not None and curve.losses:
        st.subheader("How training went", anchor=False)
        loss, quality = st.columns(2, gap="medium")
        with loss:
            _line(curve.losses, 1, "loss (lower is better)", "train_loss")
        with quality:
            _line(curve.validation, 0, "NDCG@10 on what was held back (higher is better)", "train_quality")
            if curve.kept is not None:
                st.caption(
                    "0 is the start, fitted to the data before the first pass. "
                    f"Kept is pass {curve.kept}, the best of the passes."
                )


def _called(model: str) -> str:
    return {"ours": "Ours", "ease": "EASE", "popularity": "Most popular", "itemknn": "Item KNN"}.get(model, model)


def _line(values: tuple[float, ...], first: int, axis: str, key: str) -> None:
    rows = [{"epoch": first + place, "value": value} for place, value in enumerate(values)]
    drawing = (
        alt.Chart(alt.Data(values=rows))
        .mark_line(point=True)
        .encode(
            x=alt.X("epoch:Q", title="passes over the data", axis=alt.Axis(tickMinStep=1, format="d", grid=False)),
            y=alt.Y("value:Q", title=None, scale=alt.Scale(zero=False)),
            tooltip=[alt.Tooltip("epoch:Q", title="pass"), alt.Tooltip("value:Q", format=".4f", title=axis)],
        )
        .properties(height=220)
    )
    st.caption(axis.capitalize() if axis[0].islower() else axis)
    st.altair_chart(drawing, key=key, alt=f"{axis} after each pass")
