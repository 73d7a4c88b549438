from __future__ import annotations

import numpy as np
import pytest

from kgrec_core import service
from kgrec_core.explain.asker_scores import UserContext, only
from kgrec_core.explain.removal.coalitions import Game
from kgrec_core.explain.sentences.clauses import DisplayNames
from kgrec_core.explain.why import fidelity, trust_measures
from kgrec_core.explain.why.trust_verdict import verdict
from kgrec_core.model.bundle import Bundle, load_bundle
from kgrec_core.schema.trust import FEW, HOLD, UNFOUNDED


@pytest.fixture
def bundle(tiny: service.Service) -> Bundle:
    return load_bundle("tiny")


@pytest.fixture
def display(bundle: Bundle) -> DisplayNames:
    return DisplayNames(bundle.catalog, bundle.inputs.graph, bundle.inputs.interactions)


def games(bundle: Bundle) -> list[Game]:
    """One of every person and every item that they have not met."""
    found = []
    for person in range(bundle.inputs.users):
        data = bundle.inputs.training_set(bundle.inputs.interactions.of_user(person), bundle.config)
        user = UserContext(bundle.recommender, data.data.items, data.levels, data.weights)
        found += [Game(user, item) for item in range(bundle.inputs.graph.items) if item not in user.items]
    return found


def strongest(game: Game) -> tuple[int, ...]:
    return trust_measures.TestedExplanation.of(game.user, game.candidate).strongest


def test_the_sentence_tells_what_is_lost_with_the_named_items_and_with_random_ones(
    bundle: Bundle, display: DisplayNames
) -> None:
    game = games(bundle)[0]
    named = strongest(game)
    found = verdict(game, named, display)
    wanted = fidelity.deletion(game, named[:3])
    assert found is not None
    assert (found.lost, found.random, found.removed) == (
        pytest.approx(wanted.value, abs=1e-5),
        pytest.approx(wanted.random, abs=1e-5),
        len(named[:3]),
    )
    assert all(display.title(int(game.user.items[place])) in found.sentence for place in named[:3])
    share = round(100 * wanted.value)
    assert (f"{share} %" if 0 < share < 100 else "all" if share else "nothing") in found.sentence


def test_reasons_named_at_random_hold_in_one_case_of_twenty_at_most(bundle: Bundle, display: DisplayNames) -> None:
    """By construction 5 % do; with some 2,500 cases more than 7 % would be no chance."""
    rng, lights = np.random.default_rng(0), []
    for game in games(bundle):
        for _ in range(40):
            named = rng.permutation(len(game.user.items))[:3].tolist()
            found = verdict(game, named, display)
            assert found is not None
            lights.append(found.light)
    told = [light for light in lights if light != FEW]
    assert len(told) > 2_000
    assert np.mean([light == HOLD for light in told]) <= 0.07
    assert np.mean([light == UNFOUNDED for light in told]) >= 0.6


def test_the_reasons_that_are_found_hold_far_more_often(bundle: Bundle, display: DisplayNames) -> None:
    found = [verdict(game, strongest(game), display) for game in games(bundle)]
    told = [each.light for each in found if each is not None and each.light != FEW]
    assert np.mean([light == HOLD for light in told]) >= 0.8


def test_of_four_items_nothing_can_be_told(bundle: Bundle, display: DisplayNames) -> None:
    """There are four ways to name three of four."""
    game = games(bundle)[0]
    few = Game(only(game.user, np.arange(len(game.user.items)) < 4), game.candidate)
    found = verdict(few, (0, 1, 2), display)
    assert found is not None and found.light == FEW
    assert "with 4 films in all" in found.sentence


def test_where_nothing_speaks_for_an_item_there_is_no_verdict(bundle: Bundle, display: DisplayNames) -> None:
    assert verdict(games(bundle)[0], (), display) is None
