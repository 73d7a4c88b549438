from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from kgrec_core.config import ModelConfig, TrainConfig
from kgrec_core.data.interactions import Interactions
from kgrec_core.evaluate import compared_models, new_visitors
from kgrec_core.evaluate.protocol import likes
from kgrec_core.model.inputs import Inputs
from kgrec_core.schema.progress import no_progress


@pytest.fixture(autouse=True)
def two_likes_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(new_visitors, "GIVEN", 2)


def test_nothing_of_a_visitor_is_there_in_training(tiny_inputs: Inputs) -> None:
    seen = new_visitors.visit(tiny_inputs, seed=0)
    learned = np.concatenate([seen.split.train.users, seen.split.valid.users])
    assert len(seen.visitors) and not np.isin(learned, seen.visitors).any()
    assert len(seen.split.test) == 0


def test_known_likes_and_those_to_find_make_up_all_likes(tiny_inputs: Inputs) -> None:
    seen, data = new_visitors.visit(tiny_inputs, seed=1), tiny_inputs.interactions
    for user in seen.visitors.tolist():
        likes = set(data.of_user(user).items[data.of_user(user).values >= 4].tolist())
        known = set(seen.known.of_user(user).items.tolist())
        rest = set(np.flatnonzero(seen.answers.relevant[user]).tolist())
        assert len(known) == 2 and not known & rest and known | rest == likes
        assert set(np.flatnonzero(seen.answers.seen[user]).tolist()) == known


def test_only_visitors_are_judged(tiny_inputs: Inputs) -> None:
    seen = new_visitors.visit(tiny_inputs, seed=0)
    assert np.flatnonzero(seen.answers.relevant.any(1)).tolist() == seen.visitors.tolist()


def test_another_seed_has_other_visitors(tiny_inputs: Inputs) -> None:
    first, second = (new_visitors.visit(tiny_inputs, seed).visitors.tolist() for seed in (0, 1))
    assert first != second


def test_a_setting_is_chosen_for_people_who_told_as_few_likes(trial: compared_models.Trial) -> None:
    """The ridge of long histories is not looked at: pseudo-visitors of the train part alone decide."""
    turns = list(new_visitors._turns(trial))
    asked = np.concatenate([turn.known.users for turn in turns])
    assert all(count == 2 for count in np.bincount(asked)[np.unique(asked)])
    for turn in turns:
        assert not np.isin(turn.others.users, turn.known.users).any()
    learners = {"none": lambda trial, others: lambda known: torch.zeros(24, 10), "best": _clairvoyant}
    fitted = new_visitors._tuned(tuple(learners.items()))(trial, new_visitors.visit(trial.inputs, 0), no_progress)
    assert fitted.setting == "best"


def _clairvoyant(trial: compared_models.Trial, others: Interactions) -> new_visitors.Ask:
    return lambda known: likes(trial.inputs, trial.split.train)


@pytest.mark.parametrize("name", ["visitor-graded-ridge", "visitor-ease", "visitor-itemknn", "visitor-popularity"])
def test_each_method_ranks_for_visitors_it_never_met(name: str, trial: compared_models.Trial) -> None:
    method = next(each for each in new_visitors.METHODS if each.name == name)
    seen = new_visitors.visit(trial.inputs, 0)
    fitted = method.fit(replace(trial, split=seen.split), seen, no_progress)
    assert fitted.scores.shape == (24, 10)
    assert np.asarray(fitted.scores)[seen.visitors].any()


@pytest.fixture
def trial(tiny_inputs: Inputs, small_model: ModelConfig) -> compared_models.Trial:
    return compared_models.Trial(tiny_inputs, (), new_visitors.visit(tiny_inputs, 0).split, small_model, TrainConfig())
