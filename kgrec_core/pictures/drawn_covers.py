"""A small cover for an item, drawn from what is known of it: the same each time, and nothing of it is fetched.

A shape says what kind of thing it is, so that covers are told apart without seeing colours. Text from the data is
escaped, and is two letters long.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from html import escape

from kgrec_core.pictures import cover_shapes
from kgrec_core.schema.cards import ItemCard

WIDTH, HEIGHT = 48, 64  # units of the drawing
INITIALS = 2
_SMALL = frozenset("a an and at by de der die das for from in la le les of on or the to with".split())
_BEHIND = {  # white, faint, on the ground
    "rays": '<path d="M24 26 0 0h10zM24 26 20 0h9zM24 26 40 0h8v5zM24 26l24-10v9zM24 26 0 12v9z"/>',
    "hills": '<path d="M0 40q12-10 24 0t24-2v26H0z"/><path d="M0 50q14-8 26 0t22-2v16H0z"/>',
    "stripes": '<path d="M0 14 14 0h8L0 22zM0 34 34 0h8L0 42zM4 50 48 6v8L0 62V54z"/>',
    "dots": "".join(f'<circle cx="{x}" cy="{y}" r="2"/>' for x in range(6, 48, 12) for y in range(6, 60, 12)),
    "circles": '<circle cx="24" cy="24" r="21"/><circle cx="24" cy="24" r="14"/>',
    "blocks": '<path d="M0 0h16v16H0zM32 0h16v16H32zM16 16h16v16H16zM0 32h16v16H0zM32 32h16v16H32z"/>',
}


@dataclass(frozen=True, slots=True)
class CoverFacts:
    """What a cover is drawn from. thing: whether it is goods, drawn as themselves · colours, materials: names"""

    card: ItemCard
    thing: bool = False
    colours: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()


def drawn_cover(facts: CoverFacts) -> str:
    """An SVG image of WIDTH by HEIGHT, without anything that is loaded or run."""
    return _goods(facts) if facts.thing else _poster(facts.card)


def described(facts: CoverFacts) -> str:
    """What the picture shows, in words, for who cannot see it. Not escaped."""
    kind = ", ".join((*facts.colours[:1], *facts.materials[:1], *facts.card.tags[:1]))
    return f"Drawn cover of {facts.card.title}: {kind}" if kind else f"Drawn cover of {facts.card.title}"


def initials(title: str) -> str:
    """Up to two letters or digits: the first ones of the first words that are not small.

    >>> initials("The Lord of the Rings"), initials("Alien"), initials("2001: A Space Odyssey")
    ('LR', 'A', '2S')
    """
    words = ["".join(char for char in word if char.isalnum()) for word in unicodedata.normalize("NFC", title).split()]
    telling = [word for word in words if word and word.lower() not in _SMALL] or [word for word in words if word]
    return "".join(word[0] for word in telling[:INITIALS]).upper()[:INITIALS]


def _poster(card: ItemCard) -> str:
    """A shape in white on a coloured ground."""
    top, bottom = cover_shapes.ground_of(card.tags, card.title)
    behind = _BEHIND[cover_shapes.pattern_of(card.tags, card.title)]
    shape = cover_shapes.outline(cover_shapes.kind_of(card.tags, card.title))
    return _svg(
        f'<linearGradient id="g" x2="0" y2="1"><stop stop-color="{top}"/><stop offset="1" stop-color="{bottom}"/>'
        "</linearGradient>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="url(#g)"/>'
        f'<g fill="#fff" fill-opacity=".09">{behind}</g>'
        f'<path d="{shape}" transform="translate(9.6 8) scale(1.2)" fill="none" stroke="#fff" stroke-width="1.5" '
        'stroke-linecap="round" stroke-linejoin="round"/>'
        f"{_letters(card.title, '#fff')}",
    )


def _goods(facts: CoverFacts) -> str:
    """The thing on a pale ground, in its own colour where that is known, with a hint of its material."""
    card = facts.card
    strong, _ = cover_shapes.ground_of(card.tags, card.title)
    fill, lines = cover_shapes.colour_of(facts.colours) or strong, cover_shapes.material_of(facts.materials)
    shape = cover_shapes.outline(cover_shapes.shape_of(card.tags, card.title))
    hint = (
        f'<g clip-path="url(#c)"><path d="{lines}" fill="none" stroke="#1F2430" stroke-opacity=".45" '
        'stroke-width="1.1" stroke-linecap="round"/></g>'
        if lines
        else ""
    )
    return _svg(
        f'<clipPath id="c"><path d="{shape}"/></clipPath>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#F6F3EC"/><rect width="{WIDTH}" height="{HEIGHT}" '
        f'fill="{strong}" fill-opacity=".16"/><circle cx="24" cy="25" r="20" fill="#fff" fill-opacity=".75"/>'
        f'<rect y="50" width="{WIDTH}" height="14" fill="{strong}"/>'
        f'<g transform="translate(7.2 8.2) scale(1.4)"><path d="{shape}" fill="{fill}" fill-opacity=".82"/>{hint}'
        f'<path d="{shape}" fill="none" stroke="#1F2430" stroke-width="1.1" stroke-linecap="round" '
        'stroke-linejoin="round"/></g>'
        f"{_letters(card.title, '#fff')}",
    )


def _letters(title: str, colour: str) -> str:
    said = escape(initials(title))
    return (
        f'<text x="24" y="60.5" text-anchor="middle" font-family="system-ui,sans-serif" font-size="11" '
        f'font-weight="700" letter-spacing="1" fill="{colour}">{said}</text>'
    )


def _svg(definitions: str, drawn: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
        f"<defs>{definitions}</defs>{drawn}</svg>"
    )
