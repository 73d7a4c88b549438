"""One place of the graph looked at closely: what is known of it, what it has to do with this person, where it leads."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kgrec_core import service
from kgrec_core.schema.knowledge_graph import Neighbourhood, Place
from pages.ui import choice, messages, resources
from pages.ui.choice import ScreenChoice
from pages.ui.safe_text import escape_markdown, plain

NAMED = 6  # neighbours named of each relation
READ = 60  # neighbours that are looked at
EXPLAIN, GRAPH = "pages/explore/explain.py", "pages/explore/graph.py"


def choose(places: Sequence[Place], domain: service.Domain, key: str) -> str | None:
    """The place of the picture to look at: clicked, or chosen here by keyboard. None where nothing is open.

    It is kept in the address as the choice "look". key: of the picker
    """
    named = {place.key: plain(f"{place.label} · {_kind(place, domain)}", 60) for place in places}
    st.session_state[f"{key}_picker"] = opened if (opened := choice.get("look")) in named else None
    return st.selectbox(
        "Look closer at",
        list(named),
        format_func=named.__getitem__,
        placeholder="click a name in the picture",
        key=f"{key}_picker",
        on_change=lambda: choice.put("look", st.session_state[f"{key}_picker"]),
    )


def about(chosen: ScreenChoice, node: str) -> None:
    """Everything in words, in the order of what matters to the person."""
    domain = resources.opened(chosen.dataset).domain
    found = resources.opened(chosen.dataset).knowledge.neighbourhood(node, (), READ)
    place = found.centre
    st.markdown(f"**{escape_markdown(place.label, 80)}** :gray[· {escape_markdown(_kind(place, domain), 40)}]")
    if place.type != "item":
        _liked(chosen, found, domain)
    relations(chosen, node)


def relations(chosen: ScreenChoice, node: str, named: int = NAMED) -> bool:
    """What each relation leads to, up to so many names of each; whether there is any."""
    domain = resources.opened(chosen.dataset).domain
    found = resources.opened(chosen.dataset).knowledge.neighbourhood(node, (), READ)
    place, lines = found.centre, list[str]()
    for relation, total in found.relations:
        others = _others(found, relation)
        said = domain.phrase(relation).label if place.type == "item" else domain.role(relation, total)
        names = messages.first_names([escape_markdown(name, 60) for name in others], named, total)
        lines.append(f":gray[{escape_markdown(said, 60)}:] {names}")
    st.markdown("  \n".join(lines))
    return bool(lines)


def leads(chosen: ScreenChoice, node: str) -> None:
    """The ways on from a place to other screens, the knowledge graph among them."""
    why(chosen, node)
    surroundings(chosen, node)


def surroundings(chosen: ScreenChoice, node: str, label: str = "See it in the knowledge graph") -> None:
    """To the place in the knowledge graph."""
    address = chosen.link(None) | {"node": node}
    st.page_link(GRAPH, label=label, icon=":material/hub:", query_params=address)


def why(chosen: ScreenChoice, node: str) -> None:
    """From an item to why it has its place for the person."""
    if node.startswith("item:"):
        label, address = "Why this one?", chosen.link(node.removeprefix("item:"))
        st.page_link(EXPLAIN, label=label, icon=":material/lightbulb:", query_params=address)


def _kind(place: Place, domain: service.Domain) -> str:
    return domain.item if place.type == "item" else place.type


def _others(neighbourhood: Neighbourhood, relation: str) -> list[str]:
    sides = [
        fact.tail if fact.head.key == neighbourhood.centre.key else fact.head
        for fact in neighbourhood.facts
        if fact.relation == relation
    ]
    return list(dict.fromkeys(place.label for place in sides))


def _liked(chosen: ScreenChoice, neighbourhood: Neighbourhood, domain: service.Domain) -> None:
    """What of it the person liked: the bridge over which it can speak for something new."""
    liked = resources.liked(chosen.dataset, chosen.asker)
    near = {fact.head.key: fact.head.label for fact in neighbourhood.facts}
    names = [escape_markdown(name, 60) for key, name in near.items() if key.removeprefix("item:") in liked]
    if names:
        said = "You liked of these: {names}." if chosen.asker.user is None else "{person} liked of these: {names}."
    elif chosen.asker.user is None:
        said = "You {liked} none of these {items}."
    else:
        said = "{person} {liked} none of these {items}."
    st.markdown(
        said.format(
            person=escape_markdown(chosen.user.label, 40), names=messages.first_names(names, NAMED),
            liked=domain.liked, items=domain.items,
        )
    )  # fmt: skip
