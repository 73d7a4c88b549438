"""Cells that hold several values: lists and objects, separated values, paths of categories."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kgrec_core.data.values.structured_cells import is_structured, values_in

LISTS = "lists"
"""How cells are split that hold lists or objects; any other way is the separator itself, "" for one value a cell."""

PATHS = (" > ", ">>", ">", " » ", " › ", " → ", "\\")
_CLEAR = (*PATHS, "|", ";", "；", "、", "｜", "\n")  # that stand in no name
_UNSURE = (",", ", ", "，", "/", " - ")  # that stand in names too
_OFTEN = 0.1  # share of the filled cells with a separator that makes it one
_MOST_LISTS = 0.5  # share of the filled cells that are lists; one of words in quotes is never anything else
_NAME_LENGTH = 4.0  # words of a value that can be one of several in a cell, on average
_SAMPLE = 5_000  # cells by which a column is judged
_NUMERIC = re.compile(r"(?=\D*\d)[\d\s.,:/€$£%+-]+")
_ADDRESS = re.compile(r"(?:https?|ftp)://|www\.|^/|[\w.]@\w")
_SUFFIXES = frozenset(
    """inc inc. ltd ltd. llc co co. corp corp. jr jr. sr sr. ii iii iv the a an gmbh ag kg plc s.a. sa b.v. der die das
    le la les el los dr. phd m.d. md esq. usa uk""".split()
)


def split_cells(column: pd.Series) -> tuple[pd.Series, str]:
    """A list of values for each cell, without repeats, and how the cells were split: LISTS, a separator, or "".

    >>> cells, how = split_cells(pd.Series(["Home > Garden > Lamps", "Home > Kitchen"]))
    >>> cells.tolist(), how
    ([['Home', 'Garden', 'Lamps'], ['Home', 'Kitchen']], ' > ')
    """
    how = how_split(column)
    return split_by(column, how), how


def split_by(column: pd.Series, how: str, kept: Callable[[str], bool] | None = None) -> pd.Series:
    """A list of values for each cell. how: as `split_cells` says, or any separator that a person chose.

    kept: whether a value is kept; all are for None
    """
    codes, cells = pd.factorize(column.astype(object), use_na_sentinel=True)
    made = [[part for part in _parts(str(cell), how) if kept is None or kept(part)] for cell in cells]
    made.append([])  # for code -1
    return pd.Series([made[code] for code in codes], index=column.index, dtype=object)


def how_split(column: pd.Series, several: bool = False) -> str:
    """LISTS, the separator that the cells show, or "" where each cell is one value.

    several: whether the name of the column says that cells hold several values, so that a comma needs no proof
    """
    cells = column.dropna().astype(str).str.strip()
    filled = cells[cells != ""].head(_SAMPLE).tolist()
    if not filled:
        return ""
    lists = {cell for cell in set(filled) if is_structured(cell)}
    if sum(cell in lists for cell in filled) >= _MOST_LISTS * len(filled) or any(
        cell.startswith('["') for cell in lists
    ):
        return LISTS
    texts = {cell: html.unescape(cell) for cell in set(filled)}
    words = {text for text in texts.values() if not _NUMERIC.fullmatch(text) and not _ADDRESS.search(text)}
    plain = [text for cell in filled if (text := texts[cell]) in words]
    if len(plain) < 0.5 * len(filled):
        return ""
    known = [separator for separator in (*_CLEAR, *_UNSURE) if any(separator in text for text in words)]
    return next((separator for separator in known if _splits(plain, separator, several)), "")


def _parts(cell: str, how: str) -> list[str]:
    text = _unescaped(cell.strip())
    if not text:
        return []
    if how == LISTS:
        found = [_unescaped(value) for value in values_in(text)]
    else:
        found = text.split(how) if how else [text]
    return list(dict.fromkeys(part for each in found if (part := " ".join(each.split()))))


def _unescaped(text: str) -> str:
    return html.unescape(html.unescape(text)) if "&" in text else text


@dataclass(frozen=True)
class _Split:
    """What a separator makes of the cells that have it."""

    separator: str
    cells: Sequence[list[str]]  # parts of those that have it
    whole: frozenset[str]  # the other cells, folded
    share: float  # of the cells that have it
    close: bool  # whether it stands without blanks

    @property
    def parts(self) -> list[str]:
        return [part for cell in self.cells for part in cell]


def _splits(texts: Sequence[str], separator: str, several: bool) -> bool:
    cells = [[part.strip() for part in text.split(separator) if part.strip()] for text in texts if separator in text]
    if separator in PATHS and any("<" in text for text in texts[:100]):
        return False
    if separator == "," and any(re.search(r"\d,\d", text) for text in texts):  # "10,000 Maniacs, ABBA": a blank tells
        return False
    if len(cells) < _OFTEN * len(texts) or not any(cells):
        return False
    whole = frozenset(text.casefold() for text in texts if separator not in text)
    close = not any(f"{separator} " in text for text in texts)
    split = _Split(separator, cells, whole, len(cells) / len(texts), close)
    words = float(np.mean([part.count(" ") + 1 for part in split.parts]))
    if words > _NAME_LENGTH:
        return False
    named = several and separator.strip() in (",", "，")
    return named or separator in _CLEAR or _shown(split, several)


def _shown(split: _Split, several: bool) -> bool:
    """Whether the cells show that it separates: parts are met in other places, repeat, or are whole names."""
    parts = [part.casefold() for part in split.parts]
    if float(np.mean([len(part) > 1 for part in parts])) < 0.9 or float(np.mean([p[0].isdigit() for p in parts])) > 0.5:
        return False
    if float(np.mean([cell[-1].casefold() in _SUFFIXES for cell in split.cells if cell])) > 0.5:
        return False
    long = float(np.mean([len(cell) > 2 for cell in split.cells]))
    repeats = len(set(parts)) <= 0.7 * len(parts)
    moved = _in_two_places(split)
    if split.separator == " - ":  # "artist - song" is one name
        return split.share > 0.5 and repeats and (moved > 0.15 or long > 0.3)
    if "/" in split.separator:
        return moved > 0.1 or _recur(split) or (several and repeats)
    close = split.separator == "," and split.close and repeats
    return moved > 0.15 or (long > 0.2 and repeats) or close or _whole_names(split)


def _recur(split: _Split) -> bool:
    """Whether parts stand in several different cells; "Entire home/apt" in many rows is one name."""
    cells = {tuple(part.casefold() for part in cell) for cell in split.cells}
    parts = [part for cell in cells for part in cell]
    return len(set(parts)) <= 0.7 * len(parts)


def _in_two_places(split: _Split) -> float:
    """The share of the different parts that stand first in one cell, and elsewhere or alone in another."""
    first = {cell[0].casefold() for cell in split.cells if cell}
    later = {part.casefold() for cell in split.cells for part in cell[1:]}
    places = (first & later) | (first & split.whole) | (later & split.whole)
    return len(places) / max(1, len(first | later))


def _whole_names(split: _Split) -> bool:
    """Whether nearly all parts have two or more words, as in "Joel Coen, Ethan Coen"; "Bellamy, Ada" is one name."""
    return float(np.mean([all(" " in part for part in cell) for cell in split.cells])) > 0.7
