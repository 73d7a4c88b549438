from __future__ import annotations

import math
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
import torch

from kgrec_core import service
from kgrec_core.explain.asker_scores import UserContext, only
from kgrec_core.explain.removal.coalitions import Game, Player, coalitions, players_of
from kgrec_core.explain.why import shap_values
from kgrec_core.explain.why.shap_values import Values, shapley, strongest
from kgrec_core.model.bundle import load_bundle


@pytest.fixture
def game(tiny_home: Path, monkeypatch: pytest.MonkeyPatch) -> Game:
    monkeypatch.setenv("KGREC_HOME", str(tiny_home))
    bundle = load_bundle("tiny")
    data = bundle.inputs.training_set(bundle.inputs.interactions.of_user(0), bundle.config)
    user = UserContext(bundle.recommender, data.data.items, data.levels, data.weights)
    return Game(user, next(item for item in range(14) if item not in user.items))


@pytest.fixture
def short(game: Game) -> Game:
    """Six events, director, genre, text and popularity: ten players, few enough to enumerate."""
    kept = np.arange(len(game.user.items)) < 6
    return Game(only(game.user, kept), game.candidate)


@pytest.fixture
def wordy(short: Game, tiny: service.Service) -> Game:
    """The same person, who also says what they do not want, so that words and popularity both play."""
    said = tiny.reader.request_item("a love letter, no musical")
    assert said is not None
    return Game(replace(short.user, request=replace(said, wishes=False, recommender=short.user.recommender)), 1)


def by_definition(game: Game, players: tuple[Player, ...]) -> Values:
    """Shapley 1953: the mean gain of a player over all coalitions of the others, weighed by their size."""
    n = len(players)
    rows = [set(each) for size in range(n + 1) for each in combinations(range(n), size)]
    present = torch.tensor([[player in row for player in range(n)] for row in rows])
    score = dict(zip(map(frozenset, rows), game.scores(coalitions(game, players, present)).tolist(), strict=True))
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


def test_few_players_get_the_values_of_the_definition(short: Game) -> None:
    players = players_of(short)
    found = shapley(short, players)
    assert len(players) == 10
    assert found.values == pytest.approx(by_definition(short, players), abs=1e-4)
    assert not found.errors.any()


def test_values_that_are_not_enumerated_are_within_a_hundredth_of_the_exact_ones_and_sum_to_the_score(
    short: Game,
) -> None:
    players = players_of(short)
    exact, sampled = shapley(short, players), shapley(short, players, exact_up_to=0)
    assert np.abs(sampled.values - exact.values).max() <= 0.01 * np.abs(exact.values).max()
    score = float(short.scores(short.everything())[0])
    assert sampled.base + sampled.values.sum() == pytest.approx(score, abs=1e-4)
    assert (sampled.errors >= 0).all()


def test_without_the_network_the_closed_form_is_the_definition_for_histories_words_facts_and_popularity(
    short: Game, wordy: Game
) -> None:
    for game in (short, wordy):
        for layer in (game.fusion.mlp[-1].weight, game.fusion.mlp[-1].bias):
            layer.zero_()
        players = players_of(game)
        assert {"history", "facet", "text", "popularity"} <= {player.kind for player in players}
        expected = by_definition(game, players)
        assert shapley(game, players, exact_up_to=0).values == pytest.approx(expected, abs=1e-4)
    assert "words" in {player.kind for player in players_of(wordy)}


def test_equal_seeds_give_equal_values_and_numpys_own_generator_is_left_alone(game: Game) -> None:
    players = players_of(game)
    np.random.seed(5)
    before = np.random.get_state()[1].tolist()
    one, other = shapley(game, players, 3, exact_up_to=0), shapley(game, players, 3, exact_up_to=0)
    assert one.values.tolist() == other.values.tolist()
    assert np.random.get_state()[1].tolist() == before


def test_when_to_stop_is_decided_by_coalitions_and_error_not_by_the_clock(
    game: Game, monkeypatch: pytest.MonkeyPatch
) -> None:
    players, scored = players_of(game), list[int]()
    network = Game.network
    monkeypatch.setattr(Game, "network", lambda self, left: scored.append(len(left.text)) or network(self, left))
    monkeypatch.setattr(shap_values, "TOLERANCE", 0.0)
    monkeypatch.setattr(shap_values, "MOST_COALITIONS", 5 * 2 * len(players))
    shapley(game, players, exact_up_to=0)
    assert scored == [2 * len(players)] * 5
    monkeypatch.setattr(shap_values, "TOLERANCE", 1.0)
    scored.clear()
    shapley(game, players, exact_up_to=0)
    assert len(scored) == shap_values.ROUNDS


def test_every_event_plays_for_itself(game: Game) -> None:
    players = players_of(game)
    assert sorted(player.events for player in players if player.kind == "history") == [
        (place,) for place in range(len(game.user.items))
    ]
    assert len(strongest(players, np.ones(len(players)))) == len(game.user.items)


def test_an_empty_history_and_an_item_without_edges_still_have_values_that_sum(game: Game) -> None:
    none = np.zeros(0, dtype=np.int64)
    nobody = Game(UserContext(game.user.recommender, none, none, none.astype(np.float32)), game.candidate)
    found = shapley(nobody, players_of(nobody))
    assert found.base + found.values.sum() == pytest.approx(float(nobody.scores(nobody.everything())[0]), abs=1e-4)
