"""Items that nobody has met: a fifth of the catalogue loses all its interactions, and is then to be ranked.

Models learn from the rest, a tenth of it at random their validation part. Hidden items stay in the catalogue, the graph
and the texts. Each person is asked from all that they did with other items. What they liked of the hidden ones is
relevant; candidates are the hidden items alone, or all that the person has not met otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from kgrec_core.data.interactions import Interactions
from kgrec_core.data.split import Split
from kgrec_core.model.metrics import ranking_metrics

SHARE = 5  # one item in so many is hidden
_VALIDATION = 0.1  # of the interactions with other items

Mask = npt.NDArray[np.bool_]


def hidden_items(items: int, seed: int) -> Mask:
    """(items,): which ones are hidden, one in SHARE and at least one."""
    hidden = np.zeros(items, dtype=bool)
    hidden[np.random.default_rng(seed).permutation(items)[: max(items // SHARE, 1)]] = True
    return hidden


def split_by_items(data: Interactions, hidden: Mask, seed: int) -> Split:
    """The interactions with hidden items are the test part; the validation part is read when that is asked."""
    gone = hidden[data.items]
    rest = data.select(~gone)
    held = np.random.default_rng((seed, 1)).random(len(rest)) < _VALIDATION
    return Split(rest.select(~held), rest.select(held), data.select(gone), valid_is_read=True)


@dataclass(frozen=True, eq=False)
class NewItemQuestion:
    """What is known of people, and which items of those that nobody has met they like; (users, items) each.

    history: weights of what was met · targets: how much scores shall predict each · likes: 1 for liked; these three are
    0 in the columns of hidden items · wanted: liked hidden items · hidden: (items,)
    """

    history: Tensor
    targets: Tensor
    likes: Tensor
    wanted: Mask
    hidden: Mask
    seed: int

    @cached_property
    def met(self) -> Tensor:
        """(items,) bool: what somebody has met, liked or not."""
        return self.history.any(0)

    @cached_property
    def inner(self) -> tuple[NewItemQuestion, ...]:
        """The same question about each fifth of the items that are known here in turn: settings are chosen by it."""
        known = np.flatnonzero(self.met.numpy())
        parts = np.array_split(np.random.default_rng((self.seed, 2)).permutation(known), SHARE)
        return tuple(self._about(np.isin(np.arange(len(self.hidden)), part)) for part in parts)

    def _about(self, hidden: Mask) -> NewItemQuestion:
        left = torch.from_numpy(~hidden)
        wanted = (self.likes.numpy() > 0) & hidden
        parts = (self.history * left, self.targets * left, self.likes * left)
        return NewItemQuestion(*parts, wanted, hidden, self.seed)

    def ndcg(self, scores: Tensor) -> float:
        """Mean NDCG@10 among the hidden items of (users, items) scores; 0 where nobody likes one."""
        others = np.broadcast_to(~self.hidden, self.wanted.shape)
        found = ranking_metrics(scores.numpy(), others, self.wanted).ndcg_10
        return float(found.mean()) if len(found) else 0.0
