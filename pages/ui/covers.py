"""Covers of items as HTML: one, a row of small ones, and the style that cards, strips and dialogs with covers need."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from kgrec_core.schema.cards import ItemCard
from pages.ui import resources
from pages.ui.safe_text import plain, plain_title

# Cards are as low as their cover; what is told in them stands close together and never scrolls by itself. The title of
# a card is a button that looks like a title, with a line under it when it is pointed at or has the focus.
STYLE = """<style>
.cover { display: block; border-radius: 5px; aspect-ratio: 3 / 4; object-fit: cover; background: #8883;
  box-shadow: 0 1px 3px rgb(0 0 0 / .28); }
.covers { display: flex; flex-wrap: wrap; gap: 6px; align-items: center; }
.quiet { color: light-dark(#5F6472, #A6A9B4); font-size: .8125rem; line-height: 1.35; }
[class*="st-key-told_"] .quiet { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.reason { font-size: .875rem; line-height: 1.35; margin-top: 2px; display: -webkit-box; -webkit-box-orient: vertical;
  -webkit-line-clamp: 2; overflow: hidden; overflow-wrap: anywhere; }
.kind { white-space: nowrap; }
.match { display: inline-block; vertical-align: middle; width: 3.25rem; height: 5px; border-radius: 3px;
  background: light-dark(#E4E1DA, #343845); overflow: hidden; margin-right: .4rem; }
.match > span { display: block; height: 100%; border-radius: 3px; background: light-dark(#4F46E5, #A5A0FF); }
[class*="st-key-card_"] { padding: .35rem .6rem !important; }
.st-key-list_head h1 { padding: 0 0 .8rem; }
.st-key-wishes button { min-height: 2rem; padding-top: .2rem; padding-bottom: .2rem; }
.st-key-wishes [data-testid="stPopover"] button { padding-left: .5rem; padding-right: .45rem; }
[class*="st-key-title_"] button { min-height: 1.5rem; padding: 0; justify-content: flex-start; text-align: left;
  max-width: 100%; }
[class*="st-key-title_"] button p { font-size: .975rem; line-height: 1.3; text-decoration: underline transparent;
  text-underline-offset: 3px; }
[class*="st-key-title_"] button:hover p, [class*="st-key-title_"] button:focus-visible p {
  text-decoration-color: currentColor; }
.strip { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem .85rem; padding: .45rem .7rem;
  border-radius: .6rem; background: light-dark(#F1EFEA, #1D2029); }
.strip .who { flex: 1 1 15rem; min-width: 0; } .strip .who b { font-size: 1rem; }
.face { flex: none; width: 2.5rem; height: 2.5rem; border-radius: 50%; display: grid; place-items: center;
  font-weight: 700; font-size: .9rem; color: #fff; background: #4F46E5; }
@media (max-width: 640px) {
  .reason { -webkit-line-clamp: none !important; }
  [class*="st-key-told_"] .quiet { white-space: normal; }
  [class*="st-key-title_"] button p { white-space: normal !important; overflow: visible; }
  .st-key-wishes button span[data-has-shortcut] > span:first-child { display: none; }
  .match { width: 2.2rem; }
  .strip { gap: .3rem; padding: .4rem .6rem; }
  .strip .face, .strip .who b, .strip .who br { display: none; }
  .strip .cover { width: 28px !important; }
}
</style>"""


def image(dataset: str, item: ItemCard, width: int = 46) -> str:
    """HTML of the cover of an item. width: pixels"""
    cover = resources.library(dataset).covers.of(item.item_id)
    words = escape(plain(cover.words, 120))
    return f'<img class="cover" src="{cover.address}" alt="{words}" width="{width}" style="width:{width}px">'


def row(dataset: str, items: Sequence[ItemCard], width: int = 32) -> str:
    """HTML of small covers beside each other; each tells its title when it is pointed at."""
    tiles = (f'<span title="{escape(plain_title(item))}">{image(dataset, item, width)}</span>' for item in items)
    return f'<div class="covers">{"".join(tiles)}</div>'


def chosen(key: str) -> str:
    """HTML: the style of a button that is the chosen one of several. key: of the button"""
    return (
        f"<style>.st-key-{key} button, .st-key-{key} button:hover, .st-key-{key} button:focus {{"
        " background: light-dark(#4F46E5, #A5A0FF); border-color: light-dark(#4F46E5, #A5A0FF);"
        " color: light-dark(#FFFFFF, #14161C); }</style>"
    )


def match(share: float) -> str:
    """HTML of a small bar: how strong a match is. share: 0 to 1"""
    words = f"Strength of the match: {share:.0%} of the strongest"
    return (
        f'<span class="match" role="img" aria-label="{words}" title="{words}">'
        f'<span style="width:{100 * share:.0f}%"></span></span>'
    )
