"""What every explainer of the leaderboard answers, and what it may know of the data beside the model."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.cluster import KMeans
from sklearn.decomposition import TruncatedSVD

from benchmarks.explainers.problem import Problem
from kgrec_core.data.interactions import IntArray

Values = npt.NDArray[np.float64]
CLUSTERS, CLUSTER_DIM = 10, 32


@dataclass(frozen=True, eq=False)
class Knowledge:
    """likes: (users, items), 1 where a person met an item; what the model was trained on."""

    likes: sparse.csr_matrix
    seed: int = 0

    @cached_property
    def popularity(self) -> Values:
        return np.asarray(self.likes.sum(0), dtype=np.float64).ravel()

    @cached_property
    def columns(self) -> sparse.csc_matrix:
        """(users, items), every column of length 1."""
        length = np.sqrt(np.maximum(np.asarray(self.likes.multiply(self.likes).sum(0)).ravel(), 1e-12))
        return (self.likes @ sparse.diags(1 / length)).tocsc()

    def cosine(self, items: IntArray, item: int) -> Values:
        """(items,): between the people of each and the people of the item."""
        return np.asarray((self.columns[:, items].T @ self.columns[:, [item]]).todense()).ravel()

    @cached_property
    def clusters(self) -> IntArray:
        """(items,) of CLUSTERS groups of items that the same people met (k-means on their singular vectors)."""
        dim = min(CLUSTER_DIM, min(self.likes.shape) - 1)
        vectors = TruncatedSVD(dim, random_state=self.seed).fit_transform(self.columns.T)
        found = KMeans(min(CLUSTERS, len(vectors)), n_init=3, random_state=self.seed).fit_predict(vectors)
        return np.asarray(found, dtype=np.int64)

    def history(self, user: int) -> IntArray:
        return np.asarray(self.likes[user].indices, dtype=np.int64)


class Explainer(ABC):
    """source: the paper · asks: whether more model calls make it better, so that a budget means something"""

    name: ClassVar[str]
    label: ClassVar[str]
    source: ClassVar[str]
    asks: ClassVar[bool] = False
    ours: ClassVar[bool] = False

    @abstractmethod
    def values(self, problem: Problem, budget: int | None) -> Values:
        """(events,), largest for what speaks most for the item. budget: model calls at most; None = as usual."""

    def order(self, problem: Problem, budget: int | None = None) -> IntArray:
        """(events,) places in the history, strongest first; equal ones as they stand in it."""
        return np.argsort(-self.values(problem, budget), kind="stable")

    def learn(self, problems: Sequence[Problem]) -> None:
        """Some learn from other people before they are asked."""
        return
