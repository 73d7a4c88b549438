"""Peers that are trained: matrix factorisation by ALS from `implicit`, by BPR and LightGCN from `torch_geometric`.

Like the baselines they take (users, items) positives and give (users, items) scores, with the setting that is best
by NDCG@10 on the validation part. One thread and a fixed seed: the same numbers on each run of one machine.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice, product

import numpy as np
import torch
from implicit.cpu.als import AlternatingLeastSquares
from scipy import sparse
from threadpoolctl import threadpool_limits
from torch import Tensor
from torch_geometric.nn import LightGCN
from torch_geometric.nn.conv.gcn_conv import gcn_norm
from torch_geometric.utils import to_torch_csr_tensor

from kgrec_core.evaluate.tuning import Answers, Tuned, best, best_check, tried

ALS_FACTORS, ALS_PENALTIES, ALS_CONFIDENCES = (16, 32, 64, 128), (1.0, 10.0, 30.0, 100.0), (1.0, 5.0, 10.0)
ROUNDS_ALS = 15
BPR_PENALTIES = (3e-3, 1e-2, 2e-2)
GCN_LAYERS, GCN_PENALTIES = (2, 3), (1e-4, 1e-2)
GCN_DIM, GCN_RATES, GCN_BATCH = 64, (3e-3, 1e-2), 4096
GCN_EPOCHS, GCN_CHECK, GCN_PATIENCE = 120, 5, 3  # at most; every how many validated; checks without a better one


def tuned_als(positives: Tensor, validation: Answers, seed: int) -> Tuned[Tensor]:
    """Implicit-feedback matrix factorisation by alternating least squares (Hu, Koren & Volinsky 2008)."""
    options = (
        (
            f"{factors} factors, penalty {penalty:g}, confidence {confidence:g}",
            partial(_als, factors=factors, regularization=penalty, alpha=confidence, random_state=seed),
        )
        for factors, penalty, confidence in product(ALS_FACTORS, ALS_PENALTIES, ALS_CONFIDENCES)
    )
    return best(tried(options, positives), validation)


def tuned_bpr(positives: Tensor, validation: Answers, seed: int) -> Tuned[Tensor]:
    """Matrix factorisation by Bayesian personalised ranking (Rendle et al. 2009): LightGCN without a layer.

    `implicit` has one too, which ranks `movies` no better than popularity does, however it is set.
    """
    return _tuned_gcn((0,), BPR_PENALTIES, positives, validation, seed)


def tuned_lightgcn(positives: Tensor, validation: Answers, seed: int) -> Tuned[Tensor]:
    """LightGCN (He et al. 2020) with the BPR loss."""
    return _tuned_gcn(GCN_LAYERS, GCN_PENALTIES, positives, validation, seed)


@dataclass(frozen=True, slots=True)
class _PeerSetting:
    layers: int
    penalty: float
    rate: float

    def __str__(self) -> str:
        return f"{self.layers} layers, penalty {self.penalty:g}, rate {self.rate:g}"


def _tuned_gcn(
    layers: Sequence[int], penalties: Sequence[float], positives: Tensor, validation: Answers, seed: int
) -> Tuned[Tensor]:
    """The best setting on the validation part, where the number of epochs is chosen too."""
    options = (
        (
            f"{setting}, {GCN_CHECK * checks} epochs",
            scores,
            partial(_lightgcn_after, checks=checks, setting=setting, seed=seed),
        )
        for setting in (_PeerSetting(*each) for each in product(layers, penalties, GCN_RATES))
        for checks, scores in [best_check(_lightgcn(positives, setting, seed), validation, GCN_PATIENCE)]
    )
    with torch.random.fork_rng(devices=[]):
        return best(options, validation)


def _als(positives: Tensor, **settings: float) -> Tensor:
    """Scores of a factorisation, fitted from the start."""
    with threadpool_limits(1, "blas"):  # implicit has threads of its own, and warns that BLAS threads fight them
        model = AlternatingLeastSquares(num_threads=1, iterations=ROUNDS_ALS, **settings)
        model.fit(sparse.csr_matrix(positives.numpy()), show_progress=False)
        scores: Tensor = torch.from_numpy(np.asarray(model.user_factors) @ np.asarray(model.item_factors).T)
        return scores


def _lightgcn_after(positives: Tensor, checks: int, setting: _PeerSetting, seed: int) -> Tensor:
    """Scores at the check of that number, from 1 on."""
    with torch.random.fork_rng(devices=[]):
        return next(islice(_lightgcn(positives, setting, seed), checks - 1, None))


def _lightgcn(positives: Tensor, setting: _PeerSetting, seed: int) -> Iterator[Tensor]:
    """Scores after every GCN_CHECK epochs."""
    torch.manual_seed(seed)
    users, items = positives.shape
    liked = positives.nonzero().T  # (2, positives): user, item
    graph = _adjacency(liked, users, items)
    model = LightGCN(users + items, GCN_DIM, setting.layers, normalize=False)
    optimiser = torch.optim.Adam(model.parameters(), lr=setting.rate)
    for epoch in range(1, GCN_EPOCHS + 1):
        for batch in _batches(liked.shape[1]):
            _step(model, optimiser, graph, liked[:, batch], users, items, setting.penalty)
        if epoch % GCN_CHECK == 0:
            yield _dot_products(model, graph, users)


def _batches(pairs: int) -> list[Tensor]:
    order = torch.randperm(pairs)
    return [order[start : start + GCN_BATCH] for start in range(0, pairs, GCN_BATCH)]


def _adjacency(liked: Tensor, users: int, items: int) -> Tensor:
    """(nodes, nodes) normalised once, as CSR: six times as fast as a list of edges on a CPU, and the same numbers."""
    edges = torch.stack([liked[0], liked[1] + users])
    edges, weights = gcn_norm(
        torch.cat([edges, edges.flip(0)], 1), num_nodes=users + items, add_self_loops=False, dtype=torch.float32
    )
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Sparse")
        graph: Tensor = to_torch_csr_tensor(edges, weights, size=(users + items, users + items))
    return graph


def _step(
    model: LightGCN,
    optimiser: torch.optim.Optimizer,
    graph: Tensor,
    liked: Tensor,
    users: int,
    items: int,
    penalty: float,
) -> None:
    """One batch: each liked pair against one item drawn at random."""
    others = torch.randint(users, users + items, liked[:1].shape)
    vectors = model.get_embedding(graph)
    ahead = (vectors[liked[0]] * vectors[liked[1] + users]).sum(-1)
    behind = (vectors[liked[0]] * vectors[others[0]]).sum(-1)
    nodes = torch.cat([liked[0], liked[1] + users, others[0]])
    loss = model.recommendation_loss(ahead, behind, node_id=nodes, lambda_reg=penalty)
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()


@torch.no_grad()
def _dot_products(model: LightGCN, graph: Tensor, users: int) -> Tensor:
    vectors = model.get_embedding(graph)
    scores: Tensor = vectors[:users] @ vectors[users:].T
    return scores
