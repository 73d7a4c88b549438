"""Peers fitted to the interactions that lists are made from."""

from __future__ import annotations

import numpy as np
import pytest

from kgrec_core.browse import peer_scores
from kgrec_core.browse.peer_scores import PeerScores
from kgrec_core.evaluate.baselines import RIDGES, ease_scores
from kgrec_core.evaluate.protocol import likes
from kgrec_core.explain.asker_scores import context_of
from kgrec_core.model.bundle import Bundle, load_bundle
from kgrec_core.service import Service


@pytest.fixture
def bundle(tiny: Service) -> Bundle:
    return load_bundle("tiny")


def test_ease_scores_a_stored_person_as_the_published_formula_does(bundle: Bundle) -> None:
    peers = PeerScores(bundle.inputs)
    expected = ease_scores(likes(bundle.inputs, bundle.inputs.interactions), peers.ridge)
    for user in range(3):
        found = peers.ease(context_of(bundle, user, None))
        assert found == pytest.approx(expected[user].numpy(), abs=1e-5)


def test_the_strongest_liked_item_is_the_one_whose_removal_takes_most_from_the_ease_score(bundle: Bundle) -> None:
    peers, liked = PeerScores(bundle.inputs), ("f0", "f2", "f3")
    user = context_of(bundle, None, liked)
    item = bundle.catalog.item_vocab.index("f5")
    without = {
        bundle.catalog.item_vocab.index(one): peers.ease(
            context_of(bundle, None, tuple(each for each in liked if each != one))
        )[item]
        for one in liked
    }
    found = peers.strongest(user, item)
    assert found is not None
    best = min(without, key=lambda one: without[one])
    assert found == (best, pytest.approx(peers.ease(user)[item] - without[best], abs=1e-5))


def test_nothing_is_strongest_for_who_liked_nothing(bundle: Bundle) -> None:
    assert PeerScores(bundle.inputs).strongest(context_of(bundle, None, ()), 0) is None


def test_the_ridge_is_one_that_is_tried_and_a_usual_one_where_trying_costs_too_much(
    bundle: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert PeerScores(bundle.inputs).ridge in RIDGES
    monkeypatch.setattr(peer_scores, "TUNED_UP_TO", 3)
    assert PeerScores(bundle.inputs).ridge == peer_scores.USUAL_RIDGE


def test_popularity_counts_likes(bundle: Bundle) -> None:
    data = bundle.inputs.interactions
    liked = data.values >= bundle.catalog.domain.positive_value
    assert np.array_equal(
        PeerScores(bundle.inputs).popularity(), np.bincount(data.items[liked], minlength=bundle.inputs.graph.items)
    )
