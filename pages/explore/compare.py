"""Compare: two people, two models, one item for two people, or two items for one, side by side; restored by a link."""

from __future__ import annotations

import streamlit as st

from kgrec_core import service
from pages.explore import compared_causes, compared_people, compared_with_model
from pages.ui import choice, page_address, page_errors, parts, resources, sidebar, visitor
from pages.ui.choice import ScreenChoice

PAIRS = {
    "people": "Two {users}",
    "models": "Two models",
    "item": "One {item}, two {users}",
    "items": "Two {items}",
}
DRAWN = {
    "people": compared_people.draw,
    "models": compared_with_model.draw,
    "item": compared_causes.of_two_people,
    "items": compared_causes.of_two_items,
}


@page_errors.fragment
def side_by_side(given: ScreenChoice) -> None:
    domain = resources.opened(given.dataset).domain
    parts.stop_at_unknown("item", resources.item_names(given.dataset), domain.item)
    chosen = choice.current(given, resources.items(given.dataset))
    choice.default("k", 10)
    heading = st.container(gap="xsmall", key="compare_head")
    names = {name: _pair(name, domain) for name in choice.PAIRS}
    looks = {"format_func": names.__getitem__, "label_visibility": "collapsed"}
    pair = choice.segmented("What to compare", choice.PAIRS, "pair", **looks)
    with page_errors.errors_in_words():
        item = DRAWN[pair](chosen, heading)
    k = choice.number("k", 10) if pair in ("people", "models") else None
    page_address.write(**chosen.address(item), k=k, pair=pair, **compared_people.address(pair))


def _pair(name: str, domain: service.Domain) -> str:
    return PAIRS[name].format(users=domain.users, item=domain.item, items=domain.items)


chosen = sidebar.choose(choice.COMPARE)
if visitor.is_silent(chosen.asker) and not choice.get("up"):
    visitor.invite(chosen.dataset)
    page_address.write(**chosen.address(None))
else:
    side_by_side(chosen)
