"""Peers that rank items which nobody has met by what these are: content compared as it comes, or mapped to taste.

Each is given what is known of items and a question, and gives (users, items) scores with the setting that is best when
a fifth of the known items is hidden in turn (`NewItemQuestion.inner`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import product
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import normalize, pad

from kgrec_core.evaluate.hidden_items import NewItemQuestion
from kgrec_core.model.linear import fit_linear

FACTS, WORDS, BERT = "facts", "TF-IDF", "BERT"
RIDGES = (100.0, 260.0, 700.0)  # of the scores that are to be predicted
SMOOTHINGS = (1.0, 3.0, 10.0)  # of `mapping`

Scored = tuple[Tensor, str]  # (users, items) scores, and the setting that was chosen


@dataclass(frozen=True, eq=False)
class Content:
    """What is known of items, liked or not.

    facts: (items, relation-entity pairs) scipy CSR, weights as in `GraphKernel` · words: (items, terms) scipy CSR,
    TF-IDF, rows of norm 1 · bert: (items, dim) · edges: (2, edges), entity and item · relations: (edges,) · entities,
    relation_count: how many
    """

    facts: Any
    words: Any
    bert: Tensor
    edges: Tensor
    relations: Tensor
    entities: int
    relation_count: int

    @cached_property
    def kernels(self) -> dict[str, Tensor]:
        """(items, items) likeness by each kind of content, mean diagonal 1: inner products of facts and of words, and
        the cosine of BERT's vectors less their mean.
        """
        centred = normalize(self.bert - self.bert.mean(0), dim=1)
        products = {kind: _products(rows) for kind, rows in ((FACTS, self.facts), (WORDS, self.words))}
        return {kind: _scaled(kernel) for kind, kernel in {**products, BERT: centred @ centred.T}.items()}

    def kernel(self, kinds: Sequence[str]) -> Tensor:
        """(items, items): the sum of these kinds."""
        return torch.stack([self.kernels[kind] for kind in kinds]).sum(0)


def random_scores(content: Content, question: NewItemQuestion) -> Scored:
    """What comes without any knowledge."""
    return torch.rand(question.likes.shape, generator=torch.Generator().manual_seed(question.seed)), ""


def as_it_comes(content: Content, question: NewItemQuestion, kinds: Sequence[str]) -> Scored:
    """How like an item is to what the person likes, summed; nothing is learnt."""
    return question.likes @ content.kernel(kinds), ""


def kernel_ridge(content: Content, question: NewItemQuestion, kinds: Sequence[str]) -> Scored:
    """Scores of met items by what others did (`taste`), those of the others by kernel ridge from them.

    With K the kernel, k the met items, h the others and S (users, k) `taste`: S (K_kk + smoothing I)^-1 K_kh, kernel
    ridge regression (Saunders, Gammerman & Vovk 1998) with one output a user. RIDGES and SMOOTHINGS are tried in all
    pairs.
    """
    kernel = content.kernel(kinds)
    found = {setting: 0.0 for setting in product(RIDGES, SMOOTHINGS)}
    for inner in question.inner:
        learnt = {smoothing: mapping(kernel, inner.met, smoothing) for smoothing in SMOOTHINGS}
        for ridge in RIDGES:
            scores = taste(inner, ridge)
            for smoothing in SMOOTHINGS:
                found[ridge, smoothing] += inner.ndcg(mapped(inner, scores, learnt[smoothing]))
    ridge, smoothing = max(found, key=lambda setting: found[setting])
    scores = mapped(question, taste(question, ridge), mapping(kernel, question.met, smoothing))
    return scores, f"ridge {ridge:g}, smoothing {smoothing:g}"


def mapping(kernel: Tensor, met: Tensor, smoothing: float) -> Tensor:
    """(met items, other items): what a score of the ones says of the others."""
    gram = kernel[met][:, met]
    gram.diagonal().add_(smoothing)
    found: Tensor = torch.linalg.solve(gram, kernel[met][:, ~met])
    return found


def mapped(question: NewItemQuestion, known: Tensor, mapping: Tensor) -> Tensor:
    """(users, items) scores: those of met items as they are known, those of the others by `mapping`."""
    scores = known.clone()
    scores[:, ~question.met] = scores[:, question.met] @ mapping
    return scores


def taste(question: NewItemQuestion, ridge: float) -> Tensor:
    """(users, items): X (X'X + ridge I)^-1 X'Y of history X and targets Y; 0 for what nobody met."""
    return question.history @ fit_linear(question.history, question.targets, ridge).plain


@lru_cache(maxsize=4)
def vectors_of_taste(question: NewItemQuestion, ridge: float, size: int) -> tuple[Tensor, Tensor]:
    """(users, size) with orthonormal columns, and (items, size): their products are nearest to `taste`.

    So the squared error of item vectors is that of the scores which they give. Columns beyond the rank are 0.
    """
    left, scale, right = torch.linalg.svd(taste(question, ridge), full_matrices=False)
    room = (0, max(size - len(scale), 0))
    return pad(left[:, :size], room), pad(right[:size].T * scale[:size], room)


def _products(rows: Any) -> Tensor:
    return torch.from_numpy(np.asarray((rows @ rows.T).toarray(), dtype=np.float32))


def _scaled(kernel: Tensor) -> Tensor:
    """With mean diagonal 1; all 0 where nothing is known."""
    return kernel / kernel.diagonal().mean().clamp(min=1e-12)
