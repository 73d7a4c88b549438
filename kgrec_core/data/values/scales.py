"""The scale that ratings are on, or none where numbers are counts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

USUAL_TOPS = (1.0, 5.0, 10.0, 100.0)
_MOST_STEPS = 101  # distinct values of a rating scale
_INSIDE = 0.98  # share of the values up to a usual top that makes the others mistakes
_FEW = 50  # values, of which one may be a mistake
_COUNTED = 0.5  # share of ones that makes small numbers counts, where their top is no usual one
_WIDEST = 10.0  # numbers between -10 and 10 of any fineness are ratings where a name says so, or where some are below 0


@dataclass(frozen=True, slots=True)
class Scale:
    """What ratings go from and to, as given. step: 1 for whole grades, 0.5 for halves, 0 for finer ones."""

    lowest: float
    highest: float
    step: float


def scale_of(numbers: pd.Series, rating: bool | None = None) -> Scale | None:
    """The scale of these numbers; None for counts and for no numbers at all.

    rating: whether the name of the column speaks for a rating (True) or a count (False); None when it says nothing.
    The top is the largest value; few numbers far above a usual scale are mistakes, and not on it.

    >>> scale_of(pd.Series([0.5, 3.0, 4.0]))
    Scale(lowest=0.5, highest=4.0, step=0.5)
    >>> scale_of(pd.Series([13883.0, 7.0])) is None
    True
    """
    known = numbers[np.isfinite(numbers)]
    if not len(known) or rating is False:
        return None
    known = _without_mistakes(known)
    if known.nunique() > _MOST_STEPS:
        bounded = bool((known.abs() <= _WIDEST).all())
        both = bool((known < 0).mean() > 0.01 and (known > 0).any())
        return _scale(known) if bounded and (rating or both) else None
    most = float(known.max())
    if most > USUAL_TOPS[-1] or float(known.min()) < -USUAL_TOPS[-1] or most <= 0:
        return _scale(known) if rating and float(known.min()) < 0 and abs(most) <= USUAL_TOPS[-1] else None
    if rating is None and most > _WIDEST and float((known == 1).mean()) > _COUNTED:
        return None
    return _scale(known)


def usual_top(highest: float) -> float:
    """The top of the usual scale that a largest value is on: 5 for 4.5, 10 for 8; itself above all of them."""
    return next((top for top in USUAL_TOPS if top >= highest), highest)


def _scale(known: pd.Series) -> Scale:
    steps = known.drop_duplicates()
    step = next((size for size in (1.0, 0.5, 0.1) if np.allclose(steps / size, (steps / size).round())), 0.0)
    return Scale(float(known.min()), float(known.max()), step)


def _without_mistakes(known: pd.Series) -> pd.Series:
    """Without the few that lie more than half a scale above a usual top, where nearly all others are within it."""
    for top in USUAL_TOPS:
        inside = known[known <= top]
        above = known[known > top]
        few = len(inside) >= _INSIDE * len(known) or (len(known) < _FEW and len(inside) >= max(5, len(known) - 1))
        if few and (not len(above) or float(above.min()) > 1.5 * top):
            return inside
    return known
