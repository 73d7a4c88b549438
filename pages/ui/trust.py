"""Draw how far an explanation can be trusted: what the model does without the named reasons, beside chance."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kgrec_core.schema import Explanation
from kgrec_core.views import Measure
from pages.ui import charts, parts, resources, visitor
from pages.ui.choice import Choice
from pages.ui.text import escape_markdown


def tab(chosen: Choice, found: Explanation) -> None:
    domain = resources.opened(chosen.dataset).domain
    if not visitor.has_history(chosen.dataset, chosen.asked):
        visitor.without_history(
            chosen.dataset,
            f"Reasons are tested by taking away {domain.items} that a person likes. What your words do was tested by "
            "leaving them out: see Why.",
        )
        return
    with parts.waiting(420):
        known = resources.trust(chosen.dataset, chosen.asked, found.item.item_id)
    if known.note:
        st.info(escape_markdown(known.note, 300), icon=":material/info:")
        return
    better = [one for one in known.measures if _beats_chance(one)]
    st.markdown(
        f"The reasons were tested on the model itself: **{len(better)} of {len(known.measures)}** measures are better "
        "than those of reasons named at random."
    )
    left, right = st.columns((1, 1), gap="medium")
    with left:
        st.subheader("If the named reasons are right, the score falls fast", anchor=False)
        what = f"{domain.items} of the history taken away"
        charts.deletion(
            known.deletion, what, "deletion", "Score after the strongest reasons or random ones are removed"
        )
    with right:
        st.subheader("Measured", anchor=False)
        for measure in known.measures if chosen.analyst else known.measures[:4]:
            _measure(measure)
        if not chosen.analyst and len(known.measures) > 4:
            with st.expander(f"{len(known.measures) - 4} more measures", key="more_measures"):
                for measure in known.measures[4:]:
                    _measure(measure)
    if chosen.analyst:
        _paths(known.paths)


def _paths(measures: Sequence[Measure]) -> None:
    """What the shown paths are like; for analysts."""
    if not measures:
        return
    st.subheader("What the shown paths are like", anchor=False)
    st.caption("Random: as many paths drawn at random among all that connect the two.")
    for column, measure in zip(st.columns(len(measures), gap="medium"), measures, strict=True):
        with column:
            _measure(measure)


def _measure(one: Measure) -> None:
    icon = ":green[:material/check_circle:]" if _beats_chance(one) else ":orange[:material/remove:]"
    icon = icon if one.higher_is_better is not None else ":gray[:material/info:]"
    st.markdown(
        f"{icon} **{escape_markdown(one.label, 120)}**  \n"
        f"**{one.value:.2f}** here, {one.random:.2f} at random  \n"
        f":gray[{escape_markdown(one.meaning, 300)}]"
    )


def _beats_chance(one: Measure) -> bool:
    return one.value > one.random if one.higher_is_better else one.value < one.random
