"""Our explainers: SHAP values, counterfactual, the credit of paths."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
import torch
from torch import Tensor

from benchmarks.explainers.explainer import Explainer, Values
from benchmarks.explainers.problem import K, Problem
from benchmarks.explainers.served import ServedProblem
from kgrec_core.data.interactions import IntArray
from kgrec_core.explain.change.counterfactual import MOST_EVENTS, RIVALS, TIE, Leads, smallest
from kgrec_core.explain.effort_limits import MOST_COALITIONS, REMOVED_EVENTS, Effort
from kgrec_core.explain.removal.coalitions import Game, players_of
from kgrec_core.explain.sentences.clauses import DisplayNames
from kgrec_core.explain.why.fading_games import fading
from kgrec_core.explain.why.path_scores import shown_paths
from kgrec_core.explain.why.shap_values import MOST_ROUNDS, ROUNDS, shapley, shares
from kgrec_core.explain.why.strongest_cause import causes

MOST_GREEDY = 10  # events that are put in order one by one; later ones by what they cost the lead


class ShapValues(Explainer):
    """In closed form of the model that is served, which takes what one call reads; of others over permutations."""

    name, label, source = "ours_shap", "ours: SHAP values, as told", "this project; Shapley 1953"
    asks: ClassVar[bool] = True
    ours: ClassVar[bool] = True

    def values(self, problem: Problem, budget: int | None) -> Values:
        if not isinstance(problem, ServedProblem):
            return _over_permutations(problem, budget)
        if problem.user.recommender.fusion.silent:
            problem.calls += 1
            return shares(problem.user, np.array([problem.item])).events[0].numpy().astype(np.float64)
        game = _CountedGame(problem)
        players = players_of(game)
        found, values = shapley(game, players).values, np.zeros(problem.events)
        for player, value in zip(players, found, strict=True):
            if player.kind == "history":
                values[player.events[0]] = value
        return values


class EventShapValues(Explainer):
    """The same where the events alone play, and facts, texts and popularity are always there. An event then has all
    that goes through it to a fact or a text; where these play too, it has half of that, and they have the other half.
    """

    name, label, source = "ours_shap_events", "ours: SHAP values, events alone", "this project; Shapley 1953"
    asks: ClassVar[bool] = True
    ours: ClassVar[bool] = True

    def values(self, problem: Problem, budget: int | None) -> Values:
        """In closed form of the branches; a network that adds to them is left out."""
        if not isinstance(problem, ServedProblem):
            return _over_permutations(problem, budget)
        fusion = problem.user.recommender.fusion
        usual, first = fusion.weights
        adds = problem.user.contributions(np.array([problem.item])).branches[:, 0]
        problem.calls += 1
        fade = fading(problem.events, fusion.prior_half_life)
        values = adds @ usual + fade.of_events(adds @ (first - usual))
        return values.detach().numpy().astype(np.float64)


class _CountedGame(Game):
    def __init__(self, problem: ServedProblem) -> None:
        super().__init__(problem.user, problem.item)
        self._problem = problem

    def _read(self, left):  # type: ignore[no-untyped-def]
        self._problem.calls += len(left.text)
        return super()._read(left)


def _over_permutations(problem: Problem, budget: int | None) -> Values:
    """Each walked forward and backward (Castro et al. 2009; Mitchell et al. 2022)."""
    n = problem.events
    most = max(ROUNDS, min(MOST_ROUNDS, MOST_COALITIONS // (2 * n))) if budget is None else max(1, budget // (2 * n))
    rng, gained = np.random.default_rng([problem.item, n]), np.zeros(n)
    for _ in range(most):
        order = rng.permutation(n)
        entered = np.argsort(order)
        first = torch.from_numpy(entered < np.arange(n + 1)[:, None])
        found = problem.scores(torch.cat([first, ~first[1:-1]])).numpy().astype(np.float64)
        there, back = np.diff(found[: n + 1]), -np.diff(np.concatenate([found[n:], found[:1]]))
        gained += (there + back)[entered] / (2 * most)
    return gained


class SmallestRemoval(Explainer):
    """The smallest set without which the item leaves the list, the one first whose loss lets most rivals past; then the
    other events in the same order. What is searched is what the product searches (`change/counterfactual.py`).
    """

    name, label, source = "ours_counterfactual", "ours: counterfactual", "this project"
    asks: ClassVar[bool] = True
    ours: ClassVar[bool] = True

    def values(self, problem: Problem, budget: int | None) -> Values:
        search = _Search(problem, budget)
        order = search.order()
        values = np.full(problem.events, -np.inf)
        values[order] = np.arange(len(order), 0, -1)
        return values


class _BudgetUsedUp(Exception):
    """No more model calls are left."""


class _Search:
    """What the lead over each of the nearest rivals loses with each event, and the smallest set that ends it.

    places: events that may be removed, all where the budget reaches · whole: (1, rivals) leads · single: (places,
    rivals) without one of them
    """

    def __init__(self, problem: Problem, budget: int | None) -> None:
        ranked = problem.ranking()
        nearest = ranked[: RIVALS + 1]
        self._problem, rivals = problem, nearest[nearest != problem.item]
        self._wanted = np.concatenate([[problem.item], rivals])
        self._behind = TIE * torch.from_numpy((rivals < problem.item).astype(np.float32))
        rescored = REMOVED_EVENTS.rescored if budget is None else min(REMOVED_EVENTS.rescored, budget - 4)
        self._budget, self._effort = budget, Effort(REMOVED_EVENTS.largest, rescored)
        self.places = self._first(None if budget is None else rescored)
        count = len(self.places)
        self.whole = self._leads(torch.zeros(1, count, dtype=torch.bool), self.places)
        self.single = self._leads(torch.eye(count, dtype=torch.bool), self.places)

    def order(self) -> IntArray:
        """All places in the history, strongest first."""
        cost = self.whole - self.single
        promising = torch.argsort(-cost[:, 0], stable=True)[:MOST_EVENTS].sort().values
        chosen = self._smallest(promising)
        order = self.places[_greedy(self.whole[0], cost, chosen)]
        return np.concatenate([order, np.setdiff1d(np.arange(self._problem.events), order)])

    def _smallest(self, promising: Tensor) -> list[int]:
        """Among the places; none where the budget ends before a set is found."""
        try:
            found = smallest(self._remembered(promising), len(promising), K, self._effort)
        except _BudgetUsedUp:
            return []
        return promising[list(found.working[0])].tolist() if found.working else []

    def _first(self, most: int | None) -> IntArray:
        """Those whose gradient is largest where not all can be asked about."""
        if most is None or most >= self._problem.events:
            return np.arange(self._problem.events)
        gradient = self._problem.gradients(np.array([self._problem.item]))[0].numpy()
        return np.asarray(np.argsort(-gradient, kind="stable")[:most])

    def _leads(self, hidden: Tensor, places: IntArray) -> Tensor:
        """(m, rivals); hidden: (m, places)."""
        presence = self._problem.everything(len(hidden))
        presence[:, torch.from_numpy(places)] = (~hidden).float()
        scores = self._problem.scores_of(self._wanted, presence)
        return scores[:, :1] - scores[:, 1:] - self._behind

    def _remembered(self, promising: Tensor) -> Leads:
        """The leads without sets of the promising places; what was asked before is not asked again."""
        places = self.places[promising.numpy()]

        def leads(hidden: Tensor) -> Tensor:
            if not bool(hidden.any()):
                return self.whole
            if bool((hidden.sum(1) == 1).all()):
                return self.single[promising][hidden.int().argmax(1)]
            if self._budget is not None and self._problem.calls + len(hidden) > self._budget:
                raise _BudgetUsedUp
            return self._leads(hidden, places)

        return leads


def _greedy(whole: Tensor, cost: Tensor, chosen: list[int]) -> list[int]:
    """Places by how many rivals are let past, then by how near the others come; those `chosen` first."""
    order, left, lead = [], set(range(len(cost))), whole.clone()
    for pool in (set(chosen), left):
        pool = pool & left
        while pool and len(order) < MOST_GREEDY:
            tried = torch.tensor(sorted(pool))
            after = lead - cost[tried]
            passed = (after < 0).sum(1).double() - 1e-3 * after.mean(1).double()
            best = int(tried[int(passed.argmax())])
            order.append(best)
            pool.discard(best)
            left.discard(best)
            lead = lead - cost[best]
    rest = torch.tensor(sorted(left), dtype=torch.int64)
    return order + rest[torch.argsort(-cost[rest].mean(1), stable=True)].tolist() if len(rest) else order


class PathCredit(Explainer):
    """The credit of the paths that an explanation shows, by the history item that each begins with; no path, no value.

    Of the served model alone. What has no path comes last, by SHAP value.
    """

    name, label, source = "ours_paths", "ours: credit of paths", "this project"
    ours: ClassVar[bool] = True

    def __init__(self, display: DisplayNames) -> None:
        self._display = display

    def values(self, problem: Problem, budget: int | None) -> Values:
        assert isinstance(problem, ServedProblem)
        game, found = Game(problem.user, problem.item), np.zeros(problem.events)
        place = {item: number for number, item in enumerate(problem.items.tolist())}
        cause = causes(problem.user, [problem.item], self._display)[0]
        for path in shown_paths(game, cause):
            found[place[path.path.items[0]]] += path.contribution
        rest = shares(problem.user, np.array([problem.item])).events[0].numpy().astype(np.float64)
        low = rest - rest.max() - 1.0
        return np.where(found > 0, found, low)
