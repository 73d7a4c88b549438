from __future__ import annotations

import numpy as np
import pytest

from kgrec_core.model import newcomers
from kgrec_core.model.inputs import Inputs


@pytest.fixture(autouse=True)
def two_likes_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(newcomers, "GIVEN", 2)


def test_nothing_of_a_visitor_is_there_in_training(tiny_inputs: Inputs) -> None:
    seen = newcomers.visit(tiny_inputs, seed=0)
    learned = np.concatenate([seen.split.train.users, seen.split.valid.users])
    assert len(seen.visitors) and not np.isin(learned, seen.visitors).any()
    assert len(seen.split.test) == 0


def test_known_likes_and_those_to_find_make_up_all_likes(tiny_inputs: Inputs) -> None:
    seen, data = newcomers.visit(tiny_inputs, seed=1), tiny_inputs.interactions
    for user in seen.visitors.tolist():
        likes = set(data.of_user(user).items[data.of_user(user).values >= 4].tolist())
        known = set(seen.known.of_user(user).items.tolist())
        rest = set(np.flatnonzero(seen.answers.relevant[user]).tolist())
        assert len(known) == 2 and not known & rest and known | rest == likes
        assert set(np.flatnonzero(seen.answers.seen[user]).tolist()) == known


def test_only_visitors_are_judged(tiny_inputs: Inputs) -> None:
    seen = newcomers.visit(tiny_inputs, seed=0)
    assert np.flatnonzero(seen.answers.relevant.any(1)).tolist() == seen.visitors.tolist()


def test_another_seed_has_other_visitors(tiny_inputs: Inputs) -> None:
    first, second = (newcomers.visit(tiny_inputs, seed).visitors.tolist() for seed in (0, 1))
    assert first != second
