"""What is known of data before anything is trained on them: in words, what training costs, and the numbers behind."""

from __future__ import annotations

import streamlit as st

from kgrec_core.workspace import expected_duration, own_data, training_runs
from pages.ui import charts
from pages.ui.durations import duration
from pages.ui.safe_text import escape_markdown

LIKE_BEFORE = (
    "By the size of the data, and what {title} took here, {took}. It ends sooner when another round does not help; "
    "corrected while it runs."
)
FIRST_TRAINING = (
    "By the size of the data and how busy this machine is; nothing was trained here before. It ends sooner when "
    "another round does not help; corrected while it runs."
)


def in_words(outlook: own_data.Outlook, rule: str = "") -> None:
    """How much there is, and how thin it is; in red where it is too little. rule: what counts as liked, a sentence."""
    if outlook.too_few:
        st.error(outlook.too_few, icon=":material/error:")
    elif outlook.unsure:
        st.warning(outlook.unsure, icon=":material/warning:")
    linked = (
        f"{outlook.covered:.0%} of the items share a fact with another one, and on such facts the reasons stand."
        if outlook.covered
        else "No item shares a fact with another one, so reasons can only name what people did. A table of items with "
        "attributes, such as brand or genre, would change that."
    )
    st.markdown(
        f"**{outlook.users:,} people, {outlook.items:,} items, {outlook.interactions:,} interactions.** Half of "
        "the people "
        f"have at least {outlook.per_user:g} interactions. {outlook.rare:,} of the items were met fewer than five "
        "times: "
        f"of these little is known but their facts and words. {linked} {escape_markdown(rule, 300)}"
    )


def cost(outlook: own_data.Outlook, wanted: training_runs.Recipe | None = None) -> None:
    """What the training thought of will take, of the usual one when None."""
    like = expected_duration.of_training(outlook, wanted or training_runs.Recipe())
    told = (
        LIKE_BEFORE.format(title=escape_markdown(like.title, 60), took=duration(like.took))
        if like.title
        else FIRST_TRAINING
    )
    numbers = (
        ("Training time", duration(like.seconds), told),
        ("Memory", f"{outlook.memory / 1e9:.1f} GB", "A rough estimate of what training needs at most."),
    )  # fmt: skip
    _row(numbers, "cost_numbers")


def numbers(outlook: own_data.Outlook) -> None:
    """How sparse the data are, and how long their tail is."""
    st.markdown("**How thin the data are**")
    _row(
        (
            ("Pairs filled", f"{outlook.filled:.2%}", "Share of all pairs of person and item that met: 100% minus the "
             "sparsity. Low is normal."),
            ("Popular tenth", f"{outlook.popular:.0%}", "Share of the interactions that the most popular tenth of the "
             "items has. Even: 10%."),
            ("Facts", f"{outlook.facts:,}", "Of all items together, before those that link nothing are left out."),
        ),
        "data_numbers",
    )  # fmt: skip
    items, people = st.columns(2, gap="medium")
    with items:
        st.caption("Items by how often they were met: the long tail is at the top")
        charts.bars(outlook.tail, "items", "tail_chart", "How many items were met how often", 0)
    with people:
        st.caption("People by how many interactions they have")
        charts.bars(outlook.histories, "people", "histories_chart", "How many people have how many interactions", 0)


def _row(numbers: tuple[tuple[str, str, str], ...], key: str) -> None:
    with st.container(horizontal=True, gap="medium", key=key):
        for label, value, words in numbers:
            st.metric(label, value, help=words, width="content")
