from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
import torch

from kgrec_core.evaluate.hidden_items import NewItemQuestion, hidden_items, split_by_items
from kgrec_core.model.inputs import Inputs


def _question(wanted: list[list[int]], hidden: list[int], known: list[list[int]]) -> NewItemQuestion:
    likes = torch.tensor(known, dtype=torch.float32)
    mask = np.isin(np.arange(likes.shape[1]), hidden)
    return NewItemQuestion(likes, likes, likes, np.array(wanted, dtype=bool), mask, seed=0)


def test_a_fifth_of_the_items_is_hidden_and_another_fifth_by_another_seed() -> None:
    first, second = hidden_items(50, 0), hidden_items(50, 1)
    assert first.sum() == second.sum() == 50 / 5
    assert (first != second).any() and (first == hidden_items(50, 0)).all()


def test_nothing_of_a_hidden_item_is_learnt_from_and_nothing_else_is_asked(tiny_inputs: Inputs) -> None:
    hidden = hidden_items(10, 3)
    split = split_by_items(tiny_inputs.interactions, hidden, 3)
    assert not hidden[split.train.items].any() and not hidden[split.valid.items].any()
    assert hidden[split.test.items].all()
    assert len(split.train) + len(split.valid) + len(split.test) == len(tiny_inputs.interactions)
    assert len(split.valid) == pytest.approx(0.1 * (len(split.train) + len(split.valid)), rel=0.5)


def test_people_are_asked_from_all_that_is_not_hidden(tiny_inputs: Inputs) -> None:
    split = split_by_items(tiny_inputs.interactions, hidden_items(10, 0), 0)
    assert len(split.known) == len(split.train) + len(split.valid)


def test_each_known_item_is_hidden_once_in_turn_and_what_was_liked_of_it_is_asked_for() -> None:
    question = _question([[0, 0, 0, 0, 0, 1]], [5], [[1, 1, 1, 1, 1, 0]])
    assert sum(inner.hidden.astype(int) for inner in question.inner).tolist() == [1, 1, 1, 1, 1, 0]
    for inner in question.inner:
        assert (inner.wanted[0] == inner.hidden).all()
        assert not inner.history[:, torch.from_numpy(inner.hidden)].any()
        assert inner.history.sum() == 5 - 1


def test_only_hidden_items_are_ranked() -> None:
    question = _question([[0, 0, 0, 1]], [1, 2, 3], [[1, 0, 0, 0]])
    assert question.ndcg(torch.tensor([[9.0, 3.0, 1.0, 2.0]])) == pytest.approx(1 / math.log2(3))


def test_who_likes_no_hidden_item_is_not_judged() -> None:
    question = _question([[0, 0, 1], [0, 0, 0]], [1, 2], [[1, 0, 0], [1, 0, 0]])
    assert question.ndcg(torch.tensor([[0.0, 0.0, 1.0], [0.0, 1.0, 0.0]])) == 1.0
    assert replace(question, wanted=np.zeros((2, 3), dtype=bool)).ndcg(torch.zeros(2, 3)) == 0.0
