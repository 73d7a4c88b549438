from __future__ import annotations

import math
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
import torch

from kgrec_core.explain import players as playing
from kgrec_core.explain.attribution import Values, shapley, strongest
from kgrec_core.explain.context import UserContext
from kgrec_core.explain.game import Game
from kgrec_core.explain.players import Player, coalitions, players
from kgrec_core.model.bundle import load_bundle


@pytest.fixture
def game(tiny_home: Path, monkeypatch: pytest.MonkeyPatch) -> Game:
    monkeypatch.setenv("KGREC_HOME", str(tiny_home))
    bundle = load_bundle("tiny")
    data = bundle.inputs.training_set(bundle.inputs.interactions.of_user(0), bundle.config)
    user = UserContext(bundle.recommender, data.data.items, data.levels, data.weights)
    return Game(user, next(item for item in range(14) if item not in user.items))


def by_definition(game: Game, crew: tuple[Player, ...]) -> Values:
    """Shapley 1953: the mean gain of a player over all coalitions of the others, weighed by their size."""
    n = len(crew)
    rows = [set(each) for size in range(n + 1) for each in combinations(range(n), size)]
    present = torch.tensor([[player in row for player in range(n)] for row in rows])
    score = dict(zip(map(frozenset, rows), game.scores(coalitions(game, crew, present)).tolist(), strict=True))
    return np.array(
        [
            sum(
                math.factorial(len(row)) * math.factorial(n - len(row) - 1) / math.factorial(n)
                * (score[frozenset(row | {player})] - score[frozenset(row)])
                for row in rows
                if player not in row
            )
            for player in range(n)
        ]
    )  # fmt: skip


def test_few_players_get_the_values_of_the_definition(game: Game) -> None:
    crew = players(game, most_history=4)
    found = shapley(game, crew)
    assert len(crew) <= 12
    assert found.values == pytest.approx(by_definition(game, crew), abs=1e-4)
    assert not found.errors.any()


def test_sampled_values_are_within_a_twentieth_of_the_exact_ones_and_sum_to_the_score(game: Game) -> None:
    crew = players(game, most_history=4)
    exact, sampled = shapley(game, crew), shapley(game, crew, exact_up_to=0)
    assert np.abs(sampled.values - exact.values).max() <= 0.05 * np.abs(exact.values).max()
    score = float(game.scores(game.everything())[0])
    assert sampled.base + sampled.values.sum() == pytest.approx(score, abs=1e-4)
    assert (sampled.errors >= 0).all()


def test_equal_seeds_give_equal_values(game: Game) -> None:
    crew = players(game)
    one, other = shapley(game, crew, 3, exact_up_to=0), shapley(game, crew, 3, exact_up_to=0)
    assert one.values.tolist() == other.values.tolist()


def test_every_event_plays_once_and_a_group_shares_the_fact_it_is_named_by(
    game: Game, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(playing, "SMALLEST_GROUP", 2)
    crew, graph = players(game, most_history=2), game.world.graph
    assert sorted(place for player in crew for place in player.events) == list(range(len(game.user.items)))
    groups = [player for player in crew if player.entity >= 0]
    assert groups
    for group in groups:
        sharing = set(graph.heads[graph.edges_to(group.entity)].tolist())
        assert {int(game.user.items[place]) for place in group.events} <= sharing
        assert game.candidate in sharing


def test_a_group_is_never_among_the_strongest_single_items(game: Game) -> None:
    crew = players(game, most_history=2)
    values = np.ones(len(crew))
    assert len(strongest(crew, values)) == 2


def test_an_empty_history_and_an_item_without_edges_still_have_values_that_sum(game: Game) -> None:
    none = np.zeros(0, dtype=np.int64)
    nobody = Game(UserContext(game.user.recommender, none, none, none.astype(np.float32)), game.candidate)
    found = shapley(nobody, players(nobody))
    assert found.base + found.values.sum() == pytest.approx(float(nobody.scores(nobody.everything())[0]), abs=1e-4)
