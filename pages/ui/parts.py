"""Draw what every screen needs: titles, item cards, a history, the data behind it all, messages. Decides nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import streamlit as st

from kgrec_core import service
from kgrec_core.schema.cards import DatasetCard, Event, ItemCard
from kgrec_core.workspace import terminal_commands
from pages.ui import choice, page_address, resources
from pages.ui.safe_text import escape_markdown

TRAIN = "pages/build/train.py"
HOLDS = {  # by whether a description tells of the people and items, and whether some are liked and some not
    (True, False): "{acts:,} {events}.",
    (True, True): "{acts:,} {events}, {likes:,} of them {liked}.",
    (False, False): "{people:,} {users}, {things:,} {items}, {acts:,} {events}.",
    (False, True): "{people:,} {users}, {things:,} {items}, {acts:,} {events}, {likes:,} of them {liked}.",
}
NETWORK_SILENT = (
    "On this data set the graph network, attention and MLP were trained and measured, and did not make lists better, "
    "so they are silent."
)

# What no theme option can say: captions dark enough to read on paper; formulas that fit their column; dark letters on
# the light buttons of the dark theme; margins that leave room for two columns at 1280 pixels; the explanation stays in
# view while the list scrolls; on a phone, where it would stand below ten cards, a link to Explain replaces it, and what
# a what-if does stands above its switches, a menu stands in place of the tabs, person and data stand in the bar at the
# top, and nothing is cut off at the end of a line. Rows of a card never scroll by themselves. Thumbs are large enough
# to hit, and names for screen readers are not drawn. What has the focus has a ring, and the page that is open a bar, so
# that the two are told apart.
_LAYOUT = """<style>
[data-testid="stCaptionContainer"] { color: light-dark(#5F6472, #A6A9B4); opacity: 1; }
.katex-display { font-size: 0.88em; overflow: hidden !important; }
[data-testid="stBaseButton-primary"] { color: light-dark(#FFFFFF, #14161C); }
[class*="st-key-card_"] [data-testid="stHorizontalBlock"], .st-key-panel_head { overflow: visible; }
[class*="st-key-thumbs_"] button { min-width: 2rem; min-height: 2rem; justify-content: center; }
[class*="st-key-thumbs_"] button [data-testid="stMarkdownContainer"],
[class*="st-key-wide_only_"] .stMarkdownColoredText, [class*="st-key-phone_only_"] .stMarkdownColoredText {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.st-key-compare_head { min-height: 3.5rem; }
.st-key-why_panel iframe { min-height: 7rem; }
.st-key-menu a { outline-offset: -2px; padding-block: .1rem; min-height: 0; }
.st-key-menu a:focus-visible { outline: 2px solid light-dark(#4F46E5, #A5A0FF); }
.st-key-menu a[aria-current="page"] { box-shadow: inset 3px 0 light-dark(#4F46E5, #A5A0FF); }
.st-key-why_panel:focus-visible { outline: 2px solid light-dark(#4F46E5, #A5A0FF); outline-offset: 4px;
  border-radius: 4px; }
@media (min-width: 641px) {
  [data-testid="stMainBlockContainer"] { padding-left: 1.75rem; padding-right: 1.75rem; }
  [class*="st-key-phone_only"], [data-testid="stLayoutWrapper"]:has(> .st-key-phone_header) { display: none; }
  [data-testid="stColumn"]:has(.st-key-why_panel) {
    position: sticky; top: 3.75rem; align-self: flex-start; max-height: calc(100vh - 4rem); overflow-y: auto; }
}
@media (max-width: 640px) {
  [data-testid="stMainBlockContainer"] { padding-top: 4rem; }
  [data-testid="stMainBlockContainer"] h1 { font-size: 1.5rem; }
  [data-testid="stLayoutWrapper"]:has(> .st-key-phone_header) { position: fixed; top: .5rem; right: .5rem;
    left: 6.5rem; width: auto; z-index: 999990; }
  .st-key-tab_picker [role="tablist"] { display: none; }
  [class*="st-key-wide_only"], [data-testid="stColumn"]:has(.st-key-why_panel) { display: none; }
  [data-testid="stHorizontalBlock"]:has(> [data-testid="stColumn"] .st-key-what_if_numbers) {
    flex-direction: column-reverse; }
}
</style>"""


def layout() -> None:
    st.html(_LAYOUT)


@contextmanager
def waiting(height: int) -> Iterator[None]:
    """A placeholder of so many pixels, at once, until the answer is there; st.skeleton waits half a second."""
    place = st.empty()
    place.skeleton(height=height)
    try:
        yield
    finally:
        place.empty()


def title(item: ItemCard, limit: int = 90) -> str:
    """Markdown: the title, and the year in grey."""
    year = f" :gray[{item.year}]" if item.year else ""
    return f"**{escape_markdown(item.title, limit)}**{year}"


def tags(item: ItemCard, limit: int = 4) -> str:
    return " · ".join(escape_markdown(tag, 30) for tag in item.tags[:limit])


def stop_at_unknown(kind: str, labels: Mapping[str, str], word: str) -> None:
    """Say that the link names an unknown data set, user or item, offer the closest names, and stop the page.

    Call it where the page itself is drawn: on a phone the sidebar is out of sight.
    """
    asked = choice.unknown(kind)
    if asked is None:
        return
    st.title(f"No such {word}", anchor=False)
    st.warning(
        f"This link asks for the {word} **{escape_markdown(asked, 60)}**, which is not among the {len(labels):,} here. "
        "Go on with one of these:",
        icon=":material/link_off:",
    )
    with st.container(horizontal=True, key="closest_names"):
        for place, name in enumerate(page_address.nearest(asked, labels)):
            label = escape_markdown(labels[name], 60)
            st.button(label, key=f"closest_{place}", on_click=choice.put, args=(kind, name))
    st.stop()


def command(words: Sequence[str], intro: str) -> None:
    """The line that does the same at a terminal; `intro` says what about it needs saying."""
    st.caption(intro)
    st.code(
        terminal_commands.typed(words), language=None, wrap_lines=True
    )  # colours of bash are too light to read on paper


def stale(card: DatasetCard) -> None:
    """That the model is older than its data, where it is, and the way to a new one."""
    if card.newer:
        st.info(escape_markdown(card.newer, 300), icon=":material/update:")
        st.page_link(TRAIN, label="Train again", icon=":material/model_training:", query_params={"dataset": card.name})
    if not card.stale:
        return
    st.warning(
        "The data were replaced after this model was trained. Lists and reasons do not know what people did since; who "
        "is no longer in the data gets no list.",
        title="This model is older than its data",
        icon=":material/history:",
    )
    st.page_link(TRAIN, label="Train again", icon=":material/model_training:", query_params={"dataset": card.name})


def about_data(card: DatasetCard) -> None:
    """What a data set holds and under which licences, one click away from where it is chosen."""
    with st.popover("What is in it, and its licences", icon=":material/info:", type="tertiary", key="about_data"):
        data_facts(card)


def data_facts(card: DatasetCard) -> None:
    """A description of ours tells how many people and items there are; data of one's own have none."""
    if card.description:
        st.markdown(escape_markdown(card.description, 400))
    if card.users:  # counts are known once the data have been read
        domain = service.Domain.named(card.domain, card.events, card.item)
        graded = not domain.implicit and card.positives < card.interactions
        holds = HOLDS[bool(card.description), graded].format(
            people=card.users, users=domain.users, things=card.items, items=domain.items, acts=card.interactions,
            events=escape_markdown(card.events), likes=card.positives, liked=domain.liked,
        )  # fmt: skip
        st.markdown(
            f"{holds}  \n"
            f"Knowledge graph: {card.triples:,} facts about {domain.items}, with {card.entities:,} different values."
        )
    if card.reading:
        st.markdown(escape_markdown(card.reading, 300))
    for source in card.sources:
        st.caption(escape_markdown(source, 300))


def history(dataset: str, user: str, shown: int, analyst: bool) -> None:
    """Liked items first; the rest behind one click."""
    opened = resources.opened(dataset)
    events, domain, recorded = resources.history(dataset, user), opened.domain, opened.recorded
    st.markdown(f"**What they {domain.consumed if analyst else domain.liked}**")
    liked = [event for event in events if event.liked]
    listed = list(events) if analyst else liked
    if not listed:
        st.caption(f"Nothing yet: no {domain.item} is marked as {domain.liked}.")
    elif recorded.dated:
        st.caption("Newest first." if len(listed) == len(liked) else f"Those {domain.liked} first; newest first.")
    st.markdown("  \n".join(_event(event, domain, analyst, recorded.highest) for event in listed[:shown]))
    if len(listed) > shown:
        with st.expander(f"{len(listed) - shown} more", key="more_history"):
            st.markdown("  \n".join(_event(event, domain, analyst, recorded.highest) for event in listed[shown:]))


def _event(event: Event, domain: service.Domain, analyst: bool, highest: float | None) -> str:
    year = f" :gray[{event.item.year}]" if event.item.year else ""
    value = f" :gray[· {domain.amount(event.value, highest)}]" if analyst and event.value is not None else ""
    return f"{escape_markdown(event.item.title, 60)}{year}{value}"
