from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch

from kgrec_core.evaluate import trained_peers
from kgrec_core.evaluate.baselines import tuned_ease_low
from kgrec_core.evaluate.tuning import Answers, Tuned, best, tried

USERS, ITEMS = 40, 12
Tuner = Callable[[torch.Tensor, Answers, int], Tuned]
TUNERS = (trained_peers.tuned_als, trained_peers.tuned_bpr, trained_peers.tuned_lightgcn)


@pytest.fixture(scope="module")
def likes() -> torch.Tensor:
    """Even users like the first six items, odd ones the rest; each likes five of the six."""
    own = torch.arange(USERS).unsqueeze(1) % 2 == torch.arange(ITEMS) // 6
    left_out = torch.arange(USERS).unsqueeze(1) // 2 % 6 == torch.arange(ITEMS) % 6
    return (own & ~left_out).float()


@pytest.fixture(scope="module")
def validation(likes: torch.Tensor) -> Answers:
    """The one item of their side that a user does not have yet."""
    own = np.arange(USERS)[:, None] % 2 == np.arange(ITEMS) // 6
    return Answers(likes.numpy() > 0, own & (likes.numpy() == 0))


@pytest.fixture(autouse=True)
def small_grids(monkeypatch: pytest.MonkeyPatch) -> None:
    small = {
        "ALS_FACTORS": (4,),
        "ALS_PENALTIES": (1.0,),
        "ALS_CONFIDENCES": (5.0,),
        "BPR_PENALTIES": (1e-4,),
        "GCN_RATES": (1e-2,),
        "GCN_LAYERS": (2,),
        "GCN_PENALTIES": (1e-4,),
        "GCN_EPOCHS": 30,
    }
    for name, value in small.items():
        monkeypatch.setattr(trained_peers, name, value)


@pytest.mark.parametrize("tuner", TUNERS)
def test_a_trained_peer_finds_the_missing_item_of_a_users_side(
    tuner: Tuner, likes: torch.Tensor, validation: Answers
) -> None:
    found = tuner(likes, validation, 0)
    assert found.scores.shape == likes.shape and found.setting
    assert found.validation > 0.9


@pytest.mark.parametrize("tuner", TUNERS)
def test_the_same_seed_gives_the_same_scores(tuner: Tuner, likes: torch.Tensor, validation: Answers) -> None:
    first, second = (tuner(likes, validation, 3).scores for _ in range(2))
    assert torch.equal(first, second)


def test_training_a_peer_leaves_the_random_numbers_of_others_alone(likes: torch.Tensor, validation: Answers) -> None:
    torch.manual_seed(5)
    expected = torch.rand(3)
    torch.manual_seed(5)
    trained_peers.tuned_lightgcn(likes, validation, 0)
    assert torch.equal(torch.rand(3), expected)


def test_ease_reads_dislikes_as_weaker_evidence(likes: torch.Tensor, validation: Answers) -> None:
    rated = torch.where((likes == 0) & (torch.arange(ITEMS) == 0), -1.0, likes)  # everybody rated item 0
    found = tuned_ease_low(rated, validation)
    assert "low" in found.setting and found.scores.shape == likes.shape


def test_the_first_of_equally_good_settings_is_kept(likes: torch.Tensor, validation: Answers) -> None:
    same = ((name, lambda known: known) for name in ("one", "two"))
    assert best(tried(same, likes), validation).setting == "one"


@pytest.mark.parametrize("tuner", TUNERS)
def test_a_tuned_peer_reads_the_same_again_to_the_same_scores(
    tuner: Tuner, likes: torch.Tensor, validation: Answers
) -> None:
    found = tuner(likes, validation, 0)
    assert torch.equal(found.again(likes), found.scores)
