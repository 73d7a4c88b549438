"""Draw how far an explanation can be trusted: what the model does without the named reasons, beside chance."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kgrec_core.schema.asker import Asker
from kgrec_core.schema.explanation import Explanation
from kgrec_core.schema.trust import FEW, HOLD, PARTLY, UNFOUNDED, Measure, Trust, Verdict
from pages.ui import charts, kept_results, parts, progress_bar, resources, visitor
from pages.ui.choice import ScreenChoice
from pages.ui.safe_text import escape_markdown

_CANCELLED = "trust_cancelled"  # of the session: data set, asker and item
_LIGHTS = {
    HOLD: ":green[:material/check_circle:]",
    PARTLY: ":orange[:material/contrast:]",
    UNFOUNDED: ":red[:material/cancel:]",
    FEW: ":gray[:material/help:]",
}
COUNTED = {  # by whether some are the same, and whether some are worse
    (False, False): "Of {all} measures **{better}** are better than for those.",
    (True, False): "Of {all} measures **{better}** are better than for those, {same} the same.",
    (False, True): "Of {all} measures **{better}** are better than for those, {worse} worse.",
    (True, True): "Of {all} measures **{better}** are better than for those, {same} the same, {worse} worse.",
}
_ICONS = {1: ":green[:material/check_circle:]", 0: ":gray[:material/equal:]", -1: ":orange[:material/remove:]"}


@st.cache_data(max_entries=64, show_spinner=False)
def _verdict(dataset: str, asker: Asker, item: str) -> Verdict | None:
    return resources.library(dataset).verdict(asker, item)


def tab(chosen: ScreenChoice, explanation: Explanation) -> None:
    domain = resources.opened(chosen.dataset).domain
    if not visitor.has_history(chosen.dataset, chosen.asker):
        visitor.without_history(
            chosen.dataset,
            f"Reasons are tested by taking away {domain.items} that a person likes. What your words do was tested by "
            "leaving them out: see Why.",
        )
        return
    with parts.waiting(60):
        said = _verdict(chosen.dataset, chosen.asker, explanation.item.item_id)
    if said is not None:
        st.markdown(f"{_LIGHTS[said.light]} {escape_markdown(said.sentence, 600)}")
    known = _tested(chosen.dataset, chosen.asker, explanation.item.item_id)
    if known is None:
        return
    if known.note:
        st.info(escape_markdown(known.note, 300), icon=":material/info:")
        return
    st.markdown(counted(known.measures))
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


def _tested(dataset: str, asker: Asker, item: str) -> Trust | None:
    """All measures, with progress; None where the tests of this item were cancelled."""
    known, asked = kept_results.known_trust(dataset, asker, item), (dataset, asker, item)
    if known is None and st.session_state.get(_CANCELLED) == asked:
        st.caption("The tests behind this sentence were cancelled.")
        if not st.button("Test it after all", key="trust_again", icon=":material/play_arrow:"):
            return None
        st.session_state.pop(_CANCELLED)
    if known is None:
        with progress_bar.shown("Testing the reasons", lambda: st.session_state.update({_CANCELLED: asked})) as told:
            known = kept_results.trust(dataset, asker, item, told)
    return known


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
    icon = _ICONS[one.ahead] if one.higher_is_better is not None else ":gray[:material/info:]"
    st.markdown(
        f"{icon} **{escape_markdown(one.label, 120)}**  \n"
        f"**{one.value:.2f}** here, {one.random:.2f} at random  \n"
        f":gray[{escape_markdown(one.meaning, 300)}]"
    )


def counted(measures: Sequence[Measure]) -> str:
    """How many measures are better than chance, how many the same, and how many worse."""
    better, same, worse = (sum(one.ahead == sign for one in measures) for sign in (1, 0, -1))
    tested = "The reasons were tested on the model itself, beside reasons named at random."
    said = COUNTED[same > 0, worse > 0].format(all=len(measures), better=better, same=same, worse=worse)
    return f"{tested} {said}"
