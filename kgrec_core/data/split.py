"""Splits of all interactions, liked or not, 8:1:1: of each user, or at one time for all of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from kgrec_core.data.interactions import IntArray, Interactions
from kgrec_core.errors import DataError

MOST_TIED = 0.5  # share of users of whom chance may decide what is later, for a split by time to mean anything


@dataclass(frozen=True, slots=True)
class Split:
    train: Interactions
    valid: Interactions
    test: Interactions
    valid_is_read: bool = False
    tied: float = 0.0  # share of users of whose known events one has the very time of a test event

    @property
    def known(self) -> Interactions:
        """What is read of everybody when the test part is asked."""
        return self.train.joined(self.valid) if self.valid_is_read else self.train


def split_random(interactions: Interactions, seed: int) -> Split:
    """Each user's interactions at random, 8:1:1. Depends on the seed and on the pairs, not on the order of rows."""
    return _split(interactions, np.lexsort((_key(interactions, seed), interactions.users)))


def split_temporal(interactions: Interactions, seed: int) -> Split:
    """Each user's earliest eight tenths to train, latest tenth to test; equal times are ordered at random by the seed.

    Raises DataError where no time is known, or where chance would decide for more than MOST_TIED of the users.
    """
    _check_times(interactions)
    order = np.lexsort((_key(interactions, seed), interactions.timestamps, interactions.users))
    split = _split(interactions, order)
    tied = _tied(split)
    if tied > MOST_TIED:
        raise DataError(
            f"Of {tied:.0%} of the users a known and a test interaction have the very same time, so chance would say "
            "which comes later. Give times to the second in the column timestamp, or choose the random split."
        )
    return replace(split, tied=tied)


def split_next(interactions: Interactions, seed: int) -> Split:
    """The temporal split, where all that came before the test part is known when that is asked.

    So are sequential recommenders asked (Kang & McAuley 2018, section IV): settings are chosen on the validation part,
    then it is read like the rest.
    """
    return replace(split_temporal(interactions, seed), valid_is_read=True)


def split_global(interactions: Interactions) -> Split:
    """One time for all users: the earliest eight tenths of all interactions to train, the latest tenth to test.

    The validation part is read when the test part is asked, as by who serves lists on that day (Ji et al. 2023, "A
    critical study on data leakage in recommender system offline evaluation"). Who is not known by then has no
    interactions in the test part. Raises DataError where no time is known, or where nobody is on both sides.
    """
    _check_times(interactions)
    to_valid, to_test = np.quantile(interactions.timestamps, [0.8, 0.9])
    times = interactions.timestamps
    train, valid, test = (
        interactions.select(part)
        for part in (times < to_valid, (times >= to_valid) & (times < to_test), times >= to_test)
    )
    split = Split(train, valid, test.select(np.isin(test.users, train.joined(valid).users)), valid_is_read=True)
    if not len(split.train) or not len(split.test):
        raise DataError(
            "No user has interactions both before and after the time at which a tenth of all interactions is left. "
            "Choose a split of each user: random, temporal or next."
        )
    return split


def _check_times(interactions: Interactions) -> None:
    if not (interactions.timestamps > 0).any():
        raise DataError(
            "A split by time needs times, and these interactions have none. Import them with a column of times "
            "(--map NAME=timestamp), or choose the random split."
        )


def _tied(split: Split) -> float:
    """Share of the users with a test part whose earliest time is also that of an event before it."""
    before, after = split.train.joined(split.valid), split.test
    latest = pd.Series(before.timestamps).groupby(before.users).max()
    earliest = pd.Series(after.timestamps).groupby(after.users).min()
    tied = earliest == latest.reindex(earliest.index)
    return float(tied.mean()) if len(tied) else 0.0


def _key(interactions: Interactions, seed: int) -> npt.NDArray[np.float64]:
    """(len,) a random number of each pair; it depends on the seed and on the pairs, not on the order of rows."""
    canonical = np.lexsort((interactions.items, interactions.users))
    key = np.empty(len(interactions))
    key[canonical] = np.random.default_rng(seed).random(len(interactions))
    return key


def held_out(n: IntArray) -> tuple[IntArray, IntArray]:
    """How many of `n` interactions of a user are for validation and for test, (users,) each.

    A tenth each, rounded half up and at least one; two interactions give one to test, a single one stays in train.
    """
    tenth = np.maximum((n + 5) // 10, 1)
    return np.where(n >= 3, tenth, 0), np.where(n >= 2, tenth, 0)


def _split(interactions: Interactions, order: IntArray) -> Split:
    """`order`: row numbers, grouped by user, train first and test last within each."""
    _, start, group, count = np.unique(
        interactions.users[order], return_index=True, return_inverse=True, return_counts=True
    )
    left = (count[group] - (np.arange(len(order)) - start[group])).astype(np.int64)  # rows of the user from here on
    n_valid, n_test = held_out(count.astype(np.int64))
    part = np.empty(len(order), dtype=np.int64)
    part[order] = np.where(left <= n_test[group], 2, np.where(left <= (n_test + n_valid)[group], 1, 0))
    train, valid, test = (interactions.select(part == number) for number in range(3))
    return Split(train, valid, test)
