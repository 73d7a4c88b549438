from __future__ import annotations

import numpy as np
import pytest
import torch

from kgrec_core.config import ModelConfig, TrainConfig
from kgrec_core.model.calibration import Asked, asked, calibrate
from kgrec_core.model.fusion import Fusion
from kgrec_core.model.inputs import Inputs
from kgrec_core.model.questions import anywhere, surprise
from kgrec_core.model.recommender import Recommender, World

START = np.log([0.6, 0.1, 0.06, 0.06, 0.12])


@pytest.fixture
def questions(tiny_inputs: Inputs, tiny_recommender: Recommender, tiny_world: World) -> list[Asked]:
    rng, config = np.random.default_rng(0), TrainConfig()
    histories = tiny_inputs.training_set(tiny_inputs.interactions, ModelConfig()).histories(np.arange(24))
    return [asked(tiny_world, tiny_recommender.linear, anywhere(histories, config, rng), config, rng) for _ in range(3)]


def surprise_of(fusion: Fusion, questions: list[Asked], change: torch.Tensor) -> float:
    weight = (fusion.log_weight.detach() + change).exp() / fusion.scale
    each = [surprise(one.branches @ weight, one.log_share, one.seen, one.wanted) for one in questions]
    return float(torch.stack(each).mean())


def test_training_starts_where_no_other_weight_of_a_branch_ranks_better(
    tiny_fusion: Fusion, questions: list[Asked]
) -> None:
    calibrate(tiny_fusion, questions)
    nothing = torch.zeros(len(tiny_fusion.log_weight))
    best, users = surprise_of(tiny_fusion, questions, nothing), sum(len(one.wanted) for one in questions)
    for branch in range(len(nothing)):
        for step in (-0.5, 0.5):
            changed = nothing.clone()
            changed[branch] = step
            away = START[branch] - float(tiny_fusion.log_weight.detach()[branch])
            prior = (step - away) ** 2 - away**2  # twice the change of -log of a normal density around the start
            assert surprise_of(tiny_fusion, questions, changed) + 0.5 * prior / users > best - 1e-5


def test_a_branch_that_never_says_anything_has_a_unit_all_the_same(tiny_fusion: Fusion, questions: list[Asked]) -> None:
    for one in questions:
        one.branches[..., 1] = 0
    calibrate(tiny_fusion, questions)
    assert tiny_fusion.scale[1] == 1
    assert bool(tiny_fusion.log_weight.isfinite().all())


def test_nobody_to_ask_leaves_a_start_that_is_finite(tiny_fusion: Fusion, questions: list[Asked]) -> None:
    for one in questions:
        one.wanted[:] = 0
    calibrate(tiny_fusion, questions)
    assert bool(tiny_fusion.log_weight.isfinite().all())
