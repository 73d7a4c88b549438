"""Two people side by side: who the other is, what both like, and their lists."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from kgrec_core.schema.cards import UserCard
from pages.explore import compared_rows, comparisons_kept
from pages.ui import choice, resources
from pages.ui.choice import ScreenChoice
from pages.ui.safe_text import escape_markdown

TITLE = "{one} and {other}, side by side"
BOTH, ALONE = "Of these, what fewest others {liked}", "Only {who} {liked}"
UNKNOWN = "This link asks for {asked}, who is not in these data. The one who likes most of the same is shown instead."
ALONE_HERE = "There is nobody else in these data to compare with. Two models can be compared, and two items."
SHARED, OWN = 6, 10  # titles that are shown


def draw(chosen: ScreenChoice, heading: DeltaGenerator) -> str | None:
    """Returns the item that is told about."""
    other = choose(chosen)
    domain = resources.opened(chosen.dataset).domain
    found = comparisons_kept.people(chosen.dataset, chosen.asker, other.user_id, choice.number("k", 10))
    labels = (escape_markdown(own.label, 40) for own in (found.lists.first, found.lists.second))
    with heading:
        st.title(TITLE.format(**dict(zip(("one", "other"), labels, strict=True))), anchor=False)
    st.markdown(escape_markdown(found.sentence, 300))
    compared_rows.titles(BOTH.format(liked=domain.liked), found.shared, SHARED)
    st.markdown(f"**{escape_markdown(found.lists.sentence, 200)}**")

    def tell(item: str, where: str) -> None:
        known = comparisons_kept.reasons(chosen.dataset, chosen.asker, other.user_id, item)
        st.markdown(escape_markdown(known.sentence, 500))
        key, icon = f"causes_{where}", ":material/arrow_forward:"
        st.button(
            "Cause by cause", key=key, icon=icon, icon_position="right", type="tertiary", on_click=_causes, args=(item,)
        )

    item = compared_rows.draw(chosen, found.lists, tell)
    with st.expander("What each likes that the other does not", key="likes_alone"):
        for own, cards in zip(
            (found.lists.first, found.lists.second), (found.first_alone, found.second_alone), strict=True
        ):
            compared_rows.titles(ALONE.format(who=own.label, liked=domain.liked), cards, OWN)
    return item


def _causes(item: str) -> None:
    choice.put("item", item)
    choice.put("pair", "item")


def choose(chosen: ScreenChoice) -> UserCard:
    """The other person, after a picker: who likes most of the same stands first."""
    users, names = resources.users(chosen.dataset), resources.user_names(chosen.dataset)
    alike = [name for name in comparisons_kept.most_alike(chosen.dataset, chosen.asker) if name in users]
    first = [*alike, *(persona.user.user_id for persona in resources.personas(chosen.dataset)), *users]
    listed = [name for name in dict.fromkeys(first) if name != chosen.asker.user]
    if not listed:
        st.info(ALONE_HERE, icon=":material/person:")
        st.stop()
    asked = choice.get("other")
    if asked not in listed:
        if asked is not None and asked != chosen.asker.user:
            st.info(UNKNOWN.format(asked=escape_markdown(str(asked), 60)), icon=":material/link_off:")
        st.session_state["chosen_other"] = listed[0]
    other = st.selectbox(
        "Beside",
        listed,
        format_func=lambda name: names[name],
        key=choice.mirror("other"),
        on_change=choice.picked,
        args=("other",),
        width=420,
        help="Those who like most of the same come first.",
    )
    return users[other]


def address(pair: str) -> dict[str, str | None]:
    """What of the choices of this screen belongs to the pair that is compared."""
    uses = {"people": ("other",), "models": ("model",), "item": ("other",), "items": ("above", "below")}[pair]
    return {name: str(choice.get(name) or "") or None if name in uses else None for name in choice.COMPARE[1:]}
