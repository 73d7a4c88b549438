"""A training run as it goes on, and how it ended."""

from __future__ import annotations

import streamlit as st

from kgrec_core import commands, training
from pages.ui import guard, parts
from pages.ui.data_card import duration
from pages.ui.text import escape_markdown


@guard.fragment(run_every=1)
def live(dataset: str, analyst: bool = False) -> None:
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
    if analyst:
        parts.command(commands.to_prepare(dataset, now.recipe), "What is at work, as it is typed on the command line:")


def ending(now: training.State, prepared: bool) -> None:
    """How the last run ended, in words."""
    older = " The older model is in place and can be used." if prepared else ""
    if now.status == training.FAILED:
        st.error(f"{escape_markdown(now.reason, 500)}{older}", title="Training failed", icon=":material/error:")
    elif now.status == training.CANCELLED:
        st.info(f"Training was cancelled. Nothing of it was kept.{older}", icon=":material/stop_circle:")
    elif now.status == training.DONE:
        st.success(f"Trained in {duration(now.seconds).removeprefix('about ')}.", icon=":material/check_circle:")
