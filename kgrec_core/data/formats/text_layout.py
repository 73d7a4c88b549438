"""How a text with rows is written: what parts its cells, what stands above the first row, whether rows are alike."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kgrec_core.data.formats.delimiters import quoted_cell
from kgrec_core.data.formats.header_lines import is_header

BLANKS, WIDE_BLANKS = " ", "  "  # one or more, two or more
_SAMPLE = 1 << 17  # characters
_LINES = 400
_MARKS = (",", "\t", ";", "|", "::", "^", "~", "\x01", "\x1f", "¦", "§")
_RUNS = re.compile(r"<[A-Za-z]{1,10}>|([|#@$%&*+=~^!:])\1{1,3}")
ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-fA-F]{1,5}|amp|quot|lt|gt|apos|nbsp|[A-Za-z]{3,8});")
_SEP_LINE = re.compile(r'\s*"?sep=(.)"?\s*', re.IGNORECASE)
_SECTION = re.compile(r"\s*([^\s,;:|\"]{1,64}):\s*")
_COMMENTS = ("#", "%", "//")
_MOST = 0.6  # share of lines of one length from which lines are alike
_NEARLY_ALL = 0.95
_PLAIN = re.compile(r"[\w.:/+\-]+")


@dataclass(frozen=True, slots=True)
class TextLayout:
    """separator: "" for a single column, BLANKS or WIDE_BLANKS for runs of blanks · cells: in most lines, the header
    aside · above: lines over the first row or header · ragged: lines of any length · sections: lines "N:" head others
    """

    separator: str
    cells: int
    above: int = 0
    ragged: bool = False
    sections: bool = False


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
        found = _measured(rest, said[1])
        return TextLayout(said[1], found.usual + 1, start + 1 + _above(found))
    if _SECTION.fullmatch(lines[start]) and len(lines) > start + 1:
        rows = [line for line in lines[start:] if line.strip() and not _SECTION.fullmatch(line)]
        inner = text_layout("\n".join(rows)) if rows else TextLayout("", 1)
        if rows and not inner.ragged and inner.above == 0:
            return TextLayout(inner.separator or ",", inner.cells + 1, start, sections=True)
    return _best(head)


def split_line(line: str, separator: str) -> list[str]:
    """The cells of a line without quotation marks."""
    if separator in (BLANKS, WIDE_BLANKS):
        return re.split(r"[ \t]+" if separator == BLANKS else r" {2,}|\t", line.strip())
    return line.split(separator) if separator else [line]


def section_of(line: str) -> str:
    """The id that heads the lines below, "" for a line that is none."""
    found = _SECTION.fullmatch(line) if ":" in line else None
    return found[1] if found else ""


@dataclass(frozen=True, slots=True)
class _Measured:
    """lines: with quoted cells made plain · counts: separators of each line · usual: the commonest number of them."""

    separator: str
    lines: tuple[str, ...]
    counts: tuple[int, ...]
    usual: int
    alike: float  # share of filled lines of the usual number

    @property
    def filled(self) -> list[int]:
        return [count for count, line in zip(self.counts, self.lines, strict=True) if line.strip()]


def _measured(head: str, separator: str) -> _Measured:
    if separator == ";" and "&" in head:
        head = ENTITY.sub("E", head)
    if separator in (BLANKS, WIDE_BLANKS):
        plain = re.sub(r'"[^"\n]*"', "Q", head) if '"' in head else head
    else:
        plain = quoted_cell(separator).sub("Q", head) if '"' in head else head
    lines = tuple(plain.split("\n")[:_LINES])
    counts = tuple(len(split_line(line, separator)) - 1 for line in lines)
    filled = [count for count, line in zip(counts, lines, strict=True) if line.strip()]
    body = filled[min(1, len(filled) - 1) :] if filled else [0]
    usual, times = max(Counter(body).items(), key=lambda pair: (pair[1] * (pair[0] > 0), pair[0]))
    return _Measured(separator, lines, counts, usual, times / len(body))


def _best(head: str) -> TextLayout:
    found = [_measured(head, separator) for separator in _candidates(head)]
    found = [each for each in found if each.usual or _splits_many(each)]
    regular = [each for each in found if each.usual and each.alike >= _MOST]
    if regular:
        best = max(regular, key=lambda each: _score(each, regular))
        if best.separator == "\t" and (mixed := _mixed_blanks(head, best)):
            best = mixed
        if _across_columns(best) and (_is_ragged(best) if best.alike < _NEARLY_ALL else _are_words(best)):
            return TextLayout(best.separator, 1, _blank_above(best), ragged=True)
        return TextLayout(best.separator, best.usual + 1, _above(best))
    blanks = [_measured(head, separator) for separator in (BLANKS, WIDE_BLANKS)]
    even = [each for each in blanks if each.usual and each.alike >= 0.9]
    many = [each for each in found if _splits_many(each)]
    if even and not many:
        best = max(even, key=lambda each: (each.alike, each.separator == BLANKS))
        return TextLayout(best.separator, best.usual + 1, _above(best))
    for each in [*many, blanks[0]]:
        if _is_ragged(each):
            return TextLayout(each.separator, 1, _blank_above(each), ragged=True)
    if found:
        best = max(found, key=lambda each: _score(each, found))
        return TextLayout(best.separator, best.usual + 1, _above(best))
    single = _measured(head, ",")
    return TextLayout("", 1, _blank_above(single))


def _mixed_blanks(head: str, tabs: _Measured) -> _Measured | None:
    """The text split at blanks and tabs alike, where several of them stand beside each other in most lines."""
    blanks = _measured(head, BLANKS)
    several = sum(bool(re.search(r"\S(?: \t|\t |  )\s*\S", line)) for line in tabs.lines)
    enough = several >= 0.5 * len(blanks.filled) and blanks.alike >= _NEARLY_ALL
    return blanks if enough and blanks.usual > tabs.usual else None


def _candidates(head: str) -> list[str]:
    """Single marks, and longer ones that most of the first lines have."""
    lines = [line for line in head.split("\n")[:50] if line.strip()]
    runs = Counter(run for line in lines for run in {match[0] for match in _RUNS.finditer(line)})
    longer = [run for run, times in runs.items() if times >= 0.9 * len(lines) and run not in _MARKS]
    longer = [run for run in longer if not any(run[0] in line.replace(run, "") for line in lines)]
    return [mark for mark in _MARKS if mark in head] + longer


def _score(found: _Measured, others: Sequence[_Measured]) -> float:
    """Lines that are alike, then the first line, then more cells; decimal commas and halves of a longer mark less."""
    first = next((count for count, line in zip(found.counts, found.lines, strict=True) if line.strip()), 0)
    score = found.alike + 0.3 * (first == found.usual) + 0.005 * min(found.usual, 9)
    if len(found.separator) > 1:
        score += 0.4
    if found.separator in (",", ":") and len(others) > 1 and _all_in_numbers(found):
        score -= 0.5
    if found.separator == "|" and any(each.separator in (",", "\t", ";") for each in others):
        score -= 0.1  # parts values inside of cells more often
    return score


def _all_in_numbers(found: _Measured) -> bool:
    """Whether the mark stands between digits alone, in all lines but the first."""
    mark = re.escape(found.separator)
    return not any(re.search(rf"(?<!\d){mark}|{mark}(?!\d)", line) for line in found.lines[1:])


def _splits_many(found: _Measured) -> bool:
    filled = found.filled
    return bool(filled) and sum(count > 0 for count in filled) >= 0.5 * len(filled)


def _is_ragged(found: _Measured) -> bool:
    """Lines of many lengths whose cells come again in other lines, and no header that is as long as any of them."""
    rows = [[cell.strip() for cell in split_line(line, found.separator)] for line in found.lines if line.strip()]
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


def _across_columns(found: _Measured) -> bool:
    """Whether many values stand in several columns, as the members of a basket do."""
    places: dict[str, set[int]] = {}
    columns = found.usual + 1
    for line in found.lines:
        for place, cell in enumerate(split_line(line, found.separator)):
            if cell.strip():
                places.setdefault(cell.strip(), set()).add(place)
    wide = sum(len(each) > 1 for each in places.values()) >= 0.3 * len(places)
    firsts = sum(0 in each for each in places.values())
    return wide and columns >= 2 and sum(0 in each and len(each) > 1 for each in places.values()) >= 0.3 * firsts


def _are_words(found: _Measured) -> bool:
    """Whether three or more columns hold words, none of them only in the first line."""
    rows = [[cell.strip() for cell in split_line(line, found.separator)] for line in found.lines if line.strip()]
    cells = [cell for row in rows for cell in row if cell]
    below = {cell for row in rows[1:] for cell in row}
    words = sum(any(letter.isalpha() for letter in cell) for cell in cells)
    return found.usual >= 2 and words >= 0.95 * len(cells) and any(cell in below for cell in rows[0])


def _like_ids(cells: Sequence[str]) -> bool:
    """Whether most cells hold a digit, as ids do and words do not."""
    return sum(any(letter.isdigit() for letter in cell) for cell in cells) >= 0.8 * len(cells)


def _above(found: _Measured) -> int:
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
    if place >= min(len(lines) - 1, 50):
        return _blank_above(found)
    return place


def _header_follows(found: _Measured, place: int) -> bool:
    """Whether the next line is as long as the rows and a header of them."""
    if found.counts[place + 1] != found.usual:
        return False
    rows = [split_line(line, found.separator) for line in found.lines[place + 1 : place + 100] if line.strip()]
    return len(rows) > 2 and not re.search(r"\d", found.lines[place + 1]) and is_header(rows[0], rows[1:])


def _heads(found: _Measured, place: int) -> bool:
    """Whether a comment is the header: the last of them, with as many cells as the rows, all words."""
    bare = found.lines[place].lstrip(' "#%/')
    cells = [cell.strip() for cell in split_line(bare, found.separator)]
    following = found.lines[place + 1] if place + 1 < len(found.lines) else ""
    words = all(cell and not cell[0].isdigit() for cell in cells)
    return words and len(cells) == found.usual + 1 and not following.lstrip().startswith(_COMMENTS)


def _blank_above(found: _Measured) -> int:
    return next((place for place, line in enumerate(found.lines) if line.strip()), 0)
