from __future__ import annotations

import copy
from dataclasses import replace
from itertools import chain, combinations
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from kgrec_core.data.interactions import events
from kgrec_core.explain.asker_scores import UserContext
from kgrec_core.explain.change import counterfactual
from kgrec_core.explain.change.facts_bound import highest, lowest, stays_without_any_facts
from kgrec_core.explain.removal.coalitions import Game
from kgrec_core.explain.removal.ranking import ranking
from kgrec_core.explain.removal.removed_edges import FactRescorer
from kgrec_core.model.bundle import Bundle, load_bundle
from kgrec_core.model.recommender import Recommender

TIE = counterfactual.TIE
histories = st.lists(
    st.tuples(st.integers(0, 13), st.sampled_from([2.0, 5.0])), max_size=8, unique_by=lambda pair: pair[0]
)


@pytest.fixture(scope="module")
def bundle(tiny_home: Path) -> Bundle:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KGREC_HOME", str(tiny_home))
        return load_bundle("tiny")


def silent(model: Recommender, facts: float = 1.0) -> Recommender:
    """The model without its network, its relations `facts` times as heavy."""
    fusion = copy.deepcopy(model.fusion)
    for value in fusion.mlp[-1].parameters():
        value.zero_()
    relations = fusion.log_weight[2:-1]
    relations += float(np.log(facts))
    return replace(model, fusion=fusion)


def game_of(bundle: Bundle, history: list[tuple[int, float]], dislikes: bool = False) -> Game:
    """The first item of this history, in a model in which facts weigh much."""
    levels, weights = events(
        np.array([value for _, value in history], dtype=np.float32), bundle.catalog.domain, bundle.config
    )
    weights = np.where(weights < 1, -1, weights).astype(np.float32) if dislikes else weights
    items = np.array([item for item, _ in history], dtype=np.int64)
    user = UserContext(silent(bundle.recommender, 20.0), items, levels, weights)
    return Game(user, int(ranking(user).ranked[0]))


def every_set(elements: int) -> torch.Tensor:
    """(2^elements, elements) bool"""
    sets = chain.from_iterable(combinations(range(elements), size) for size in range(elements + 1))
    return torch.tensor([[place in each for place in range(elements)] for each in sets], dtype=torch.bool)


@settings(max_examples=40, deadline=None)
@given(histories, st.booleans())
def test_no_set_of_facts_brings_the_item_below_one_bound_or_another_above_the_other(
    bundle: Bundle, history: list[tuple[int, float]], dislikes: bool
) -> None:
    game = game_of(bundle, history, dislikes)
    before = ranking(game.user)
    others = before.ranked[before.ranked != game.candidate]
    own, theirs = FactRescorer(game, torch.from_numpy(others)).scores(every_set(len(game.edges)))
    assert float(own.min()) >= lowest(game) - 1e-4
    assert bool((theirs.amax(0) <= highest(game, before, others) + 1e-4).all())


@settings(max_examples=40, deadline=None)
@given(histories, st.booleans(), st.integers(1, 4))
def test_where_it_is_proven_that_the_item_stays_every_set_of_facts_leaves_it_there(
    bundle: Bundle, history: list[tuple[int, float]], dislikes: bool, k: int
) -> None:
    game = game_of(bundle, history, dislikes)
    before = ranking(game.user)
    gone = [tuple(game.edges[each].tolist()) for each in every_set(len(game.edges))]
    leaves = [each for each in gone if counterfactual.ranking_without_facts(game, each).rank(game.candidate) > k]
    if stays_without_any_facts(game, before, k, TIE):
        assert not leaves
        found = counterfactual.without_facts(game, before, k)
        assert (found.status, found.tried, found.exhausted) == ("none", len(game.edges), len(game.edges))


def test_it_is_proven_for_an_item_that_stands_first_without_its_facts(bundle: Bundle) -> None:
    """Of 14 items, one in the history: whoever is first is among the ten best whatever facts are gone."""
    game = game_of(bundle, [(0, 5.0)])
    plain = Game(replace(game.user, recommender=silent(bundle.recommender)), game.candidate)
    assert stays_without_any_facts(plain, ranking(plain.user), 12, TIE)


def test_nothing_is_proven_where_a_network_speaks(bundle: Bundle) -> None:
    game = game_of(bundle, [(0, 5.0)])
    with torch.no_grad():
        game.fusion.mlp[-1].bias.fill_(0.5)
    assert not stays_without_any_facts(game, ranking(game.user), 13, TIE)
