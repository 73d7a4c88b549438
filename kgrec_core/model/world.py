"""What the model knows of items, apart from who liked them: graph and texts, and how like two items are in each.

For relation r, K_r[i, j] = sum over shared entities e of A_r[i, e] A_r[j, e], zero for i = j, with
A_r[i, e] = degree(e)^-entity_power / size_r(i)^size_power and size_r(i) = sum over e of degree(e)^(-2 entity_power).
The score of item j by relation r is (residual K_r)[j]: a sum over the edges of j, so each edge has its own share.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import torch
from scipy.sparse import csr_matrix
from torch import Tensor

from kgrec_core.config import ModelConfig
from kgrec_core.data.interactions import IntArray
from kgrec_core.graph.typed_graph import Graph


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
    incidence: Tensor  # (columns, items) sparse CSR, weights
    spread: Tensor  # (relations * items, columns) sparse CSR, weights
    own: Tensor  # (relations, items) sum of squared weights: what an item shares with itself

    def profile(self, residual: Tensor) -> Tensor:
        """(batch, items) -> (batch, columns): how much the history speaks for each pair."""
        return (self.incidence @ residual.T).T

    def shared(self, profile: Tensor) -> Tensor:
        """(batch, columns) -> (batch, items, relations): what the profile says of each item by its edges."""
        if not self.relations:
            return profile.new_zeros(len(profile), self.items, 0)
        spread = self.spread @ profile.T
        return spread.view(self.relations, self.items, len(profile)).permute(2, 1, 0)

    def scores(self, residual: Tensor) -> Tensor:
        """(batch, items) -> (batch, items, relations)."""
        return self.shared(self.profile(residual)) - residual.unsqueeze(-1) * self.own.T

    def between(self) -> Tensor:
        """(items, items): the sum of all K_r, and on the diagonal what an item shares with itself."""
        at = (self.columns.numpy(), self.heads.numpy())
        incidence = csr_matrix((self.weights.numpy(), at), (len(self.column_relation), self.items))
        return torch.from_numpy((incidence.T @ incidence).toarray())

    def member(self, relations: Tensor) -> Tensor:
        """(n, relations) float, 1 where entry i of `relations` (n,) is that relation; no columns without any."""
        return (relations.unsqueeze(1) == torch.arange(self.relations)).float()

    def without(self, edges: Tensor) -> GraphKernel:
        """The kernel when these edge numbers are gone. An entity's weight is a coefficient of the model and stays."""
        left = torch.ones(len(self.heads), dtype=torch.bool)
        left[edges] = False
        kept = _Edges(self.heads[left], self.edge_relation[left], self.columns[left], self.raw[left])
        sizes = (self.items, self.relations, len(self.column_relation))
        return _assemble(kept, sizes, self.column_relation, self.size_power)

    def incidence_columns(self, edges: Tensor) -> Tensor:
        """(items, len(edges)) dense: the weights of the column that each of these edges is in."""
        return self.dense(self.columns[edges])

    def dense(self, columns: Tensor) -> Tensor:
        """(items, len(columns)) dense: the weights of these columns."""
        order, start = self._edges_by_column
        first, count = start[columns], start[columns + 1] - start[columns]
        place = torch.repeat_interleave(count)
        step = torch.arange(len(place)) - (count.cumsum(0) - count)[place]
        rows = order[first[place] + step]
        out = self.weights.new_zeros(self.items, len(columns))
        out[self.heads[rows], place] = self.weights[rows]
        return out

    @cached_property
    def _edges_by_column(self) -> tuple[Tensor, Tensor]:
        """Edge numbers in order of their column, and where each column starts: (edges,), (columns + 1,)."""
        count = torch.bincount(self.columns, minlength=len(self.column_relation))
        return self.columns.argsort(stable=True), torch.cat([count.new_zeros(1), count.cumsum(0)])

    def reweighted(self, edges: Tensor, owner: Tensor) -> Tensor:
        """A_r of edges (edges,) when owner[j], any numbering of items, has these edges and no others."""
        raw, kinds = self.raw[edges], self.edge_relation[edges]
        own = owner * self.relations + kinds
        size = raw.new_zeros(int(own.max()) + 1 if len(own) else 0).scatter_add(0, own, raw**2)
        return raw / size[own] ** self.size_power


def build_kernel(graph: Graph, entity_power: float, size_power: float) -> GraphKernel:
    """The kernel of a graph; degrees are counted within each relation."""
    pairs, columns = np.unique(graph.relations * max(len(graph.entities), 1) + graph.tails, return_inverse=True)
    column_relation = pairs // max(len(graph.entities), 1)
    degree = np.bincount(columns, minlength=len(pairs)).astype(np.float32)
    edges = _Edges(
        heads=torch.from_numpy(graph.heads),
        relations=torch.from_numpy(graph.relations),
        columns=torch.from_numpy(columns),
        raw=torch.from_numpy(degree[columns] ** np.float32(-entity_power)),
    )
    sizes = (graph.items, len(graph.relation_names), len(pairs))
    return _assemble(edges, sizes, torch.from_numpy(column_relation), size_power)


@dataclass(frozen=True, eq=False)
class _Edges:
    heads: Tensor
    relations: Tensor
    columns: Tensor
    raw: Tensor


def _assemble(edges: _Edges, sizes: tuple[int, int, int], column_relation: Tensor, size_power: float) -> GraphKernel:
    """sizes: items, relations, columns."""
    items, relations, columns = sizes
    at = (edges.relations, edges.heads)
    size = torch.zeros(relations, items).index_put(at, edges.raw**2, accumulate=True)
    weights = edges.raw / size[at] ** size_power
    own = torch.zeros(relations, items).index_put(at, weights**2, accumulate=True)
    return GraphKernel(
        items=items,
        relations=relations,
        heads=edges.heads,
        columns=edges.columns,
        column_relation=column_relation,
        edge_relation=edges.relations,
        raw=edges.raw,
        weights=weights,
        size_power=size_power,
        incidence=_sparse(edges.columns, edges.heads, weights, (columns, items)),
        spread=_sparse(edges.relations * items + edges.heads, edges.columns, weights, (relations * items, columns)),
        own=own,
    )


def _sparse(rows: Tensor, columns: Tensor, values: Tensor, shape: tuple[int, int]) -> Tensor:
    """CSR: a product with it takes a tenth of the time of one with COO."""
    entries = torch.sparse_coo_tensor(torch.stack([rows, columns]), values, shape, check_invariants=False).coalesce()
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Sparse CSR tensor support is in beta state")
        return entries.to_sparse_csr()


def text_kernel(vectors: Tensor, power: float) -> tuple[Tensor, float]:
    """(items, items) text similarity: centred cosine, negative ones 0, to `power`, zero diagonal, mean 0.1.

    And how like a text would be to itself, in that unit.
    """
    centred = torch.nn.functional.normalize(vectors - vectors.mean(0), dim=1)
    kernel = (centred @ centred.T).clamp(min=0) ** power
    kernel.fill_diagonal_(0)
    mean = float(kernel.mean())
    return (kernel * (0.1 / mean), 0.1 / mean) if mean > 0 else (kernel, 0.0)


@dataclass(frozen=True, eq=False)
class World:
    """Never trained.

    item_text: (items, XLNet dim) · event_text: (items, levels, BERT dim) · similarity: (items, items) ·
    own_similarity: how like a text is to itself in the same unit · known_levels: (levels,) bool, whether the data have
    a rating level; no other one was ever learnt
    """

    graph: Graph
    kernel: GraphKernel
    item_text: Tensor
    event_text: Tensor
    similarity: Tensor
    own_similarity: float
    known_levels: Tensor

    @cached_property
    def edge_index(self) -> Tensor:
        """(2, edges): entity, item."""
        return torch.stack([torch.from_numpy(self.graph.tails), torch.from_numpy(self.graph.heads)])

    @cached_property
    def edge_relations(self) -> Tensor:
        return torch.from_numpy(self.graph.relations)

    @property
    def items(self) -> int:
        return self.graph.items

    def without_edges(self, edges: IntArray) -> World:
        """The same world in which these edge numbers of the graph do not exist."""
        kept = np.setdiff1d(np.arange(len(self.graph.heads)), edges)
        return replace(self, graph=self.graph.select(kept), kernel=self.kernel.without(torch.from_numpy(edges)))

    def without_text(self) -> World:
        """The same world in which no item has a word."""
        return replace(
            self,
            item_text=torch.zeros_like(self.item_text),
            event_text=torch.zeros_like(self.event_text),
            similarity=torch.zeros_like(self.similarity),
        )


def build_world(graph: Graph, item_bert: Tensor, item_text: Tensor, event_text: Tensor, config: ModelConfig) -> World:
    """A world from a graph and vectors: item_bert (items, BERT dim) gives the similarity of the text branch."""
    kernel = build_kernel(graph, config.entity_power, config.size_power)
    told = event_text.abs().amax((0, 2)) > 0
    return World(graph, kernel, item_text, event_text, *text_kernel(item_bert, config.text_power), told)
