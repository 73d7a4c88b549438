"""The summary of a trained data set that can be read out: who is in it, what sells, what lists show and what drives
them, and three people to look at.
"""

from __future__ import annotations

import streamlit as st

from kgrec_core.lists_summary import CountedItem, K, ListsSummary
from kgrec_core.schema.cards import Persona
from kgrec_core.service import Domain
from pages.ui import covers, kept_results, messages, parts, progress_bar, resources, share_chart
from pages.ui.safe_text import escape_markdown

LIST, WHOLE = "pages/explore/recommend.py", "pages/judge/what_drives_it.py"
PEOPLE = "**{people:,} people and {items:,} {things}.** Most people {liked} {best}."
LISTED = (
    "**{share:.0%} of all {things}**, {listed:,} of {items:,}, come up in the first {k} of at least one person: the "
    "higher, the more of the range is shown to somebody. Most often on a list: {most}."
)
LISTED_OF_SOME = (
    "**{share:.0%} of all {things}**, {listed:,} of {items:,}, come up in the first {k} of at least one of {asked:,} "
    "people drawn at random: the higher, the more of the range is shown to somebody. Most often on a list: {most}."
)
HOW = (
    "What drives lists: the share of each part of the model in the score of what is listed, in percent, over {people} "
    "people. Each part was taken away and the scores made again."
)
_CANCELLED = "summary_cancelled"  # of the session: a data set


def draw(dataset: str, at_once: bool) -> None:
    """at_once: whether it is made without being asked for, as training has just ended."""
    st.subheader("In short: what came of it", anchor=False)
    found = kept_results.known_summary(dataset) or _made(dataset, at_once)
    if found is not None:
        _read_out(dataset, found)


def _made(dataset: str, at_once: bool) -> ListsSummary | None:
    if not at_once or st.session_state.get(_CANCELLED) == dataset:
        place = st.empty()
        if not place.button("Sum it up", key="summary_make", icon=":material/summarize:", help="Takes some seconds."):
            return None
        place.empty()
    stop = {_CANCELLED: dataset}
    with progress_bar.shown("Summing up", lambda: st.session_state.update(stop)) as told:
        return kept_results.summary(dataset, told)


def _read_out(dataset: str, found: ListsSummary) -> None:
    domain = resources.opened(dataset).domain
    words, drawn = st.columns(2, gap="medium")
    with words, st.container(border=True, height="stretch", key="summary_words"):
        st.markdown(in_words(found, domain))
    with drawn, st.container(border=True, height="stretch", key="summary_drivers"):
        st.caption(HOW.format(people=found.whole.people))
        share_chart.shares(found.whole.parts, "percent", "summary_chart", "Share of each part in what is listed")
        address = {"dataset": dataset}
        st.page_link(WHOLE, label="What drives it", icon=":material/donut_large:", query_params=address)
    if found.to_look_at:
        st.markdown("**Three people to look at**" if len(found.to_look_at) == 3 else "**People to look at**")
        for column, one in zip(st.columns(len(found.to_look_at)), found.to_look_at, strict=True):
            with column:
                _person(dataset, one)


def in_words(found: ListsSummary, domain: Domain) -> str:
    """Markdown of three paragraphs, each of whole sentences."""
    people = PEOPLE.format(
        people=found.people, items=found.items, things=domain.items, liked=domain.liked,
        best=_counted(found.best_sellers, "{title} ({count} person)", "{title} ({count:,} people)"),
    )  # fmt: skip
    said = LISTED if found.asked >= found.people else LISTED_OF_SOME
    listed = said.format(
        share=found.coverage, things=domain.items, listed=found.listed, items=found.items, k=K, asked=found.asked,
        most=_counted(found.most_listed, "{title} ({count} list)", "{title} ({count:,} lists)"),
    )  # fmt: skip
    driven = escape_markdown(found.whole.sentence, 300)
    return "\n\n".join(filter(None, (people, listed, driven)))


def _counted(items: tuple[CountedItem, ...], one: str, many: str) -> str:
    named = [messages.counted(each.people, one, many, title=parts.title(each.item, 60)) for each in items]
    return messages.listed(named)


def _person(dataset: str, one: Persona) -> None:
    with st.container(border=True, height="stretch", key=f"summary_{one.kind}", gap="small"):
        st.markdown(f"**{escape_markdown(one.title, 60)}**")
        st.caption(f"{escape_markdown(one.user.label, 40)}  \n{escape_markdown(one.words, 120)}")
        st.html(covers.STYLE + covers.row(dataset, one.liked, 40))
        address = {"dataset": dataset, "user": one.user.user_id}
        st.page_link(LIST, label="See this list", icon=":material/arrow_forward:", query_params=address)
