"""Peers that read the order of a history, solved or counted: EASE that forgets, a Markov chain, SLIST.

They take what people met with its age, and give (users, items) scores, with the setting that is best by NDCG@10 on the
validation part. Disliked events are left out, or read as weaker input, whichever is better there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import product

import numpy as np
import torch
from scipy import sparse
from torch import Tensor

from kgrec_core.config import ModelConfig
from kgrec_core.data.interactions import FloatArray, Interactions
from kgrec_core.evaluate.tuning import Answers, Tuned, best
from kgrec_core.model.linear import fit_linear
from kgrec_core.model.sequence import ages, fit_sequence, places

LOW_WEIGHTS = (0.0, 0.35)
RIDGES = (100.0, 200.0, 400.0)
HALF_LIVES = (2.0, 4.0, 8.0, 16.0, 32.0)  # of an event's weight when a list is asked for, in places
NEARS, POWERS = (1.0, 4.0, 16.0), (0.0, 0.3)  # Markov chain: half-life of a pair, and of how popular items are damped
MIXTURES, DECAYS = (0.1, 0.3, 0.6), (1.0, 4.0, 10.0)  # SLIST: share of the consistency part, and decay within a history
_LEAST = 0.01  # weights below it are left out of SLIST's partial histories


@dataclass(frozen=True, eq=False)
class Ordered:
    """What people met, with its times."""

    data: Interactions
    liked: FloatArray  # (events,) 1 or 0
    users: int
    items: int

    def read(self, low: float) -> Ordered:
        """Without disliked events where their weight `low` is 0."""
        return self if low else self._liked

    @property
    def _liked(self) -> Ordered:
        kept = self.liked > 0
        return Ordered(self.data.select(kept), self.liked[kept], self.users, self.items)

    def weights(self, low: float) -> FloatArray:
        """(events,) 1 for liked, `low` for others."""
        return np.where(self.liked > 0, 1.0, low).astype(np.float32)

    def matrix(self, weights: FloatArray) -> Tensor:
        """(users, items) of (events,) weights."""
        return torch.from_numpy(self.data.matrix(self.users, self.items, weights).toarray())

    def recent(self, low: float, half_life: float) -> Tensor:
        """(users, items): weights that halve with every `half_life` places of age."""
        read = self.read(low)
        faded = np.float32(0.5) ** (ages(read.data) / np.float32(half_life))
        return read.matrix((read.weights(low) * faded).astype(np.float32))


Solve = Callable[[Ordered, float], Tensor]  # events, weight of disliked ones -> (items, items)


def tuned_recent_ease(known: Ordered, validation: Answers) -> Tuned[Ordered]:
    """EASE (Steck 2019) that is asked with a history in which older events weigh less."""
    solvers = [(f"ridge {ridge:g}", partial(_ease, ridge=ridge)) for ridge in RIDGES]
    return _tuned(solvers, known, validation)


def tuned_markov(known: Ordered, validation: Answers) -> Tuned[Ordered]:
    """Sequential rules: what followed on what, near more than far (Rendle et al. 2010; Ludewig & Jannach 2018)."""
    solvers = [
        (f"near {near:g}, power {power:g}", partial(_transitions, near=near, power=power))
        for near, power in product(NEARS, POWERS)
    ]
    return _tuned(solvers, known, validation)


def tuned_slist(known: Ordered, validation: Answers) -> Tuned[Ordered]:
    """SLIST: item-item weights from whole histories and from what came later in them (Choi et al. 2021, eq. 9-11)."""
    solvers = [
        (f"decay {decay:g}, mixture {part:g}, ridge {ridge:g}", partial(_slist, decay=decay, mixture=part, ridge=ridge))
        for decay, part, ridge in product(DECAYS, MIXTURES, RIDGES)
    ]
    return _tuned(solvers, known, validation)


def _tuned(solvers: Sequence[tuple[str, Solve]], known: Ordered, validation: Answers) -> Tuned[Ordered]:
    """Each solver with each weight of disliked events, asked with each half-life."""
    return best(
        (
            (f"{said}, low {low:g}, half-life {half_life:g}", known.recent(low, half_life) @ weights, again)
            for low in LOW_WEIGHTS
            for read in [known.read(low)]
            for said, solve in solvers
            for weights in [solve(read, low)]
            for half_life in HALF_LIVES
            for again in [partial(_asked, solve=solve, low=low, half_life=half_life)]
        ),
        validation,
    )


def _asked(known: Ordered, solve: Solve, low: float, half_life: float) -> Tensor:
    return known.recent(low, half_life) @ solve(known.read(low), low)


def _ease(known: Ordered, low: float, ridge: float) -> Tensor:
    return fit_linear(known.matrix(known.weights(low)), known.matrix(known.liked), ridge).weights


def _transitions(known: Ordered, low: float, near: float, power: float) -> Tensor:
    model = ModelConfig(near=near, recency=1.0, popularity_power=power)
    return fit_sequence(known.data, known.weights(low), known.liked, known.items, model)


def _slist(known: Ordered, low: float, decay: float, mixture: float, ridge: float) -> Tensor:
    """With X whole histories, Y what is liked of them, S what was met until a moment and T what came after it, both
    fading with distance: P = (m X'X + (1 - m) S'S + ridge I)^-1, B = P (m X'Y + (1 - m) S'T) less its diagonal, as in
    EASE.
    """
    history = known.matrix(known.weights(low))
    inner, outer = (
        mixture * (history.T @ whole) + (1 - mixture) * later
        for whole, later in zip((history, known.matrix(known.liked)), _transition_grams(known, low, decay), strict=True)
    )
    inner.diagonal().add_(ridge)
    precision = torch.linalg.inv(inner)
    weights = precision @ outer
    free: Tensor = weights - precision * (weights.diagonal() / precision.diagonal())
    return free


@lru_cache(maxsize=1)
def _transition_grams(known: Ordered, low: float, decay: float) -> tuple[Tensor, Tensor]:
    """S'S and S'T, (items, items) each."""
    past, future = _partial(known, known.weights(low), decay), _partial(known, known.liked, decay, after=True)
    return torch.from_numpy((past.T @ past).toarray()), torch.from_numpy((past.T @ future).toarray())


def _partial(known: Ordered, weights: FloatArray, decay: float, after: bool = False) -> sparse.csr_matrix:
    """(events, items): row t has the events of the same user until event t, or after it, each less with its distance
    by exp(-steps / decay).
    """
    data, place = known.data, places(known.data)
    order = np.lexsort((data.items, place, data.users))
    rows, columns, values = [], [], []
    for step in range(1 if after else 0, len(order)):
        share = np.exp(-(step - int(after)) / decay)
        here, there = (
            (order[: len(order) - step], order[step:]) if after else (order[step:], order[: len(order) - step])
        )
        same = data.users[here] == data.users[there]
        if share < _LEAST or not same.any():
            break
        rows.append(here[same])
        columns.append(data.items[there[same]])
        values.append(weights[there[same]] * np.float32(share))
    shape = (len(data), known.items)
    if not rows:
        return sparse.csr_matrix(shape, dtype=np.float32)
    cells = np.concatenate(values), (np.concatenate(rows), np.concatenate(columns))
    return sparse.csr_matrix(cells, shape=shape, dtype=np.float32)
