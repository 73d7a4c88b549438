"""What training asks: a history is cut in two, one part is known, the other is to be found."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from kgrec_core.config import TrainConfig
from kgrec_core.model.recommender import Histories


@dataclass(frozen=True, eq=False)
class Question:
    """What is known of a batch of users, and what is to be found."""

    known: Histories
    answers: Histories

    def targets(self, items: int) -> Tensor:
        """(batch, items): 1 for what is liked among the answers."""
        return self.answers.keep(self.answers.weights == 1).dense(items)


def anywhere(histories: Histories, config: TrainConfig, rng: np.random.Generator) -> Question:
    """A random share of each history is to be found."""
    hidden = torch.from_numpy(rng.random(histories.mask.shape) < config.held_out) & histories.mask
    return Question(histories.keep(~hidden), histories.keep(hidden))


def latest(histories: Histories, config: TrainConfig, rng: np.random.Generator) -> Question:
    """What came after a random moment is to be found, but for the first `gap` of the history, as in the temporal split.

    Events of one time are in random order.
    """
    drawn = torch.from_numpy(rng.random(histories.mask.shape, dtype=np.float32))
    order = (histories.ages + 0.4 * drawn).masked_fill(~histories.mask, torch.inf).argsort(1).argsort(1)
    events = histories.mask.sum(1, keepdim=True)
    after = config.gap + 2 * config.held_out * torch.from_numpy(rng.random((len(order), 1), dtype=np.float32))
    return Question(histories.as_of(order >= after * events), histories.keep(order < (after - config.gap) * events))


def from_few(question: Question, config: TrainConfig, rng: np.random.Generator) -> Question:
    """The same question to someone new: 1 to `few_most` random events are known."""
    known = question.known.thin(config.few_most, rng)  # in random order
    most = torch.from_numpy(rng.integers(1, config.few_most + 1, (len(known.items), 1)))
    return Question(known.keep(known.mask.cumsum(1) <= most), question.answers)


def candidates(wanted: Tensor, negatives: int, rng: np.random.Generator) -> tuple[Tensor, Tensor]:
    """Indices of all wanted items and of `negatives` others, and the log of how many items each stands for.

    wanted: (items,) bool. The softmax over them is corrected for the sampling (logQ, Bengio & Senecal 2008); a sample
    as large as the rest is exact.
    """
    rest = np.flatnonzero(~wanted.numpy())
    drawn = rng.permutation(rest)[:negatives]
    share = np.log(max(len(rest), 1) / max(len(drawn), 1))
    kept = np.flatnonzero(wanted.numpy())
    log_share = np.concatenate([np.zeros(len(kept)), np.full(len(drawn), share)]).astype(np.float32)
    return torch.from_numpy(np.concatenate([kept, drawn])), torch.from_numpy(log_share)


def surprise(scores: Tensor, log_share: Tensor, seen: Tensor, wanted: Tensor) -> Tensor:
    """Mean over users of the mean -log softmax of what they want. All (batch, n), log_share (n,)."""
    likely = (scores + log_share).masked_fill(seen, -1e9).log_softmax(1)
    users = wanted.sum(1) > 0
    return -((likely * wanted).sum(1)[users] / wanted.sum(1)[users]).mean()
