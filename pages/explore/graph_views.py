"""Draw the knowledge graph: a picture and the same facts as a list, whose lists they drive, numbers, quality."""

from __future__ import annotations

import streamlit as st

from kgrec_core import service
from kgrec_core.pictures.neighbourhood_page import drawn_places
from kgrec_core.schema.cards import ItemCard
from kgrec_core.schema.knowledge_graph import Influence, Neighbourhood, Place
from pages.explore import graph_clicks, place_inspector, share_menu
from pages.ui import choice, kept_results, messages, picture_cache, progress_bar, resources
from pages.ui.choice import ScreenChoice
from pages.ui.safe_text import escape_markdown, plain, plain_title
from pages.ui.table import download, folded, table

NAMED = 3  # items named of one list
LISTED = 5  # viewers whose change is told in words
CLOSER = "graph_closer"  # key of the picker of the place that is looked at
FINDINGS = 12  # told in words; all stand in the table


def search(dataset: str) -> None:
    """A field, and up to eight matches to choose from."""
    knowledge, domain = resources.opened(dataset).knowledge, resources.opened(dataset).domain
    words = st.text_input(
        "Search the graph",
        key="graph_words",
        placeholder=f"a name, a {domain.item}, a kind …",
        icon=":material/search:",
        max_chars=80,
        width=480,
    )
    found = knowledge.search(words)
    if words and not found:
        st.caption(f"Nothing here is called “{escape_markdown(words, 60)}”. Try one of these:")
    elif not words:
        st.caption("Or start with one that many facts lead to:")
    places(found or knowledge.well_known(), domain, "match")


def places(places_found: tuple[Place, ...], domain: service.Domain, key: str) -> None:
    """Buttons in a row; each makes its place the centre."""
    with st.container(horizontal=True, gap="xsmall", key=f"{key}_places"):
        for row, place in enumerate(places_found):
            kind = domain.item if place.type == "item" else place.type
            label = f"{escape_markdown(place.label, 50)} :gray[· {escape_markdown(kind, 30)}]"
            st.button(label, key=f"{key}_{row}", on_click=go_to, args=(place.key,))


def go_to(key: str) -> None:
    choice.put("node", key)
    choice.put("most", choice.STEP)
    choice.put("view", choice.VIEWS[0])
    st.session_state["graph_words"] = ""
    choice.put("only", None)


def around(chosen: ScreenChoice, node: str) -> None:
    opened = resources.opened(chosen.dataset)
    domain, most = opened.domain, int(choice.get("most", choice.STEP) or choice.STEP)
    every = opened.knowledge.neighbourhood(node, (), 1)
    filters = st.container(horizontal=True, vertical_alignment="bottom", key="graph_filters")
    with filters:
        st.session_state["graph_relations"] = list(choice.ids("only", dict(every.relations)))
        relations = st.pills(
            "Show only",
            [name for name, _ in every.relations],
            selection_mode="multi",
            format_func=lambda name: plain(f"{domain.phrase(name).label} ({dict(every.relations)[name]:,})", 40),
            key="graph_relations",
            on_change=lambda: choice.put("only", tuple(st.session_state["graph_relations"]) or None),
        )
        choice.default("further", 0)
        further = st.toggle(
            "One step further",
            key=choice.mirror("further"),
            on_change=choice.picked,
            args=("further",),
            help="Also draws what its neighbours have in common with each other.",
        )
    found = opened.knowledge.neighbourhood(node, tuple(relations), most, bool(further))
    if not found.facts:
        st.info("No fact of the graph leads here. Choose another relation, or search for another name.")
        return
    theme = share_menu.theme()
    asked = (chosen.dataset, node, tuple(relations), most, bool(further), theme)
    page = picture_cache.neighbourhood_page(*asked)
    with filters:
        svg = picture_cache.neighbourhood_svg(*asked, share_menu.made_from(chosen))
        share_menu.of_surroundings(chosen, svg, found.centre.label)
    title = plain(found.centre.label, 60)
    # Two more columns of names need the whole width; what a click opens stands below then.
    picture, words = (st.container(), st.container()) if further else st.columns((5, 3), gap="medium")
    with picture:
        st.iframe(page, alt=f"Graph of the facts around {title}. The same facts stand in the list below.")
        if found.shown < found.total:
            label = f"Show more ({found.shown:,} of {found.total:,} shown)"
            more = ("most", most + choice.STEP)
            st.button(label, key="show_more", icon=":material/add:", on_click=choice.put, args=more)
    with words:
        _closer(chosen, found)
    facts(found, domain, chosen.analyst)


def _closer(chosen: ScreenChoice, neighbourhood: Neighbourhood) -> None:
    """What is known of the name that was clicked in the picture, the middle one at first."""
    places = drawn_places(neighbourhood)
    if choice.get("look") not in {place.key for place in places}:
        choice.put("look", neighbourhood.centre.key)
    graph_clicks.listen("around_clicks", lambda number: _look(places, number))
    node = place_inspector.choose(places, resources.opened(chosen.dataset).domain, CLOSER)
    if node is None:
        return
    with st.container(border=True, gap="xsmall", key="inspector"):
        place_inspector.about(chosen, node)
        place_inspector.why(chosen, node)
        if node != neighbourhood.centre.key:
            icon = ":material/center_focus_strong:"
            st.button("Put it in the middle", key="to_middle", icon=icon, on_click=go_to, args=(node,))


def _look(places: tuple[Place, ...], number: int) -> None:
    if 0 <= number < len(places):
        choice.put("look", places[number].key)


def facts(neighbourhood: Neighbourhood, domain: service.Domain, analyst: bool) -> None:
    """The facts of the picture in words; each neighbour is a button that leads on."""
    st.subheader("The same facts as a list", anchor=False)
    st.caption("Choose one to stand in the middle.")
    for row, (relations, others) in enumerate(_by_relations(neighbourhood).items()):
        said = ", ".join(domain.phrase(relation).label for relation in relations)
        names = {other.key: escape_markdown(other.label, 60) for other in others}
        key = f"facts_{row}"
        st.pills(said, list(names), format_func=names.__getitem__, key=key, on_change=_to_fact, args=(key,))
    rows = [
        {domain.item: plain(fact.head.label), "relation": plain(domain.phrase(fact.relation).label)}
        | {"value": plain(fact.tail.label)}
        | ({"head id": fact.head.key, "tail id": fact.tail.key} if analyst else {})
        for fact in neighbourhood.facts
    ]
    with folded(f"All {len(rows)} facts of the picture as a table", "fact_table") as seen:
        if seen:
            table(rows, "facts")


def _to_fact(key: str) -> None:
    node, st.session_state[key] = st.session_state[key], None
    if node is not None:
        go_to(node)


def _by_relations(neighbourhood: Neighbourhood) -> dict[tuple[str, ...], list[Place]]:
    """Neighbours of the centre, those with the same relations together."""
    relations: dict[Place, dict[str, None]] = {}
    for fact in neighbourhood.facts:
        if neighbourhood.centre.key in (fact.head.key, fact.tail.key):
            other = fact.tail if fact.head.key == neighbourhood.centre.key else fact.head
            relations.setdefault(other, {})[fact.relation] = None
    groups: dict[tuple[str, ...], list[Place]] = {}
    for place, names in relations.items():
        groups.setdefault(tuple(names), []).append(place)
    return groups


def driven(chosen: ScreenChoice, node: str) -> None:
    """Whose lists change without it; computed when asked for, with progress."""
    domain = resources.opened(chosen.dataset).domain
    place = resources.opened(chosen.dataset).knowledge.place(node)
    name = f"**{escape_markdown(place.label, 60)}**"
    st.markdown(
        f"The recommender makes every list again in a graph without the {place.facts:,} facts of {name}, and compares "
        "the first ten. Nothing is estimated."
    )
    found = kept_results.known_influence(chosen.dataset, node)
    if found is None:
        place, icon = st.empty(), ":material/replay:"
        if not place.button("Make the lists again without it", key="influence", type="primary", icon=icon):
            return
        place.empty()
        with progress_bar.shown("Making lists again", again="pages/explore/graph.py") as told:
            found = kept_results.influence(chosen.dataset, node, told)
    users = domain.users
    with st.container(horizontal=True, key="influence_numbers"):
        share = len(found.changes) / max(found.asked, 1)
        st.metric(
            "Lists that change", f"{len(found.changes):,}", f"{share:.1%} of {found.asked:,}", "off", width=190,
            delta_arrow="off",
            help=f"{users.capitalize()} whose ten {domain.items} would not be the same without it.",
        )  # fmt: skip
        st.metric(
            f"{domain.items.capitalize()} that leave a list", f"{len(found.lost):,}", width=220,
            help=f"Different {domain.items} that at least one list holds only because of it.",
        )  # fmt: skip
    if not found.changes:
        st.info(f"No list depends on it: all {found.asked:,} stay as they are.", icon=":material/info:")
        return
    _changes(chosen, found, domain)


def _changes(chosen: ScreenChoice, influence: Influence, domain: service.Domain) -> None:
    users = resources.users(chosen.dataset)
    st.subheader("The lists that change most", anchor=False)
    for row, change in enumerate(influence.changes[:LISTED]):
        with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"change_{row}"):
            with st.container(gap=None):
                st.markdown(f"**{escape_markdown(users[change.user].label, 40)}**")
                st.caption(f"loses {_named(change.gone)} · gets {_named(change.come)}")
            address = {"dataset": chosen.dataset, "user": change.user}
            st.page_link("pages/explore/recommend.py", label="Open the list", query_params=address, width="content")
    rows = [
        {
            domain.user: plain(users[change.user].label),
            "changed places": len(change.gone),
            "loses": "; ".join(plain_title(item) for item in change.gone),
            "gets": "; ".join(plain_title(item) for item in change.come),
        }
        for change in influence.changes
    ]
    download(rows, "lists_that_change", f"All {len(rows):,} lists that change, as CSV")
    st.subheader(f"The {domain.items} that leave most lists", anchor=False)
    lost = [{domain.item: plain_title(item), "lists without it": count} for item, count in influence.lost]
    table(lost, "items_that_leave")


def _named(items: tuple[ItemCard, ...]) -> str:
    return messages.first_names([escape_markdown(item.title, 50) for item in items], NAMED)


def numbers(chosen: ScreenChoice) -> None:
    found, domain = resources.graph_statistics(chosen.dataset), resources.opened(chosen.dataset).domain
    with st.container(horizontal=True, key="graph_numbers"):
        st.metric(domain.items.capitalize(), f"{found.items:,}", width=130)
        st.metric(
            "Values", f"{found.entities:,}", help="People, kinds, places and all else that facts name.", width=130
        )
        st.metric(
            "Facts in use", f"{found.facts:,}", width=160,
            help=f"Of {found.stored:,} stored ones. The rest name something that only one {domain.item} has, so they "
            "can lead nowhere; they are kept and not used.",
        )  # fmt: skip
        st.metric(f"Facts per {domain.item}", f"{found.facts_per_item:.1f}", help="On average.", width=150)
        st.metric(
            "Connected", f"{found.connected / max(found.items, 1):.0%}", width=140,
            help=f"{found.connected:,} {domain.items} hang together in one piece; {found.isolated:,} have no fact.",
        )  # fmt: skip
    rows = [
        {
            "relation": plain(domain.phrase(row.relation).label),
            "facts in use": row.used,
            "stored": row.stored,
            "different values": row.values,
            f"{domain.items} that have it": row.items,
            "most common value": plain(row.commonest),
            "its share": round(row.commonest_share, 3),
        }
        for row in found.relations
    ]
    share = st.column_config.ProgressColumn(format="percent", min_value=0, max_value=1)
    counts = ("facts in use", "stored", "different values", f"{domain.items} that have it")
    number = st.column_config.NumberColumn(format="localized")
    table(rows, "relations", {"its share": share, **dict.fromkeys(counts, number)})


def quality(chosen: ScreenChoice) -> None:
    found, domain = resources.graph_quality(chosen.dataset), resources.opened(chosen.dataset).domain
    st.markdown(
        f"What may be wrong with the facts, found by four checks: {domain.items} without a shared fact, names that are "
        "nearly the same, relations with hardly more than one value, and values used in two senses. These are hints; "
        "look before you change anything."
    )
    if not found:
        st.success("None of the four checks found anything.", icon=":material/check_circle:")
        return
    for row, one in enumerate(found[:FINDINGS]):
        with st.container(border=True, gap="xsmall", key=f"finding_{row}"):
            st.markdown(f"**{escape_markdown(one.subject, 80)}** :gray[· {one.kind}]")
            st.markdown(f"{escape_markdown(one.detail, 300)} {escape_markdown(one.advice, 300)}")
    rows = [
        {"check": one.kind, "about": plain(one.subject), "what was found": plain(one.detail, 300)}
        | {"what to do": one.advice, "facts concerned": one.facts}
        | ({"ids": plain(" | ".join(one.ids), 300)} if chosen.analyst else {})
        for one in found
    ]
    with folded(f"All {len(rows):,} as a table", f"findings_{chosen.analyst}", chosen.analyst) as seen:
        if seen:
            table(rows, "graph_quality")
