"""A made-up quality table, small and with text that would do harm if it were not escaped."""

from __future__ import annotations

from pathlib import Path

from kgrec_core.evaluate.quality_table import (
    Comparison,
    Estimate,
    QualityRow,
    QualityTable,
    Slice,
    VisitorRow,
    Visitors,
)
from kgrec_core.evaluate.quality_table_file import save_table
from kgrec_core.workspace import measured_quality
from tests.stored_files import bundle_version

HOSTILE = "<img src=x onerror=alert(1)> [x](http://evil.example)"


def row(model: str, group: str, quality: float, setting: str = "", seeds: int = 2) -> QualityRow:
    shares = dict.fromkeys(("recall_20", "hr_10", "mrr", "coverage", "diversity", "gini", "rare"), 0.5)
    ndcg = Estimate(quality, quality - 0.1, quality + 0.1)
    return QualityRow(model, group, model.upper(), setting, ndcg, novelty=2.0, seconds=1.0, seeds=seeds, **shares)


def visitor(model: str, quality: float, behind: float) -> VisitorRow:
    near = [Estimate(mean, mean - 0.05, mean + 0.05) for mean in (quality, behind)]
    return VisitorRow(
        model,
        measured_quality.OURS if model == "ours" else measured_quality.PEER,
        model.upper(),
        "",
        *near,
        0.3 / quality,
    )


def stored(home: Path, scheme: str = "random") -> QualityTable:
    rows = (
        row("ours", measured_quality.OURS, 0.5),
        row("ours-no-graph", measured_quality.ABLATION, 0.4),
        row("ease", measured_quality.PEER, 0.25, HOSTILE),
        row("recbole-kgin", measured_quality.PEER, 0.2, seeds=1),
    )
    table = QualityTable(
        dataset="tiny",
        protocol="random 8:1:1",
        rows=rows,
        ratios=(("ours/ease", 2.0), ("ours/best_peer", 2.0)),
        paired=(Comparison("ours-vs-no-graph", Estimate(0.1, 0.05, 0.15), 0.25),),
        slices=(Slice("short histories", "ours", "NDCG@10", Estimate(0.3, 0.2, 0.4), 9),),
        new_visitor=Visitors(5, 12, (visitor("ours", 0.3, 0.0), visitor("ease", 0.2, 0.1))),
        missing=(),
    )
    save_table(table, bundle_version(home, "tiny"), scheme)
    return table
