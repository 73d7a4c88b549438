"""What the person at the screen has chosen. It outlives the page, unlike the widgets that show it."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass

import streamlit as st

from kgrec_core.schema import DatasetCard, UserCard
from pages.ui import link, resources

DEPTHS = ("Simple", "Analyst")
SIZES = (5, 10, 20)  # how many items a list may show
VIEWS = ("Explore", "Whose lists", "Numbers", "Quality")  # of the knowledge graph
STEP = 24  # neighbours in the picture of the graph, and how many more a click brings


def _number(text: str, most: int) -> int | None:
    return min(int(text), most) if text.isascii() and text.isdigit() and len(text) < 7 else None


# Choices of single screens: what a link may say of each, as the value that is chosen; None for nonsense.
READERS: Mapping[str, Callable[[str], str | int | None]] = {
    "node": str,
    "view": lambda text: text if text in VIEWS else None,
    "most": lambda text: _number(text, 10 * STEP),
    "further": lambda text: _number(text, 1),
}


@dataclass(frozen=True, slots=True)
class Choice:
    card: DatasetCard
    user: UserCard
    analyst: bool

    @property
    def dataset(self) -> str:
        return self.card.name

    def address(self, item: str | None) -> dict[str, str]:
        """The parameters of a link that restores this choice."""
        depth = DEPTHS[1] if self.analyst else DEPTHS[0]
        named = {} if item is None else {"item": item}
        return {"dataset": self.dataset, "user": self.user.user_id, "depth": depth} | named


def get(name: str, default: str | int | None = None) -> str | int | None:
    return st.session_state.get(f"chosen_{name}", default)


def put(name: str, value: str | int | None) -> None:
    """Choose; a choice by hand ends the message about a link that named nothing known."""
    _set(name, value)
    st.session_state.pop("unknown", None)


def mirror(name: str) -> str:
    """The key of the widget that shows the choice `name`, with the widget set to it. Call it before the widget."""
    st.session_state[f"{name}_picker"] = st.session_state.get(f"chosen_{name}")
    return f"{name}_picker"


def picked(name: str) -> None:
    """For `on_change` of that widget. Widgets that can be emptied by a click give None, which changes nothing."""
    value = st.session_state[f"{name}_picker"]
    if value is not None or name == "liked":
        put(name, value)


def unknown(name: str) -> str | None:
    """The unknown data set, user or item that the address asks for."""
    about, value = st.session_state.get("unknown", (None, None))
    return value if about == name else None


def follow_link(cards: dict[str, DatasetCard]) -> None:
    """Choose what the address asks for; remember what is unknown, for `parts.unknown`."""
    wanted = link.asked()
    if not wanted:
        return
    st.session_state.pop("unknown", None)
    dataset, depth, k = wanted.get("dataset"), wanted.get("depth"), wanted.get("k")
    if dataset is not None and _known("dataset", dataset, cards):
        _set("dataset", dataset)
    if depth in DEPTHS:
        _set("depth", depth)
    if k is not None and k in map(str, SIZES):
        _set("k", int(k))
    for name, read in READERS.items():
        if name in wanted and (value := read(wanted[name])) is not None:
            _set(name, value)
    st.session_state["wanted"] = {name: wanted[name] for name in ("user", "item") if name in wanted}


def follow_ids(dataset: str) -> None:
    """The second half of `follow_link`, once the data set is open: user and item."""
    wanted = st.session_state.pop("wanted", {})
    user, item = wanted.get("user"), wanted.get("item")
    if user is not None and _known("user", user, resources.users(dataset)):
        for name, value in (("user", user), ("liked", None), ("item", None)):
            _set(name, value)
    if item is not None and _known("item", item, resources.items(dataset)):
        _set("item", item)


def _known(name: str, value: str, known: Container[str]) -> bool:
    if value in known:
        return True
    st.session_state["unknown"] = (name, value)
    return False


def _set(name: str, value: str | int | None) -> None:
    st.session_state[f"chosen_{name}"] = value
