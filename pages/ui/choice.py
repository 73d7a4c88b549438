"""What the person at the screen has chosen. It outlives the page, unlike the widgets that show it."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from kgrec_core.schema.asker import Asker
from kgrec_core.schema.cards import DatasetCard, UserCard
from kgrec_core.schema.comparison import MODELS, OURS
from kgrec_core.schema.personal_history import BroughtHistory
from kgrec_core.schema.requests import Wishes
from pages.ui import page_address, resources

DEPTHS = ("Simple", "Analyst")
SIZES = (5, 10, 20, 30, 40, 50)  # how many items a list may show
MORE = 10  # that a click brings
LIST_VIEWS = ("List", "Because of")  # of the Recommend screen
VIEWS = ("Explore", "Path between", "Whose lists", "Numbers", "Quality")  # of the knowledge graph
TABS = ("Why", "Graph", "Attribution", "What if", "Rules", "Why not", "Trust")  # of the Explain screen
PATHS_BY = ("shortest", "strongest")  # between two places of the knowledge graph
STEP = 24  # neighbours in the picture of the graph, and how many more a click brings
MOST_WORDS = 200  # characters of a request
VISITOR = ("who", "likes", "words", "up", "down")  # choices that make a person, kept in the address of every screen
LIST = ("tags", "years", "fresh", "diversity", "novelty", "rows")  # of the Recommend screen
GRAPH = ("node", "view", "most", "further", "only", "look", "start", "end", "by")  # of the Knowledge graph screen
EXPLAIN = ("tab", "only", "shown", "look")  # of the Explain screen
HOW = ("step",)  # of How it works
COMPARE = ("pair", "other", "model", "above", "below")  # of the Compare screen
PAIRS = ("people", "models", "item", "items")  # what is compared there
PEERS = tuple(name for name in MODELS if name != OURS)  # models beside ours
JUDGE = ("scheme",)  # of Evaluate
SCHEMES = ("random", "next", "temporal", "global")  # how a test hides events
Value = str | int | tuple[str, ...] | tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class ScreenChoice:
    """asker: whom lists and reasons are for; user: their card, made up for a new visitor."""

    card: DatasetCard
    user: UserCard
    analyst: bool
    asker: Asker
    tour: int = 0

    @property
    def dataset(self) -> str:
        return self.card.name

    def address(self, item: str | None) -> dict[str, str | None]:
        """The parameters of a link that restores this choice; None for what is not in it."""
        asker, elsewhere = self.asker, brought(self.dataset)
        chosen = [item for item in asker.history or () if item not in elsewhere.likes]
        return {
            "dataset": self.dataset,
            "user": asker.user,
            "depth": DEPTHS[1] if self.analyst else DEPTHS[0],
            "item": item,
            "tour": str(self.tour) if self.tour else None,
            "who": "new" if asker.user is None else None,
            "likes": page_address.joined(chosen) or None,
            "words": asker.request or None,
            "up": page_address.joined(asker.likes) or None,
            "down": page_address.joined(one for one in asker.dislikes if one not in elsewhere.dislikes) or None,
        }

    def link(self, item: str | None) -> dict[str, str]:
        """`address` for a link on the page."""
        return {name: value for name, value in self.address(item).items() if value is not None}


def current(chosen: ScreenChoice, dataset_items: Container[str]) -> ScreenChoice:
    """The choice with the thumbs as they are now: a fragment that runs again is handed the choice of the last page."""
    down = (*ids("down", dataset_items), *brought(chosen.dataset).dislikes)
    asker = replace(chosen.asker, likes=ids("up", dataset_items), dislikes=tuple(dict.fromkeys(down)))
    return replace(chosen, asker=asker)


def _number(text: str, most: int) -> int | None:
    return min(int(text), most) if text.isascii() and text.isdigit() and len(text) < 7 else None


def _years(text: str) -> tuple[int, int] | None:
    first, _, last = text.partition("-")
    years = _number(first, 9999), _number(last, 9999)
    return None if years[0] is None or years[1] is None or years[0] > years[1] else (years[0], years[1])


# What a link may say of each choice, as the value that is chosen; None for nonsense.
READERS: Mapping[str, Callable[[str], Value]] = {
    "tour": lambda text: _number(text, 9),
    "who": lambda text: "new" if text == "new" else None,
    "likes": page_address.split,
    "words": lambda text: text[:MOST_WORDS],
    "up": page_address.split,
    "down": page_address.split,
    "tags": page_address.split,
    "years": _years,
    "fresh": lambda text: _number(text, 1),
    "diversity": lambda text: _number(text, 100),
    "novelty": lambda text: _number(text, 100),
    "rows": lambda text: text if text in LIST_VIEWS else None,
    "node": str,
    "view": lambda text: text if text in VIEWS else None,
    "tab": lambda text: text if text in TABS else None,
    "step": lambda text: _number(text, 9),
    "scheme": lambda text: text if text in SCHEMES else None,
    "pair": lambda text: text if text in PAIRS else None,
    "other": str,
    "model": lambda text: text if text in PEERS else None,
    "above": str,
    "below": str,
    "most": lambda text: _number(text, 10 * STEP),
    "further": lambda text: _number(text, 1),
    "only": page_address.split,
    "shown": lambda text: _number(text, 99),
    "look": str,
    "start": str,
    "end": str,
    "by": lambda text: text if text in PATHS_BY else None,
}


def get(name: str, default: Value = None) -> Value:
    return st.session_state.get(f"chosen_{name}", default)


def ids(name: str, known: Container[str]) -> tuple[str, ...]:
    """A choice of several ids, those that are known."""
    value = get(name)
    return tuple(one for one in value if one in known) if isinstance(value, (tuple, list)) else ()


def number(name: str, default: int = 0) -> int:
    value = get(name)
    return value if isinstance(value, int) else default


def wishes(tags: Container[str]) -> Wishes:
    """The filters and sliders of the list; tags: those that the data have."""
    years = get("years")
    return Wishes(
        tags=ids("tags", tags),
        years=years if isinstance(years, tuple) and len(years) == 2 else None,
        hide_popular=bool(get("fresh")),
        diversity=number("diversity") / 100,
        novelty=number("novelty") / 100,
        left_out=brought(str(get("dataset"))).seen,
    )


def arranged() -> bool:
    """Whether filters or sliders make the list another one than the best matches in their order."""
    return any(get(name) for name in LIST if name != "rows")


def put(name: str, value: Value) -> None:
    """Choose; a choice by hand ends the message about a link that named nothing known."""
    _set(name, value)
    st.session_state.pop("unknown", None)


def default(name: str, value: Value) -> None:
    """The choice where none was made, by hand or by link."""
    if get(name) is None:
        _set(name, value)


def mirror(name: str) -> str:
    """The key of the widget that shows the choice `name`, with the widget set to it. Call it before the widget."""
    st.session_state[f"{name}_picker"] = st.session_state.get(f"chosen_{name}")
    return f"{name}_picker"


def picked(name: str) -> None:
    """For `on_change` of that widget. Widgets that can be emptied by a click give None, which changes nothing."""
    value = st.session_state[f"{name}_picker"]
    if value is not None or name == "liked":
        put(name, tuple(value) if isinstance(value, list) else value)


def segmented(label: str, options: Sequence[Any], name: str, **looks: Any) -> Any:
    """One of the options, remembered and kept in the address as the choice `name`; the first where none was made."""
    default(name, options[0])
    return st.segmented_control(
        label, options, required=True, key=mirror(name), on_change=picked, args=(name,), **looks
    )


def bring(dataset: str, history: BroughtHistory | None) -> None:
    """What a visitor has met elsewhere, for as long as the session lasts; None to forget it."""
    st.session_state["brought"] = (dataset, history or BroughtHistory())


def brought(dataset: str) -> BroughtHistory:
    """What the visitor has met elsewhere; empty for others, and in other data. It is never in the address."""
    of, history = st.session_state.get("brought", ("", BroughtHistory()))
    return history if of == dataset and get("who") == "new" else BroughtHistory()


def unknown(name: str) -> str | None:
    """The unknown data set, user or item that the address asks for."""
    about, value = st.session_state.get("unknown", (None, None))
    return value if about == name else None


def follow_link(cards: dict[str, DatasetCard], own: tuple[str, ...]) -> None:
    """Choose what the address asks for; remember what is unknown, for `parts.unknown`.

    own: the choices that this screen keeps in its address; those that a new address does not name are taken back.
    """
    wanted = page_address.asked()
    if not wanted:
        return
    st.session_state.pop("unknown", None)
    dataset, k = wanted.get("dataset"), wanted.get("k")
    if dataset is not None and _known("dataset", dataset, cards):
        _set("dataset", dataset)
    follow_depth(wanted)
    if k is not None and k in map(str, SIZES):
        _set("k", int(k))
    for name in ("tour", *VISITOR, *own):
        _set(name, READERS[name](wanted[name]) if name in wanted else None)
    st.session_state["wanted"] = {name: wanted[name] for name in ("user", "item") if name in wanted}


def follow_depth(wanted: Mapping[str, str]) -> None:
    """The depth that a link asks for, if any."""
    if wanted.get("depth") in DEPTHS:
        _set("depth", wanted["depth"])


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


def _set(name: str, value: Value) -> None:
    st.session_state[f"chosen_{name}"] = value
