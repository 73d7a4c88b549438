"""How often a counterfactual is answered, right, and the smallest there is; used by the benchmark of explanations.

Everything is judged by the whole model on the whole catalogue, `Recommender.scores`, and by nothing that the search
uses: shortened histories are scored as histories of their own, facts that are gone by a graph built anew. Where there
are no more than MOST sets, all of them are tried: those smaller than an answer that was found must fail, and so must
every set up to the size of an answer of "none". An answer that says less than trying tells is no answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain, combinations
from math import comb

import numpy as np
import torch

from kgrec_core.explain.asker_scores import UserContext
from kgrec_core.explain.change.counterfactual import SmallestRemoval, without_events, without_facts
from kgrec_core.explain.removal.coalitions import Game
from kgrec_core.explain.removal.ranking import ranking, ranks_without, without_edges

MOST, MOST_FACTS = 2_000, 130  # sets tried on one problem; a ranking of the whole catalogue each, of a new graph each
BATCH = 64
Sets = list[tuple[int, ...]]
Works = Callable[[Sets], bool]
"""Whether one of the sets takes the item out of the list."""


@dataclass(frozen=True, eq=False)
class Problem:
    user: UserContext
    item: int  # in the top k
    k: int


def measure(problems: Sequence[Problem]) -> dict[str, float | int | None]:
    """Shares and means over problems: of the history, and the same of facts with "facts_" before each name."""
    events, facts = [], []
    for problem in problems:
        now, game = ranking(problem.user), Game(problem.user, problem.item)
        own, edges = list(range(len(problem.user.items))), game.edges.tolist()
        change = without_events(problem.user, problem.item, now, problem.k)
        events.append(Judged.of(change, own, _works_without(problem), MOST))
        change = without_facts(game, now, problem.k)
        facts.append(Judged.of(change, edges, _works_without_facts(problem), MOST_FACTS))
    return summary(events) | {f"facts_{name}": value for name, value in summary(facts).items()}


@dataclass(frozen=True, slots=True)
class Judged:
    """One answer. valid, smallest: None where nothing was found, or where there are too many sets to try

    denied: a set was said not to exist, and trying every set tells whether that is so; None where it was not said or
    there are too many
    """

    status: str
    size: int
    proven: bool | None  # what the answer says of itself
    valid: bool | None
    smallest: bool | None
    denied: bool | None

    @classmethod
    def of(cls, change: SmallestRemoval, elements: Sequence[int], works: Works, most: int) -> Judged:
        size, found = len(change.removed), change.status == "found"
        largest = size - 1 if found else change.tried
        sets = _up_to(elements, largest, most) if change.status in ("found", "none") else None
        holds = None if sets is None else not works(sets)
        return cls(
            change.status,
            size,
            change.minimal,
            works([change.removed]) if found else None,
            holds if found else None,
            holds if change.status == "none" else None,
        )


def summary(answers: Sequence[Judged]) -> dict[str, float | int | None]:
    """answered: found, or rightly said that there is none; the search given up, or a wrong "none", is no answer."""
    found = [one for one in answers if one.status == "found"]
    told = [one for one in found if one.smallest is not None]
    return {
        "answered": _mean([one.status in ("found", "none") and one.denied is not False for one in answers]),
        "found": _mean([one.status == "found" for one in answers]),
        "valid": _mean([bool(one.valid) for one in found]),
        "minimal": _mean([bool(one.smallest) for one in told]),
        "minimal_judged": len(told),
        "proven_and_not_minimal": sum(bool(one.proven) and not one.smallest for one in told),
        "none_judged": sum(one.denied is not None for one in answers),
        "mean_size": _mean([one.size for one in found]),
    }


def _works_without(problem: Problem) -> Works:
    def works(sets: Sets) -> bool:
        for start in range(0, len(sets), BATCH):
            kept = torch.ones(len(sets[start : start + BATCH]), len(problem.user.items), dtype=torch.bool)
            for row, gone in enumerate(sets[start : start + BATCH]):
                kept[row, list(gone)] = False
            if (ranks_without(problem.user, problem.item, kept) > problem.k).any():
                return True
        return False

    return works


def _works_without_facts(problem: Problem) -> Works:
    return lambda sets: any(leaves_without_facts(problem, gone) for gone in sets)


def leaves_without_facts(problem: Problem, gone: Sequence[int]) -> bool:
    """Whether the item is outside of the list in a graph that is built anew without these edges."""
    return ranking(without_edges(problem.user, gone)).rank(problem.item) > problem.k


def _up_to(elements: Sequence[int], largest: int, most: int) -> Sets | None:
    """Every set of 1 to `largest` elements; None where there are more than `most`."""
    sizes = range(1, min(largest, len(elements)) + 1)
    if sum(comb(len(elements), size) for size in sizes) > most:
        return None
    return list(chain.from_iterable(combinations(elements, size) for size in sizes))


def _mean(values: Sequence[bool | int]) -> float | None:
    return round(float(np.mean(values)), 4) if values else None
