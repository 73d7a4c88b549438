"""The collaborative branch: item-item weights in closed form, and what they leave unexplained.

With history weights x and targets Y (1 for liked, less for other items, 0 for unmet ones) the weights solve
min |Y - XB|^2 + ridge |B - K|^2 with diag(B) = 0. For K = 0 this is EASE (Steck 2019, eq. 4-8) with weighted
input. A prior K (what items share in graph and text) adds ridge * x P K with P = (X'X + ridge I)^-1: the prior
acts on `residual` = ridge * x P, the part of the history that the collaborative weights do not explain. P does
not depend on K, so an edge can be taken out of K exactly, with no new solution.

What a person would think of an item that nobody met is read off its content: the scores that the ridge regression gives
to known items, x P X'Y, are regressed on their content by kernel ridge regression (`content_regression`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from kgrec_core.data.interactions import Interactions
from kgrec_core.model.closed_form import Linear


@dataclass(frozen=True, eq=False)
class Solution(Linear):
    """plain: (items, items) P X'Y, the ridge regression in which an item may speak for itself"""

    plain: Tensor


def fit_linear(history: Tensor, targets: Tensor, ridge: float) -> Solution:
    """Closed form of all users; both (users, items) float.

    With fewer users than items their own Gram matrix is the smaller system: by Woodbury's identity
    P = (I - X' (XX' + ridge I)^-1 X) / ridge, and P X' = X' (XX' + ridge I)^-1.
    """
    users, items = history.shape
    if users < items:
        half = torch.linalg.solve(_gram(history.T, ridge), history).T  # (items, users): X' (XX' + ridge I)^-1
        precision = -(half @ history)
        precision.diagonal().add_(1.0)
        precision /= ridge
        weights = half @ targets
    else:
        precision = torch.linalg.inv(_gram(history, ridge))
        weights = precision @ (history.T @ targets)
    return Solution(_without_diagonal(weights, precision), ridge * precision, weights)


def _gram(columns: Tensor, ridge: float) -> Tensor:
    gram = columns.T @ columns
    gram.diagonal().add_(ridge)
    return gram


def _without_diagonal(weights: Tensor, precision: Tensor) -> Tensor:
    weights = weights - precision * (weights.diagonal() / precision.diagonal())
    weights.fill_diagonal_(0)
    return weights


def history_matrix(data: Interactions, users: int, items: int, positive: float, low_weight: float) -> Tensor:
    """(users, items): 1 where the value is at least `positive`, `low_weight` where it is lower, 0 elsewhere."""
    weights = np.where(data.values >= positive, 1.0, low_weight)
    return torch.from_numpy(data.matrix(users, items, weights).toarray())


def positive_matrix(data: Interactions, users: int, items: int, positive: float) -> Tensor:
    """(users, items): 1 where the value is at least `positive`."""
    return history_matrix(data, users, items, positive, 0.0)


def fit_popularity(targets: Tensor) -> Tensor:
    """(users, items) targets -> (items,) `ClosedForm.popularity`; all 0 where every item is as popular as the other.

    0 also for what nobody met: how popular it will be is not known.
    """
    counts = torch.log1p(targets.sum(0))
    met = counts > 0
    spread = counts[met].std(correction=0) if bool(met.any()) else torch.zeros(())
    if not float(spread) > 1e-6:
        return torch.zeros_like(counts)
    return torch.where(met, (counts - counts[met].mean()) / spread, 0.0)
