"""Peers that learn by gradient to give an item, of which only the content is known, its vector of taste.

Both are taught the vectors that met items have (`vectors_of_taste`); the error of a vector is that of the scores it
gives. How many steps are taken is chosen with a fifth of the known items hidden in turn, then all are learnt from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np
import torch
from scipy.sparse import csr_matrix
from sklearn.utils.extmath import randomized_svd
from torch import Tensor, nn
from torch.nn.functional import normalize
from torch.optim.swa_utils import AveragedModel

from kgrec_core.evaluate.hidden_items import NewItemQuestion
from kgrec_core.evaluate.new_item_peers import BERT, Content, Scored, vectors_of_taste
from kgrec_core.model.network import KGNN

SIZE = 64  # of a vector of taste
TEXT_VECTORS, FACT_VECTORS, ENTITY_VECTORS = 32, 32, 48  # how many singular vectors are read
RATE, DECAY = 3e-3, 0.1  # of learning, and of the weights
RIDGE = 260.0  # of the scores that vectors of taste give
DROPOUT = 0.3
AVERAGED = 0.8  # share of the weights before a step in their running mean
LEFT_OUT = 0.2  # of the facts
TURNS = 2  # of the inner hidings, for a training takes seconds
EVERY, CHECKS = 10, 12  # steps from one check to the next, and how many checks


class Tower(nn.Module):
    """From what is known of items to vectors of taste.

    forward: items (n,) indices and given (n, SIZE), the vectors that others' behaviour gives them, 0 where that is not
    known -> (n, SIZE)
    """


class DropoutNet(Tower):
    """An MLP of content and the vector of taste, which is left out of half of the items in training.

    Volkovs, Yu & Poutanen 2017, "DropoutNet: Addressing cold start in recommender systems", the side of items.
    """

    def __init__(self, content: Content, text: Tensor) -> None:
        super().__init__()
        self.content = torch.cat([singular_vectors(content.facts, FACT_VECTORS), text], 1)
        self.layers = _mlp(self.content.shape[1] + SIZE)

    def forward(self, items: Tensor, given: Tensor) -> Tensor:
        if self.training:
            given = given * (torch.rand(len(given), 1) < 0.5)
        vectors: Tensor = self.layers(torch.cat([given, self.content[items]], 1))
        return vectors


class KGNNTower(Tower):
    """The relation-aware attention of our network over an item's entities, without an id of the item, then an MLP.

    Every item starts from one learned vector, entities from `entity_vectors`; a fifth of the facts is left out in each
    step of training. The MLP reads what the attention gives, and the item's text where there is any.
    """

    def __init__(self, content: Content, text: Tensor) -> None:
        super().__init__()
        self.edges, self.relations, self.text = content.edges, content.relations, text
        self.entities = entity_vectors(content, ENTITY_VECTORS)  # learning them too made hidden items worse
        self.start = nn.Parameter(0.1 * torch.randn(ENTITY_VECTORS))
        self.kgnn = KGNN(ENTITY_VECTORS, content.relation_count, DROPOUT)
        self.out = _mlp(ENTITY_VECTORS + text.shape[1])

    def forward(self, items: Tensor, given: Tensor) -> Tensor:
        place = torch.full((len(self.text),), -1).index_copy(0, items, torch.arange(len(items)))
        kept = place[self.edges[1]] >= 0
        if self.training:
            kept &= torch.rand(len(kept)) >= LEFT_OUT
        edges = torch.stack([self.edges[0, kept], place[self.edges[1, kept]]])
        start = self.start.expand(len(items), -1)
        read = self.kgnn(start, self.entities, edges, self.relations[kept])
        vectors: Tensor = self.out(torch.cat([read, self.text[items]], 1))
        return vectors


def _mlp(width: int) -> nn.Sequential:
    hidden = (nn.Linear(width, 256), nn.ReLU(), nn.Dropout(DROPOUT), nn.Linear(256, 128), nn.ReLU())
    return nn.Sequential(*hidden, nn.Linear(128, SIZE))


def entity_vectors(content: Content, size: int) -> Tensor:
    """(entities, size): singular vectors of who has what, mean square 1; nobody's taste is in them.

    In the cells of the matrix of entities and items, and before each vector, stands degree(entity)^-1/4 as in
    `GraphKernel`, so that a genre that half of the items have does not drown the rest.
    """
    entity, item = content.edges.numpy()
    degree = np.maximum(np.bincount(entity, minlength=content.entities), 1)
    weight = (degree**-0.25).astype(np.float32)
    cells = csr_matrix((weight[entity], (entity, item)), shape=(content.entities, len(content.bert)))
    vectors = normalize(singular_vectors(cells, size), dim=0) * torch.from_numpy(weight).unsqueeze(1)
    return vectors / vectors.pow(2).mean().sqrt().clamp(min=1e-12)


def dropout_net(content: Content, question: NewItemQuestion) -> Scored:
    """`DropoutNet` of facts and BERT; hidden items are scored by their content alone."""
    return _learnt(question, partial(DropoutNet, content, _text(content)))


def kgnn_tower(content: Content, question: NewItemQuestion, kinds: Sequence[str]) -> Scored:
    """`KGNNTower` of the facts, and of BERT's vectors where they are among `kinds`."""
    text = _text(content) if BERT in kinds else content.bert[:, :0]
    return _learnt(question, partial(KGNNTower, content, text))


def _learnt(question: NewItemQuestion, make: Callable[[], Tower]) -> Scored:
    """Scores after as many steps as are best when known items are hidden."""
    curves = [[inner.ndcg(scores) for scores in _trained(inner, make, CHECKS)] for inner in question.inner[:TURNS]]
    checks = 1 + int(np.sum(curves, axis=0).argmax())
    *_, scores = _trained(question, make, checks)
    return scores, f"{checks * EVERY} steps"


def _trained(question: NewItemQuestion, make: Callable[[], Tower], checks: int) -> Iterator[Tensor]:
    """(users, items) scores after EVERY steps, after twice as many, and so on."""
    torch.manual_seed(question.seed)
    users, vectors = vectors_of_taste(question, RIDGE, SIZE)
    met, new = question.met.nonzero().squeeze(1), (~question.met).nonzero().squeeze(1)
    unit = vectors[met].pow(2).mean().sqrt().clamp(min=1e-12)
    wanted, tower = vectors[met] / unit, make()
    averaged = AveragedModel(tower, avg_fn=_running_mean)  # single steps are noisy
    optimiser = torch.optim.AdamW(tower.parameters(), RATE, weight_decay=DECAY)
    for _ in range(checks):
        tower.train()
        for _ in range(EVERY):
            optimiser.zero_grad()
            torch.autograd.backward((tower(met, wanted) - wanted).pow(2).mean())
            optimiser.step()
            averaged.update_parameters(tower)
        averaged.eval()
        with torch.no_grad():
            scores = users @ vectors.T
            scores[:, new] = users @ averaged(new, torch.zeros(len(new), wanted.shape[1])).T * unit
        yield scores


def _running_mean(before: Tensor, now: Tensor, steps: Tensor | int) -> Tensor:
    return AVERAGED * before + (1 - AVERAGED) * now


def _text(content: Content) -> Tensor:
    return singular_vectors((content.bert - content.bert.mean(0)).numpy(), TEXT_VECTORS)


def singular_vectors(rows: Any, size: int) -> Tensor:
    """(len(rows), size) first singular vectors of (n, m) `rows`, scaled as there, mean square 1, 0 beyond the rank.

    Randomised SVD (Halko, Martinsson & Tropp 2011) with a fixed seed.
    """
    found, rank = np.zeros((rows.shape[0], size), dtype=np.float32), min(size, *rows.shape)
    if rank:
        left, scale, _ = randomized_svd(rows, rank, random_state=0)
        found[:, :rank] = left * scale
        found /= max(float(np.sqrt((found**2).mean())), 1e-12)
    return torch.from_numpy(found)
