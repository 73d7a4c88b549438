"""Means with bootstrap intervals over users: a user is drawn with all that the seeds measured of them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kgrec_core.data.interactions import IntArray
from kgrec_core.evaluate.quality_table import Estimate

Floats = npt.NDArray[np.float64]
RESAMPLES, SEED = 2000, 0


def estimate(users: IntArray, gained: Floats, possible: Floats | None = None) -> Estimate:
    """sum(gained) / sum(possible), with the 95 % percentile interval of the bootstrap that resamples users.

    One entry per user and seed, all (n,): `gained` is a metric, or hits; `possible` what a hit is counted
    against, 1 for each entry when None. Paired differences are estimated by giving differences.
    All seeds of a user are drawn together (cluster bootstrap, Efron & Tibshirani 1993).
    """
    possible = np.ones(len(gained)) if possible is None else possible
    if not possible.sum():
        return Estimate(0.0, 0.0, 0.0)
    _, row = np.unique(users, return_inverse=True)
    hits, chances = np.bincount(row, gained), np.bincount(row, possible)
    n = len(hits)
    drawn = np.random.default_rng(SEED).multinomial(n, np.full(n, 1 / n), RESAMPLES)
    ratios = (drawn @ hits) / np.maximum(drawn @ chances, 1e-12)
    low, high = np.quantile(ratios, [0.025, 0.975])
    return Estimate(float(hits.sum() / chances.sum()), float(low), float(high))


def gap(first: tuple[IntArray, Floats], second: tuple[IntArray, Floats]) -> Estimate:
    """Mean of the first group's values minus the second's, each (users, values); groups are resampled apart."""
    means = [_resampled(users, values, SEED + place) for place, (users, values) in enumerate((first, second))]
    low, high = np.quantile(means[0] - means[1], [0.025, 0.975])
    return Estimate(float(first[1].mean() - second[1].mean()), float(low), float(high))


def _resampled(users: IntArray, values: Floats, seed: int) -> Floats:
    _, row = np.unique(users, return_inverse=True)
    total, count = np.bincount(row, values), np.bincount(row)
    n = len(total)
    drawn = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), RESAMPLES)
    return np.asarray((drawn @ total) / (drawn @ count))
