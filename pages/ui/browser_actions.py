"""What only the browser can do: put the address of the page into the clipboard, and make files of a picture.

The code below is ours, asks no host for anything, and gets text of the data as data alone: a picture is drawn from a
file of the browser's own, in which nothing runs.
"""

from __future__ import annotations

from pathlib import PurePath

import streamlit as st

_CSS = """
:host, div { font-family: var(--st-font); font-size: 0.9rem; color: var(--st-text-color); }
.row { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: center; }
label { display: block; margin-bottom: 0.3rem; }
input { flex: 1 1 8rem; min-width: 0; box-sizing: border-box; height: 2.5rem; padding: 0 0.75rem; font: inherit;
  color: inherit; background: var(--st-secondary-background-color); border: 1px solid var(--st-border-color);
  border-radius: var(--st-base-radius); text-overflow: ellipsis; }
button { height: 2.5rem; padding: 0 1rem; font: inherit; color: inherit; background: var(--st-background-color);
  border: 1px solid var(--st-border-color); border-radius: 9999px; cursor: pointer; white-space: nowrap; }
button:hover { border-color: var(--st-primary-color); color: var(--st-primary-color); }
button:focus-visible, input:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
p { margin: 0.3rem 0 0; min-height: 1.3em; }
"""
# Where the clipboard is closed to a page, as it is without HTTPS, the older command is tried, and else said what to do.
_COPY = """
export default function ({ parentElement, data }) {
  const [field, button, said] = ['input', 'button', 'p'].map((name) => parentElement.querySelector(name));
  const show = () => { if (field.value !== location.href) field.value = location.href; };
  show();
  const following = setInterval(show, 400);
  field.onfocus = () => field.select();
  button.onclick = async () => {
    show();
    let done = true;
    try { await navigator.clipboard.writeText(location.href); }
    catch { field.focus(); field.select(); done = document.execCommand('copy'); button.focus(); }
    said.textContent = done ? data.copied : data.by_hand;
    setTimeout(() => { said.textContent = ''; }, 4000);
  };
  return () => clearInterval(following);
}
"""
# A picture is made twice as large as it is drawn, so that it is sharp in a document.
_SAVE = """
export default function ({ parentElement, data }) {
  const give = (blob, ending) => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = `${data.name}.${ending}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
  const drawing = () => new Blob([data.svg], { type: 'image/svg+xml' });
  parentElement.querySelector('.svg').onclick = () => give(drawing(), 'svg');
  parentElement.querySelector('.png').onclick = () => {
    const image = new Image(), address = URL.createObjectURL(drawing());
    image.onload = () => {
      const canvas = document.createElement('canvas');
      canvas.width = 2 * image.naturalWidth;
      canvas.height = 2 * image.naturalHeight;
      canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
      URL.revokeObjectURL(address);
      canvas.toBlob((blob) => give(blob, 'png'), 'image/png');
    };
    image.src = address;
  };
}
"""
COPIED, BY_HAND = "Copied.", "Press Ctrl+C to copy the marked link."
_link = st.components.v2.component(
    "kgrec_copy_link",
    html='<div><label for="link">Link to what you see</label><div class="row"><input id="link" readonly>'
    '<button type="button">Copy link</button></div><p role="status"></p></div>',
    css=_CSS,
    js=_COPY,
)
_picture = st.components.v2.component(
    "kgrec_save_picture",
    html='<div class="row"><span>Save the picture</span>'
    '<button type="button" class="png" aria-label="Save the picture as PNG">PNG</button>'
    '<button type="button" class="svg" aria-label="Save the picture as SVG">SVG</button></div>',
    css=_CSS,
    js=_SAVE,
)


def copy_link(key: str) -> None:
    """The address of the page in a field, and a button that copies it."""
    _link(key=key, data={"copied": COPIED, "by_hand": BY_HAND})


def save_picture(svg: str, name: str, key: str) -> None:
    """Two buttons that save a picture: as PNG, twice its size, and as SVG. name: of the file, without its ending."""
    _picture(key=key, data={"svg": svg, "name": file_name(name)})


def file_name(name: str) -> str:
    """A name that any disk takes, at most 80 characters.

    >>> file_name("why-a/b:c")
    'why-a-b-c'
    """
    kept = "".join(char if char.isalnum() or char in "-_." else "-" for char in PurePath(name).as_posix())
    return kept.strip(".-")[:80] or "kgrec"
