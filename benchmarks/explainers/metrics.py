"""What an order of the history's events, strongest first, is judged by.

Refined metrics (Baklanov et al. 2025), of the first Ke events: fixed lengths, not shares of the history.

- POS@Kr,Ke: 1 if the item stays among the Kr best without them, else 0; lower is better
- CNDCG@Ke: 1 / log2(1 + rank without them); lower is better
- DEL@Ke: share of what the history adds to the score that is lost without them; higher is better
- INS@Ke: share of it that they alone bring; higher is better

and areas under the curve: the mean of DEL and of INS over 10 %, 20 %, ... 90 % of the history.

What the history adds is s(all) - s(none), popularity left out on both sides. Ranks are those of the whole model over
the whole catalogue; every explainer ranks all events, those that speak against the item last, so all lengths are equal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from benchmarks.explainers.problem import Problem
from kgrec_core.data.interactions import IntArray

LENGTHS = (1, 3, 5)  # Ke
PLACES = (5, 10)  # Kr
DEPTHS = tuple(tenth / 10 for tenth in range(1, 10))
LEAST = 1e-6  # a history that adds less than this has nothing to share out
LOWER = ("POS", "CNDCG")  # of these less is better

Values = npt.NDArray[np.float64]


def names() -> list[str]:
    """All metrics, in the order of the table."""
    fixed = [f"{name}@{length}" for name in ("DEL", "INS", "CNDCG") for length in LENGTHS]
    return [*(f"POS@{place},{length}" for place in PLACES for length in LENGTHS), *fixed, "DEL area", "INS area"]


def lower_is_better(metric: str) -> bool:
    return metric.split("@")[0] in LOWER


@dataclass(frozen=True, eq=False)
class Judge:
    """What every order of one problem is compared on; the ranks of a set of events are counted once."""

    problem: Problem

    def judge(self, orders: Sequence[IntArray]) -> list[dict[str, float]]:
        """All metrics of each order (events,), a permutation of the places."""
        ranks = self._ranks(orders)
        shares = [self._shares(order) for order in orders]
        return [
            {name: _value(name, rank, share) for name in names()} for rank, share in zip(ranks, shares, strict=True)
        ]

    def _ranks(self, orders: Sequence[IntArray]) -> list[dict[int, int]]:
        sets = [{length: frozenset(order[:length].tolist()) for length in LENGTHS} for order in orders]
        distinct = list(dict.fromkeys(each for row in sets for each in row.values()))
        places = np.array(sorted(frozenset().union(*distinct)), dtype=np.int64)
        hidden = torch.tensor([[place in each for place in places.tolist()] for each in distinct])
        found = dict(zip(distinct, self.problem.ranks(hidden, places).tolist(), strict=True))
        return [{length: found[each] for length, each in row.items()} for row in sets]

    @torch.no_grad()
    def _shares(self, order: IntArray) -> dict[tuple[str, str], float]:
        events = self.problem.events
        sizes = [*(min(length, events) for length in LENGTHS), *(max(1, round(share * events)) for share in DEPTHS)]
        kept = torch.ones(2 + 2 * len(sizes), events)
        kept[0] = 0
        for row, size in enumerate(sizes):
            first = torch.from_numpy(order[:size].copy())
            kept[2 + 2 * row, first] = 0
            kept[3 + 2 * row] = 0
            kept[3 + 2 * row, first] = 1
        bring = self._brings(kept).tolist()
        names = [*(str(length) for length in LENGTHS), *(f"{share:g}" for share in DEPTHS)]
        lost = {("DEL", name): 1 - bring[2 * row] for row, name in enumerate(names)}
        return lost | {("INS", name): bring[2 * row + 1] for row, name in enumerate(names)}

    def _brings(self, kept: Tensor) -> Values:
        """(m - 2,) shares of what the history adds; kept: (m, events), the first row nothing, the second all."""
        wanted = np.array([self.problem.item])
        scores = self.problem.relaxed(kept, wanted, popularity=False)[:, 0].numpy().astype(np.float64)
        added = scores[1] - scores[0]
        return np.ones(len(kept) - 2) if abs(added) < LEAST else np.asarray((scores[2:] - scores[0]) / added)


def _value(name: str, ranks: dict[int, int], shares: dict[tuple[str, str], float]) -> float:
    if name.endswith(" area"):
        return float(np.mean([shares[name.split()[0], f"{share:g}"] for share in DEPTHS]))
    kind, asked = name.split("@")
    if kind == "POS":
        place, length = (int(part) for part in asked.split(","))
        return float(ranks[length] <= place)
    if kind == "CNDCG":
        return float(1 / np.log2(1 + ranks[int(asked)]))
    return shares[kind, asked]
