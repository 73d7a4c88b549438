"""The smallest set of elements whose removal pushes an item out of the top k: best first, exhaustive where it is small.

A lead is the item's score minus a rival's; the item is out when at least k leads are below zero. Single removals are
all re-scored. What they cost each lead is added up to guess the cost of larger sets, which is nearly right, for most of
the model is linear in what is removed; the sets that look best are re-scored exactly, so a set that is found works.
The work is counted in re-scored sets, not in seconds: the same question has the same answer on any machine.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np
import torch
from torch import Tensor

BEAM = 24  # sets of each size that are grown by one more element
TRIED, TRIED_LARGE = 96, 32  # sets of each size up to 3, and of each larger size, that are re-scored
FEW = 400  # sets of one size are all re-scored up to this many
GUESSED = 60_000  # sets of one size whose leads are guessed, at most

Leads = Callable[[Tensor], Tensor]
"""(m, n) bool, True = removed -> (m, rivals) leads of the item over each rival."""


@dataclass(frozen=True, eq=False)
class Found:
    """What a search found. Sets are index tuples; `working` are re-scored ones that push the item out, best first."""

    working: tuple[tuple[int, ...], ...]
    tried_up_to: int  # size of the largest sets that were looked for
    exhausted_up_to: int  # every set up to this size was re-scored
    rescored: int  # sets
    elements: int  # that could be removed


@dataclass(frozen=True, slots=True)
class Effort:
    largest: int = 15  # elements of a set
    rescored: int = 1500  # sets


def smallest(leads: Leads, elements: int, k: int, effort: Effort) -> Found:
    """The smallest removals of up to `effort.largest` of `elements` that put the item behind at least k rivals.

    The item is taken to be in the top k as long as nothing is removed.
    """
    sets, spent, exhausted = torch.arange(elements).unsqueeze(1), elements, min(1, elements)
    exact = leads(_removed(sets, elements))
    cost = leads(torch.zeros(1, elements, dtype=torch.bool)) - exact
    working = _working(sets, exact, k)
    size = exhausted
    while not working and size < min(effort.largest, elements) and spent < effort.rescored:
        size += 1
        sets, complete = _larger(sets, exact, cost, k)
        exact = leads(_removed(sets, elements))
        spent += len(sets)
        exhausted = size if complete and exhausted == size - 1 else exhausted
        working = _working(sets, exact, k)
    smaller = [reduced for each in working[:1] if size > exhausted + 1 for reduced in _parts(each, leads, elements, k)]
    return Found(tuple(smaller) or working, size, exhausted, spent, elements)


def margin(leads: Tensor, k: int) -> Tensor:
    """(m, rivals) leads -> (m,): the k-th smallest; below zero where the item is out of the top k."""
    if leads.shape[1] < k:
        return leads.new_full((len(leads),), torch.inf)
    return torch.from_numpy(np.partition(leads.numpy(), k - 1, 1)[:, k - 1].copy())  # torch takes six times as long


def _larger(sets: Tensor, exact: Tensor, cost: Tensor, k: int) -> tuple[Tensor, bool]:
    """Sets of one element more to re-score, and whether these are all that there are. cost: (elements, rivals)."""
    elements, size = len(cost), sets.shape[1] + 1
    if comb(elements, size) <= FEW:
        return torch.tensor(list(combinations(range(elements), size))), True
    parents = margin(exact, k).argsort(stable=True)[: max(BEAM, GUESSED // elements if size == 2 else 0)]
    rows, added = (_removed(sets[parents], elements).logical_not()).nonzero(as_tuple=True)
    guessed = margin(exact[parents][rows] - cost[added], k)
    most = TRIED if size <= 3 else TRIED_LARGE
    best = guessed.argsort(stable=True)[: size * most]  # a set may have grown in as many ways as it has elements
    grown = torch.cat([sets[parents][rows[best]], added[best].unsqueeze(1)], 1).sort(1).values
    return _first_of_each(grown)[:most], False


def _first_of_each(rows: Tensor) -> Tensor:
    """Distinct rows in the order in which they first come."""
    return torch.tensor(list(dict.fromkeys(map(tuple, rows.tolist()))))


def _parts(chosen: tuple[int, ...], leads: Leads, elements: int, k: int) -> tuple[tuple[int, ...], ...]:
    """Sets that work, made of all but one element of `chosen`, or of these sets in turn; none where none does."""
    parts = torch.tensor([chosen[:gone] + chosen[gone + 1 :] for gone in range(len(chosen))])
    working = _working(parts, leads(_removed(parts, elements)), k)
    return (_parts(working[0], leads, elements, k) or working) if working else ()


def _removed(sets: Tensor, elements: int) -> Tensor:
    """(m, size) indices -> (m, elements) bool."""
    out = torch.zeros(len(sets), elements, dtype=torch.bool)
    return out.scatter(1, sets, True) if sets.numel() else out


def _working(sets: Tensor, leads: Tensor, k: int) -> tuple[tuple[int, ...], ...]:
    margins = margin(leads, k)
    order = margins.argsort(stable=True)
    return tuple(tuple(sets[index].tolist()) for index in order[margins[order] < 0].tolist())
