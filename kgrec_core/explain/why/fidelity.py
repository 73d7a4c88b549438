"""How true an attribution is: what happens to score and rank when what it names is taken away, or alone is kept.

Every figure stands beside its twin: the mean of the same figure over random sets of history items of equal size.
A score has no zero of its own (adding a constant to all scores of a user changes nothing), so changes are given as
a share of what the history adds to the score, s(all) - s(no history). Popularity, which counts more the fewer events
are known, is no part of that and left out on both sides. DEL, INS and POS follow FidelityMetrics4XRec (SIGIR 2025):
fixed small numbers of items, and only those that speak for the candidate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from kgrec_core.data.interactions import IntArray
from kgrec_core.explain.removal.coalitions import Game
from kgrec_core.explain.removal.ranking import ranks_without
from kgrec_core.schema.trust import CurvePoint

SIZE = 3  # items removed together
DRAWS = 100  # random sets for a score, which is cheap
RANK_DRAWS = 20  # random sets for a rank, which scores the whole catalogue
SEED = 0  # of all random sets
LEAST = 1e-6  # a history that adds less than this to the score has nothing to share out

Values = npt.NDArray[np.float64]
Places = Sequence[int]  # of the history


@dataclass(frozen=True, slots=True)
class Twin:
    """A figure of an explanation, and the mean of the same figure over random ones of equal size."""

    value: float
    random: float


def deletion(game: Game, strongest: Places) -> Twin:
    """DEL@n: share of what the history adds that is lost without the n `strongest`; higher is better."""
    hidden = _with_random(game, strongest, DRAWS)
    return _twin(1 - _shares(game, ~hidden))


def losses(game: Game, named: Places) -> tuple[float, IntArray, Values]:
    """DEL@n of the `named`; random sets (DRAWS, n) of places; and DEL@n of each of these, (DRAWS,)."""
    sets = random_sets(len(game.user.items), len(named), DRAWS)
    own, *others = (1 - _shares(game, ~marked(len(game.user.items), [named, *sets]))).tolist()
    return own, sets, np.array(others)


def insertion(game: Game, strongest: Places) -> Twin:
    """INS@n: share of what the history adds that the n `strongest` alone bring; higher is better."""
    return _twin(_shares(game, _with_random(game, strongest, DRAWS)))


def position(game: Game, strongest: Places, k: int) -> Twin:
    """POS@k after n removals: 1 if the item stays among the k best, else 0; lower is better. Necessity is 1 - POS."""
    hidden = _with_random(game, strongest, RANK_DRAWS)
    return _twin(ranks_without(game.user, game.candidate, ~hidden) <= k)


def sufficiency(game: Game, strongest: Places, k: int) -> Twin:
    """1 if the item is among the k best from the n `strongest` events alone, else 0; higher is better."""
    kept = _with_random(game, strongest, RANK_DRAWS)
    return _twin(ranks_without(game.user, game.candidate, kept) <= k)


def deletion_curve(game: Game, strongest: Places) -> tuple[CurvePoint, ...]:
    """The score without the strongest 0, 1, ... n events, beside the mean without as many random ones."""
    rng = np.random.default_rng(SEED)
    events, n = len(game.user.items), len(strongest)
    orders = np.stack([rng.permutation(events)[:n] for _ in range(DRAWS)]) if n else np.zeros((DRAWS, 0), np.int64)
    rows = [np.asarray(strongest, dtype=np.int64), *orders]
    hidden = torch.cat([marked(events, [row[:count] for row in rows]) for count in range(n + 1)])
    scores = _scores(game, ~hidden).reshape(n + 1, len(rows))
    return tuple(CurvePoint(count, float(line[0]), float(line[1:].mean())) for count, line in enumerate(scores))


def stability(sets: Sequence[Places]) -> float:
    """Mean Jaccard index of every two of the evidence sets; 1 where they are the same."""
    pairs = [jaccard(one, other) for one, other in combinations(sets, 2)]
    return float(np.mean(pairs)) if pairs else 1.0


def jaccard(one: Places, other: Places) -> float:
    """|both| / |either|; two empty sets are the same."""
    either = set(one) | set(other)
    return len(set(one) & set(other)) / len(either) if either else 1.0


def random_overlap(events: int, sizes: tuple[int, int]) -> float:
    """Mean Jaccard index of a random set of each of these sizes, among `events` places."""
    ours, others = random_sets(events, sizes[0], DRAWS), random_sets(events, sizes[1], DRAWS, SEED + 1)
    pairs = zip(ours.tolist(), others.tolist(), strict=True)
    return float(np.mean([jaccard(one, other) for one, other in pairs]))


def max_sensitivity(values: Values, perturbed: Sequence[Values]) -> float:
    """Largest |phi' - phi| / |phi| over attributions of slightly changed histories (Yeh et al. 2019, eq. 2)."""
    length = float(np.linalg.norm(values))
    if not perturbed or length < LEAST:
        return 0.0
    return max(float(np.linalg.norm(other - values)) for other in perturbed) / length


def random_sets(events: int, size: int, draws: int, seed: int = SEED) -> IntArray:
    """(draws, size) distinct places each."""
    rng = np.random.default_rng(seed)
    drawn: IntArray = rng.random((draws, events)).argsort(1)[:, :size].astype(np.int64)
    return drawn


def marked(events: int, sets: Sequence[Places | IntArray]) -> Tensor:
    """(len(sets), events) bool, True at the places of each set."""
    marks = torch.zeros(len(sets), events, dtype=torch.bool)
    for row, places in enumerate(sets):
        marks[row, torch.as_tensor(np.asarray(places, dtype=np.int64))] = True
    return marks


def _with_random(game: Game, strongest: Places, draws: int) -> Tensor:
    """(1 + draws, events) marks of `strongest` first, then of random sets of its size."""
    events = len(game.user.items)
    return marked(events, [strongest, *random_sets(events, len(strongest), draws)])


def _scores(game: Game, kept: Tensor, popularity: bool = True) -> Values:
    left = game.everything(len(kept))
    left.history[:] = kept
    left.popularity[:] = popularity
    scores: Values = game.scores(left).numpy().astype(np.float64)
    return scores


def _shares(game: Game, kept: Tensor) -> Values:
    """(m,) share of what the whole history adds to the score that the kept events bring."""
    ends = torch.tensor([[False], [True]]).expand(2, kept.shape[1])
    nothing, everything, *scores = _scores(game, torch.cat([ends, kept]), popularity=False)
    added = everything - nothing
    if abs(added) < LEAST:
        return np.ones(len(kept))
    shares: Values = (np.asarray(scores) - nothing) / added
    return shares


def _twin(figures: npt.NDArray[Any]) -> Twin:
    return Twin(float(figures[0]), float(figures[1:].mean()))
