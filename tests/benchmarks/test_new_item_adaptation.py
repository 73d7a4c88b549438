from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from benchmarks.new_item_adaptation import Hiding, collaborative_scores, cosines, report
from kgrec_core.model.metrics import RankingMetrics, ranking_metrics
from kgrec_core.text.interaction_adaptation import InteractionReport


def _metrics(*places: int) -> RankingMetrics:
    """Of one person for each place: they like one of four items, which stands at that place of their list."""
    relevant = np.eye(4, dtype=bool)[[0] * len(places)]
    scores = np.array([[-place + 0.5, -1.0, -2.0, -3.0] for place in places], dtype=np.float32)
    return ranking_metrics(scores, np.zeros_like(relevant), relevant)


def test_each_sum_of_kernels_is_compared_with_the_same_sum_of_the_bert_that_came() -> None:
    taught = InteractionReport(90, 10, 0.6, 0.7, 3, 30.0)
    first, second = _metrics(1, 1), _metrics(1, 2)
    names = ("bert", "adapted", "facts+bert", "facts+adapted", "facts+bert+adapted")
    found = report([Hiding(0, taught, dict(zip(names, (second, first, first, second, first), strict=True)))])
    lost = (1 - 1 / np.log2(3)) / 2  # a second place in the list of one of two people
    gains = {name: each["mean"] for name, each in found["gain"].items()}
    assert gains == pytest.approx(
        {"adapted - bert": lost, "facts+adapted - facts+bert": -lost, "facts+bert+adapted - facts+bert": 0.0}
    )
    assert found["by hiding"][0]["bert"] == pytest.approx(1 - lost)


def test_kernels_have_a_mean_diagonal_of_one_and_tell_opposite_items_apart() -> None:
    kernel = cosines(np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 0.0]], dtype=np.float32))
    assert np.diag(kernel).mean() == pytest.approx(1)
    assert kernel[0, 2] == pytest.approx(1) and kernel[0, 1] < 0


def test_collaborative_scores_are_those_of_ridge_regression() -> None:
    met = np.array([[1.0, 1.0], [1.0, 0.0]], dtype=np.float32)
    content = SimpleNamespace(histories=met, targets=met, ridge=1.0)
    expected = met @ np.linalg.inv(met.T @ met + np.eye(2)) @ (met.T @ met)
    assert np.allclose(collaborative_scores(content, np.array([True, True])), expected)  # type: ignore[arg-type]
