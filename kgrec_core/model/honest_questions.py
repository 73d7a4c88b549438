"""People of training asked for some of what they like, by a closed form that has not seen them.

Users of a fold are scored by a closed form fitted without them, so its scores for hidden items are as honest in
training as for a new item later. The validation part asks the closed form of all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from kgrec_core.config import ModelConfig, TrainConfig
from kgrec_core.data.interactions import IntArray, Interactions
from kgrec_core.model.calibration import CalibrationCase, calibration_case
from kgrec_core.model.closed_form import ClosedForm, columns
from kgrec_core.model.fitting import TrainingSet, fit_closed_form
from kgrec_core.model.linear import positive_matrix
from kgrec_core.model.masked_histories import Question, anywhere, from_few, latest
from kgrec_core.model.recommender import Histories, history_scores
from kgrec_core.model.weight_search import CELLS, RankedQuestion
from kgrec_core.model.world import World

_CALIBRATING = 160  # users of each fold whose scores the start of training is fitted to


@dataclass(frozen=True, eq=False)
class Fold:
    users: IntArray
    linear: ClosedForm  # fitted on everybody else


def fold_models(
    training: TrainingSet, smooth: Tensor, model: ModelConfig, config: TrainConfig, rng: np.random.Generator
) -> list[Fold]:
    """smooth: as in `fit_closed_form`"""
    parts = np.array_split(rng.permutation(training.users), config.folds)
    everyone = np.arange(training.users)
    return [Fold(part, fit_closed_form(training, np.setdiff1d(everyone, part), smooth, model)) for part in parts]


def ask(histories: Histories, linear: ClosedForm, config: TrainConfig, rng: np.random.Generator) -> Question:
    """What came later is to be found where order is asked, else a share of each history."""
    return latest(histories, config, rng) if linear.recency else anywhere(histories, config, rng)


def before(histories: Histories, gap: float) -> Histories:
    """Without the latest `gap` (a share) of each."""
    return histories.as_of(histories.ages >= gap * histories.mask.sum(1, keepdim=True)) if gap else histories


def calibration_cases(
    world: World, folds: Sequence[Fold], training: TrainingSet, config: TrainConfig, rng: np.random.Generator
) -> tuple[list[CalibrationCase], list[CalibrationCase]]:
    """Questions to some users of each fold, and the same to them as if they were new."""
    usual, few = [], []
    for fold in folds:
        question = ask(_some(training, fold.users, _CALIBRATING, rng), fold.linear, config, rng)
        usual.append(calibration_case(world, fold.linear, question, config, rng))
        few.append(calibration_case(world, fold.linear, from_few(question, config, rng), config, rng))
    return usual, few


def ranked_questions(
    world: World,
    folds: Sequence[Fold],
    linear: ClosedForm,
    training: TrainingSet,
    valid: Interactions,
    config: TrainConfig,
    rng: np.random.Generator,
) -> tuple[list[RankedQuestion], list[RankedQuestion]]:
    """Over all items that an answer can be: users of each fold and as many of the validation part, and users of each
    fold as if they were new, who are asked for all else that they like.

    linear: fitted to all of training. An item that nobody met, in the validation part neither, is no candidate: it
    would count as a wrong answer for being new.
    """
    most = max(CELLS // (3 * world.items * len(columns(world, linear).names)), 1)
    usual, few = [], []
    for fold in folds:
        histories = _some(training, fold.users, max(most // len(folds), 1), rng)
        question = ask(histories, fold.linear, config, rng)
        usual.append(_ranked(world, fold.linear, question))
        few.append(_ranked(world, fold.linear, Question(from_few(question, config, rng).known, histories)))
    users = np.sort(rng.permutation(training.users)[:most])
    return [*usual, _of_validation(world, linear, training, valid, users, config.gap)], few


def _some(training: TrainingSet, users: IntArray, most: int, rng: np.random.Generator) -> Histories:
    return training.histories(np.sort(rng.permutation(users)[:most]))


def _ranked(world: World, linear: ClosedForm, question: Question) -> RankedQuestion:
    seen, wanted = (each > 0 for each in (question.known.dense(world.items), question.targets(world.items)))
    return _question(world, linear, question.known, seen | (linear.unknown == 1), wanted)


def _of_validation(
    world: World, linear: ClosedForm, training: TrainingSet, valid: Interactions, users: IntArray, gap: float
) -> RankedQuestion:
    shape = training.users, world.items
    seen = torch.from_numpy(training.data.matrix(*shape, np.ones(len(training.data))).toarray()[users] > 0)
    met = np.union1d(training.data.items, valid.items)
    seen[:, np.setdiff1d(np.arange(world.items), met)] = True
    wanted = positive_matrix(valid, *shape, training.positive)[users] > 0
    return _question(world, linear, before(training.histories(users), gap if linear.recency else 0.0), seen, wanted)


def _question(world: World, linear: ClosedForm, known: Histories, seen: Tensor, wanted: Tensor) -> RankedQuestion:
    branches, count = history_scores(world, linear, known), known.mask.sum(1, keepdim=True)
    return RankedQuestion(branches, linear.popularity, count, seen, wanted & ~seen)
