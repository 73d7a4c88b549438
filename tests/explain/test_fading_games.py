"""Against Shapley values by enumeration (Shapley 1953) of the games as they are said."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from math import factorial

import pytest
import torch

from kgrec_core.explain.why.fading_games import fading

HALF_LIFE = 3.0
Q = 0.5 ** (1 / HALF_LIFE)
ADDS = torch.tensor([2.0, -1.0, 0.5, 4.0])
Value = Callable[[frozenset[int]], float]


def enumerated(players: int, value: Value) -> list[float]:
    found = []
    for player in range(players):
        others = [each for each in range(players) if each != player]
        total = 0.0
        for size in range(players):
            weight = factorial(size) * factorial(players - size - 1) / factorial(players)
            for chosen in combinations(others, size):
                before = frozenset(chosen)
                total += weight * (value(before | {player}) - value(before))
        found.append(total)
    return found


def of(events: frozenset[int], needed: tuple[int, ...], added: float | None = None) -> float:
    """Players 0 to 3 are events; the others are needed."""
    there = [event for event in events if event < len(ADDS)]
    if not set(needed) <= events:
        return 0.0
    whole = float(ADDS[there].sum()) if added is None else added
    return whole * float(Q ** len(there))


def test_events_that_fade_each_other() -> None:
    game = fading(4, HALF_LIFE)
    assert game.of_events(ADDS).tolist() == pytest.approx(enumerated(4, lambda left: of(left, ())), abs=1e-6)


def test_events_that_speak_through_a_fact() -> None:
    game, expected = fading(4, HALF_LIFE), enumerated(5, lambda left: of(left, (4,)))
    assert game.of_events_in_pairs(ADDS).tolist() == pytest.approx(expected[:4], abs=1e-6)
    assert float(game.of_other(ADDS.sum())) == pytest.approx(expected[4], abs=1e-6)


def test_a_part_of_another_player_that_events_make_fade() -> None:
    game, expected = fading(4, HALF_LIFE), enumerated(5, lambda left: of(left, (4,), added=3.0))
    assert float(game.dimmed(torch.tensor(3.0))) == pytest.approx(expected[0], abs=1e-6)
    assert game.alone * 3.0 == pytest.approx(expected[4], abs=1e-6)


def test_a_part_of_two_other_players_that_events_make_fade() -> None:
    game, expected = fading(4, HALF_LIFE), enumerated(6, lambda left: of(left, (4, 5), added=3.0))
    assert float(game.dimmed_pairs(torch.tensor(3.0))) == pytest.approx(expected[0], abs=1e-6)
    assert [float(game.of_either(torch.tensor(3.0)))] * 2 == pytest.approx(expected[4:], abs=1e-6)


@pytest.mark.parametrize("events", [0, 1, 2, 60, 900])
def test_values_add_up_to_what_is_left_with_all_events_there(events: int) -> None:
    game, adds = fading(events, HALF_LIFE), torch.ones(events)
    left = Q**events
    assert float(game.of_events(adds).sum()) == pytest.approx(events * left, abs=1e-5)
    assert game.alone * 2 + events * float(game.dimmed(torch.tensor(2.0))) == pytest.approx(2 * left, abs=1e-6)
