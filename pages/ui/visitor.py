"""A new visitor: a few items they like, or one request. Nothing is stored and nothing is trained."""

from __future__ import annotations

import streamlit as st

from kgrec_core.errors import KgrecError
from kgrec_core.schema.asker import NEW_VISITOR, Asker
from kgrec_core.schema.cards import UserCard
from pages.ui import choice, history_form, messages, resources
from pages.ui.safe_text import escape_markdown, plain_title

MOST = 5  # items that a visitor chooses
OFFERED = 12  # well-known ones on the page
ICONS = {
    "understood": ":material/check:",
    "refused": ":material/block:",
    "read as text": ":material/notes:",
    "not understood": ":material/help:",
}
EXAMPLES = {"video": "an animated adventure with toys and animals"}  # by domain; elsewhere two tags of the data


def ask(dataset: str) -> tuple[UserCard, Asker]:
    """Both ways to say what one likes, in the sidebar; the items that most people know come first."""
    domain, items = resources.opened(dataset).domain, resources.items(dataset)
    known = [card.item_id for card in resources.well_known(dataset, 60)]
    st.session_state["likes_picker"] = list(choice.ids("likes", items))[:MOST]
    st.multiselect(
        f"Three to five {domain.items} you like",
        list(dict.fromkeys([*known, *items])),
        format_func=resources.item_names(dataset).__getitem__,
        max_selections=MOST,
        placeholder=f"choose {domain.items}",
        key="likes_picker",
        on_change=choice.picked,
        args=("likes",),
    )
    st.session_state["words_picker"] = str(choice.get("words") or "")
    st.text_input(
        "Or say it in one line",
        placeholder=next(iter(_examples(dataset)), ""),
        max_chars=choice.MOST_WORDS,
        key="words_picker",
        on_change=choice.picked,
        args=("words",),
        help="Names and kinds in it are looked up in the knowledge graph, and BERT compares the rest with the "
        "descriptions. What is not understood counts for nothing, and is told below.",
    )
    likes = choice.ids("likes", items)[:MOST]
    text = str(choice.get("words") or "").strip()
    if text:
        _understood(dataset, text)
    elsewhere = choice.brought(dataset)
    likes = tuple(dict.fromkeys((*likes, *elsewhere.likes)))
    down = tuple(dict.fromkeys((*choice.ids("down", items), *elsewhere.dislikes)))
    asker = Asker(None, likes, choice.ids("up", items), down, text)
    if not is_silent(asker) and not any((elsewhere.likes, elsewhere.dislikes, elsewhere.seen)):
        history_form.offer(dataset)
    return UserCard(NEW_VISITOR, "you", len(likes), len(likes), ""), asker


def _understood(dataset: str, text: str) -> None:
    """What became of each word; the visitor sees what was heard, and can write it otherwise."""
    found, domain = resources.understood_request(dataset, text), resources.opened(dataset).domain
    st.caption("  \n".join(escape_markdown(sentence, 300) for sentence in found.sentences))
    for item in found.items:
        if item not in choice.ids("likes", resources.items(dataset)):
            title = escape_markdown(plain_title(resources.items(dataset)[item]), 50)
            label, key = f"{title} is a {domain.item} I like", f"like_said_{item}"
            st.button(label, key=key, icon=":material/add:", on_click=_like, args=(item,))


def lost(dataset: str, asker: Asker) -> None:
    """On the page itself, where the sidebar may be out of sight: what was not understood, and what came of the rest.

    A title too, for it counts only once its item is liked.
    """
    found = resources.understood_request(dataset, asker.request) if asker.request else None
    if found is not None and not found.counts:
        said = " ".join(escape_markdown(sentence, 300) for sentence in found.sentences)
        st.info(f"You wrote “{escape_markdown(asker.request, 120)}”. {said}", icon=":material/help:")
    elif found is not None and (found.lost or set(found.items) - set(asker.history or ())):
        st.caption(
            "  \n".join(
                f"{ICONS[status]} {escape_markdown(sentence, 300)}" for status, sentence in found.status_sentences
            )
        )


def counts(dataset: str, asker: Asker) -> bool:
    """Whether anything of a request does."""
    return bool(asker.request) and resources.understood_request(dataset, asker.request).counts


def is_silent(asker: Asker) -> bool:
    """Whether a new visitor has said nothing yet."""
    return asker.user is None and not (asker.history or asker.likes or asker.dislikes or asker.request)


def has_history(dataset: str, asker: Asker) -> bool:
    """Whether there is anything to explain by what was liked; a visitor may have typed a request alone."""
    return bool(resources.seen(dataset, asker))


def without_history(dataset: str, what: str) -> None:
    """Says that a screen is about what was liked. what: a sentence on what the screen would show."""
    domain = resources.opened(dataset).domain
    st.info(
        f"{what} You have chosen no {domain.item} yet: choose one on the left, or give one of your list a thumb up.",
        icon=":material/info:",
    )


def invite(dataset: str) -> None:
    """The page before anything was said: well-known items to click, and an example request."""
    domain = resources.opened(dataset).domain
    st.title(f"Which {domain.items} do you like?", anchor=False)
    st.markdown("Choose three to five, or write one line. The list comes at once; nothing about you is kept.")
    _offers(dataset, domain.items, ())
    st.text_input(
        "**Or in words**: a name, a kind, what it is about",
        placeholder="write a line, then press Enter",
        max_chars=choice.MOST_WORDS,
        key="words_here",
        on_change=_written,
        width=560,
    )
    lines = _examples(dataset)
    with st.container(horizontal=True, gap="xsmall", key="example_lines"):
        for number, line in enumerate(lines):
            label = f"“{escape_markdown(line, 60)}”"
            key = f"example_words_{number}"
            st.button(label, key=key, icon=":material/edit:", on_click=choice.put, args=("words", line))
    history_form.offer(dataset)
    history_form.told(dataset)


def _written() -> None:
    choice.put("words", str(st.session_state["words_here"]).strip() or None)


def _examples(dataset: str) -> list[str]:
    """Requests that one might type about these data: kinds, and the best known name. None where nothing is known."""
    opened = resources.opened(dataset)
    tags = dict.fromkeys(tag for card in resources.well_known(dataset, OFFERED) for tag in card.tags)
    kinds = EXAMPLES.get(opened.domain.name, messages.listed(list(tags)[:2]))
    try:
        names = [
            one
            for place in opened.knowledge.well_known(1)
            for one in resources.understood_request(dataset, place.label).asks[:1]
        ]
    except KgrecError:  # the encoder is missing, which is told when a request is read
        names = []
    return [line for line in (kinds, *names) if line]


def more(dataset: str, asker: Asker) -> None:
    """Further well-known items, as long as fewer than three were chosen."""
    domain = resources.opened(dataset).domain
    if asker.request or not 0 < len(asker.history or ()) < 3:
        return
    with st.expander(f"Choose more {domain.items}: three or more give a better list", key="more_likes", expanded=True):
        _offers(dataset, domain.items, asker.history or ())


def _offers(dataset: str, plural: str, chosen: tuple[str, ...]) -> None:
    st.caption(f"Well-known {plural}")
    with st.container(horizontal=True, gap="xsmall", key="well_known"):
        for row, card in enumerate(resources.well_known(dataset, OFFERED)):
            if card.item_id not in chosen:
                label = escape_markdown(plain_title(card), 60)
                st.button(label, key=f"like_{row}", icon=":material/add:", on_click=_like, args=(card.item_id,))


def _like(item: str) -> None:
    likes = choice.get("likes")
    choice.put("likes", (*(likes if isinstance(likes, tuple) else ()), item))
    choice.put("item", None)
