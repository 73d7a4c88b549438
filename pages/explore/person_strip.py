"""The strip over every list and graph: who it is for, what they like, and what they liked last, as covers."""

from __future__ import annotations

from html import escape

import streamlit as st

from kgrec_core import service
from kgrec_core.schema.cards import ItemCard
from pages.ui import covers, messages, resources
from pages.ui.choice import ScreenChoice
from pages.ui.safe_text import plain

LAST = 8  # liked items shown
FACES = ("#4F46E5", "#0B7A6E", "#B4530A", "#2563EB", "#BE123C", "#7C3AED", "#0E7490", "#A21CAF")  # under white
DID = {  # by whether nothing is graded, and whether a taste is known
    (True, False): "{consumed} {events:,} {things}",
    (True, True): "{consumed} {events:,} {things}, {taste}",
    (False, False): "{consumed} {events:,} {things} and {liked} {likes:,} of them",
    (False, True): "{consumed} {events:,} {things} and {liked} {likes:,} of them, {taste}",
}


def draw(chosen: ScreenChoice) -> None:
    domain = resources.opened(chosen.dataset).domain
    liked = last_liked(chosen)
    name, about = plain(chosen.user.label, 60), plain(_about(chosen, domain), 200)
    shown = covers.row(chosen.dataset, liked[:LAST]) if liked else ""
    name = f"{name[:1].upper()}{name[1:]}"
    st.html(
        covers.STYLE + f'<div class="strip"><span class="face" aria-hidden="true" style="background:{_face(chosen)}">'
        f'{escape(_letters(chosen))}</span><span class="who"><b>{escape(name)}</b><br>'
        f'<span class="quiet">{escape(about)}</span></span>{shown}</div>'
    )


def last_liked(chosen: ScreenChoice) -> list[ItemCard]:
    """What the person liked, thumbs first, then newest first."""
    cards, asker = resources.items(chosen.dataset), chosen.asker
    given = [*reversed(asker.likes), *reversed(asker.history or ())]
    stored = [] if asker.stored is None else resources.history(chosen.dataset, asker.stored)
    own = [event.item.item_id for event in stored if event.liked]
    return [cards[item] for item in dict.fromkeys([*given, *own]) if item in cards and item not in asker.dislikes]


def _about(chosen: ScreenChoice, domain: service.Domain) -> str:
    """What they did and like, in one line."""
    user = chosen.user
    if chosen.asker.user is None:
        if user.liked:
            one, many = "{count} {item} that you like", "{count} {items} that you like"
            return messages.counted(user.liked, one, many, item=domain.item, items=domain.items)
        return "Nothing chosen yet" if not chosen.asker.request else "A line of words, and nothing chosen yet"
    things = domain.item if user.events == 1 else domain.items
    return DID[domain.implicit, bool(user.taste)].format(
        consumed=domain.consumed.capitalize(), events=user.events, things=things,
        liked=domain.liked, likes=user.liked, taste=user.taste,
    )  # fmt: skip


def _letters(chosen: ScreenChoice) -> str:
    """Of a name its first letters; of a number its last two digits."""
    words = plain(chosen.user.label, 60).split()
    if words and words[-1].isdigit():
        return words[-1][-2:]
    return "".join(word[0] for word in words if word[0].isalnum())[:2].upper()


def _face(chosen: ScreenChoice) -> str:
    return FACES[sum(map(ord, chosen.user.label)) % len(FACES)]
