from __future__ import annotations

from itertools import combinations

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from kgrec_core.explain.change.counterfactual import Leads, margin, smallest
from kgrec_core.explain.effort_limits import Effort

EFFORT = Effort(largest=15, rescored=1500)


def linear(start: Tensor, cost: Tensor) -> Leads:
    """Leads that fall by the sum of what each removed element costs."""
    return lambda removed: start - removed.float() @ cost


def test_the_item_is_out_when_k_rivals_have_passed_it() -> None:
    leads = torch.tensor([[-1.0, 2.0, 3.0], [-1.0, -2.0, 3.0]])
    assert margin(leads, 2).tolist() == [2.0, -1.0]


def test_with_fewer_rivals_than_places_the_item_is_always_in() -> None:
    assert margin(torch.tensor([[-1.0, -2.0]]), 3).tolist() == [torch.inf]


def test_the_smallest_set_is_found_and_every_smaller_one_was_tried() -> None:
    cost = torch.tensor([[3.0], [2.0], [2.0], [0.5]])
    found = smallest(linear(torch.tensor([[4.9]]), cost), 4, 1, EFFORT)
    assert found.working[0] == (0, 1)
    assert found.tried_up_to == 2
    assert found.exhausted_up_to == 2


def test_where_nothing_helps_the_answer_is_none_up_to_all() -> None:
    found = smallest(linear(torch.tensor([[9.0]]), torch.ones(4, 1)), 4, 1, EFFORT)
    assert (found.working, found.tried_up_to, found.exhausted_up_to) == ((), 4, 4)


def test_a_history_of_nothing_has_no_set() -> None:
    found = smallest(linear(torch.tensor([[1.0]]), torch.ones(0, 1)), 0, 1, EFFORT)
    assert (found.working, found.tried_up_to) == ((), 0)


def test_the_search_ends_when_its_effort_is_spent() -> None:
    found = smallest(linear(torch.tensor([[900.0]]), torch.ones(60, 1)), 60, 1, Effort(largest=15, rescored=200))
    assert found.working == ()
    assert found.tried_up_to < 15


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 3))
def test_no_smaller_set_than_the_one_found_works(seed: int, k: int) -> None:
    rng = torch.Generator().manual_seed(seed)
    start, cost = 2 * torch.rand(1, 5, generator=rng), torch.rand(7, 5, generator=rng)
    leads = linear(start, cost)
    found = smallest(leads, 7, k, EFFORT)
    works = [
        size
        for size in range(1, 8)
        for each in combinations(range(7), size)
        if margin(leads(torch.isin(torch.arange(7), torch.tensor(each)).unsqueeze(0)), k) < 0
    ]
    assert (len(found.working[0]) if found.working else None) == (min(works) if works else None)


@pytest.mark.parametrize("elements", [40, 90])
def test_a_guided_search_finds_the_three_that_matter_among_many(elements: int) -> None:
    cost = torch.full((elements, 1), 0.01)
    cost[[4, 17, 33]] = 1.0
    assert smallest(linear(torch.tensor([[2.9]]), cost), elements, 1, EFFORT).working[0] == (4, 17, 33)
