"""The keyboard on the Recommend screen: the focus stays where it was when a part is drawn anew, and the reason is next.

By itself: what it says is said to the browser, and holds no text of the data.
"""

from __future__ import annotations

import streamlit as st

# A button that is drawn anew loses the focus to the page; the one in its place, in the container of the same key, gets
# it back. Tab leads from the Why? that was pressed to the reason, and Shift and Tab from there back to it.
_KEEP = """
const named = (node) => [...(node?.closest?.('[class*="st-key-"]')?.classList ?? [])];
const keyed = (node) => named(node).find((name) => name.startsWith('st-key-'));
const seen = (node) => node && node.offsetParent !== null;
const button = (key) => [...document.querySelectorAll(`.${CSS.escape(key)} button, .${CSS.escape(key)} a`)].find(seen);
const first = (part) => [...part.querySelectorAll('a, button, input, iframe, [tabindex="0"]')].find(seen);
export default function ({ parentElement }) {
  parentElement.kgrecStop?.();
  let last = null, asked = null;
  const reason = () => document.querySelector('.st-key-why_panel');
  const entered = (event) => { last = keyed(event.target) ? { key: keyed(event.target), node: event.target } : null; };
  const clicked = (event) => { if (keyed(event.target)?.startsWith('st-key-why_')) asked = keyed(event.target); };
  const pressed = (event) => {
    if (event.key !== 'Tab' || !asked || !seen(reason())) return;
    if (!event.shiftKey && keyed(document.activeElement) === asked) {
      reason().tabIndex = -1;
      reason().focus();
      event.preventDefault();
    } else if (event.shiftKey && [reason(), first(reason())].includes(document.activeElement)) {
      button(asked)?.focus();
      event.preventDefault();
    }
  };
  const watcher = setInterval(() => {
    if (last && !last.node.isConnected && document.activeElement === document.body) button(last.key)?.focus();
  }, 100);
  document.addEventListener('focusin', entered);
  document.addEventListener('click', clicked, true);
  document.addEventListener('keydown', pressed, true);
  parentElement.kgrecStop = () => {
    clearInterval(watcher);
    document.removeEventListener('focusin', entered);
    document.removeEventListener('click', clicked, true);
    document.removeEventListener('keydown', pressed, true);
  };
  return parentElement.kgrecStop;
}
"""
_keep = st.components.v2.component("kgrec_kept_focus", js=_KEEP)


def keep() -> None:
    """Call it once on a screen, outside of what is drawn anew."""
    _keep(key="kept_focus", height=1)
