"""A world in which what follows is certain: item i + 1 after item i, around a circle of ten."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch

from kgrec_core.data.interactions import Interactions
from kgrec_core.evaluate import order_peers, sasrec
from kgrec_core.evaluate.order_peers import Ordered, tuned_markov, tuned_recent_ease, tuned_slist
from kgrec_core.evaluate.sasrec import tuned_sasrec
from kgrec_core.evaluate.tuning import Answers, Tuned

USERS, ITEMS, LENGTH = 60, 10, 5
Tuner = Callable[[Ordered, Answers], Tuned[Ordered]]


def sasrec_of_seed_0(known: Ordered, validation: Answers) -> Tuned[Ordered]:
    return tuned_sasrec(known, validation, 0)


READERS: tuple[Tuner, ...] = (tuned_markov, tuned_slist, sasrec_of_seed_0)


def walk(length: int) -> np.ndarray:
    return (np.arange(USERS)[:, None] + np.arange(length)) % ITEMS


@pytest.fixture(scope="module")
def known() -> Ordered:
    """Each user walks five steps around the circle, from a place of their own."""
    items = walk(LENGTH).ravel()
    users = np.repeat(np.arange(USERS), LENGTH)
    data = Interactions(users, items, np.ones(len(items), np.float32), np.tile(np.arange(LENGTH), USERS) + 1)
    return Ordered(data, np.ones(len(items), np.float32), USERS, ITEMS)


@pytest.fixture(scope="module")
def validation() -> Answers:
    seen, relevant = np.zeros((USERS, ITEMS), dtype=bool), np.zeros((USERS, ITEMS), dtype=bool)
    np.put_along_axis(seen, walk(LENGTH), True, axis=1)
    np.put_along_axis(relevant, walk(LENGTH + 1)[:, -1:], True, axis=1)
    return Answers(seen, relevant)


@pytest.fixture(autouse=True)
def small_grids(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(order_peers, "RIDGES", (1.0,))
    monkeypatch.setattr(order_peers, "HALF_LIVES", (0.5, 4.0))
    monkeypatch.setattr(order_peers, "NEARS", (1.0,))
    monkeypatch.setattr(sasrec, "SETTINGS", ((1, 0.0),))
    monkeypatch.setattr(sasrec, "RATE", 1e-2)


@pytest.mark.parametrize("tuner", READERS)
def test_a_peer_that_reads_the_order_knows_what_comes_next(tuner: Tuner, known: Ordered, validation: Answers) -> None:
    found = tuner(known, validation)
    assert found.scores.shape == (USERS, ITEMS) and found.setting
    assert found.validation == 1


@pytest.mark.parametrize("tuner", [*READERS, tuned_recent_ease])
def test_the_same_history_is_scored_the_same_again(tuner: Tuner, known: Ordered, validation: Answers) -> None:
    found = tuner(known, validation)
    assert torch.allclose(found.again(known), found.scores)


def test_an_older_event_weighs_half_after_a_half_life(known: Ordered) -> None:
    recent = known.recent(low=0.0, half_life=2.0)[0]
    assert recent[:LENGTH].tolist() == pytest.approx([0.5 ** (age / 2) for age in (4, 3, 2, 1, 0)])


def test_disliked_events_are_left_out_or_weigh_less() -> None:
    data = Interactions(np.zeros(3, np.int64), np.arange(3), np.array([5, 1, 5], np.float32), np.array([1, 2, 3]))
    known = Ordered(data, np.array([1, 0, 1], np.float32), 1, 3)
    assert known.recent(low=0.0, half_life=1.0)[0].tolist() == [0.5, 0, 1]  # the disliked one is no step
    assert known.recent(low=0.4, half_life=1.0)[0].tolist() == pytest.approx([0.25, 0.4 * 0.5, 1])


def test_histories_longer_than_the_network_reads_are_cut_without_losing_a_step() -> None:
    history = torch.arange(2 * sasrec.LENGTH + 5)
    steps = [
        pair for piece in sasrec._pieces(history) for pair in zip(piece[:-1].tolist(), piece[1:].tolist(), strict=True)
    ]
    assert steps == list(zip(history[:-1].tolist(), history[1:].tolist(), strict=True))


def test_who_has_no_history_gets_no_scores() -> None:
    data = Interactions(np.array([0, 0]), np.array([1, 2]), np.ones(2, np.float32), np.array([1, 2]))
    known = Ordered(data, np.ones(2, np.float32), users=2, items=4)
    scores = next(sasrec._trained(known, sasrec._SasrecSetting(1, 0.0), seed=0))
    assert scores[0].any() and not scores[1].any()
