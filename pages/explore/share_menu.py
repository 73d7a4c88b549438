"""What people take away and send on: the link, a list as CSV and for printing, an explanation, a picture."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

import streamlit as st

from kgrec_core.pictures import exported_page, list_to_take_away
from kgrec_core.schema.explanation import Explanation
from kgrec_core.schema.provenance import Provenance
from kgrec_core.schema.recommendations import Recommendations
from pages.ui import browser_actions, choice, picture_cache, resources
from pages.ui.browser_actions import file_name
from pages.ui.choice import ScreenChoice
from pages.ui.table import as_csv

ICON = ":material/share:"
NOT_IN_LINK = "What you brought from elsewhere is not in the link: whoever opens it sees a list without it."
CHANGED = "Filters or sliders were at work when this list was made."
TASTE = "{person}: {taste}."
OFFLINE, AS_JSON = "Web page, opens offline and prints", "Data, as JSON"
TO_PRINT, AS_CSV = "Page to print, opens offline", "Table, as CSV"


def of_list(chosen: ScreenChoice, found: Recommendations, title: str) -> None:
    """title: of the page to print, as it is, not in Markdown."""
    if not found.items:
        return
    name = file_name(f"list-{chosen.dataset}-{chosen.asker.name}")
    with st.popover("Share", icon=ICON, key="share_list"):
        _link("list_link")
        made = partial(_sheet, chosen, found, title)
        _file(TO_PRINT, made, f"{name}.html", "text/html", "save_list_html")
        _file(AS_CSV, partial(_csv, found, made_from(chosen)), f"{name}.csv", "text/csv", "save_list_csv")


def of_explanation(chosen: ScreenChoice, explanation: Explanation, k: int, numbers: tuple[int, ...]) -> None:
    """k: length of the list in which the item is explained · numbers: of the paths of its picture."""
    item = explanation.item.item_id
    name = file_name(f"why-{item}")
    asked = (chosen.dataset, chosen.asker, item, k, chosen.user.label, made_from(chosen))
    with st.popover("Share", icon=ICON, key="save_explanation"):
        _link("explanation_link")
        _file(OFFLINE, partial(picture_cache.explanation_page, *asked), f"{name}.html", "text/html", "save_html")
        if explanation.paths:
            picture_of_paths(chosen, explanation, numbers, "explanation_picture")
        _file(AS_JSON, partial(exported_page.as_json, explanation), f"{name}.json", "application/json", "save_json")


def picture_of_paths(chosen: ScreenChoice, explanation: Explanation, numbers: Sequence[int], key: str) -> None:
    """The buttons that save a picture of these paths."""
    item = explanation.item.item_id
    asked = (chosen.dataset, chosen.asker, item, theme(), tuple(numbers), chosen.user.label, made_from(chosen))
    browser_actions.save_picture(picture_cache.graph_svg(*asked), f"graph-{item}", key)


def of_surroundings(chosen: ScreenChoice, svg: str, name: str) -> None:
    """Of a picture of the knowledge graph."""
    with st.popover("Share", icon=ICON, key="share_graph"):
        _link("graph_link")
        browser_actions.save_picture(svg, f"graph-{chosen.dataset}-{name}", "graph_picture")


def made_from(chosen: ScreenChoice) -> Provenance:
    """What everything that leaves the screen today says of itself."""
    return Provenance(chosen.card.title, resources.opened(chosen.dataset).model_version, date.today())


def theme() -> str:
    return st.context.theme.type or "light"


def _link(key: str) -> None:
    browser_actions.copy_link(key)
    elsewhere = choice.brought(str(choice.get("dataset")))
    if elsewhere.likes or elsewhere.dislikes:
        st.caption(NOT_IN_LINK)


def _file(words: str, made: partial[str] | partial[bytes], name: str, mime: str, key: str) -> None:
    """A file that is made when it is asked for."""
    st.download_button(words, made, name, mime, key=key, on_click="ignore", width="stretch")


def _sheet(chosen: ScreenChoice, found: Recommendations, title: str) -> str:
    covers = resources.library(chosen.dataset).covers.of_known(entry.item.item_id for entry in found.items)
    return list_to_take_away.as_page(found, title, _about(chosen), made_from(chosen), covers)


def _csv(found: Recommendations, provenance: Provenance) -> bytes:
    return as_csv(list_to_take_away.as_rows(found, provenance))


def _about(chosen: ScreenChoice) -> tuple[str, ...]:
    taste = TASTE.format(person=chosen.user.label, taste=chosen.user.taste) if chosen.user.taste else ""
    return tuple(line for line in (taste, CHANGED if choice.arranged() else "") if line)
