"""Which of the best items make a list: relevance traded against variety and against what everybody knows."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating]


def mmr(relevance: Floats, similarity: Floats, k: int, diversity: float) -> list[int]:
    """Up to `k` places in the order in which they are chosen, by maximal marginal relevance.

    The next one maximises (1 - diversity) * relevance - diversity * (largest similarity to one chosen before).
    Carbonell and Goldstein 1998, section 2, with lambda = 1 - diversity.
    relevance: (n,) in 0..1 · similarity: (n, n) in 0..1 · diversity: 0 keeps the order of relevance
    """
    left = np.ones(len(relevance), dtype=bool)
    nearest = np.zeros(len(relevance))
    chosen: list[int] = []
    for _ in range(min(k, len(relevance))):
        gain = (1 - diversity) * relevance - diversity * nearest
        best = int(np.where(left, gain, -np.inf).argmax())
        chosen.append(best)
        left[best] = False
        nearest = np.maximum(nearest, similarity[best])
    return chosen


def surprise(likes: Floats, users: int) -> Floats:
    """(n,) in 0..1: self-information -log2(share of users who liked it), 1 for an item that a single user liked.

    The novelty of Zhou et al. 2010 (mean self-information), scaled to its largest value here. likes: (n,) counts
    """
    most = np.log2(max(users, 2))
    found: Floats = -np.log2(np.maximum(likes, 1) / max(users, 2)) / most
    return found


def unit(scores: Floats) -> Floats:
    """Scaled so that the smallest is 0 and the largest 1; all 1 where they are equal."""
    low, high = scores.min(initial=np.inf), scores.max(initial=-np.inf)
    return (scores - low) / (high - low) if high > low else np.ones_like(scores)


def likeness_to(one: int, vectors: Floats, marks: Floats) -> Floats:
    """(n,) in 0..1: how much each is like one of them, by vectors (n, dim) and marks in common (n, marks).

    The mean of Jaccard's share of common marks, and of the cosine around the mean vector, negative ones 0.
    """
    common, count = marks @ marks[one], marks.sum(1)
    jaccard = common / np.maximum(count + count[one] - common, 1)
    moved = vectors - vectors.mean(0)
    moved = moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-12)
    found: Floats = (jaccard + np.clip(moved @ moved[one], 0, 1)) / 2
    return found


def likeness(vectors: Floats, centre: Floats) -> Floats:
    """(n, n) in 0..1: cosine of (n, dim) vectors around `centre` (dim,), negative ones 0."""
    moved = vectors - centre
    moved = moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-12)
    found: Floats = np.clip(moved @ moved.T, 0, 1)
    return found
