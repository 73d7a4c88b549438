"""A picture of boxes and lines before anybody draws it: what stands in each box, and where, for frames of each width.

The page that pyvis makes and the SVG are drawn from the same diagram, so that they show the same.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kgrec_core.pictures.palette import Swatch

READABLE = 10.5  # pixels, the least height of letters
NOTE = 0.8  # height of the letters of a note, as a share of those of the name above it
SPREAD = 1.6  # of a picture to fill a wide frame, at most
LINE = 1.18  # height of a line of text, as a share of its letters
BOLD = 1.08  # width of bold letters, as a share of others
_NARROW, _WIDE = frozenset("iljtfrI.,:;'|!()[] "), frozenset("mwMW@%—…")


@dataclass(frozen=True, slots=True)
class Label:
    """What stands in a box, in words that may be drawn as they are; without a name it is a bend that lines run over."""

    name: str
    note: str = ""  # in smaller letters under the name
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    label: Label
    swatch: Swatch
    radius: int  # of the corners, pixels


@dataclass(frozen=True, slots=True)
class Line:
    """From one box to another. bend: how far a curve stays at its start, 0.5 for a plain one."""

    start: str
    end: str
    width: float  # pixels
    colour: str
    opacity: float = 0.8
    bend: float = 0.5
    arrow: bool = True


@dataclass(frozen=True, slots=True)
class Box:
    """A box with its centre at x, y; pixels at full size, from the upper left corner of the picture."""

    key: str
    x: float
    y: float
    width: float
    height: float
    name: tuple[str, ...]  # line by line
    note: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spacing:
    letters: float  # height in pixels at full size
    label: float  # widest line of a label, pixels
    gap: float  # between columns of boxes, pixels
    apart: float = 18.0  # between boxes one below the other, pixels
    padding: float = 9.0  # between a label and the edge of its box


@dataclass(frozen=True, slots=True)
class Form:
    """The boxes in one arrangement. across: lines run from left to right, else from top to bottom."""

    boxes: tuple[Box, ...]
    width: float
    height: float
    letters: float
    across: bool

    @property
    def least(self) -> float:
        """The narrowest frame, in pixels, in which its letters can be read."""
        return self.width * READABLE / self.letters

    def spread(self, width: float) -> Form:
        """The same boxes further apart from left to right, up to `width` and SPREAD times its own width."""
        width = min(width, SPREAD * self.width)
        centres = [box.x for box in self.boxes]
        between = max(centres, default=0.0) - min(centres, default=0.0)
        if width <= self.width or not between:
            return self
        wider = (between + width - self.width) / between
        first = min(centres)
        moved = tuple(replace(box, x=first + (box.x - first) * wider) for box in self.boxes)
        return replace(self, boxes=moved, width=width)


@dataclass(frozen=True, slots=True)
class Diagram:
    """forms: from the one for the widest frame to the one for the narrowest."""

    looks: Mapping[str, Look]
    lines: tuple[Line, ...]
    forms: tuple[Form, ...]

    def fitting(self, width: float) -> Form:
        """The first form whose letters can be read in a frame of so many pixels, else the narrowest."""
        narrowest = min(self.forms, key=lambda form: form.least)
        return next((form for form in self.forms if form.least <= width), narrowest)


def across(columns: Sequence[Sequence[str]], labels: Mapping[str, Label], spacing: Spacing) -> Form:
    """Columns of boxes from left to right, each column in the middle of the height."""
    stacks = [[_box(key, labels[key], spacing) for key in column] for column in columns]
    widths = [max((box.width for box in stack), default=0.0) for stack in stacks]
    heights = [sum(box.height for box in stack) + spacing.apart * max(len(stack) - 1, 0) for stack in stacks]
    height = max(heights, default=0.0)
    placed, left = [], 0.0
    for stack, width, high in zip(stacks, widths, heights, strict=True):
        tops = _starts((box.height for box in stack), spacing.apart, (height - high) / 2)
        placed += [_at(box, left + width / 2, top + box.height / 2) for box, top in zip(stack, tops, strict=True)]
        left += width + spacing.gap
    return _framed(placed, spacing, across=True)


def down(rows: Sequence[Sequence[str]], labels: Mapping[str, Label], spacing: Spacing, most: int) -> Form:
    """Rows of boxes from top to bottom, at most `most` of them side by side.

    What is more goes on below, between the boxes above it, so that lines pass beside them.
    """
    parts = [(row[start : start + most], start) for row in rows for start in range(0, len(row), most)]
    lying = [[_box(key, labels[key], spacing) for key in part] for part, _ in parts]
    aside = [bool(start) and len(part) % 2 == most % 2 for part, start in parts]
    widths = [sum(box.width for box in row) + spacing.apart * max(len(row) - 1, 0) for row in lying]
    width = max(widths, default=0.0)
    placed, top = [], 0.0
    for row, wide, moved in zip(lying, widths, aside, strict=True):
        high = max(box.height for box in row)
        half = (max(box.width for box in row) + spacing.apart) / 2 if moved else 0.0
        lefts = _starts((box.width for box in row), spacing.apart, (width - wide) / 2 + half)
        placed += [_at(box, left + box.width / 2, top + high / 2) for box, left in zip(row, lefts, strict=True)]
        top += high + spacing.gap
    return _framed(placed, spacing, across=False)


def text_width(text: str, letters: float) -> float:
    """About how wide a line of a sans-serif font is, in pixels; rather too wide than too narrow."""
    return letters * sum(map(_share, text))


def wrapped(text: str, width: float, letters: float) -> tuple[str, ...]:
    """Lines no wider than `width`, broken between words, and inside of a word that is wider than a line."""
    lines: list[str] = []
    for word in text.split():
        if lines and text_width(f"{lines[-1]} {word}", letters) <= width:
            lines[-1] = f"{lines[-1]} {word}"
            continue
        while text_width(word, letters) > width and len(word) > 1:
            cut = next(size for size in range(len(word) - 1, 0, -1) if size == 1 or _fits(word[:size], width, letters))
            lines.append(word[:cut])
            word = word[cut:]
        lines.append(word)
    return tuple(lines)


def columns_of(columns: Mapping[str, int]) -> list[list[str]]:
    """Keys by the number of their column, in their order."""
    found: dict[int, list[str]] = {}
    for key, column in columns.items():
        found.setdefault(column, []).append(key)
    return [found[column] for column in sorted(found)]


def _fits(text: str, width: float, letters: float) -> bool:
    return text_width(text, letters) <= width


def _share(char: str) -> float:
    if unicodedata.east_asian_width(char) in "WF":
        return 1.0
    if char in _NARROW:
        return 0.38
    if char in _WIDE:
        return 0.95
    return 0.7 if char.isupper() else 0.62


def _box(key: str, label: Label, spacing: Spacing) -> Box:
    """At no place yet; a bend has no size."""
    if not label.name:
        return Box(key, 0.0, 0.0, 0.0, 0.0, (), ())
    letters, small = spacing.letters * (BOLD if label.bold else 1.0), spacing.letters * NOTE
    name, note = wrapped(label.name, spacing.label, letters), wrapped(label.note, spacing.label, small)
    widths = [*(text_width(line, letters) for line in name), *(text_width(line, small) for line in note)]
    height = LINE * (len(name) * spacing.letters + len(note) * small)
    return Box(
        key,
        0.0,
        0.0,
        max(widths, default=0.0) + 2 * spacing.padding,
        height + 2 * spacing.padding,
        name,
        note,
    )


def _at(box: Box, x: float, y: float) -> Box:
    return replace(box, x=x, y=y)


def _starts(sizes: Iterable[float], apart: float, first: float) -> list[float]:
    starts = [first]
    for size in sizes:
        starts.append(starts[-1] + size + apart)
    return starts[:-1]


def _framed(boxes: Sequence[Box], spacing: Spacing, across: bool) -> Form:
    """Boxes moved so that a margin is left on every side."""
    margin = 12.0  # room for a cover over the corner of a box
    left = min((box.x - box.width / 2 for box in boxes), default=0.0) - margin
    top = min((box.y - box.height / 2 for box in boxes), default=0.0) - margin
    right = max((box.x + box.width / 2 for box in boxes), default=0.0) + margin
    bottom = max((box.y + box.height / 2 for box in boxes), default=0.0) + margin
    moved = tuple(_at(box, box.x - left, box.y - top) for box in boxes)
    return Form(moved, right - left, bottom - top, spacing.letters, across)
