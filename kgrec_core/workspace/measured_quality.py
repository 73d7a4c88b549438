"""What the Evaluate screen asks: the stored quality table of a data set, and its measurement."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

from kgrec_core.config import TrainConfig
from kgrec_core.evaluate.compared_models import ABLATION, OURS, PEER, names_for
from kgrec_core.evaluate.metric_definitions import METRICS, Metric
from kgrec_core.evaluate.published_tables import Published, load_published
from kgrec_core.evaluate.quality_run import Plan, measure_quality
from kgrec_core.evaluate.quality_table import Comparison, Estimate, QualityRow, QualityTable, Slice, Visitors
from kgrec_core.evaluate.quality_table_file import load_table, save_table
from kgrec_core.evaluate.slices import LATER
from kgrec_core.model.bundle import in_force, load_bundle, read_card, version_folder
from kgrec_core.schema.evaluation import EvaluationRow
from kgrec_core.schema.progress import Progress, no_progress
from kgrec_core.workspace import expected_duration
from kgrec_core.workspace.kept_memory import kept_memory

__all__ = [
    "ABLATION",
    "LATER",
    "METRICS",
    "OURS",
    "PEER",
    "Comparison",
    "Estimate",
    "LeadOver",
    "Metric",
    "Published",
    "QualityRow",
    "QualityTable",
    "Slice",
    "Visitors",
    "first_measure",
    "interval",
    "leads_over",
    "measure",
    "published_table",
    "quality_table",
]

_MEASURING = threading.Lock()


def quality_table(dataset: str, scheme: str) -> QualityTable | None:
    """The table stored in a bundle; None where none was measured. Raises BundleError for a broken one."""
    return load_table(version_folder(dataset), scheme)


def published_table(dataset: str, scheme: str) -> Published | None:
    """The table that comes with the project; None where there is none of these very data. Raises BundleError."""
    return load_published(read_card(dataset), scheme)


def first_measure(dataset: str) -> tuple[EvaluationRow, ...]:
    """What `prepare` measured: ours and three simple methods on the random split of one seed. Raises BundleError."""
    stored = read_card(dataset).get("metrics", [])
    return tuple(EvaluationRow(**{**row, "ci95": tuple(row["ci95"])}) for row in stored)


@dataclass(frozen=True, slots=True)
class LeadOver:
    """Our model beside a simple method, on the same hidden events."""

    model: str
    ratio: float | None  # our NDCG@10 divided by that of the method; None where the method found nothing
    sure: bool  # whether the two 95 % intervals lie apart, which is stricter than a paired comparison


def leads_over(rows: Sequence[EvaluationRow]) -> tuple[LeadOver, ...]:
    """Ours beside each other method, the best of these first; nothing where ours was not measured."""
    ours = next((row for row in rows if row.model == "ours"), None)
    others = sorted((row for row in rows if row.model != "ours"), key=lambda row: row.ndcg_10, reverse=True)
    return () if ours is None else tuple(_lead_over(ours, row) for row in others)


def _lead_over(ours: EvaluationRow, row: EvaluationRow) -> LeadOver:
    apart = ours.ci95[0] > row.ci95[1] or ours.ci95[1] < row.ci95[0]
    return LeadOver(row.model, ours.ndcg_10 / row.ndcg_10 if row.ndcg_10 else None, apart)


def interval(row: EvaluationRow) -> Estimate:
    """NDCG@10 of a row with its interval."""
    return Estimate(row.ndcg_10, *row.ci95)


def measure(dataset: str, scheme: str, seeds: int, ablations: bool, progress: Progress = no_progress) -> QualityTable:
    """Measures ours and its peers, with `ablations` ours without its parts too, and stores the table in the bundle.

    What was measured before with the same code and data is not trained again, so a run that was cancelled goes on.
    """
    models = names_for(scheme, (OURS, PEER, ABLATION) if ablations else (OURS, PEER))
    progress("Waiting for another run" if _MEASURING.locked() else "Reading the data", 0.0)
    with _MEASURING:  # two visitors may press the button at once
        bundle = load_bundle(dataset)
        visitors = ablations and not bundle.card.get("bert_adaptation")  # an adapted BERT has read of them
        took = expected_duration.by_model(dataset, (*models, *expected_duration.VISITORS))
        costs = {**took, "visitors": sum(took.get(name, 0.0) for name in expected_duration.VISITORS)}
        with kept_memory():
            table = measure_quality(bundle, Plan(scheme, seeds, models, visitors), TrainConfig(), progress, costs)
        with in_force(bundle, "keeping what was measured"):
            save_table(table, bundle.folder, scheme)
    return table
