"""How the setting of a peer is chosen: by NDCG@10 on the validation part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from kgrec_core.model.metrics import ranking_metrics

Known = TypeVar("Known")  # what is known of users, as a peer reads it: (users, items) likes, or a history in order
Fit = Callable[[Known], Tensor]  # -> (users, items) scores


@dataclass(frozen=True, eq=False)
class Answers:
    """What the ranking of a part is judged by; both (users, items)."""

    seen: npt.NDArray[np.bool_]  # no candidates
    relevant: npt.NDArray[np.bool_]  # what a good ranking begins with


@dataclass(frozen=True, eq=False)
class Tuned(Generic[Known]):
    """The scores of the best setting."""

    scores: Tensor  # (users, items), from the train part
    setting: str  # in words: "ridge 200"
    validation: float  # its NDCG@10 on the validation part; 0 where that holds nothing relevant
    again: Fit[Known]  # with the same setting, from something else


def best(options: Iterable[tuple[str, Tensor, Fit[Known]]], validation: Answers) -> Tuned[Known]:
    """The best of (setting, scores, how they are made) on the validation part; the first one where all are alike."""
    found = (Tuned(scores, setting, validation_ndcg(scores, validation), fit) for setting, scores, fit in options)
    return max(found, key=lambda tuned: tuned.validation)


def tried(options: Iterable[tuple[str, Fit[Known]]], known: Known) -> Iterator[tuple[str, Tensor, Fit[Known]]]:
    """Each (setting, how scores are made) with its scores from what is known, for `best`."""
    return ((setting, fit(known), fit) for setting, fit in options)


def validation_ndcg(scores: Tensor, validation: Answers) -> float:
    """Mean NDCG@10 on the validation part; 0 where that holds nothing relevant."""
    ndcg = ranking_metrics(scores.numpy(), validation.seen, validation.relevant).ndcg_10
    return float(ndcg.mean()) if len(ndcg) else 0.0


def best_check(checks: Iterable[Tensor], validation: Answers, patience: int) -> tuple[int, Tensor]:
    """Number, from 1 on, and scores of the best of successive checks of a training; `patience` of them without a better
    one end it.
    """
    found, found_at, best_ndcg = torch.zeros(0), 0, -1.0
    for number, scores in enumerate(checks, start=1):
        ndcg = validation_ndcg(scores, validation)
        if ndcg > best_ndcg:
            found, found_at, best_ndcg = scores, number, ndcg
        elif number - found_at >= patience:
            break
    return found_at, found
