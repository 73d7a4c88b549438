from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from kgrec_core import service
from kgrec_core.errors import UnknownIdError
from kgrec_core.explain.asker_scores import UserContext
from kgrec_core.explain.removal.coalitions import Game
from kgrec_core.explain.removal.ranking import ranks_without
from kgrec_core.explain.why import fidelity, trust_measures
from kgrec_core.model.bundle import load_bundle
from kgrec_core.model.recommender import pad
from kgrec_core.schema.trust import Measure
from pages.explore.trust_tab import counted


@pytest.fixture
def user(tiny: service.Service) -> UserContext:
    bundle = load_bundle("tiny")
    data = bundle.inputs.training_set(bundle.inputs.interactions.of_user(0), bundle.config)
    return UserContext(bundle.recommender, data.data.items, data.levels, data.weights)


@pytest.fixture
def game(user: UserContext) -> Game:
    return Game(user, next(item for item in range(14) if item not in user.items))


def test_deletion_is_the_share_of_the_score_that_goes_with_the_items(game: Game) -> None:
    events = len(game.user.items)
    left = game.everything(3)
    left.history[1, :2] = False
    left.history[2] = False
    left.popularity[:] = False  # it comes back as events go, so it is no part of what they add
    whole, without, nothing = game.scores(left).tolist()
    assert fidelity.deletion(game, (0, 1)).value == pytest.approx((whole - without) / (whole - nothing), abs=1e-4)
    assert fidelity.deletion(game, range(events)).value == pytest.approx(1, abs=1e-4)


def test_insertion_of_everything_is_the_whole_score_and_random_all_is_the_same(game: Game) -> None:
    everything = fidelity.insertion(game, range(len(game.user.items)))
    assert everything.value == pytest.approx(1, abs=1e-4)
    assert everything.random == pytest.approx(1, abs=1e-4)


def test_the_deletion_curve_starts_at_the_score_of_the_model(user: UserContext, game: Game) -> None:
    curve = fidelity.deletion_curve(game, (2, 0, 1))
    score = float(user.recommender.scores(pad([(user.items, user.levels, user.weights)]))[0, game.candidate])
    assert [point.removed for point in curve] == [0, 1, 2, 3]
    assert curve[0].score == pytest.approx(score, abs=1e-4)
    assert curve[0].random == pytest.approx(score, abs=1e-4)


def test_a_hidden_history_item_does_not_compete_for_the_place(user: UserContext, game: Game) -> None:
    kept = torch.ones(1, len(user.items), dtype=torch.bool)
    kept[0, :9] = False
    short = pad([(user.items[9:], user.levels[9:], user.weights[9:])])
    scores = user.recommender.scores(short)[0].numpy()
    rivals = np.setdiff1d(np.arange(14), user.items)
    assert ranks_without(user, game.candidate, kept)[0] == 1 + (scores[rivals] > scores[game.candidate]).sum()


def test_the_rank_with_nothing_hidden_is_that_of_the_list(tiny: service.Service, user: UserContext) -> None:
    kept = torch.ones(1, len(user.items), dtype=torch.bool)
    for row in tiny.recommend("u0", k=4).items:
        item = int(row.item.item_id.removeprefix("f"))
        place = load_bundle("tiny").catalog.item_vocab.index(f"f{item}")
        assert ranks_without(user, place, kept)[0] == row.rank


@given(st.sets(st.integers(0, 9)), st.sets(st.integers(0, 9)))
def test_the_overlap_of_two_sets_is_between_none_and_all(one: set[int], other: set[int]) -> None:
    overlap = fidelity.jaccard(list(one), list(other))
    assert 0 <= overlap <= 1
    assert (overlap == 1) == (one == other)
    assert overlap == fidelity.jaccard(list(other), list(one))


def test_the_change_of_values_that_double_is_as_long_as_the_values() -> None:
    values = np.array([3.0, 4.0])
    assert fidelity.max_sensitivity(values, [values, 2 * values]) == pytest.approx(5 / 5)


def test_trust_puts_chance_beside_every_measure(tiny: service.Service) -> None:
    item = tiny.recommend("u0", k=1).items[0].item.item_id
    found = tiny.trust("u0", item, k=2)
    names = [measure.name for measure in found.measures]
    assert len(set(names)) == len(names)
    assert {"del@1", "ins@3", "necessity", "sufficiency", "stability", "max_sensitivity"} <= set(names)
    assert all(np.isfinite([measure.value, measure.random]).all() for measure in found.measures)
    assert {measure.name: measure.value for measure in found.measures}["stability"] == 1.0  # few enough to enumerate


def test_trust_is_the_same_when_asked_again(tiny: service.Service) -> None:
    item = tiny.recommend("u1", k=1).items[0].item.item_id
    one, other = tiny.trust("u1", item), tiny.trust("u1", item)
    assert (one.measures, one.deletion) == (other.measures, other.deletion)


def test_without_a_history_there_is_nothing_to_test_and_it_is_said(user: UserContext) -> None:
    none = np.zeros(0, dtype=np.int64)
    judged = trust_measures.TestedExplanation.of(UserContext(user.recommender, none, none, none.astype(np.float32)), 0)
    assert trust_measures.measures(judged, 10, "film", "films") == ()
    assert [point.removed for point in trust_measures.curve(judged)] == [0]


def test_a_history_of_one_can_be_judged(user: UserContext) -> None:
    one = UserContext(user.recommender, user.items[:1], user.levels[:1], np.ones(1, dtype=np.float32))
    for candidate in range(14):
        for measure in trust_measures.measures(
            trust_measures.TestedExplanation.of(one, candidate), 10, "film", "films"
        ):
            assert np.isfinite([measure.value, measure.random]).all(), measure


def test_an_unknown_item_is_an_unknown_item(tiny: service.Service) -> None:
    with pytest.raises(UnknownIdError):
        tiny.trust("u0", "nothing")


@pytest.mark.parametrize(
    ("value", "chance", "higher_is_better", "ahead"),
    [(0.5, 0.2, True, 1), (0.2, 0.5, True, -1), (0.2, 0.5, False, 1), (1.0, 1.0, True, 0), (1.0, 1.0, False, 0),
     (0.501, 0.499, True, 0), (0.9, 0.1, None, 0)],
)  # fmt: skip
def test_a_tie_with_chance_is_neither_better_nor_worse(
    value: float, chance: float, higher_is_better: bool | None, ahead: int
) -> None:
    assert Measure("one", "", value, chance, higher_is_better, "").ahead == ahead


def test_the_screen_counts_ties_apart() -> None:
    measures = [Measure("", "", value, 1.0, True, "") for value in (2.0, 1.0, 1.0, 0.0)]
    assert counted(measures).endswith("Of 4 measures **1** are better than for those, 2 the same, 1 worse.")
