"""Paths between two chosen places of the knowledge graph: a picture, the same in words, and a closer look."""

from __future__ import annotations

import streamlit as st

from kgrec_core.errors import UnknownIdError
from kgrec_core.pictures.found_paths_page import found_places, in_words, nothing_found
from kgrec_core.schema.knowledge_graph import FoundPaths
from pages.explore import graph_clicks, place_inspector, share_menu
from pages.ui import choice, picture_cache, resources
from pages.ui.choice import ScreenChoice
from pages.ui.safe_text import escape_markdown, plain

WAYS = dict(zip(choice.PATHS_BY, ("Fewest steps", "Strongest"), strict=True))
TOLD = (
    "**Fewest steps** takes the shortest way. **Strongest** may take a longer one, over what fewer others have: a "
    "shared director tells more than a shared language."
)
ALT = "Graph of the paths from {start} to {end}. The same paths stand in the list below."
UNKNOWN = "Nothing here is called “{words}”. Choose a name from the list, or type more of it."
PLACE = "{row}. {words}  \n:gray[{steps} steps · strength {strength}, of 1 at most; higher: shared by fewer others]"


def board(chosen: ScreenChoice) -> None:
    start, end = ends(chosen)
    with st.container(horizontal=True, vertical_alignment="bottom", key="path_ends"):
        _end(chosen, "start", "From", start)
        _end(chosen, "end", "To", end)
        st.button("Swap", key="swap_ends", icon=":material/swap_horiz:", on_click=_swap, args=(start, end))
    row = st.container(horizontal=True, vertical_alignment="bottom", key="path_wishes")
    with row:
        by = choice.segmented("Choose paths by", list(WAYS), "by", format_func=WAYS.__getitem__, help=TOLD, width=260)
    found = picture_cache.paths_between(chosen.dataset, start, end, by)
    if not found.paths:
        st.info(escape_markdown(nothing_found(found), 300), icon=":material/info:")
        return
    asked = (chosen.dataset, start, end, by, share_menu.theme())
    with row:
        svg = picture_cache.found_svg(*asked, share_menu.made_from(chosen))
        share_menu.of_surroundings(chosen, svg, f"{found.start.label}-{found.end.label}")
    page = picture_cache.found_page(*asked)
    st.iframe(page, alt=ALT.format(start=plain(found.start.label, 60), end=plain(found.end.label, 60)))
    words, closer = st.columns((5, 3), gap="medium")
    with words:
        _in_words(chosen, found)
    with closer:
        _closer(chosen, found)


def ends(chosen: ScreenChoice) -> tuple[str, str]:
    """The two places, as chosen; at first what this person liked last, and the first item of their list."""
    knowledge = resources.opened(chosen.dataset).knowledge
    for name, first in (("start", _liked_last), ("end", _recommended_first)):
        try:
            knowledge.place(str(choice.get(name)))
        except UnknownIdError:
            choice.put(name, first(chosen))
    return str(choice.get("start")), str(choice.get("end"))


def _liked_last(chosen: ScreenChoice) -> str:
    liked = sorted(resources.liked(chosen.dataset, chosen.asker))
    if chosen.asker.stored:
        liked = [event.item.item_id for event in resources.history(chosen.dataset, chosen.asker.stored) if event.liked]
    known = resources.opened(chosen.dataset).knowledge.well_known(1)[0].key
    return f"item:{liked[0]}" if liked else known


def _recommended_first(chosen: ScreenChoice) -> str:
    best = resources.recommendations(chosen.dataset, chosen.asker, choice.SIZES[1]).items
    return f"item:{best[0].item.item_id if best else next(iter(resources.items(chosen.dataset)))}"


def _end(chosen: ScreenChoice, name: str, label: str, key: str) -> None:
    """A picker of the best known places; what is typed is looked for among all."""
    names = picture_cache.place_names(chosen.dataset)
    if key not in names:
        place = resources.opened(chosen.dataset).knowledge.place(key)
        names = {key: picture_cache.place_name(place, resources.opened(chosen.dataset).domain)} | names
    picker = f"{name}_picker"
    st.session_state[picker] = key
    st.selectbox(
        label,
        list(names),
        format_func=lambda one: names.get(one, one),
        key=picker,
        on_change=_picked,
        args=(chosen.dataset, name),
        accept_new_options=True,
        width=320,
    )
    missed = st.session_state.pop(f"{name}_missed", "")
    if missed:
        st.caption(UNKNOWN.format(words=escape_markdown(missed, 60)))


def _picked(dataset: str, name: str) -> None:
    """A key, or words that somebody typed."""
    picked, knowledge = st.session_state[f"{name}_picker"], resources.opened(dataset).knowledge
    if picked is None:
        return
    if picked in picture_cache.place_names(dataset):
        choice.put(name, picked)
    elif matches := knowledge.search(str(picked), 1):
        choice.put(name, matches[0].key)
    elif str(picked) != choice.get(name):
        st.session_state[f"{name}_missed"] = str(picked)


def _swap(start: str, end: str) -> None:
    choice.put("start", end)
    choice.put("end", start)


def _in_words(chosen: ScreenChoice, found: FoundPaths) -> None:
    domain = resources.opened(chosen.dataset).domain
    st.markdown("**The same paths in words**")
    lines = [
        PLACE.format(
            row=row,
            words=escape_markdown(in_words(path, domain), 500),
            steps=len(path.steps),
            strength=f"{path.strength:.2g}",
        )
        for row, path in enumerate(found.paths, 1)
    ]
    st.markdown("\n".join(lines))


def _closer(chosen: ScreenChoice, found: FoundPaths) -> None:
    places = found_places(found)

    def look(number: int) -> None:
        if 0 <= number < len(places):
            choice.put("look", places[number].key)

    graph_clicks.listen("between_clicks", look)
    node = place_inspector.choose(places, resources.opened(chosen.dataset).domain, "between")
    if node is not None:
        with st.container(border=True, gap="xsmall", key="inspector"):
            place_inspector.about(chosen, node)
            place_inspector.leads(chosen, node)
