"""Records as blocks of "key: value" lines with blank lines between them, as rows of a table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_LINE = re.compile(r"\s*([^\W\d][\w/ .-]{0,39}?)\s*[:=](?:\s+|$)(.*)")
_SAMPLE = 200  # blocks by which the keys are known
_LEAST = 3  # blocks
_ALIKE = 0.9  # share of the blocks that begin with the same key, and of the lines that have a key


@dataclass(frozen=True, slots=True)
class Block:
    """One record. line: where it begins, counted from 1 · cells: key -> value"""

    line: int
    cells: Mapping[str, str]


def blocks_of(text: str) -> list[Block]:
    r"""The records of a text in blocks; none where it is not written so. A line without a key goes on with a value.

    >>> [dict(block.cells) for block in blocks_of("a: 1\nb: 2:3\n\na: 2\nb: z\n\na: 3\nb: w\nand so\n")][1:]
    [{'a': '2', 'b': 'z'}, {'a': '3', 'b': 'w and so'}]
    """
    if "\n\n" not in text[: 1 << 16].replace(" \n", "\n") or _LINE.match(text.lstrip()[:200]) is None:
        return []
    parts = _parts(text)
    keys = _keys([lines for _, lines in parts[:_SAMPLE]])
    return [Block(line, _cells(lines, keys)) for line, lines in parts] if keys else []


def _parts(text: str) -> list[tuple[int, list[str]]]:
    """Runs of lines that are not blank, by the number of the first."""
    found: list[tuple[int, list[str]]] = []
    blank = True
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            if blank:
                found.append((number, []))
            found[-1][1].append(line)
        blank = not line.strip()
    return found


def _keys(blocks: Sequence[Sequence[str]]) -> frozenset[str]:
    """The keys of blocks that are alike; none where they are not."""
    if len(blocks) < _LEAST or max(map(len, blocks)) < 2:
        return frozenset()
    keyed = [[found[1] for line in lines if (found := _LINE.fullmatch(line))] for lines in blocks]
    times = Counter(key for keys in keyed for key in set(keys))
    known = frozenset(key for key, often in times.items() if often >= max(2, 0.02 * len(blocks)))
    first = Counter(keys[0] for keys in keyed if keys).most_common(1)
    inside = sum(key in known for keys in keyed for key in keys)
    alike = bool(first) and first[0][1] >= _ALIKE * len(blocks) and first[0][0] in known
    return known if alike and inside >= 0.6 * sum(map(len, blocks)) and len(known) > 1 else frozenset()


def _cells(lines: Sequence[str], keys: frozenset[str]) -> dict[str, str]:
    cells: dict[str, str] = {}
    last = ""
    for line in lines:
        found = _LINE.fullmatch(line)
        if found and found[1] in keys and found[1] not in cells:
            last = found[1]
            cells[last] = found[2].strip()
        elif last:
            cells[last] = f"{cells[last]} {line.strip()}"
    return cells
