from __future__ import annotations

from pathlib import Path

import pytest

from kgrec_core import judge
from kgrec_core.model import quality
from kgrec_core.model.contenders import BY_NAME


def test_what_was_measured_while_preparing_is_there_at_once(home: Path) -> None:
    rows = judge.first_measure("tiny")
    assert rows[0].model == "ours" and {"ease", "popularity"} <= {row.model for row in rows}
    assert judge.interval(rows[0]).mean == rows[0].ndcg_10


def test_a_measured_table_is_stored_in_the_bundle(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[quality.Plan] = []
    whole = judge.measure_quality

    def small(bundle, plan, config, progress, costs):  # type: ignore[no-untyped-def]
        asked.append(plan)
        assert set(plan.models) <= set(costs) and all(cost > 0 for name, cost in costs.items() if name in plan.models)
        two = quality.Plan(plan.scheme, plan.seeds, ("ease", "popularity"), visitors=False)
        return whole(bundle, two, config, progress, costs)

    monkeypatch.setattr(judge, "measure_quality", small)
    assert judge.quality_table("tiny", "random") is None
    table = judge.measure("tiny", "random", 1, ablations=False)
    assert judge.quality_table("tiny", "random") == table
    assert not any(BY_NAME[name].group == judge.ABLATION for name in asked[0].models)


def test_each_metric_is_a_number_of_a_row() -> None:
    fields = {field for field in judge.QualityRow.__dataclass_fields__}
    assert {metric.field for metric in judge.METRICS} <= fields
    assert all(metric.words.endswith(".") and metric.better in ("higher", "lower", "") for metric in judge.METRICS)
