"""A training run as it goes on, and how it ended."""

from __future__ import annotations

import streamlit as st

from kgrec_core.workspace import terminal_commands, training_runs
from pages.ui import page_errors, parts
from pages.ui.durations import duration, time_taken
from pages.ui.safe_text import escape_markdown


@page_errors.fragment(run_every=1)
def live(dataset: str, analyst: bool = False) -> None:
    """Progress, time left and a way to stop it; draws itself anew each second until the run has ended."""
    now = training_runs.state(dataset)
    if now is None or now.status != training_runs.RUNNING:
        st.rerun()
        return
    left = now.seconds_left
    st.progress(now.share, f"{escape_markdown(now.what)} … {now.share:.0%}")
    past = time_taken(now.seconds)
    if left is None:
        st.caption(f"{past} so far, the time left shows in a moment. You may leave this page; training goes on.")
    else:
        st.caption(f"{past} so far, {duration(left)} left. You may leave this page; training goes on.")
    if st.button("Cancel", key="train_cancel", icon=":material/stop_circle:"):
        with st.spinner("Stopping …"):
            training_runs.cancel(dataset)
        st.rerun()
    if analyst:
        parts.command(
            terminal_commands.to_prepare(dataset, now.recipe), "What is at work, as it is typed on the command line:"
        )


def ending(now: training_runs.State, prepared: bool) -> None:
    """How the last run ended, in words."""
    older = " The older model is in place and can be used." if prepared else ""
    if now.status == training_runs.FAILED:
        st.error(f"{escape_markdown(now.reason, 500)}{older}", title="Training failed", icon=":material/error:")
    elif now.status == training_runs.CANCELLED:
        st.info(f"Training was cancelled. Nothing of it was kept.{older}", icon=":material/stop_circle:")
    elif now.status == training_runs.DONE:
        st.success(f"Trained in {time_taken(now.seconds)}.", icon=":material/check_circle:")
