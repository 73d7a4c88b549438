from __future__ import annotations

import numpy as np
import pytest
import torch

from kgrec_core.config import ModelConfig, TrainConfig
from kgrec_core.model import calibration
from kgrec_core.model.calibration import CalibrationCase, calibrate, calibration_case
from kgrec_core.model.inputs import Inputs
from kgrec_core.model.masked_histories import anywhere, from_few, surprise
from kgrec_core.model.network import Fusion, Parts
from kgrec_core.model.recommender import Recommender
from kgrec_core.model.world import World

START, PRIOR = np.log([0.6, 0.1, 0.06, 0.06, 0.12]), 0.3


@pytest.fixture
def questions(tiny_inputs: Inputs, tiny_recommender: Recommender, tiny_world: World) -> list[CalibrationCase]:
    rng, config = np.random.default_rng(0), TrainConfig()
    histories = tiny_inputs.training_set(tiny_inputs.interactions, ModelConfig()).histories(np.arange(24))
    return [
        calibration_case(tiny_world, tiny_recommender.linear, anywhere(histories, config, rng), config, rng)
        for _ in range(3)
    ]


@pytest.fixture
def few(tiny_inputs: Inputs, tiny_recommender: Recommender, tiny_world: World) -> list[CalibrationCase]:
    rng, config = np.random.default_rng(1), TrainConfig(few_most=3)
    histories = tiny_inputs.training_set(tiny_inputs.interactions, ModelConfig()).histories(np.arange(24))
    posed = [from_few(anywhere(histories, config, rng), config, rng) for _ in range(3)]
    return [calibration_case(tiny_world, tiny_recommender.linear, question, config, rng) for question in posed]


@torch.no_grad()
def scores_of(fusion: Fusion, case: CalibrationCase) -> torch.Tensor:
    """Of the branches and the prior."""
    parts = Parts(torch.zeros(()), torch.zeros(()), case.branches, case.popularity, case.known)
    return fusion.closed(parts) + fusion.prior(case.popularity, case.known)


def asked(cases: list[CalibrationCase]) -> int:
    """How many people have something to find."""
    return sum(int(one.wanted.any(1).sum()) for one in cases)


def surprise_of(fusion: Fusion, questions: list[CalibrationCase], sharpness: float = 1.0) -> float:
    each = [
        surprise(
            sharpness * scores_of(fusion, one),
            one.log_share,
            one.seen,
            one.wanted,
        )
        for one in questions
    ]
    return float(torch.stack(each).mean())


def held_back(away: float, users: int) -> float:
    """What a parameter that is so far from its start costs, but for a constant."""
    return 0.5 * away**2 / users


def test_training_starts_where_neither_another_prior_nor_another_sharpness_foretells_better_what_few_events_lead_to(
    tiny_fusion: Fusion, questions: list[CalibrationCase], few: list[CalibrationCase], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calibration, "_TURNS", 1)  # so that it is known where each fit begins
    sharpness = calibrate(tiny_fusion, questions, few)
    best, users = surprise_of(tiny_fusion, few, sharpness), asked(few)
    gone = float(np.log(sharpness)), float(tiny_fusion.log_prior.detach() - np.log(PRIOR))
    best += held_back(gone[0], users) + held_back(gone[1], users)
    for step in (-0.5, 0.5):
        held = held_back(gone[0] + step, users) + held_back(gone[1], users)
        assert surprise_of(tiny_fusion, few, sharpness * np.exp(step)) + held > best - 1e-5
        tiny_fusion.log_prior.data += step
        held = held_back(gone[0], users) + held_back(gone[1] + step, users)
        assert surprise_of(tiny_fusion, few, sharpness) + held > best - 1e-5
        tiny_fusion.log_prior.data -= step


def test_training_starts_where_no_other_weight_of_a_branch_ranks_better(
    tiny_fusion: Fusion, questions: list[CalibrationCase], few: list[CalibrationCase], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calibration, "_TURNS", 1)
    calibrate(tiny_fusion, questions, few)
    tiny_fusion.log_prior.data = torch.tensor(PRIOR).log()  # as it was when the usual weights were fitted
    tiny_fusion.log_first.data = torch.tensor(START, dtype=torch.float32)
    best, users = surprise_of(tiny_fusion, questions), asked(questions)
    for branch in range(len(START)):
        away = float(tiny_fusion.log_weight.detach()[branch]) - START[branch]
        for step in (-0.5, 0.5):
            tiny_fusion.log_weight.data[branch] += step
            held = held_back(away + step, users) - held_back(away, users)
            assert surprise_of(tiny_fusion, questions) + held > best - 1e-5
            tiny_fusion.log_weight.data[branch] -= step


def test_the_start_ranks_better_than_the_weights_that_it_is_fitted_from(
    tiny_fusion: Fusion, questions: list[CalibrationCase], few: list[CalibrationCase]
) -> None:
    calibrate(tiny_fusion, questions, few)
    fitted = surprise_of(tiny_fusion, questions)
    tiny_fusion.log_weight.data = torch.tensor(START, dtype=torch.float32)
    assert fitted < surprise_of(tiny_fusion, questions)


def test_where_everybody_likes_what_is_popular_the_prior_grows(
    tiny_fusion: Fusion, questions: list[CalibrationCase], few: list[CalibrationCase]
) -> None:
    calibrate(tiny_fusion, questions, few)
    usual = float(tiny_fusion.log_prior.detach())
    for one in few:
        one.wanted[:] = one.popularity >= one.popularity.topk(2).values[-1]
    calibrate(tiny_fusion, questions, few)
    assert float(tiny_fusion.log_prior.detach()) > usual


def test_a_branch_that_never_says_anything_has_a_unit_all_the_same(
    tiny_fusion: Fusion, questions: list[CalibrationCase], few: list[CalibrationCase]
) -> None:
    for one in questions:
        one.branches[..., 1] = 0
    calibrate(tiny_fusion, questions, few)
    assert tiny_fusion.scale[1] == 1
    assert bool(tiny_fusion.log_weight.isfinite().all())


def test_nobody_to_ask_leaves_a_start_that_is_finite(
    tiny_fusion: Fusion, questions: list[CalibrationCase], few: list[CalibrationCase]
) -> None:
    for one in (*questions, *few):
        one.wanted[:] = 0
    sharpness = calibrate(tiny_fusion, questions, few)
    assert bool(tiny_fusion.log_weight.isfinite().all())
    assert sharpness == 1.0
