"""SHAP values of the players, on the model itself: base + sum of values = score.

Few players are enumerated by the shap library. Of more, all of the score but its network has values in closed form,
exact whatever their number; what the network adds is estimated over permutations, each walked forward and backward
(Castro et al. 2009; Mitchell et al. 2022, antithetic sampling). Values add up over terms of a score (Shapley 1953), so
the two are added.

In closed form, for many items of one user at once (`fading_games`): one cause alone keeps what it adds; of a product of
two, which is there when both are, each has half; what fades with every event known, popularity and the weights of who
is new, are games of their own (Owen 1972, multilinear extension). The causes are those of `coalitions.players_of`:
every event, the facts of one relation together, the text, the request, popularity.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from kgrec_core.data.interactions import IntArray
from kgrec_core.explain.asker_scores import UserContext
from kgrec_core.explain.effort_limits import MOST_COALITIONS
from kgrec_core.explain.removal.coalitions import Game, Player, coalitions
from kgrec_core.explain.why import fading_games
from kgrec_core.model.closed_form import Contributions, joined

EXACT_UP_TO = 12  # players; 2^12 coalitions
ROUNDS = 3  # permutations at least: fewer tell nothing of their error
MOST_ROUNDS = 48
TOLERANCE = 0.001  # rounds are walked until no standard error is above this share of score - base

Values = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Shapley:
    """Shapley values (players,) and the score of the empty coalition. Lundberg & Lee 2017, eq. 8.

    errors: (players,) standard errors of the values, 0 where all coalitions were enumerated.
    """

    base: float
    values: Values
    errors: Values


def shapley(game: Game, players: tuple[Player, ...], seed: int = 0, exact_up_to: int = EXACT_UP_TO) -> Shapley:
    """Exact for up to `exact_up_to` players, else exact but for the network; same seed, same values.

    The players have to be those of `game`, or all facets in one.
    """
    ends = torch.tensor([[False], [True]]).expand(2, len(players))
    base, score = game.scores(coalitions(game, players, ends)).tolist()
    if len(players) <= exact_up_to:
        return Shapley(base, _enumerated(game, players), np.zeros(len(players)))
    closed = _closed_form(game, players)
    if game.fusion.silent:
        return Shapley(base, closed, np.zeros(len(players)))
    values, errors = _network(game, players, TOLERANCE * abs(score - base), seed)
    return Shapley(base, closed + values, errors)


def strongest(players: tuple[Player, ...], values: Values) -> list[int]:
    """Places of the history items whose value is above zero, largest first."""
    order = np.argsort(-values, kind="stable").tolist()
    return [players[index].events[0] for index in order if values[index] > 0 and players[index].kind == "history"]


def _enumerated(game: Game, players: tuple[Player, ...]) -> Values:
    from kgrec_core.explain.why.shap_library import ExactExplainer

    def score(present: npt.NDArray[Any]) -> Values:
        return game.scores(coalitions(game, players, torch.from_numpy(present > 0.5))).numpy().astype(np.float64)

    found = ExactExplainer(score, np.zeros((1, len(players))))(np.ones((1, len(players))))
    return np.asarray(found.values[0], dtype=np.float64)


def _closed_form(game: Game, players: tuple[Player, ...]) -> Values:
    """(players,) of the score without its network."""
    found = shares(game.user, np.array([game.candidate]))
    kinds = game.world.kernel.edge_relation[game.edges].numpy()
    single = {"text": found.text, "words": found.words, "popularity": found.popularity}
    values = []
    for player in players:
        if player.kind == "history":
            values.append(float(found.events[0, list(player.events)].sum()))
        elif player.kind == "facet":
            values.append(float(found.facets[0, np.unique(kinds[list(player.edges)])].sum()))
        else:
            values.append(float(single[player.kind][0]))
    return np.array(values)


def _network(game: Game, players: tuple[Player, ...], tolerance: float, seed: int) -> tuple[Values, Values]:
    """Values of what the network adds, and their standard errors, none above `tolerance` unless MOST_COALITIONS end it.

    A round's spread about the mean of all tells the error of the mean.
    """
    rng, rounds = np.random.default_rng(seed), list[Values]()
    most = max(ROUNDS, min(MOST_ROUNDS, MOST_COALITIONS // (2 * len(players))))
    while True:
        rounds.append(_there_and_back(game, players, rng.permutation(len(players))))
        if len(rounds) < ROUNDS:
            continue
        errors = np.std(rounds, axis=0, ddof=1) / np.sqrt(len(rounds))
        if errors.max() <= tolerance or len(rounds) >= most:
            return np.mean(rounds, axis=0), errors


def _there_and_back(game: Game, players: tuple[Player, ...], order: npt.NDArray[np.int64]) -> Values:
    """(players,) what the network gains when each enters, mean over this order and its reverse.

    The first k of the reverse are those who are not among the first n - k of the order.
    """
    n, entered = len(players), np.argsort(order)
    first = entered < np.arange(n + 1)[:, None]  # (n + 1, players): the first 0, 1, ... n of the order
    left = coalitions(game, players, torch.from_numpy(np.concatenate([first, ~first[1:-1]])))
    found = game.network(left).numpy().astype(np.float64)
    there, back = np.diff(found[: n + 1]), -np.diff(np.concatenate([found[n:], found[:1]]))
    gained: Values = (there + back)[entered] / 2
    return gained


@dataclass(frozen=True, eq=False)
class Shares:
    """Of n items: the Shapley values of the causes, and what they consist of.

    branches: what each event adds through each branch if all else is there · facts: of it, through each fact of an item
    · edges, owner: (edges,) edge number, and which of the items has it
    """

    events: Tensor  # (n, events)
    facets: Tensor  # (n, relations)
    text: Tensor  # (n,)
    words: Tensor  # (n,); 0 without a request
    popularity: Tensor  # (n,)
    branches: Tensor  # (events, n, branches)
    facts: Tensor  # (events, edges)
    edges: Tensor
    owner: Tensor


@torch.no_grad()
def shares(user: UserContext, items: IntArray) -> Shares:
    """Values of the score without its network. items: (n,) item indices, none of the history."""
    model, adds = user.recommender, user.contributions(items)
    columns, fusion, known = model.columns, model.fusion, len(user.items)
    usual, first = fusion.weights
    game = fading_games.fading(known, fusion.prior_half_life)
    alone, paired = columns.of_events, columns.of_content  # which has two causes
    lasting, passing = adds.branches * usual, adds.branches * (first - usual)
    halves = lasting[..., paired] / 2
    popularity = user.priors(torch.from_numpy(items), 0)
    events = lasting[..., alone].sum(-1) + halves.sum(-1) + game.of_events(passing[..., alone].sum(-1))
    events = events + game.of_events_in_pairs(passing[..., paired].sum(-1)) + game.dimmed(popularity)
    contents = halves.sum(0) + game.of_other(passing[..., paired].sum(0))
    facets, text = columns.by_fact(contents)
    words = torch.zeros(len(items))
    if user.request is not None:
        said = user.request.adds[torch.from_numpy(items), paired]
        lasting_words, passing_words = said * usual[paired], said * (first - usual)[paired]
        of_facts, of_text = columns.by_fact(lasting_words / 2 + game.of_either(passing_words))
        of_facts = of_facts + _asked_outright(user, items) / 2
        facets, text, words = facets + of_facts, text + of_text, of_facts.sum(-1) + of_text
        events = events + game.dimmed_pairs(passing_words.sum(-1))
    causes = (events.T, facets, text, words, popularity * game.alone)
    weight = fusion.branch_weight(known)
    return Shares(*causes, adds.branches * weight, _facts(user, adds, weight), adds.edges, adds.owner)


def _facts(user: UserContext, adds: Contributions, weight: Tensor) -> Tensor:
    """(events, edges): what each event adds through each fact of an item, all else being there."""
    columns, relation = user.recommender.columns, user.recommender.world.kernel.edge_relation[adds.edges]
    each = [facts * weight[columns.of_facts(content)][relation] for content, facts in enumerate(adds.facts.unbind(0))]
    return torch.stack(each).sum(0)


def _asked_outright(user: UserContext, items: IntArray) -> Tensor:
    """(n, relations): what the facts of each item gain for being asked for."""
    world = user.recommender.world
    edges, owner = joined([world.graph.edges_of(item) for item in items.tolist()])
    gains = torch.zeros(len(items) * world.kernel.relations)
    if user.request is not None:
        gains.index_add_(
            0, owner * world.kernel.relations + world.kernel.edge_relation[edges], user.request.gains(edges)
        )
    return gains.view(len(items), world.kernel.relations)
