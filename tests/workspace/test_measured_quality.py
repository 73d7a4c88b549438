from __future__ import annotations

from pathlib import Path

import pytest

from kgrec_core.evaluate import quality_run
from kgrec_core.evaluate.compared_models import BY_NAME
from kgrec_core.workspace import measured_quality


def test_what_was_measured_while_preparing_is_there_at_once(home: Path) -> None:
    rows = measured_quality.first_measure("tiny")
    assert rows[0].model == "ours" and {"ease", "popularity"} <= {row.model for row in rows}
    assert measured_quality.interval(rows[0]).mean == rows[0].ndcg_10


def test_a_measured_table_is_stored_in_the_bundle(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[quality_run.Plan] = []
    whole = measured_quality.measure_quality

    def small(bundle, plan, config, progress, costs):  # type: ignore[no-untyped-def]
        asked.append(plan)
        assert set(plan.models) <= set(costs) and all(cost > 0 for name, cost in costs.items() if name in plan.models)
        two = quality_run.Plan(plan.scheme, plan.seeds, ("ease", "popularity"), visitors=False)
        return whole(bundle, two, config, progress, costs)

    monkeypatch.setattr(measured_quality, "measure_quality", small)
    assert measured_quality.quality_table("tiny", "random") is None
    table = measured_quality.measure("tiny", "random", 1, ablations=False)
    assert measured_quality.quality_table("tiny", "random") == table
    assert not any(BY_NAME[name].group == measured_quality.ABLATION for name in asked[0].models)


def test_each_metric_is_a_number_of_a_row() -> None:
    fields = {field for field in measured_quality.QualityRow.__dataclass_fields__}
    assert {metric.field for metric in measured_quality.METRICS} <= fields
    assert all(
        metric.words.endswith(".") and metric.better in ("higher", "lower", "") for metric in measured_quality.METRICS
    )
