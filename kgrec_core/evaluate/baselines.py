"""The peers that our model is measured beside: EASE, item neighbours and popularity, on liked interactions.

All take (users, items) positives, 1 where the user liked the item, and give (users, items) scores. The settings
of EASE and of item neighbours are chosen by NDCG@10 on the validation part, so that the peers are at their best.
"""

from __future__ import annotations

from functools import partial
from itertools import product

import torch
from torch import Tensor

from kgrec_core.evaluate.tuning import Answers, Tuned, best, tried
from kgrec_core.model.linear import fit_linear

RIDGES = (50.0, 100.0, 200.0, 400.0, 800.0)
LOW_WEIGHTS = (0.2, 0.35, 0.5)
NEIGHBOURS = (20, 50, 100, 200)
SHRINKS = (0.0, 20.0, 100.0)


def popularity_scores(positives: Tensor) -> Tensor:
    """How many users liked an item; the same row for everybody."""
    return positives.sum(0).expand_as(positives)


def ease_scores(positives: Tensor, ridge: float) -> Tensor:
    """EASE as published (Steck 2019), without the values of interactions."""
    return fit_linear(positives, positives, ridge).collaborative(positives)


def itemknn_scores(positives: Tensor, neighbours: int, shrink: float) -> Tensor:
    """Sum of the similarities of an item's nearest `neighbours` that the user liked.

    Similarity of items i and j: both / (sqrt(n_i n_j) + shrink), with n_i users who liked i; cosine for shrink 0
    (Deshpande & Karypis 2004).
    """
    return positives @ itemknn_weights(positives, neighbours, shrink)


def itemknn_weights(positives: Tensor, neighbours: int, shrink: float) -> Tensor:
    """(items, items): what each liked item adds to others in `itemknn_scores`."""
    return _nearest(_similarity(positives.T @ positives, shrink), neighbours)


def tuned_ease(positives: Tensor, validation: Answers) -> Tuned[Tensor]:
    """EASE with the ridge of RIDGES that is best on the validation part."""
    options = ((f"ridge {ridge:g}", partial(ease_scores, ridge=ridge)) for ridge in RIDGES)
    return best(tried(options, positives), validation)


def ease_low_scores(rated: Tensor, low: float, ridge: float) -> Tensor:
    """EASE that also reads disliked interactions: as input they weigh `low`, a liked one 1; they are no targets.

    rated: (users, items), 1 for liked, -1 for another interaction, 0 for none.
    """
    history = torch.where(rated < 0, low, rated)
    return fit_linear(history, rated.clamp(min=0), ridge).collaborative(history)


def tuned_ease_low(rated: Tensor, validation: Answers) -> Tuned[Tensor]:
    """`ease_low_scores` with the pair of LOW_WEIGHTS and RIDGES that is best on the validation part."""
    options = (
        (f"ridge {ridge:g}, low {low:g}", partial(ease_low_scores, low=low, ridge=ridge))
        for low, ridge in product(LOW_WEIGHTS, RIDGES[1:4])
    )
    return best(tried(options, rated), validation)


def tuned_itemknn(positives: Tensor, validation: Answers) -> Tuned[Tensor]:
    """Item neighbours with the best pair of NEIGHBOURS and SHRINKS on the validation part."""
    options = (
        (f"{count} neighbours, shrink {shrink:g}", partial(itemknn_scores, neighbours=count, shrink=shrink))
        for shrink, count in product(SHRINKS, NEIGHBOURS)
    )
    return best(tried(options, positives), validation)


def _similarity(together: Tensor, shrink: float) -> Tensor:
    """(items, items) shrunk cosine with zero diagonal; `together` counts users who liked both."""
    length = together.diagonal().sqrt()
    similarity = together / (length.unsqueeze(1) * length + shrink).clamp(min=1e-9)
    return similarity.fill_diagonal_(0)


def _nearest(similarity: Tensor, neighbours: int) -> Tensor:
    """(items, items): column j keeps the `neighbours` largest similarities of item j."""
    nearest = similarity.topk(min(neighbours, len(similarity)), dim=1)  # rows, as similarity is symmetric
    return torch.zeros_like(similarity).scatter(1, nearest.indices, nearest.values).T
