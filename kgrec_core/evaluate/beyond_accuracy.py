"""What a list is like beyond being right: coverage, novelty, diversity, evenness. All of the top 10 of every user."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kgrec_core.data.interactions import IntArray

K = 10
Floats = npt.NDArray[np.floating]


def coverage(top: IntArray, items: int) -> float:
    """Share of all items that are in at least one list."""
    return float(np.count_nonzero(exposure(top, items)) / items)


def exposure(top: IntArray, items: int) -> IntArray:
    """(items,): in how many lists an item is."""
    shown = top[:, :K]
    return np.bincount(shown[shown >= 0], minlength=items).astype(np.int64)


def gini(counts: IntArray) -> float:
    """0 when all items are shown equally often, near 1 when a few take all places.

    Sum over i of (2 i - n - 1) x_i / (n sum x), with x ascending and i from 1.
    """
    ordered, n = np.sort(counts), len(counts)
    total = ordered.sum()
    return float(((2 * np.arange(1, n + 1) - n - 1) * ordered).sum() / (n * total)) if total else 0.0


def novelty(top: IntArray, met: IntArray, users: int) -> float:
    """Mean of -log2(share of users who met the item in training), in bits (Castells et al. 2015, self-information).

    met: (items,) users who met it; an item that nobody met counts as one user's.
    """
    shown = top[:, :K]
    bits = -np.log2(np.maximum(met, 1) / users)
    return float(bits[shown[shown >= 0]].mean())


def diversity(top: IntArray, vectors: Floats) -> float:
    """Mean over users of 1 - mean cosine of all pairs of their list (Ziegler et al. 2005, intra-list).

    vectors: (items, dim), unit rows.
    """
    shown = np.maximum(top[:, :K], 0)
    k = shown.shape[1]
    total = vectors[shown].sum(1)  # (users, dim); |sum|^2 = k + 2 * sum over pairs of cosines
    pairs = ((total**2).sum(1) - (vectors[shown] ** 2).sum((1, 2))) / max(k * (k - 1), 1)
    return float((1 - pairs).mean())


def popularity_thirds(met: IntArray) -> IntArray:
    """(items,): 0 for the least met third of the items, 2 for the most met; equal counts are ordered by index."""
    place = np.empty(len(met), dtype=np.int64)
    place[np.argsort(met, kind="stable")] = np.arange(len(met))
    return place * 3 // len(met)
