"""The closed form fitted to some users of a training set: all that the model reads off the interactions of others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from kgrec_core.config import ModelConfig
from kgrec_core.data.interactions import FloatArray, IntArray, Interactions
from kgrec_core.model.closed_form import SEQUENCE, ClosedForm, EventBranch
from kgrec_core.model.content_regression import content_kernel, smoother, unknown_share
from kgrec_core.model.linear import fit_linear, fit_popularity
from kgrec_core.model.recommender import Histories, of_users
from kgrec_core.model.sequence import fit_sequence
from kgrec_core.model.world import World


@dataclass(frozen=True, eq=False)
class TrainingSet:
    """Interactions with what the model reads of each, rating level and history weight, and how much the closed form
    shall predict it; parallel arrays.
    """

    users: int
    data: Interactions
    levels: IntArray
    weights: FloatArray
    targets: FloatArray
    ages: FloatArray  # as in Histories
    positive: float

    def histories(self, users: IntArray) -> Histories:
        return of_users(self.data, self.levels, self.weights, self.ages, users.tolist())


def fit_everybody(training: TrainingSet, world: World, model: ModelConfig) -> ClosedForm:
    """The closed form of all users."""
    return fit_closed_form(training, np.arange(training.users), smoother_of(world, training, model), model)


def smoother_of(world: World, training: TrainingSet, model: ModelConfig) -> Tensor:
    """(items, items) of the regression on content, over what anybody met."""
    met = torch.zeros(world.items, dtype=torch.bool)
    met[torch.from_numpy(training.data.items)] = True
    return smoother(content_kernel(world), met, model.content_penalty)


def fit_closed_form(training: TrainingSet, users: IntArray, smooth: Tensor, model: ModelConfig) -> ClosedForm:
    """smooth: (items, items) of `_smoother`"""
    items = len(smooth)
    data, size = training.data, (training.users, items)
    history, targets = (
        torch.from_numpy(data.matrix(*size, each).toarray()) for each in (training.weights, training.targets)
    )
    solved = fit_linear(history[users], targets[users], model.ridge)
    theirs = np.isin(data.users, users)
    sequence = fit_sequence(data.select(theirs), training.weights[theirs], training.targets[theirs], items, model)
    popularity = fit_popularity(targets[users])
    counts = torch.from_numpy(np.bincount(data.items[theirs], minlength=items)).float()
    return ClosedForm(
        weights=solved.weights,
        residuals=solved.residuals,
        more=(EventBranch(SEQUENCE, sequence, fades=True),),
        expected=solved.plain @ smooth,
        unknown=unknown_share(counts, model.unknown_half_life),
        popularity=popularity,
        recency=model.recency,
    )
