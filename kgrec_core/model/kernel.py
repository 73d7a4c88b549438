"""The graph and text branches: how like an item is to what the history leaves unexplained.

For relation r, K_r[i, j] = sum over shared entities e of A_r[i, e] A_r[j, e], zero for i = j, with
A_r[i, e] = degree(e)^-entity_power / size_r(i)^size_power and size_r(i) = sum over e of degree(e)^(-2 entity_power).
The score of item j by relation r is (residual K_r)[j]: a sum over the edges of j, so each edge has its own share.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from kgrec_core.graph.build import Graph


@dataclass(frozen=True, eq=False)
class GraphKernel:
    """Edge weights of a graph, ready for batches. A column is one (relation, entity) pair."""

    items: int
    relations: int
    heads: Tensor  # (edges,) item index
    columns: Tensor  # (edges,) index of the pair
    column_relation: Tensor  # (columns,)
    edge_relation: Tensor  # (edges,)
    raw: Tensor  # (edges,) degree^-entity_power
    weights: Tensor  # (edges,) A_r
    size_power: float
    incidence: Tensor  # (items, columns) sparse CSR, weights
    by_relation: tuple[Tensor, ...]  # a relation's (columns, items) sparse CSR, rows of other relations empty
    own: Tensor  # (relations, items) sum of squared weights: what an item shares with itself

    def profile(self, residual: Tensor) -> Tensor:
        """(batch, items) -> (batch, columns): how much the history speaks for each pair."""
        return (self.incidence.T @ residual.T).T

    def scores(self, residual: Tensor) -> Tensor:
        """(batch, items) -> (batch, items, relations)."""
        profile = self.profile(residual)
        per_relation = [(part.T @ profile.T).T for part in self.by_relation]
        if not per_relation:
            return residual.new_zeros(*residual.shape, 0)
        shared = torch.stack(per_relation, -1)
        return shared - residual.unsqueeze(-1) * self.own.T


def build_kernel(graph: Graph, entity_power: float, size_power: float) -> GraphKernel:
    """The kernel of a graph; degrees are counted within each relation."""
    pairs, columns = np.unique(
        graph.relations * max(len(graph.entities), 1) + graph.tails, return_inverse=True
    )
    column_relation = pairs // max(len(graph.entities), 1)
    degree = np.bincount(columns, minlength=len(pairs)).astype(np.float32)
    raw = torch.from_numpy(degree[columns] ** np.float32(-entity_power))
    relations = len(graph.relation_names)
    heads, kinds = torch.from_numpy(graph.heads), torch.from_numpy(graph.relations)
    size = torch.zeros(relations, graph.items).index_put((kinds, heads), raw**2, accumulate=True)
    weights = raw / size[kinds, heads] ** size_power
    own = torch.zeros(relations, graph.items).index_put((kinds, heads), weights**2, accumulate=True)
    at = torch.from_numpy(columns)
    shape = (graph.items, len(pairs))
    return GraphKernel(
        items=graph.items,
        relations=relations,
        heads=heads,
        columns=at,
        column_relation=torch.from_numpy(column_relation),
        edge_relation=kinds,
        raw=raw,
        weights=weights,
        size_power=size_power,
        incidence=_sparse(heads, at, weights, shape),
        by_relation=tuple(_sparse(heads[kinds == r], at[kinds == r], weights[kinds == r], shape).T for r in range(relations)),
        own=own,
    )


def _sparse(rows: Tensor, columns: Tensor, values: Tensor, shape: tuple[int, int]) -> Tensor:
    return torch.sparse_coo_tensor(torch.stack([rows, columns]), values, shape).coalesce()


def text_kernel(vectors: Tensor, power: float) -> Tensor:
    """(items, items) text similarity: centred cosine, negative ones 0, to `power`, zero diagonal, mean 0.1."""
    centred = torch.nn.functional.normalize(vectors - vectors.mean(0), dim=1)
    kernel = (centred @ centred.T).clamp(min=0) ** power
    kernel.fill_diagonal_(0)
    mean = kernel.mean()
    return 0.1 * kernel / mean if float(mean) > 0 else kernel
