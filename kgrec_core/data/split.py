"""Per-user 8:1:1 splits of all interactions, liked or not."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from kgrec_core.data.interactions import IntArray, Interactions


@dataclass(frozen=True, slots=True)
class Split:
    train: Interactions
    valid: Interactions
    test: Interactions
    valid_is_read: bool = False

    @property
    def known(self) -> Interactions:
        """What is read of everybody when the test part is asked."""
        return self.train.joined(self.valid) if self.valid_is_read else self.train


def split_random(interactions: Interactions, seed: int) -> Split:
    """Each user's interactions at random, 8:1:1. Depends on the seed and on the pairs, not on the order of rows."""
    canonical = np.lexsort((interactions.items, interactions.users))
    key = np.empty(len(interactions))
    key[canonical] = np.random.default_rng(seed).random(len(interactions))
    return _split(interactions, np.lexsort((key, interactions.users)))


def split_temporal(interactions: Interactions) -> Split:
    """Each user's earliest eight tenths to train, latest tenth to test; equal times are ordered by item index."""
    return _split(interactions, np.lexsort((interactions.items, interactions.timestamps, interactions.users)))


def split_next(interactions: Interactions) -> Split:
    """The temporal split, where all that came before the test part is known when that is asked.

    So are sequential recommenders asked (Kang & McAuley 2018, section IV): settings are chosen on the validation part,
    then it is read like the rest.
    """
    return replace(split_temporal(interactions), valid_is_read=True)


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
