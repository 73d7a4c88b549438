"""The credit of each shown path: what the score loses without all their facts, dealt out so that nothing counts twice.

Shorter paths come first: a longer one is credited with what removing its edges costs beyond what removing the edges of
all shorter shown paths costs already. Among paths of one length the credits are the exact Shapley values of the game
whose players are the paths and whose coalitions cost what the score loses without their edges (Shapley 1953); so two
paths over one fact share what the fact carries. Together the credits are what removing all the edges costs.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations

import numpy as np

from kgrec_core.explain.causes import Cause
from kgrec_core.explain.game import Game
from kgrec_core.explain.paths import MeasuredPath, chosen_paths
from kgrec_core.graph.paths import ItemPath
from kgrec_core.schema import TELLING

Edges = frozenset[int]


def shown_paths(game: Game, cause: Cause, asked_for: Sequence[ItemPath] = ()) -> list[MeasuredPath]:
    """The paths of an explanation with their credits, largest first: the fact that is told of the cause, the strongest
    path of each history item that counts most, the strongest of all others, and facts that were asked for.

    Left out is what has less than TELLING of what the cause adds, but for the told fact and the strongest path.
    """
    told = next((link.path for link in cause.links if link.path), None)
    paths = [*asked_for, *chosen_paths(game, cause.anchors, told)]
    return credited(game, paths, TELLING * cause.value, told.path if told else None)


def credited(
    game: Game, paths: Sequence[ItemPath], least: float = 0.0, told: ItemPath | None = None
) -> list[MeasuredPath]:
    """The paths whose credit is above zero and at least `least`, largest first; `told` and the strongest path need
    only be above zero. What is left out has no part in the credits of the others.
    """
    costs: dict[Edges, float] = {}
    left = list(paths)
    while left:
        found = dict(zip(left, _credits(game, left, costs), strict=True))
        weak = [path for path in left if found[path] <= 0 or (found[path] < least and path != told)]
        weak = [path for path in weak if len(left) > 1 or found[path] <= 0]
        if not weak:
            return sorted((MeasuredPath(*each) for each in found.items()), key=lambda path: -path.contribution)
        left.remove(min(weak, key=found.__getitem__))
    return []


def _credits(game: Game, paths: Sequence[ItemPath], costs: dict[Edges, float]) -> list[float]:
    """In the order of the paths. costs: what the score loses without each set of edges, as far as it is known."""
    found = dict[int, float]()
    for length in sorted({len(path.edges) for path in paths}):
        shorter = frozenset(edge for path in paths if len(path.edges) < length for edge in path.edges)
        players = [number for number, path in enumerate(paths) if len(path.edges) == length]
        sets = [frozenset(paths[number].edges) for number in players]
        coalitions = [
            (members, shorter.union(*(sets[member] for member in members)))
            for size in range(len(players) + 1)
            for members in map(frozenset, combinations(range(len(players)), size))
        ]
        _measure(game, [edges for _, edges in coalitions], costs)
        values = _shapley({members: costs[edges] for members, edges in coalitions}, len(players))
        found |= dict(zip(players, values, strict=True))
    return [found[number] for number in range(len(paths))]


def _measure(game: Game, sets: Sequence[Edges], costs: dict[Edges, float]) -> None:
    unknown = list(dict.fromkeys(edges for edges in sets if edges not in costs))
    if unknown:
        gone = [np.array(sorted(edges), dtype=np.int64) for edges in (frozenset[int](), *unknown)]
        whole, *scores = game.scores_without(gone).tolist()
        costs.update({edges: whole - score for edges, score in zip(unknown, scores, strict=True)})


def _shapley(costs: dict[frozenset[int], float], players: int) -> list[float]:
    """Exact values of a game by all its coalitions."""
    weight = [
        math.factorial(size) * math.factorial(players - size - 1) / math.factorial(players) for size in range(players)
    ]
    return [
        sum(
            weight[len(members)] * (costs[members | {player}] - cost)
            for members, cost in costs.items()
            if player not in members
        )
        for player in range(players)
    ]
