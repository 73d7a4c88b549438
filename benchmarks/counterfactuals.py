"""How often a counterfactual is answered, right, and the smallest there is; used by the benchmark of explanations.

Validity is judged by `Recommender.scores` on the whole catalogue. Minimality is judged by trying every smaller set of
the history, against the whole catalogue too, where there are no more than MOST of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np
import torch

from kgrec_core.explain.counterfactual import Change, without_events, without_facts
from kgrec_core.explain.game import Game, UserContext
from kgrec_core.explain.rerank import Reranker
from kgrec_core.explain.standing import Standing, standing, without_edges

MOST = 2_000  # smaller sets tried on one problem; each costs a ranking of the whole catalogue
BATCH = 64
STATUSES = {"found", "none", "budget"}


@dataclass(frozen=True, eq=False)
class Problem:
    user: UserContext
    item: int  # in the top k
    k: int


def measure(problems: Sequence[Problem]) -> dict[str, float | int | None]:
    """{"answered", "valid", "minimal", "mean_size", ...} of counterfactuals over the history and over facts."""
    answers = [(problem, *_answers(problem)) for problem in problems]
    found = [(problem, change) for problem, change, _ in answers if change.status == "found"]
    facts = [(problem, change) for problem, _, change in answers if change.status == "found"]
    judged = [smallest for problem, change in found if (smallest := is_smallest(problem, change)) is not None]
    sizes = [len(change.removed) for _, change in found]
    return {
        "answered": _mean([change.status in STATUSES for _, *both in answers for change in both]),
        "valid": _mean([leaves(problem, change) for problem, change in found]),
        "minimal": _mean(judged),
        "minimal_judged": len(judged),
        "mean_size": _mean(sizes),
        "found": _mean([change.status == "found" for _, change, _ in answers]),
        "facts_found": _mean([change.status == "found" for _, _, change in answers]),
        "facts_valid": _mean([leaves_without_facts(problem, change) for problem, change in facts]),
        "facts_mean_size": _mean([len(change.removed) for _, change in facts]),
    }


def leaves(problem: Problem, change: Change) -> bool:
    """Whether the whole model, on the shortened history, puts the item outside of the top k."""
    return standing(problem.user, change.removed).rank(problem.item) > problem.k


def leaves_without_facts(problem: Problem, change: Change) -> bool:
    """The same in a graph built anew without the removed edges."""
    return standing(without_edges(problem.user, change.removed)).rank(problem.item) > problem.k


def is_smallest(problem: Problem, change: Change) -> bool | None:
    """Whether no smaller set of the history works; None where there are more than MOST sets to try."""
    events, smaller = len(problem.user.items), range(1, len(change.removed))
    if sum(comb(events, size) for size in smaller) > MOST:
        return None
    now = standing(problem.user)
    items = torch.tensor([problem.item, *now.ranked[now.ranked != problem.item].tolist()])
    reranker = Reranker(problem.user, torch.arange(events), items)
    return not any(_one_works(problem, reranker, batch) for batch in _batches(events, smaller))


def _answers(problem: Problem) -> tuple[Change, Change]:
    now: Standing = standing(problem.user)
    game = Game(problem.user, problem.item)
    return without_events(problem.user, problem.item, now, problem.k), without_facts(game, now, problem.k)


def _batches(events: int, sizes: range) -> Iterator[torch.Tensor]:
    sets = [each for size in sizes for each in combinations(range(events), size)]
    for start in range(0, len(sets), BATCH):
        chosen = sets[start : start + BATCH]
        hidden = torch.zeros(len(chosen), events, dtype=torch.bool)
        for row, places in enumerate(chosen):
            hidden[row, list(places)] = True
        yield hidden


def _one_works(problem: Problem, reranker: Reranker, hidden: torch.Tensor) -> bool:
    scores = reranker.scores(hidden)
    return bool(((scores[:, 1:] > scores[:, :1]).sum(1) >= problem.k).any())


def _mean(values: Sequence[bool | int]) -> float | None:
    return round(float(np.mean(values)), 4) if values else None
