"""The quality table as the service answers it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EvaluationRow:
    """Means over seeds; `ci95` is the bootstrap interval of NDCG@10 over users."""

    model: str
    ndcg_10: float
    recall_20: float
    hr_10: float
    mrr: float
    ci95: tuple[float, float]
    seconds: float  # to train one seed


@dataclass(frozen=True, slots=True)
class Evaluation:
    dataset: str
    protocol: str
    rows: tuple[EvaluationRow, ...]
