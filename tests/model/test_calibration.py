from __future__ import annotations

import numpy as np
import pytest
import torch

from kgrec_core.config import ModelConfig, TrainConfig
from kgrec_core.model.calibration import Asked, asked, calibrate
from kgrec_core.model.fusion import Fusion
from kgrec_core.model.inputs import Inputs
from kgrec_core.model.questions import anywhere, from_few, surprise
from kgrec_core.model.recommender import Recommender, World

START = np.log([0.6, 0.1, 0.06, 0.06, 0.12])


@pytest.fixture
def questions(tiny_inputs: Inputs, tiny_recommender: Recommender, tiny_world: World) -> list[Asked]:
    rng, config = np.random.default_rng(0), TrainConfig()
    histories = tiny_inputs.training_set(tiny_inputs.interactions, ModelConfig()).histories(np.arange(24))
    return [asked(tiny_world, tiny_recommender.linear, anywhere(histories, config, rng), config, rng) for _ in range(3)]


@pytest.fixture
def few(tiny_inputs: Inputs, tiny_recommender: Recommender, tiny_world: World) -> list[Asked]:
    rng, config = np.random.default_rng(1), TrainConfig(few_most=3)
    histories = tiny_inputs.training_set(tiny_inputs.interactions, ModelConfig()).histories(np.arange(24))
    posed = [from_few(anywhere(histories, config, rng), config, rng) for _ in range(3)]
    return [asked(tiny_world, tiny_recommender.linear, question, config, rng) for question in posed]


def surprise_of(fusion: Fusion, questions: list[Asked], sharpness: float = 1.0) -> float:
    weight = fusion.log_weight.detach().exp() / fusion.scale
    each = [
        surprise(
            sharpness * (one.branches @ weight + fusion.prior(one.popularity, one.known).detach()),
            one.log_share,
            one.seen,
            one.wanted,
        )
        for one in questions
    ]
    return float(torch.stack(each).mean())


def test_training_starts_where_neither_another_prior_nor_another_sharpness_foretells_better_what_few_events_lead_to(
    tiny_fusion: Fusion, questions: list[Asked], few: list[Asked]
) -> None:
    sharpness = calibrate(tiny_fusion, questions, few)
    best, users = surprise_of(tiny_fusion, few, sharpness), sum(len(one.wanted) for one in few)
    slack = 3.0 / users  # what being normal around its start may hold a parameter back
    for step in (-0.7, 0.7):
        assert surprise_of(tiny_fusion, few, sharpness * np.exp(step)) > best - slack
        tiny_fusion.log_prior.data += step
        assert surprise_of(tiny_fusion, few, sharpness) > best - slack
        tiny_fusion.log_prior.data -= step


def test_training_starts_where_no_other_weight_of_a_branch_ranks_better(
    tiny_fusion: Fusion, questions: list[Asked], few: list[Asked]
) -> None:
    calibrate(tiny_fusion, questions, few)
    best, users = surprise_of(tiny_fusion, questions), sum(len(one.wanted) for one in questions)
    slack = 3.0 / users
    for branch in range(len(START)):
        for step in (-0.7, 0.7):
            tiny_fusion.log_weight.data[branch] += step
            assert surprise_of(tiny_fusion, questions) > best - slack
            tiny_fusion.log_weight.data[branch] -= step


def test_the_start_ranks_better_than_the_weights_that_it_is_fitted_from(
    tiny_fusion: Fusion, questions: list[Asked], few: list[Asked]
) -> None:
    calibrate(tiny_fusion, questions, few)
    fitted = surprise_of(tiny_fusion, questions)
    tiny_fusion.log_weight.data = torch.tensor(START, dtype=torch.float32)
    assert fitted < surprise_of(tiny_fusion, questions)


def test_where_everybody_likes_what_is_popular_the_prior_grows(
    tiny_fusion: Fusion, questions: list[Asked], few: list[Asked]
) -> None:
    calibrate(tiny_fusion, questions, few)
    usual = float(tiny_fusion.log_prior.detach())
    for one in few:
        one.wanted[:] = one.popularity >= one.popularity.topk(2).values[-1]
    calibrate(tiny_fusion, questions, few)
    assert float(tiny_fusion.log_prior.detach()) > usual


def test_a_branch_that_never_says_anything_has_a_unit_all_the_same(
    tiny_fusion: Fusion, questions: list[Asked], few: list[Asked]
) -> None:
    for one in questions:
        one.branches[..., 1] = 0
    calibrate(tiny_fusion, questions, few)
    assert tiny_fusion.scale[1] == 1
    assert bool(tiny_fusion.log_weight.isfinite().all())


def test_nobody_to_ask_leaves_a_start_that_is_finite(
    tiny_fusion: Fusion, questions: list[Asked], few: list[Asked]
) -> None:
    for one in (*questions, *few):
        one.wanted[:] = 0
    sharpness = calibrate(tiny_fusion, questions, few)
    assert bool(tiny_fusion.log_weight.isfinite().all())
    assert sharpness == 1.0
