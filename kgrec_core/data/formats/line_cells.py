"""Separators tried on the first lines of a text: how many cells each of them makes of each line."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice

from kgrec_core.data.formats.delimiters import quoted_cell

BLANKS, WIDE_BLANKS = " ", "  "  # one or more, two or more
ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-fA-F]{1,5}|amp|quot|lt|gt|apos|nbsp|[A-Za-z]{3,8});")
_LINES = 400
_MARKS = (",", "\t", ";", "|", "::", "^", "~", "\x01", "\x1f", "¦", "§")
_RUNS = re.compile(r"<[A-Za-z]{1,10}>|([|#@$%&*+=~^!:])\1{1,3}")


def split_line(line: str, separator: str) -> list[str]:
    """The cells of a line without quotation marks."""
    if separator in (BLANKS, WIDE_BLANKS):
        return re.split(r"[ \t]+" if separator == BLANKS else r" {2,}|\t", line.strip())
    return line.split(separator) if separator else [line]


def blanks_follow(head: str, separator: str) -> bool:
    """Whether a blank stands behind nearly each separator, as in "a, b"."""
    if separator not in (",", ";", "|") or f"{separator} " not in head:
        return False
    plain = re.sub(r'"(?:[^"]|"")*+"', "Q", head) if '"' in head else head
    return plain.count(f"{separator} ") > 0.9 * plain.count(separator)


def without_blanks(text: str, separator: str) -> str:
    """The text without blanks behind separators, but for those in quoted cells."""
    return re.sub(rf'("(?:[^"]|"")*+")|{re.escape(separator)} +', lambda found: found[1] or separator, text)


@dataclass(frozen=True, slots=True)
class Measured:
    """lines: with quoted cells made plain · counts: separators of each line · usual: the commonest number of them

    head: the text itself
    """

    separator: str
    lines: tuple[str, ...]
    counts: tuple[int, ...]
    usual: int
    alike: float  # share of filled lines of the usual number
    head: str

    @property
    def filled(self) -> list[int]:
        return [count for count, line in zip(self.counts, self.lines, strict=True) if line.strip()]

    def rows(self) -> list[list[str]]:
        """The cells of the lines as they stand in the text."""
        if '"' in self.head and len(self.separator) == 1 and self.separator != BLANKS:
            try:
                found = list(islice(csv.reader(io.StringIO(self.head), delimiter=self.separator), _LINES))
                return [[cell.strip() for cell in row] for row in found if row]
            except csv.Error:
                pass
        return [[cell.strip() for cell in split_line(line, self.separator)] for line in self.lines if line.strip()]


def measured(head: str, separator: str) -> Measured:
    if separator == ";" and "&" in head:
        head = ENTITY.sub("E", head)
    if blanks_follow(head, separator):
        head = without_blanks(head, separator)
    if separator in (BLANKS, WIDE_BLANKS):
        plain = re.sub(r'"[^"\n]*"', "Q", head) if '"' in head else head
    else:
        plain = quoted_cell(separator).sub("Q", head) if '"' in head else head
    lines = tuple(plain.split("\n")[:_LINES])
    counts = tuple(len(split_line(line, separator)) - 1 for line in lines)
    filled = [count for count, line in zip(counts, lines, strict=True) if line.strip()]
    body = filled[min(1, len(filled) - 1) :] if filled else [0]
    usual, times = max(Counter(body).items(), key=lambda pair: (pair[1] * (pair[0] > 0), pair[0]))
    return Measured(separator, lines, counts, usual, times / len(body), head)


def candidates(head: str) -> list[str]:
    """Single marks, and longer ones that most of the first lines have."""
    lines = [line for line in head.split("\n")[:50] if line.strip()]
    runs = Counter(run for line in lines for run in {match[0] for match in _RUNS.finditer(line)})
    longer = [run for run, times in runs.items() if times >= 0.9 * len(lines) and run not in _MARKS]
    longer = [run for run in longer if not any(run[0] in line.replace(run, "") for line in lines)]
    return [mark for mark in _MARKS if mark in head] + longer
