from __future__ import annotations

import numpy as np
import pytest
import torch

from kgrec_core import service
from kgrec_core.explain.asker_scores import UserContext, context_of
from kgrec_core.explain.removal.coalitions import Game
from kgrec_core.explain.removal.ranking import without_edges
from kgrec_core.explain.removal.removed_edges import scores_without
from kgrec_core.explain.sentences.list_reasons import list_reasons
from kgrec_core.model.bundle import load_bundle


@pytest.fixture
def user(tiny: service.Service) -> UserContext:
    return context_of(load_bundle("tiny"), 0, None)


def unmet(user: UserContext) -> np.ndarray:
    return np.setdiff1d(np.arange(user.recommender.world.items), user.items)


def test_a_fall_is_the_score_less_the_score_without_the_event(user: UserContext) -> None:
    places = np.arange(len(user.items))
    for item in unmet(user).tolist():
        game = Game(user, item)
        left = game.everything(len(places) + 1)
        left.history[torch.arange(len(places)), torch.arange(len(places))] = False
        *without, whole = game.scores(left).tolist()
        assert game.leave_one_out.tolist() == pytest.approx([whole - score for score in without], abs=1e-5)


def test_the_whole_model_without_edges_gives_the_same_scores(user: UserContext) -> None:
    graph, rng = user.recommender.world.graph, np.random.default_rng(0)
    items = unmet(user)[:3]
    own = [graph.edges_of(item)[:1] for item in items.tolist()]
    met = np.concatenate([graph.edges_of(item)[:1] for item in user.items.tolist()])
    others = rng.choice(len(graph.heads), 5, replace=False)
    gone = [np.concatenate([each, met[:2], others]) for each in own]
    expected = [
        float(without_edges(user, edges.tolist()).scores[item]) for item, edges in zip(items, gone, strict=True)
    ]
    assert scores_without(user, items, gone).tolist() == pytest.approx(expected, abs=1e-4)


def test_without_any_event_nothing_falls_and_nothing_fails(user: UserContext) -> None:
    none = np.zeros(0, dtype=np.int64)
    nobody = UserContext(user.recommender, none, none, none.astype(np.float32))
    assert Game(nobody, 0).leave_one_out.shape == (0,)
    whole = scores_without(nobody, np.arange(3), [none] * 3)
    alone = user.recommender.nobody[:3] + nobody.priors(torch.arange(3))
    assert whole.tolist() == pytest.approx(alone.tolist(), abs=1e-5)


def test_what_a_list_says_of_its_first_items_does_not_hang_on_how_long_it_is(
    tiny: service.Service, user: UserContext
) -> None:
    items = unmet(user).tolist()
    display = tiny.lists.display
    assert list_reasons(user, items, display)[:3] == list_reasons(user, items[:3], display)
