"""Shapley values of parts of a score that fade with every event known, in closed form.

With n events known such a part is multiplied by q^n. A player's value is the mean, over a time t drawn from 0 to 1, of
what it adds to those who came before t, each of the others with chance t (Owen 1972, multilinear extension). Of m
events that each are there with chance t, q^(how many) has the mean (1 - t + t q)^m, and an event that is there itself
brings q t in place of (1 - t + t q). The integrals over t are of polynomials; Gauss-Legendre quadrature takes them
exactly up to 127 events, and to the last digit of a float beyond.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from torch import Tensor

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(64)  # on -1 to 1


@dataclass(frozen=True, slots=True)
class Fading:
    """Means over t of the games with n events that all fade alike; events have shape (events, ...).

    alone: of q^n that belongs to a single other player
    """

    alone: float
    _own: float  # an event's own part, while it is there
    _others: float  # what it takes off the part of one other event
    _own_in_pair: float  # the same of parts that need another player too; half of it is that one's
    _others_in_pair: float
    _dims: float  # what an event takes off a part that needs one other player
    _either: float  # of a part that needs two other players, what each has
    _dims_pair: float  # what an event takes off such a part

    def of_events(self, adds: Tensor) -> Tensor:
        """What each event has, where each adds so much of what fades."""
        return self._own * adds + self._others * (adds.sum(0) - adds)

    def of_events_in_pairs(self, adds: Tensor) -> Tensor:
        """The same where it adds so much only together with another player."""
        return self._own_in_pair * adds + self._others_in_pair * (adds.sum(0) - adds)

    def of_other(self, adds: Tensor) -> Tensor:
        """What that player has, of the sum over all events."""
        return self._own_in_pair * adds

    def of_either(self, adds: Tensor) -> Tensor:
        """What each of two other players has of what they add together."""
        return self._either * adds

    def dimmed(self, adds: Tensor) -> Tensor:
        """What each event has of the part of one other player, which it makes fade."""
        return self._dims * adds

    def dimmed_pairs(self, adds: Tensor) -> Tensor:
        """The same of the part of two other players."""
        return self._dims_pair * adds


@lru_cache(maxsize=1024)
def fading(events: int, half_life: float) -> Fading:
    """The games of so many events, each of which halves what fades `1 / half_life` times."""
    t, weight, q = (_NODES + 1) / 2, _WEIGHTS / 2, 0.5 ** (1 / half_life)
    left = 1 - t + t * q

    def mean(power: int, of_t: int) -> float:
        return float((weight * t**of_t * left ** max(power, 0)).sum())

    n = events
    return Fading(
        alone=mean(n, 0),
        _own=q * mean(n - 1, 0),
        _others=(q - 1) * q * mean(n - 2, 1),
        _own_in_pair=q * mean(n - 1, 1),
        _others_in_pair=(q - 1) * q * mean(n - 2, 2),
        _dims=(q - 1) * mean(n - 1, 1),
        _either=mean(n, 1),
        _dims_pair=(q - 1) * mean(n - 1, 2),
    )
