"""BERT goes on learning from who met what: the text of an item is to tell who will like it.

Items that the same people like get vectors that are close. The targets are the items' vectors of a truncated singular
value decomposition of people by items; a batch of items is a question in both directions, which of these vectors goes
with which text (InfoNCE, van den Oord et al. 2018, eq. 4, as in Radford et al. 2021, fig. 3). A linear map takes the
one space to the other; it is thrown away afterwards. Only the encoder's last layers learn, so what the lower ones make
of a text is computed once. Some items are kept aside: that epoch is kept after which their texts are told best, and it
may be none.
"""

from __future__ import annotations

import copy
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import numpy as np
import numpy.typing as npt
import torch
from scipy import sparse
from torch import Tensor, nn

from kgrec_core.errors import ConfigError, DataError
from kgrec_core.schema.progress import Progress, no_progress, part_of
from kgrec_core.text.device import choose_device
from kgrec_core.text.pretrained_weights import load_model, save_model
from kgrec_core.text.upper_layers import UpperLayers

_LEAST = 10  # items to learn from and to keep aside
_SHRINK = 10.0  # of the least-squares map at which learning starts
_WARM_UP = 10  # steps in which the rate rises
_DOING = "BERT learns from who liked what"

Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class InteractionConfig:
    layers: int = 2  # upper ones that learn
    epochs: int = 3
    batch: int = 128  # items that are told from each other
    learning_rate: float = 3e-4  # of the encoder; it and the next rise in a few steps and fall to 0 in a straight line
    map_rate: float = 1e-3
    temperature: float = 0.1  # by which cosines are divided
    dims: int = 64  # singular vectors
    items: int = 3000  # to learn from, at most, drawn at random; what the lower layers make of each takes 0.15 MB
    max_length: int = 96  # tokens of an item's document, as it is read later
    held_out: float = 0.1  # share of the items that are kept aside
    seed: int = 0

    def __post_init__(self) -> None:
        if min(self.layers, self.epochs, self.dims) < 1 or self.batch < 2 or self.max_length < 8:
            raise ConfigError(
                "layers, epochs and dims must be at least 1, batch at least 2 and max_length at least 8 tokens."
            )
        if not 0 < self.held_out < 1 or self.items < _LEAST:
            raise ConfigError(
                f"held_out is {self.held_out} and items {self.items}; choose a share between 0 and 1, and at least "
                f"{_LEAST} items."
            )


@dataclass(frozen=True, slots=True)
class InteractionReport:
    """How it went, on items of which no lesson was: how well their texts tell what people think of them.

    Right: share of the pairs of a text and the collaborative vector of another item in which that of its own item is
    nearer (area under the ROC curve; 0.5 by chance). Before: the map has been fitted, the encoder is as it came.
    """

    by: ClassVar[str] = "interactions"
    items: int  # learned from
    held_out_items: int
    right_before: float
    right_after: float
    epochs: int  # after which the encoder was best and is kept; 0: as it came
    seconds: float


def adapt_to_interactions(
    name: str,
    documents: Sequence[str],
    likes: sparse.csr_matrix,
    folder: Path,
    config: InteractionConfig | None = None,
    progress: Progress = no_progress,
) -> InteractionReport:
    """Teaches the BERT-like model `name` (a folder or a hub name) and writes it, with its tokenizer, to `folder`.

    documents: of all items · likes: (users, items) float, how much each met item was liked, with zeros stored where it
    was met and not liked; nothing else is read of the interactions. `TextEncoder.load(str(folder))` reads the model.
    Same seed, same numbers on one machine.
    Raises ConfigError for a model whose layers are not BERT's, DataError when too few items were met.
    """
    config = config or InteractionConfig()
    started = time.perf_counter()
    tokenizer, model = load_model(name)
    upper = UpperLayers(name, model, config.layers, choose_device("auto"))
    rng = np.random.default_rng(config.seed)
    rows = _items_to_learn(likes, config, rng)
    tastes = torch.from_numpy(collaborative_vectors(likes[:, rows], config.dims))
    aside = max(2, round(config.held_out * len(rows)))
    held_out, learnt = np.arange(aside), np.arange(aside, len(rows))
    texts = [documents[row] for row in rows]
    states = upper.lower_states(tokenizer, texts, config.max_length, part_of(progress, 0.0, 0.4))
    with torch.random.fork_rng():
        torch.manual_seed(config.seed)
        course = _Course(upper, states, tastes, learnt, held_out, config)
        kept = course.teach(rng, part_of(progress, 0.4, 1.0))
    save_model(nn.Module.to(model, "cpu"), tokenizer, folder)
    return InteractionReport(
        items=len(learnt),
        held_out_items=len(held_out),
        right_before=course.right[0],
        right_after=course.right[kept],
        epochs=kept,
        seconds=time.perf_counter() - started,
    )


def collaborative_vectors(likes: sparse.csr_matrix, dims: int) -> Vectors:
    """(items, dims) rows of the right singular vectors times the singular values, less their mean.

    likes: (users, items) float. Fewer dims where there are fewer users or items.
    """
    from sklearn.decomposition import TruncatedSVD

    rank = max(1, min(dims, min(likes.shape) - 1))
    left = TruncatedSVD(rank, random_state=0).fit_transform(likes.T.tocsr().astype(np.float64))  # (items, rank)
    return np.asarray(left - left.mean(0), dtype=np.float32)


def _items_to_learn(
    likes: sparse.csr_matrix, config: InteractionConfig, rng: np.random.Generator
) -> npt.NDArray[np.int64]:
    """Items that somebody met, in random order, at most `config.items`."""
    met = np.flatnonzero(likes.getnnz(axis=0))
    if len(met) < _LEAST:
        raise DataError(
            f"Somebody met {len(met)} of the items; at least {_LEAST} are needed to adapt BERT to interactions. "
            "Prepare without adaptation."
        )
    return rng.permutation(met)[: config.items].astype(np.int64)


class _Course:
    """The lessons of one adaptation, and how well items kept aside were told before it and after each epoch."""

    def __init__(
        self,
        upper: UpperLayers,
        states: Sequence[Tensor],
        tastes: Tensor,
        learnt: npt.NDArray[np.int64],
        held_out: npt.NDArray[np.int64],
        config: InteractionConfig,
    ) -> None:
        self._upper, self._states, self._config = upper, states, config
        self._learnt, self._held_out = learnt, held_out
        before = self._read(learnt)
        self._mean = before.mean(0)  # vectors of one catalogue share much that tells nothing
        self._units = nn.functional.normalize(tastes, dim=-1).to(upper.device)
        self._map = _least_squares(self._units[learnt], self._centred(before))
        self.right = [self._told_rightly()]

    def teach(self, rng: np.random.Generator, progress: Progress) -> int:
        """The epoch after which the items kept aside were told best; the layers are as they were then."""
        config, size = self._config, min(self._config.batch, len(self._learnt))
        batches = len(self._learnt) // size
        self._upper.requires_grad_(True)
        optimizer = torch.optim.AdamW(
            [
                {"params": self._upper.parameters(), "lr": config.learning_rate},
                {"params": self._map.parameters(), "lr": config.map_rate},
            ],
            weight_decay=0.01,
        )
        steps = config.epochs * batches
        schedule = torch.optim.lr_scheduler.LambdaLR(
            optimizer, lambda step: min(1.0, (step + 1) / _WARM_UP) * (1 - step / steps)
        )
        kept, best = 0, copy.deepcopy(self._upper.state_dict())
        for epoch in range(config.epochs):
            order = rng.permutation(self._learnt)[: batches * size].reshape(batches, size)
            for place, rows in enumerate(order):
                optimizer.zero_grad(set_to_none=True)
                torch.autograd.backward(self._loss(rows))
                nn.utils.clip_grad_norm_(self._upper.parameters(), 1.0)
                optimizer.step()
                schedule.step()
                progress(_DOING, (epoch * batches + place + 1) / (steps + 1))
            self.right.append(self._told_rightly())
            if self.right[-1] > self.right[kept]:
                kept, best = epoch + 1, copy.deepcopy(self._upper.state_dict())
        self._upper.load_state_dict(best)
        progress(_DOING, 1.0)
        return kept

    def _loss(self, rows: npt.NDArray[np.int64]) -> Tensor:
        """InfoNCE in both directions, mean nats a text."""
        texts = self._centred(self._upper([self._states[row] for row in rows]))
        tastes = nn.functional.normalize(self._map(self._units[rows]), dim=-1)
        alike = texts @ tastes.T / self._config.temperature
        own = torch.arange(len(rows), device=alike.device)
        return (nn.functional.cross_entropy(alike, own) + nn.functional.cross_entropy(alike.T, own)) / 2

    def _centred(self, vectors: Tensor) -> Tensor:
        return nn.functional.normalize(vectors - self._mean, dim=-1)

    @torch.no_grad()
    def _read(self, rows: npt.NDArray[np.int64]) -> Tensor:
        parts = [self._upper([self._states[row] for row in rows[at : at + 256]]) for at in range(0, len(rows), 256)]
        return torch.cat(parts)

    @torch.no_grad()
    def _told_rightly(self) -> float:
        """Of the items kept aside, as `InteractionReport` counts it; a tie is half right."""
        texts = self._centred(self._read(self._held_out))
        alike = texts @ nn.functional.normalize(self._map(self._units[self._held_out]), dim=-1).T
        own, n = alike.diagonal()[:, None], len(alike)
        right = (own > alike).sum() + ((own == alike).sum() - n) / 2
        return float(right) / (n * (n - 1))


def _least_squares(tastes: Tensor, texts: Tensor) -> nn.Linear:
    """The linear map from tastes to texts that fits best, shrunk a little."""
    found = nn.Linear(tastes.shape[1], texts.shape[1], bias=False, device=texts.device)
    gram = tastes.T @ tastes + _SHRINK * torch.eye(tastes.shape[1], device=texts.device)
    with torch.no_grad():
        found.weight.copy_(torch.linalg.solve(gram, tastes.T @ texts).T)
    return found
