"""How a text with rows is written: what parts its cells, what stands above the first row, whether rows are alike."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kgrec_core.data.formats.header_lines import is_header
from kgrec_core.data.formats.line_cells import BLANKS, WIDE_BLANKS, Measured, candidates, measured, split_line

_SAMPLE = 1 << 17  # characters
_SEP_LINE = re.compile(r'\s*"?sep=(.)"?\s*', re.IGNORECASE)
_SECTION = re.compile(r"\s*([^\s,;:|\"]{1,64}):\s*")
_COMMENTS = ("#", "%", "//")
_MOST = 0.6  # share of lines of one length from which lines are alike
_NEARLY_ALL = 0.95
_SHARED = 0.3  # share of the values of a column that stand in other columns too
_PLAIN = re.compile(r"[\w.:/+\-]+")


@dataclass(frozen=True, slots=True)
class TextLayout:
    """separator: "" for a single column, BLANKS or WIDE_BLANKS for runs of blanks · cells: in most lines, the header
    aside · above: lines over the first row or header · ragged: lines of any length · sections: lines "N:" head others
    listed: the last column holds what follows, however many cells it is
    """

    separator: str
    cells: int
    above: int = 0
    ragged: bool = False
    sections: bool = False
    listed: bool = False


def text_layout(text: str) -> TextLayout:
    """The layout that most of the first lines speak for; lines end in a line feed alone."""
    head = text[:_SAMPLE]
    if len(text) > _SAMPLE and "\n" in head:
        head = head[: head.rfind("\n")]
    lines = head.split("\n")
    start = next((place for place, line in enumerate(lines) if line.strip()), 0)
    said = _SEP_LINE.fullmatch(lines[start]) if lines else None
    if said:
        rest = "\n".join(lines[start + 1 :])
        found = measured(rest, said[1])
        return TextLayout(said[1], found.usual + 1, start + 1 + _above(found))
    if _SECTION.fullmatch(lines[start]) and len(lines) > start + 1:
        rows = [line for line in lines[start:] if line.strip() and not _SECTION.fullmatch(line)]
        inner = text_layout("\n".join(rows)) if rows else TextLayout("", 1)
        if rows and not inner.ragged and inner.above == 0:
            return TextLayout(inner.separator or ",", inner.cells + 1, start, sections=True)
    return _best(head)


def section_of(line: str) -> str:
    """The id that heads the lines below, "" for a line that is none."""
    found = _SECTION.fullmatch(line) if ":" in line else None
    return found[1] if found else ""


def _best(head: str) -> TextLayout:
    found = [measured(head, separator) for separator in candidates(head)]
    found = [each for each in found if each.usual or _splits_many(each)]
    regular = [each for each in found if each.usual and each.alike >= _MOST]
    if regular:
        best = max(regular, key=lambda each: _score(each, regular))
        if best.separator == "\t" and (mixed := _mixed_blanks(head, best)):
            best = mixed
        if _across_columns(best) and (_is_ragged(best) if best.alike < _NEARLY_ALL else _are_words(best)):
            return TextLayout(best.separator, 1, _blank_above(best), ragged=True)
        return TextLayout(best.separator, best.usual + 1, _above(best))
    blanks = [measured(head, separator) for separator in (BLANKS, WIDE_BLANKS)]
    even = [each for each in blanks if each.usual and each.alike >= 0.9]
    many = [each for each in found if _splits_many(each)]
    if even and not many:
        best = max(even, key=lambda each: (_starts_alike(each), each.alike, each.separator == BLANKS))
        return TextLayout(best.separator, best.usual + 1, _above(best))
    for each in [*many, blanks[0]]:
        if (names := _is_ragged(each) and _names_of_lists(each)) and names > 1:
            return TextLayout(each.separator, names, _blank_above(each), listed=True)
        if _is_ragged(each):
            return TextLayout(each.separator, 1, _blank_above(each), ragged=True)
    if found:
        best = max(found, key=lambda each: _score(each, found))
        return TextLayout(best.separator, best.usual + 1, _above(best))
    single = measured(head, ",")
    return TextLayout("", 1, _blank_above(single))


def _starts_alike(found: Measured) -> bool:
    """Whether the first line is as long as the others."""
    return next((count for count in found.filled), -1) == found.usual


def _mixed_blanks(head: str, tabs: Measured) -> Measured | None:
    """The text split at blanks and tabs alike, where several of them stand beside each other in most lines."""
    blanks = measured(head, BLANKS)
    several = sum(bool(re.search(r"\S(?: \t|\t |  )\s*\S", line)) for line in tabs.lines)
    enough = several >= 0.5 * len(blanks.filled) and blanks.alike >= _NEARLY_ALL
    return blanks if enough and blanks.usual > tabs.usual else None


def _score(found: Measured, others: Sequence[Measured]) -> float:
    """Lines that are alike, then the first line, then more cells; decimal commas and halves of a longer mark less."""
    score = found.alike + 0.3 * _starts_alike(found) + 0.005 * min(found.usual, 9)
    if len(found.separator) > 1 and _starts_alike(found):
        score += 0.4
    if found.separator in (",", ":") and len(others) > 1 and _all_in_numbers(found):
        score -= 0.5
    if found.separator == "|" and any(each.separator in (",", "\t", ";") for each in others):
        score -= 0.1  # parts values inside of cells more often
    return score


def _all_in_numbers(found: Measured) -> bool:
    """Whether the mark stands between digits alone, in all lines but the first."""
    mark = re.escape(found.separator)
    return not any(re.search(rf"(?<!\d){mark}|{mark}(?!\d)", line) for line in found.lines[1:])


def _splits_many(found: Measured) -> bool:
    filled = found.filled
    return bool(filled) and sum(count > 0 for count in filled) >= 0.5 * len(filled)


def _is_ragged(found: Measured) -> bool:
    """Lines of many lengths whose cells come again in other lines, and no header that is as long as any of them."""
    rows = found.rows()
    lengths = [len(row) for row in rows]
    if len(rows) < 4 or len(set(lengths)) < 3:
        return False
    cells = [cell for row in rows for cell in row]
    below = {cell for row in rows[1:] for cell in row}
    if max(lengths) == lengths[0] and not any(cell in below for cell in rows[0]):
        return False  # a header, and lines that lack their last cells
    if found.separator == BLANKS and sum(bool(_PLAIN.fullmatch(cell)) for cell in cells) < 0.95 * len(cells):
        return False
    if found.separator == BLANKS and not _like_ids(cells):
        return False
    return len(set(cells)) < 0.8 * len(cells)


def _names_of_lists(found: Measured) -> int:
    """How many names the first line has where it is a header and the last column holds all further cells; else 0."""
    rows = found.rows()
    first, below = rows[0], rows[1:]
    cells = {cell for row in below for cell in row}
    alike = 2 <= len(first) <= 3 and not any(cell in cells for cell in first)
    short = any(len(row) < len(first) for row in below)
    return len(first) if alike and not short and is_header(first, [row[: len(first)] for row in below]) else 0


def _across_columns(found: Measured) -> bool:
    """Whether values of each column stand in others too, as the members of a basket do."""
    places: dict[str, set[int]] = {}
    for row in found.rows():
        for place, cell in enumerate(row):
            if cell:
                places.setdefault(cell, set()).add(place)
    for column in range(found.usual + 1):
        values = [each for each in places.values() if column in each]
        if not values or sum(len(each) > 1 for each in values) < _SHARED * len(values):
            return False
    return found.usual >= 1


def _are_words(found: Measured) -> bool:
    """Whether three or more columns hold words, none of them only in the first line."""
    rows = found.rows()
    cells = [cell for row in rows for cell in row if cell]
    below = {cell for row in rows[1:] for cell in row}
    words = sum(any(letter.isalpha() for letter in cell) for cell in cells)
    return found.usual >= 2 and words >= 0.95 * len(cells) and any(cell in below for cell in rows[0])


def _like_ids(cells: Sequence[str]) -> bool:
    """Whether most cells hold a digit, as ids do and words do not."""
    return sum(any(letter.isdigit() for letter in cell) for cell in cells) >= 0.8 * len(cells)


def _above(found: Measured) -> int:
    """Lines over the header: blank ones, comments, and those that have hardly a cell where the others have many."""
    lines, counts = found.lines, found.counts
    place = 0
    for line, count in zip(lines[:-1], counts[:-1], strict=True):
        cells = [cell for cell in split_line(line, found.separator) if cell.strip(' "')]
        comment = line.lstrip(' "').startswith(_COMMENTS)
        title = len(cells) <= 1 and (count < found.usual or found.usual >= 2)
        short = count < found.usual - 1 and 2 * len(cells) <= found.usual + 1
        before = count < found.usual and _header_follows(found, place)
        if not line.strip() or title or short or before or (comment and not _heads(found, place)):
            place += 1
        else:
            break
    if any(line.startswith("%%MatrixMarket") for line in lines[:place]):
        place += 1  # the line with the size of the matrix
    if place >= min(len(lines) - 1, 50):
        return _blank_above(found)
    return place


def _header_follows(found: Measured, place: int) -> bool:
    """Whether the next line is as long as the rows and a header of them."""
    if found.counts[place + 1] != found.usual:
        return False
    rows = [split_line(line, found.separator) for line in found.lines[place + 1 : place + 100] if line.strip()]
    return len(rows) > 2 and not re.search(r"\d", found.lines[place + 1]) and is_header(rows[0], rows[1:])


def _heads(found: Measured, place: int) -> bool:
    """Whether a comment is the header: the last of them, with as many cells as the rows, all words."""
    bare = found.lines[place].lstrip(' "#%/')
    cells = [cell.strip() for cell in split_line(bare, found.separator)]
    following = found.lines[place + 1] if place + 1 < len(found.lines) else ""
    words = all(cell and not cell[0].isdigit() for cell in cells)
    return words and len(cells) == found.usual + 1 and not following.lstrip().startswith(_COMMENTS)


def _blank_above(found: Measured) -> int:
    return next((place for place, line in enumerate(found.lines) if line.strip()), 0)
