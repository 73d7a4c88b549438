"""How the setting of a peer is chosen: by NDCG@10 on the validation part."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from torch import Tensor

from kgrec_core.model.metrics import ranking_metrics


@dataclass(frozen=True, eq=False)
class Answers:
    """What the ranking of a part is judged by; both (users, items)."""

    seen: npt.NDArray[np.bool_]  # no candidates
    relevant: npt.NDArray[np.bool_]  # what a good ranking begins with


@dataclass(frozen=True, eq=False)
class Tuned:
    """The scores of the best setting; they come from the train part and serve validation and test alike."""

    scores: Tensor  # (users, items)
    setting: str  # in words: "ridge 200"
    validation: float  # its NDCG@10 on the validation part; 0 where that holds nothing relevant


def best(options: Iterable[tuple[str, Tensor]], validation: Answers) -> Tuned:
    """The best of (setting, scores) on the validation part; the first one where all are alike."""
    tried = (Tuned(scores, setting, validation_ndcg(scores, validation)) for setting, scores in options)
    return max(tried, key=lambda tuned: tuned.validation)


def validation_ndcg(scores: Tensor, validation: Answers) -> float:
    """Mean NDCG@10 on the validation part; 0 where that holds nothing relevant."""
    ndcg = ranking_metrics(scores.numpy(), validation.seen, validation.relevant).ndcg_10
    return float(ndcg.mean()) if len(ndcg) else 0.0
