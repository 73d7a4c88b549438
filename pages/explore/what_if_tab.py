"""Draw a list that is tried out: parts of the history and facts switched off, the place of the item moving along."""

from __future__ import annotations

import streamlit as st

from kgrec_core import service
from kgrec_core.schema.cards import ItemCard
from kgrec_core.schema.changes import Change, WhatIf
from kgrec_core.schema.explanation import Edge, Explanation
from pages.ui import choice, messages, page_errors, resources
from pages.ui.choice import ScreenChoice
from pages.ui.safe_text import escape_markdown, plain

MEANING = "Place 1 is best. The score orders this list alone: higher is better, there is no unit."
STRONGEST = 10  # history items that have a switch of their own; the others are found by name


@page_errors.fragment
def board(chosen: ScreenChoice, explanation: Explanation) -> None:
    """Switches on the left, what they do on the right. Runs alone, so each switch answers at once."""
    left, right = st.columns((3, 2), gap="medium")
    with left:
        silent = _words(chosen, explanation)
        items, edges = _history(chosen, explanation), _facts(explanation, resources.opened(chosen.dataset).domain)
        change = Change(items, edges, without_request=silent)
    with right, page_errors.errors_in_words():
        k = choice.number("k", 10)
        after = resources.what_if(chosen.dataset, chosen.asker, change, explanation.item.item_id, k)
        _outcome(after, explanation, bool(change))


def _words(chosen: ScreenChoice, explanation: Explanation) -> bool:
    """Whether the request is switched off."""
    if explanation.rank_without_words is None:
        return False
    st.markdown("**Forget what you wrote**")
    return st.toggle(f"Without “{escape_markdown(chosen.asker.request, 80)}”", key=f"off_words_{_about(explanation)}")


def _history(chosen: ScreenChoice, explanation: Explanation) -> tuple[str, ...]:
    """The ids that are switched off."""
    items, domain = resources.items(chosen.dataset), resources.opened(chosen.dataset).domain
    single = [part.player.removeprefix("history:") for part in explanation.attributions if part.kind == "history"]
    strongest = [name for name in single if name in items][:STRONGEST]
    others = [name for name in resources.seen(chosen.dataset, chosen.asker) if name not in strongest]
    others = [name for name in others if name != explanation.item.item_id]
    keys = (f"off_strong_{_about(explanation)}", f"off_other_{_about(explanation)}")
    smallest = explanation.counterfactual.remove if explanation.counterfactual else ()
    st.markdown(f"**Forget what was {domain.consumed}**")
    if not strongest and not others:
        st.caption(f"You have chosen no {domain.item} yet. Choose one on the left to try the list without it.")
        return ()
    off = st.pills(
        f"The {domain.items} that count most; a marked one is forgotten",
        strongest,
        selection_mode="multi",
        format_func=lambda name: plain(items[name].title, 40),
        key=keys[0],
        wrap=True,
    )
    more = st.multiselect(
        f"Other {domain.items} to forget",
        others,
        format_func=resources.item_names(chosen.dataset).__getitem__,
        placeholder="by name",
        key=keys[1],
    )
    with st.container(horizontal=True, key="what_if_buttons"):
        if smallest:
            sets = ([name for name in smallest if name in strongest], [name for name in smallest if name in others])
            st.button("Try the smallest change", key="try_smallest", on_click=_set, args=(keys, sets))
        st.button(
            "All back on", key="all_on", type="tertiary", on_click=_set, args=((*keys, _edges(explanation)), ([],) * 3)
        )
    return (*off, *more)


def _facts(explanation: Explanation, domain: service.Domain) -> tuple[Edge, ...]:
    """The facts of the item that are switched off; those of the paths, whose removal can move the score."""
    labels = {node.id: node.label for path in explanation.paths for node in path.nodes}
    own = [edge for path in explanation.paths for edge in path.edges if edge.head == explanation.item.item_id]
    facts = {f"{edge.relation}|{edge.tail}": edge for edge in own}
    st.markdown(f"**Take facts about the {domain.item} away**")
    if not facts:
        st.caption("No fact about it connects to the history.")
        return ()
    off = st.pills(
        "A marked one is taken out of the graph",
        list(facts),
        selection_mode="multi",
        format_func=lambda name: _fact(facts[name], labels, domain),
        key=_edges(explanation),
        wrap=True,
    )
    return tuple(facts[name] for name in off)


def _fact(edge: Edge, labels: dict[str, str], domain: service.Domain) -> str:
    return plain(f"{domain.phrase(edge.relation).label}: {labels.get(edge.tail, edge.tail)}", 50)


def _outcome(after: WhatIf, explanation: Explanation, changed: bool) -> None:
    now = after.item
    if now is None:
        st.info("It cannot be ranked: it is in the history.", icon=":material/info:")
        return
    with st.container(horizontal=True, key="what_if_numbers"):
        _place(now.rank, explanation.rank)
        change = f"{now.score - explanation.score:+z.2f}" if changed else None
        st.metric("Score", f"{now.score:.2f}", change, width=140)
    st.caption(MEANING)
    if not changed:
        st.caption("Nothing is switched off. Mark something and watch the place and the score.")
        return
    _list("Comes into the list", after.entering)
    _list("Leaves the list", after.leaving)
    st.markdown("**The list then**")
    st.markdown("\n".join(f"{one.rank}. {escape_markdown(one.item.title, 60)}" for one in after.items))


def _place(now: int, before: int) -> None:
    """A lower place is a larger number, so the arrow is told its direction."""
    moved = abs(now - before)
    if now > before:
        lower = messages.counted(moved, "1 place lower", "{count:,} places lower")
        st.metric("Place", f"{now:,}", lower, delta_color="red", delta_arrow="down", width=160)
    elif now < before:
        higher = messages.counted(moved, "1 place higher", "{count:,} places higher")
        st.metric("Place", f"{now:,}", higher, delta_color="green", delta_arrow="up", width=160)
    else:
        st.metric("Place", f"{now:,}", width=160)


def _list(words: str, cards: tuple[ItemCard, ...]) -> None:
    if cards:
        st.markdown(f"**{words}:** {', '.join(escape_markdown(card.title, 60) for card in cards)}")


def _set(keys: tuple[str, ...], values: tuple[list[str], ...]) -> None:
    for key, value in zip(keys, values, strict=True):
        st.session_state[key] = value


def _about(explanation: Explanation) -> str:
    return f"{explanation.dataset}_{explanation.user}_{explanation.item.item_id}"


def _edges(explanation: Explanation) -> str:
    return f"off_facts_{_about(explanation)}"
