"""What is kept of one trained model on one split: metrics of each user and the top of each list, not the scores."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kgrec_core.data.disk.files import replacing
from kgrec_core.data.interactions import IntArray
from kgrec_core.evaluate.tuning import Answers
from kgrec_core.model.metrics import Matrix, RankingMetrics, ranking_metrics

TOP = 20  # items kept of each list
COLD = 3  # an item with at most so many interactions in training is cold


@dataclass(frozen=True, eq=False)
class StoredResult:
    """One model of one seed, judged on the test part. Row i of all arrays is about user metrics.users[i]."""

    model: str
    setting: str  # what was chosen on validation, in words; empty where nothing was
    seconds: float  # to train, the choice of settings included
    metrics: RankingMetrics
    top: IntArray  # (users, TOP) item indices, best first
    cold_top: IntArray  # (users, TOP) the best among cold items only, -1 where there are fewer


def measured_result(
    model: str, setting: str, seconds: float, scores: Matrix, answers: Answers, cold: npt.NDArray[np.bool_]
) -> StoredResult:
    """scores: (users, items) · cold: (items,)."""
    metrics = ranking_metrics(scores, answers.seen, answers.relevant)
    masked = np.where(answers.seen[metrics.users], -np.inf, scores[metrics.users])
    return StoredResult(model, setting, seconds, metrics, _top(masked), _top(np.where(cold, masked, -np.inf)))


def save_result(result: StoredResult, path: Path) -> None:
    """Writes an .npz; a reader never meets half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    arrays = {field.name: getattr(result.metrics, field.name) for field in fields(RankingMetrics)}
    for name in ("model", "setting", "seconds", "top", "cold_top"):
        arrays[name] = np.asarray(getattr(result, name))
    with replacing(path) as part, part.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **arrays)


def load_result(path: Path) -> StoredResult:
    """No pickle is read."""
    with np.load(path, allow_pickle=False) as stored:
        metrics = RankingMetrics(**{field.name: stored[field.name] for field in fields(RankingMetrics)})
        words = (str(stored["model"]), str(stored["setting"]), float(stored["seconds"]))
        return StoredResult(*words, metrics, stored["top"], stored["cold_top"])


def _top(masked: Matrix) -> IntArray:
    """(users, TOP), ties broken by the lower index; -1 in the place of what may not be recommended."""
    order = np.argsort(-masked, axis=1, kind="stable")[:, :TOP]
    found = np.where(np.isfinite(np.take_along_axis(masked, order, axis=1)), order, -1)
    room = np.full((len(found), TOP - found.shape[1]), -1)
    return np.concatenate([found, room], axis=1).astype(np.int64)
