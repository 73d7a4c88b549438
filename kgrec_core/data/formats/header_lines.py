"""Whether the first line of a table names its columns: judged by how its cells differ from those below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from kgrec_core.schema.columns import HEAD_LABEL, ITEM, TAIL_LABEL, USER

_NUMBER = re.compile(r"[-+]?[\d][\d.,' ]*(?:[eE][-+]?\d+)?\s*[%€$£¥]?")
_WORDS = frozenset(
    """id user users userid username item items itemid product products sku asin movie movies film book books isbn
    title name rating ratings score stars review date time timestamp datetime year day price quantity qty amount count
    event action type category categories genre genres brand author artist track song tag tags label value customer
    client session order email country city age gender description text url head relation tail subject predicate object
    source target kunde artikel datum menge preis titel bewertung nutzer produit utilisateur note prix quantité titre
    usuario producto fecha cantidad titulo nombre utente prodotto data quantità prezzo gebruiker datum aantal
    用户 商品 评分 时间 电影 标题 名称 ユーザー 商品名 評価 日付 пользователь товар оценка дата фильм""".split()
)
_OWN = frozenset({USER, ITEM, HEAD_LABEL, TAIL_LABEL})  # names of the contract that are no words of anything else
_ROWS = 200
_LEAST = 5  # rows that all begin with the same letters


def is_header(first: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether words stand over numbers, plain names over ids, or names that columns have, and not one of the values.

    >>> is_header(["a", "b"], [["1", "x"], ["2", "y"]]), is_header(["anna", "x"], [["anna", "y"], ["ben", "x"]])
    (True, False)
    """
    rows = below[:_ROWS]
    if not rows:
        return not any(map(_is_number, first))
    if any(cell.strip().casefold() in _OWN for cell in first):
        return True
    if _counts_up(first) and not any(_counts_up(row) for row in rows[:3]):
        return True
    evidence = [_evidence(cell.strip(), place, rows) for place, cell in enumerate(first)]
    again = list(first) in [list(row) for row in rows]
    if again and any(each >= 3 for each in evidence):
        return True  # a header that stands in the file more than once
    return sum(evidence) + 2 * _known_names(first) >= 0


def is_above_header(first: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether a line with blank cells stands over the header, as the names of groups of columns do.

    >>> is_above_header(["Who", "", "What"], [["id", "name", "sku"], ["1", "x", "a7"], ["2", "y", "b8"]])
    True
    """
    if len(below) < 3 or len(below[0]) != len(first) or all(cell.strip() for cell in first[1:]):
        return False
    second = [cell.strip() for cell in below[0]]
    plain = all(second) and not any(map(_has_digit, second)) and len(set(second)) == len(second)
    rest = below[1:]
    unlike = any(
        sum(map(_has_digit, (row[place] for row in rest[:_ROWS] if place < len(row)))) for place in range(len(first))
    )
    return plain and unlike and is_header(second, rest)


def _evidence(cell: str, place: int, rows: Sequence[Sequence[str]]) -> int:
    """Above 0 where the cell is unlike those below it, below 0 where it is one of them."""
    column = [row[place].strip() for row in rows if place < len(row) and row[place].strip()]
    if not cell or not column:
        return 0
    numbers = sum(map(_is_number, column)) >= 0.9 * len(column)
    digits = sum(map(_has_digit, column)) >= 0.9 * len(column)
    if numbers:
        return (1 if _is_far(cell, column) else -3) if _is_number(cell) else 3
    if cell in column:
        return -2
    if digits and not _has_digit(cell):
        return 2
    if digits and _shape(cell) in {_shape(each) for each in column}:
        letters = {_letters(each) for each in column}
        return 1 if len(column) >= _LEAST and len(letters) == 1 and _letters(cell) not in letters else -2
    return 0


def _known_names(cells: Sequence[str]) -> int:
    known = 0
    for cell in cells:
        parts = [part for part in re.split(r"[^\w]+|_|(?<=[a-z])(?=[A-Z])", cell.strip()) if part]
        known += 0 < len(parts) <= 4 and not _has_digit(cell) and any(part.lower() in _WORDS for part in parts)
    return known


def _is_number(cell: str) -> bool:
    return bool(_NUMBER.fullmatch(cell.strip()))


def _is_far(cell: str, column: Sequence[str]) -> bool:
    """Whether a number lies far from those below it, as the id of an item does from its ratings."""
    values = [float(each) for each in (*column, cell) if re.fullmatch(r"-?\d{1,9}(?:\.\d{1,9})?", each)]
    if len(values) <= len(column):
        return False
    least, largest = min(values[:-1]), max(values[:-1])
    span = max(largest - least, 1.0)
    return not least - 5 * span <= values[-1] <= largest + 5 * span


def _has_digit(cell: str) -> bool:
    return any(letter.isdigit() for letter in cell)


def _shape(cell: str) -> str:
    """Runs of letters and digits: "u12" and "b7" are alike."""
    return re.sub(r"\d+", "9", re.sub(r"[^\W\d_]+", "x", cell))


def _letters(cell: str) -> str:
    """All but the digits: those of "u12" and "u7" are the same, of "c12" others."""
    return re.sub(r"\d+", "9", cell)


def _counts_up(cells: Sequence[str]) -> bool:
    """Whether four cells or more in a row are whole numbers, each one above the one before: items 1, 2, 3, 4, ..."""
    run = 1
    for one, other in pairwise(cells):
        both = one.strip().isdecimal() and other.strip().isdecimal() and len(other) < 10 and len(one) < 10
        run = run + 1 if both and int(other) == int(one) + 1 else 1
        if run >= max(4, 0.8 * (len(cells) - 1)):
            return True
    return False
