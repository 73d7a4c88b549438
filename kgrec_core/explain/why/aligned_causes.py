"""The causes of two scores beside each other, cause by cause.

By itself: two people with one item and two items of one person are aligned alike.
"""

from __future__ import annotations

from collections.abc import Sequence

from kgrec_core.schema.comparison import AlignedCause
from kgrec_core.schema.explanation import Attribution

BASE = "base"  # id and kind of what is left without any cause
_BASE_LABEL = "start, before any reason"
_LABELS = {"text": "its text"}  # by kind, where the two may be called otherwise: one has a description, one has none


def aligned(
    first: Sequence[Attribution], second: Sequence[Attribution], bases: tuple[float, float]
) -> tuple[AlignedCause, ...]:
    """Every cause of either, the base among them, largest absolute difference first; each side sums to its score.

    bases: scores without any cause
    """
    sides = [{each.player: each for each in side} for side in (first, second)]
    names = dict.fromkeys(name for side in sides for name in side)
    causes = [_cause(sides[0].get(name), sides[1].get(name)) for name in names]
    causes.append(AlignedCause(BASE, BASE, _BASE_LABEL, *bases))
    return tuple(sorted(causes, key=lambda cause: -abs(cause.difference)))


def _cause(first: Attribution | None, second: Attribution | None) -> AlignedCause:
    known = first or second
    assert known is not None
    label = _LABELS.get(known.kind, known.label)
    values = (None if side is None else side.value for side in (first, second))
    return AlignedCause(known.player, known.kind, label, *values)
