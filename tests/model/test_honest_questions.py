"""People of training asked for some of what they like: who may be asked what, by whom."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
import torch

from kgrec_core.config import ModelConfig, TrainConfig
from kgrec_core.data.interactions import Interactions
from kgrec_core.data.split import split_random
from kgrec_core.model.fitting import TrainingSet, fit_closed_form, smoother_of
from kgrec_core.model.honest_questions import Fold, fold_models, ranked_questions
from kgrec_core.model.inputs import Inputs
from kgrec_core.model.weight_search import RankedQuestion

NEW, LATE = 3, 5  # an item that nobody met, and one that is met in the validation part alone


@dataclass(frozen=True)
class Asked:
    training: TrainingSet
    valid: Interactions
    folds: list[Fold]
    usual: list[RankedQuestion]  # the validation part last
    few: list[RankedQuestion]


@pytest.fixture
def asked(tiny_inputs: Inputs, small_model: ModelConfig, short_training: TrainConfig) -> Asked:
    split, rng = split_random(tiny_inputs.interactions, 0), np.random.default_rng(0)
    train = split.train.select(~np.isin(split.train.items, [NEW, LATE]))
    valid = split.train.select(split.train.items == LATE)
    training, world = tiny_inputs.training_set(train, small_model), tiny_inputs.world(small_model)
    smooth = smoother_of(world, training, small_model)
    folds = fold_models(training, smooth, small_model, short_training, rng)
    linear = fit_closed_form(training, np.arange(training.users), smooth, small_model)
    usual, few = ranked_questions(world, folds, linear, training, valid, short_training, rng)
    return Asked(training, valid, folds, usual, few)


def test_everybody_is_in_one_fold_and_its_closed_form_has_not_seen_them(asked: Asked) -> None:
    users = np.concatenate([fold.users for fold in asked.folds])
    assert sorted(users.tolist()) == list(range(asked.training.users))
    for fold in asked.folds:
        others = np.setdiff1d(users, fold.users)
        met = np.zeros(len(fold.linear.unknown), dtype=bool)
        met[asked.training.data.items[np.isin(asked.training.data.users, others)]] = True
        assert (fold.linear.unknown.numpy()[~met] == 1).all() and (fold.linear.unknown.numpy()[met] < 1).all()


def test_an_item_that_nobody_met_is_no_candidate(asked: Asked) -> None:
    """It could not be an answer, so every list would be better without it."""
    for question in (*asked.usual, *asked.few):
        assert question.seen[:, NEW].all() and not question.relevant[:, NEW].any()


def test_an_item_met_in_the_validation_part_alone_can_be_an_answer_there_and_nowhere_else(asked: Asked) -> None:
    *folds, valid = asked.usual
    assert not valid.seen[:, LATE].any() and valid.relevant[:, LATE].any()
    assert all(question.seen[:, LATE].all() for question in (*folds, *asked.few))


def test_who_is_new_is_asked_for_all_else_that_they_like(asked: Asked, tiny_inputs: Inputs) -> None:
    """What is not known of them there is no wrong answer: every like that is a candidate is relevant."""
    data = asked.training.data
    likes = {(user, item) for user, item, value in zip(data.users, data.items, data.values, strict=True)
             if value >= asked.training.positive}  # fmt: skip
    for fold, question in zip(asked.folds, asked.few, strict=True):
        assert len(question.relevant) == len(fold.users)
        for row, user in enumerate(sorted(fold.users.tolist())):
            wanted = {item for item in range(tiny_inputs.graph.items) if bool(question.relevant[row, item])}
            open_to = {item for item in range(tiny_inputs.graph.items) if not bool(question.seen[row, item])}
            assert wanted == {item for item in open_to if (user, item) in likes}


def test_no_item_is_seen_and_wanted_at_once(asked: Asked) -> None:
    for question in (*asked.usual, *asked.few):
        assert not torch.any(question.seen & question.relevant)
