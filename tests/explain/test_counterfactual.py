from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from kgrec_core.cli import json_answers
from kgrec_core.data.interactions import events
from kgrec_core.explain.asker_scores import UserContext
from kgrec_core.explain.change import counterfactual
from kgrec_core.explain.removal.coalitions import Game
from kgrec_core.explain.removal.ranking import ranking, without_edges
from kgrec_core.explain.removal.removed_edges import FactRescorer
from kgrec_core.explain.removal.removed_events import HistoryRescorer
from kgrec_core.model.bundle import Bundle, load_bundle
from kgrec_core.service import Service

K = 2


@pytest.fixture(scope="module")
def bundle(tiny_home: Path) -> Bundle:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KGREC_HOME", str(tiny_home))
        return load_bundle("tiny")


@pytest.fixture(scope="module")
def tiny(bundle: Bundle) -> Service:
    return Service(bundle)


def context(bundle: Bundle, items: list[int], values: list[float]) -> UserContext:
    levels, weights = events(np.array(values, dtype=np.float32), bundle.catalog.domain, bundle.config)
    return UserContext(bundle.recommender, np.array(items, dtype=np.int64), levels, weights)


histories = st.lists(
    st.tuples(st.integers(0, 13), st.sampled_from([2.0, 5.0])), max_size=8, unique_by=lambda pair: pair[0]
)


def played(bundle: Bundle, history: list[tuple[int, float]]) -> tuple[UserContext, int]:
    """A user of this history and the item that stands first for them."""
    user = context(bundle, [item for item, _ in history], [value for _, value in history])
    return user, int(ranking(user).ranked[0])


@settings(max_examples=25, deadline=None)
@given(histories, st.integers(0, 2**30))
def test_scores_of_shortened_histories_are_those_of_the_model(
    bundle: Bundle, history: list[tuple[int, float]], seed: int
) -> None:
    user, _ = played(bundle, history)
    places = torch.arange(0, len(history), 2)  # the others always stay
    hidden = torch.rand(4, len(places), generator=torch.Generator().manual_seed(seed)) < 0.5
    found = HistoryRescorer(user, places, torch.arange(14)).scores(hidden)
    for row in range(4):
        expected = ranking(user, places[hidden[row]].tolist()).scores
        np.testing.assert_allclose(found[row].numpy(), expected, atol=1e-5)


@settings(max_examples=25, deadline=None)
@given(histories, st.integers(0, 2**30))
def test_scores_without_facts_of_an_item_are_those_of_a_model_of_the_smaller_graph(
    bundle: Bundle, history: list[tuple[int, float]], seed: int
) -> None:
    user, candidate = played(bundle, history)
    game = Game(user, candidate)
    gone = game.edges[torch.rand(len(game.edges), generator=torch.Generator().manual_seed(seed)) < 0.5].tolist()
    found = counterfactual.ranking_without_facts(game, tuple(gone))
    np.testing.assert_allclose(found.scores, ranking(without_edges(user, gone)).scores, atol=1e-5)


@settings(max_examples=25, deadline=None)
@given(histories)
def test_a_found_set_of_the_history_is_valid_and_a_proven_one_is_the_smallest(
    bundle: Bundle, history: list[tuple[int, float]]
) -> None:
    user, candidate = played(bundle, history)
    found = counterfactual.without_events(user, candidate, ranking(user), K)
    sizes = [
        size
        for size in range(1, len(history) + 1)
        for gone in combinations(range(len(history)), size)
        if ranking(user, gone).rank(candidate) > K
    ]
    assert found.status == ("found" if sizes else "none")
    if sizes:
        assert ranking(user, found.removed).rank(candidate) == found.new_rank > K
        assert found.minimal
        assert len(found.removed) == min(sizes)
        for kept in found.removed:
            assert ranking(user, [gone for gone in found.removed if gone != kept]).rank(candidate) <= K


@settings(max_examples=25, deadline=None)
@given(histories)
def test_a_found_set_of_facts_takes_the_item_out_of_the_list(bundle: Bundle, history: list[tuple[int, float]]) -> None:
    user, candidate = played(bundle, history)
    found = counterfactual.without_facts(Game(user, candidate), ranking(user), K)
    assert found.status in {"found", "none"}
    if found.removed:
        assert ranking(without_edges(user, found.removed)).rank(candidate) == found.new_rank > K


def test_an_item_outside_of_the_list_needs_no_change(tiny: Service) -> None:
    last = tiny.recommend("u0", k=14).items[-1].item.item_id
    found = tiny.explain("u0", last, k=1).counterfactual
    assert found is not None
    assert (found.status, found.remove, found.new_rank) == ("outside", (), None)


def test_an_item_without_facts_cannot_lose_one(bundle: Bundle) -> None:
    user, candidate = played(bundle, [(0, 5.0), (1, 5.0)])
    bare = without_edges(user, range(len(bundle.inputs.graph.heads)))
    game = Game(bare, candidate)
    found = counterfactual.without_facts(game, ranking(bare), 14)
    assert (found.status, found.tried) == ("none", 0)
    assert FactRescorer(game, torch.tensor([0])).scores(torch.zeros(1, 0, dtype=torch.bool))[1].shape == (1, 1)


def test_the_answer_names_what_comes_in_instead(tiny: Service) -> None:
    first = tiny.recommend("u0", k=K).items
    known = {row.item.item_id for row in first}
    for row in first:
        for found in (answer := tiny.explain("u0", row.item.item_id, k=K)).counterfactual, answer.fact_counterfactual:
            assert found is not None
            assert (len(found.entering) > 0) == (found.status == "found")
            assert not known & {card.item_id for card in found.entering}


def test_the_json_of_an_explanation_carries_both_answers(tiny: Service) -> None:
    found = tiny.explain("u0", tiny.recommend("u0", k=1).items[0].item.item_id, k=1)
    told = json_answers.explanation(found)
    assert {"status", "remove", "new_rank", "minimal", "edges", "entering"} <= set(told["counterfactual"])
    assert told["fact_counterfactual"]["remove"] == ()


def test_the_same_question_has_the_same_answer(tiny: Service) -> None:
    item = tiny.recommend("u1", k=1).items[0].item.item_id
    one, two = (replace(tiny.explain("u1", item, k=1), ms=0.0) for _ in range(2))
    assert one.counterfactual == two.counterfactual
    assert one.fact_counterfactual == two.fact_counterfactual
