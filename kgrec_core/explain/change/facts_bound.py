"""Proof that no set of an item's facts would take it out of the list, without trying one.

By relation r the score of the item is N / D^p, with N = sum of a_e and D = sum of raw_e^2 over the facts e that are
left (`model.world`; a_e is what fact e says before it is divided, weighed). Of any m facts left N is at least the sum
of the m smallest a_e, and where that is below zero D is at least the sum of the m smallest squares; nothing left is 0.
So the score of the item has a lower bound over all sets. What the history leaves unexplained reaches other items
through facts of this one, and a fact there weighs at most raw_e^(1 - 2p), alone, and at least nothing; so the score of
every other item has an upper bound. Where fewer than k of these bounds exceed the first, the item stays whatever is
taken away.
"""

from __future__ import annotations

import torch
from torch import Tensor

from kgrec_core.data.interactions import IntArray
from kgrec_core.explain.removal.coalitions import Game
from kgrec_core.explain.removal.ranking import Ranking


@torch.no_grad()
def stays_without_any_facts(game: Game, before: Ranking, k: int, tie: float) -> bool:
    """Whether it is proven; what a network says of facts has no such bounds. before: the ranking as it is."""
    if not game.fusion.silent:
        return False
    others = before.ranked[before.ranked != game.candidate]
    above = highest(game, before, others) > lowest(game) - tie
    return int(above.sum()) < k


def lowest(game: Game) -> float:
    """A bound from below of the score of the item with any set of its facts."""
    nothing = game.everything(1)
    nothing.edges[:] = False
    left = float(game.scores(nothing)) + float(game.gains.clamp(max=0).sum())
    says, squares = _says(game), game.raw**2
    for relation in torch.unique(game.relations).tolist():
        own = game.relations == relation
        sums = says[own].sort().values.cumsum(0).clamp(max=0)
        sizes = squares[own].sort().values.cumsum(0) ** game.world.kernel.size_power
        left += float((sums / sizes).min())
    return left


def highest(game: Game, before: Ranking, others: IntArray) -> Tensor:
    """(n,) bounds from above of the scores of other items (n,) with any set of the facts of this one."""
    user, kernel, items = game.user, game.world.kernel, torch.from_numpy(others)
    whole, most = kernel.weights[game.edges], game.raw ** (1 - 2 * kernel.size_power)
    theirs = kernel.incidence_columns(game.edges)[items]  # (n, edges)
    sent = user.sent[:, game.candidate] * user.recommender.linear.reach[:, items].T  # (n, contents)
    through = sent @ _weights(game)  # (n, edges)
    shift = torch.where(through > 0, through * (most - whole), -through * whole) * theirs
    return torch.from_numpy(before.scores)[items] + shift.sum(1)


def _says(game: Game) -> Tensor:
    """(edges,) a_e."""
    return game.raw * (game.profile * _weights(game)).sum(0)


def _weights(game: Game) -> Tensor:
    """(contents, edges): the weight of the branch that each fact speaks through."""
    columns, weight = game.user.recommender.columns, game.fusion.branch_weight(len(game.user.items))
    return torch.stack([weight[columns.of_facts(place)][game.relations] for place in range(len(columns.contents))])
