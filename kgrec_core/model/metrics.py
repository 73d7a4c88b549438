"""Ranking metrics per user, over the full catalogue. Binary relevance; checked against scikit-learn in the tests."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.floating]


@dataclass(frozen=True, eq=False)
class RankingMetrics:
    """One number per user that has a relevant item; all (users,)."""

    users: npt.NDArray[np.int64]
    ndcg_10: npt.NDArray[np.float64]
    recall_20: npt.NDArray[np.float64]
    hr_10: npt.NDArray[np.float64]
    mrr: npt.NDArray[np.float64]


def ranking_metrics(scores: Matrix, seen: npt.NDArray[np.bool_], relevant: npt.NDArray[np.bool_]) -> RankingMetrics:
    """Metrics of (users, items) scores; `seen` items are no candidates, users without relevant items are left out.

    NDCG@k = sum over hits of 1 / log2(rank + 1), divided by its best possible value (Järvelin & Kekäläinen 2002).
    MRR counts the first relevant item at any rank. Ties are broken by the lower item index.
    """
    users = np.flatnonzero((relevant & ~seen).any(1))
    hits = np.zeros((len(users), 20), dtype=bool)  # of the first 20 places, best first
    total, first = np.zeros(len(users), np.int64), np.zeros(len(users), np.int64)
    for row, user in enumerate(users):
        places = _places(np.where(seen[user], -np.inf, scores[user]), np.flatnonzero(relevant[user] & ~seen[user]))
        hits[row, places[places < 20]] = True
        total[row], first[row] = len(places), places.min()
    return RankingMetrics(
        users=users,
        ndcg_10=ndcg_of(hits[:, :10], total),
        recall_20=hits.sum(1) / np.minimum(total, 20),
        hr_10=np.asarray(hits[:, :10].any(1), dtype=np.float64),
        mrr=1.0 / (first + 1),
    )


def _places(scores: npt.NDArray[np.floating], wanted: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Places from 0 of the `wanted` items; counting what stands before them costs less than a whole sort."""
    own = scores[wanted, None]
    before = (scores > own) | ((scores == own) & (np.arange(len(scores)) < wanted[:, None]))
    return np.asarray(before.sum(1), dtype=np.int64)


def ndcg_of(hits: npt.NDArray[np.bool_], total: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """(users,) from (users, k) hits, best place first, and (users,) how many relevant items there are, 1 or more."""
    discount = 1 / np.log2(np.arange(2, hits.shape[1] + 2))
    best = np.cumsum(discount)[np.minimum(total, hits.shape[1]) - 1]
    gained: npt.NDArray[np.float64] = (hits * discount).sum(1) / best
    return gained
