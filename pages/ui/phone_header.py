"""On a phone: whose list it is and which data, in the bar at the top, where the side bar is out of sight.

By itself, for its button is a component with a script and a style of its own.
"""

from __future__ import annotations

import streamlit as st

from pages.ui.safe_text import plain

CHANGE = "{person}, {data}: change in the menu"
CHANGE_DATA = "{data}: change in the menu"
_HTML = '<button type="button"><b></b><span></span></button>'
_CSS = """
button { all: unset; box-sizing: border-box; display: flex; flex-direction: column; justify-content: center;
  width: 100%; height: 44px; padding: 0 .6rem; border-radius: .6rem; cursor: pointer; overflow: hidden;
  font: 500 .8rem/1.25 var(--st-font); color: light-dark(#5F6472, #A6A9B4); text-align: right; }
b, span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
b { font-size: .95rem; font-weight: 650; color: var(--st-text-color); }
b:empty { display: none; }
button:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: -2px; }
"""
_JS = """
export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button");
  button.querySelector("b").textContent = data.person;
  button.querySelector("span").textContent = data.data;
  button.setAttribute("aria-label", data.told);
  button.onclick = () => document.querySelector("[data-testid='stExpandSidebarButton']")?.click();
}
"""
_button = st.components.v2.component("kgrec_phone_header", html=_HTML, css=_CSS, js=_JS)


def draw(data: str, person: str = "") -> None:
    """A button of two lines that opens the menu. data, person: as they are called; no person where a screen has none"""
    name = plain(person, 60)
    named = {"data": plain(data, 60), "person": f"{name[:1].upper()}{name[1:]}"}
    told = (CHANGE if person else CHANGE_DATA).format(**named)
    with st.container(key="phone_header"):
        _button(key="phone_header_button", data={**named, "told": told}, height=44)
