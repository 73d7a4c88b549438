"""How the setting of a peer is chosen: by NDCG@10 on the validation part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from torch import Tensor

from kgrec_core.model.metrics import ranking_metrics

Fit = Callable[[Tensor], Tensor]  # (users, items) what is known of users -> (users, items) scores


@dataclass(frozen=True, eq=False)
class Answers:
    """What the ranking of a part is judged by; both (users, items)."""

    seen: npt.NDArray[np.bool_]  # no candidates
    relevant: npt.NDArray[np.bool_]  # what a good ranking begins with


@dataclass(frozen=True, eq=False)
class Tuned:
    """The scores of the best setting."""

    scores: Tensor  # (users, items), from the train part
    setting: str  # in words: "ridge 200"
    validation: float  # its NDCG@10 on the validation part; 0 where that holds nothing relevant
    again: Fit  # with the same setting, from something else


def best(options: Iterable[tuple[str, Tensor, Fit]], validation: Answers) -> Tuned:
    """The best of (setting, scores, how they are made) on the validation part; the first one where all are alike."""
    found = (Tuned(scores, setting, validation_ndcg(scores, validation), fit) for setting, scores, fit in options)
    return max(found, key=lambda tuned: tuned.validation)


def tried(options: Iterable[tuple[str, Fit]], known: Tensor) -> Iterator[tuple[str, Tensor, Fit]]:
    """Each (setting, how scores are made) with its scores from what is known, for `best`."""
    return ((setting, fit(known), fit) for setting, fit in options)


def validation_ndcg(scores: Tensor, validation: Answers) -> float:
    """Mean NDCG@10 on the validation part; 0 where that holds nothing relevant."""
    ndcg = ranking_metrics(scores.numpy(), validation.seen, validation.relevant).ndcg_10
    return float(ndcg.mean()) if len(ndcg) else 0.0
