from __future__ import annotations

import math
from copy import copy
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from scipy import sparse
from torch import Tensor

pytest.importorskip("captum")

from benchmarks.explainers import leaderboard, metrics
from benchmarks.explainers.explainer import Explainer, Knowledge
from benchmarks.explainers.leaderboard import Measured
from benchmarks.explainers.metrics import Judge
from benchmarks.explainers.ours import ShapValues, SmallestRemoval
from benchmarks.explainers.peers.accent import Accent
from benchmarks.explainers.peers.cluster_shap import ClusterShap
from benchmarks.explainers.peers.gradients import Influence, PathIntegral, StochasticPathIntegral
from benchmarks.explainers.peers.learned_masks import LearnedMasks
from benchmarks.explainers.peers.leave_one_out import LeaveOneOut
from benchmarks.explainers.peers.lime_rs import LimeRS
from benchmarks.explainers.peers.without_the_model import Chance, ItemCosine, Popularity
from benchmarks.explainers.plain_models import Autoencoder, MatrixFactorisation, PlainProblem
from benchmarks.explainers.problem import Problem
from benchmarks.explainers.served import ServedProblem
from benchmarks.explanations import Subject
from kgrec_core.data.interactions import IntArray
from kgrec_core.explain.removal.ranking import ranks_without
from kgrec_core.model.recommender import pad

CATALOGUE, EVENTS, ITEM = 40, 10, 20
WORTH = (0.1, 0.9, 0.3, 0.7, -0.2, 0.5, 2.0, 0.2, 0.4, 1.1)  # what each event adds to the item


class Additive(Problem):
    """A model in which every event adds its own part to each score; items from 30 on do not depend on the history."""

    def __init__(self, worth: tuple[float, ...] = WORTH, rivals: dict[int, float] | None = None) -> None:
        super().__init__(np.arange(len(worth)), ITEM, CATALOGUE)
        self.base = torch.full((CATALOGUE,), -9.0)
        self.base[ITEM] = 0.0
        for item, score in (rivals or {}).items():
            self.base[item] = score
        self.adds = torch.zeros(len(worth), CATALOGUE)
        self.adds[:, ITEM] = torch.tensor(worth)

    def relaxed(self, presence: Tensor, wanted: IntArray, popularity: bool = True) -> Tensor:
        return (self.base + presence @ self.adds)[:, torch.from_numpy(wanted)]

    def catalogue_scores(self, hidden: Tensor, places: IntArray) -> Tensor:
        presence = self.everything(len(hidden))
        presence[:, torch.from_numpy(places)] = (~hidden).float()
        return self.relaxed(presence, np.arange(CATALOGUE))

    def with_events_of(self, items: IntArray) -> Problem:
        same = copy(self)
        same.calls = 0
        return same


@pytest.fixture
def knowledge() -> Knowledge:
    met = np.random.default_rng(0).random((30, CATALOGUE)) < 0.3
    return Knowledge(sparse.csr_matrix(met.astype(np.float32)))


def everybody(knowledge: Knowledge) -> list[Explainer]:
    asking = [ShapValues(), SmallestRemoval(), LeaveOneOut(knowledge), PathIntegral(), Influence(), Accent(), LimeRS()]
    others = [ClusterShap(knowledge), StochasticPathIntegral(knowledge), LearnedMasks(CATALOGUE)]
    return [*asking, *others, ItemCosine(knowledge), Popularity(knowledge), Chance()]


def best_first(worth: tuple[float, ...] = WORTH) -> IntArray:
    return np.argsort(-np.array(worth), kind="stable")


def test_the_metrics_are_sums_over_what_is_removed_or_kept() -> None:
    worth = (4.0, 3.0, 2.0, 0.5, 0.3, 0.2)  # the item has 10
    problem = Additive(worth, {30: 7.0, 31: 5.0, 32: 0.9})
    [found] = Judge(problem).judge([np.arange(6)])
    assert found["DEL@1"] == pytest.approx(4 / 10)
    assert found["DEL@3"] == pytest.approx((4 + 3 + 2) / 10)
    assert found["INS@5"] == pytest.approx((4 + 3 + 2 + 0.5 + 0.3) / 10)
    assert found["CNDCG@1"] == pytest.approx(1 / math.log2(1 + 2))  # 6 is behind the 7 alone
    assert found["CNDCG@3"] == pytest.approx(1 / math.log2(1 + 3))  # 1 is behind 7 and 5, ahead of 0.9
    assert found["CNDCG@5"] == pytest.approx(1 / math.log2(1 + 4))
    assert found["POS@5,5"] == 1.0


def test_an_item_that_leaves_the_list_has_position_nought() -> None:
    rivals = {item: 1.5 for item in range(30, 36)}
    [found] = Judge(Additive((1.0, 1.0, 0.2, 0.2, 0.2, 0.2), rivals)).judge([np.arange(6)])
    assert (found["POS@5,1"], found["POS@10,1"]) == (1.0, 1.0)  # 1.8 is ahead of 1.5
    assert (found["POS@5,3"], found["POS@10,3"]) == (0.0, 1.0)  # 0.6 is seventh


def test_areas_are_means_over_nine_tenths_of_the_history() -> None:
    worth = tuple(float(10 - place) for place in range(10))
    [found] = Judge(Additive(worth)).judge([np.arange(10)])
    lost = [sum(worth[:count]) / sum(worth) for count in range(1, 10)]
    assert (found["DEL area"], found["INS area"]) == pytest.approx((sum(lost) / 9, sum(lost) / 9))


def test_on_an_additive_model_the_true_order_is_first_on_every_metric(knowledge: Knowledge) -> None:
    problem = Additive(rivals={item: 0.2 * (item - 30) for item in range(30, 40)})
    others = [each.order(problem) for each in everybody(knowledge)]
    truth, *found = Judge(problem).judge([best_first(), *others])
    for metric, value in truth.items():
        best = min if metrics.lower_is_better(metric) else max
        assert value == pytest.approx(best(value, *(each[metric] for each in found))), metric


@pytest.mark.parametrize("name", ["ours_shap", "leave_one_out", "integrated_gradients", "fia", "lime_rs"])
def test_on_an_additive_model_who_asks_the_model_finds_the_true_order(name: str, knowledge: Knowledge) -> None:
    asked = next(each for each in everybody(knowledge) if each.name == name)
    assert asked.order(Additive()).tolist() == best_first().tolist()


def test_model_calls_are_counted_and_a_gradient_counts_twice(knowledge: Knowledge) -> None:
    one, other = Additive(), Additive()
    LeaveOneOut(knowledge).order(one)
    Influence().order(other)
    assert (one.calls, other.calls) == (EVENTS + 1, 2)


@pytest.mark.parametrize("budget", [30, 60, 200])
def test_nobody_asks_more_often_than_allowed(budget: int, knowledge: Knowledge) -> None:
    for each in everybody(knowledge):
        problem = Additive(tuple(np.linspace(1, 0, 100).tolist()[:25]))
        order = each.order(problem, budget)
        assert sorted(order.tolist()) == list(range(25)), each.name
        assert problem.calls <= max(budget, 2 * 25), each.name  # one permutation of SHAP values, forward and back


def test_the_counterfactual_puts_a_set_that_removes_the_item_first() -> None:
    problem = Additive(rivals={item: 3.0 for item in range(30, 40)})  # the item has 6.0 of which 2.0 + 1.1 have to go
    assert set(SmallestRemoval().order(problem)[:2].tolist()) == {WORTH.index(2.0), WORTH.index(1.1)}


def test_accent_looks_at_the_rival_that_comes_first_soonest() -> None:
    problem = Additive((1.0, 1.0, 1.0, 1.0, 1.0, 1.0), {30: 6.5, 31: 5.4})
    problem.adds[3, 30] = -1.0  # which keeps the nearest rival at 5.5
    assert Accent().order(problem)[0] == 3


@pytest.mark.parametrize("model", [MatrixFactorisation, Autoencoder])
def test_a_plain_model_reads_a_half_history_between_none_and_all(
    model: type[MatrixFactorisation] | type[Autoencoder], knowledge: Knowledge
) -> None:
    items = knowledge.history(0)
    problem = PlainProblem(model(knowledge.likes), items, int(np.setdiff1d(np.arange(CATALOGUE), items)[0]), CATALOGUE)
    hidden = torch.zeros(1, 2, dtype=torch.bool)
    hidden[0, 0] = True
    presence = problem.everything()
    presence[0, 0] = 0
    through = problem.catalogue_scores(hidden, np.array([0, 1]))[0, problem.item]
    assert float(problem.scores(presence)) == pytest.approx(float(through), abs=1e-5)
    assert problem.gradients(np.array([problem.item])).shape == (1, len(items))


@pytest.fixture
def served(tiny_home: Path, monkeypatch: pytest.MonkeyPatch) -> ServedProblem:
    monkeypatch.setenv("KGREC_HOME", str(tiny_home))
    subject = Subject("tiny")
    context = subject.context("u3")
    return ServedProblem(context, int(ServedProblem(context, -1).ranking()[0]))


def test_the_served_model_answers_for_whole_and_for_shortened_histories_as_it_does_elsewhere(
    served: ServedProblem,
) -> None:
    user, kept = served.user, torch.ones(3, served.events, dtype=torch.bool)
    kept[1, 0] = kept[2, 1] = kept[2, 4] = False
    whole = user.scores_of(pad([(user.items, user.levels, user.weights)] * 3).keep(kept))
    assert served.scores(kept).tolist() == pytest.approx(whole[:, served.item].tolist(), abs=1e-4)
    hidden = served.catalogue_scores(~kept[:, [0, 1, 4]], np.array([0, 1, 4]))
    assert torch.allclose(hidden, whole, atol=1e-4)
    expected = ranks_without(user, served.item, kept)
    assert served.ranks(~kept[:, [0, 1, 4]], np.array([0, 1, 4])).tolist() == expected.tolist()


def measured(name: str, ours: bool, values: list[float]) -> Measured:
    row = Measured(SimpleNamespace(name=name, label=name, source="", ours=ours))  # type: ignore[arg-type]
    row.values = {metric: values for metric in metrics.names()}
    return row


@pytest.mark.parametrize(("theirs", "said"), [([0.1] * 20, "first"), ([0.9, 0.2] * 10, "tied"), ([0.9] * 20, "behind")])
def test_ours_is_first_tied_or_behind(theirs: list[float], said: str) -> None:
    ours = [measured(name, True, [0.5] * 20) for name in ("ours_shap", "ours_counterfactual")]
    found = leaderboard.verdict("DEL@3", [*ours, measured("peer", False, theirs)], range(20))
    assert found["is"] == said
