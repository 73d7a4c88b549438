from __future__ import annotations

import numpy as np
import pytest

from benchmarks.adaptation import Judged, Trial, report
from kgrec_core.model.metrics import RankingMetrics, ranking_metrics
from kgrec_core.text.bert_adaptation import AdaptReport


def _metrics(*places: int) -> RankingMetrics:
    """Of one person for each place: they like one of four items, which stands at that place of their list."""
    relevant = np.eye(4, dtype=bool)[[0] * len(places)]
    scores = np.array([[-place + 0.5, -1.0, -2.0, -3.0] for place in places], dtype=np.float32)
    return ranking_metrics(scores, np.zeros_like(relevant), relevant)


def test_the_gain_is_paired_over_people_and_seeds() -> None:
    taught = AdaptReport(100, 10, 7.0, 6.0, 0.5, 0.6, 30.0)
    plain, adapted = Judged(0.2, _metrics(1, 2)), Judged(0.3, _metrics(1, 1))
    found = report([Trial(0, taught, 10.0, plain, adapted), Trial(1, taught, 20.0, plain, plain)])
    second = 1 / np.log2(3)
    assert found["ours"]["ndcg@10"] == pytest.approx((1 + second) / 2)
    assert found["gain"]["ndcg@10"] == pytest.approx((1 - second) / 4)
    assert found["validation"] == pytest.approx([0.2, 0.25])
    assert found["seconds"] == {"adapt": 30.0, "encode": 15.0}
