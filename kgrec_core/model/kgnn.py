"""The knowledge-graph network: an item looks at its entities, through their relations, and takes what it needs."""

from __future__ import annotations

from torch import Tensor, nn
from torch_geometric.nn import MessagePassing
from torch_geometric.utils import softmax


class KGNN(MessagePassing):  # type: ignore[misc]
    r"""Relation-aware attention from entities to items.

    g_i = LayerNorm(y_i + sum_e alpha_ie m_ie), m_ie = z_e * (1 + r_scale) + r_shift,
    alpha_i = softmax over the edges of i of (W_q y_i) . (W_k m_ie) / sqrt(dim).
    After Busbridge et al. 2019 (relational graph attention), with a diagonal relation transform.

    Shapes: items (n, dim) · entities (m, dim) · edge_index (2, edges), row 0 entity, row 1 item ·
    relations (edges,) · returns (n, dim). An item without edges keeps LayerNorm(y_i).
    """

    def __init__(self, dim: int, relations: int, dropout: float) -> None:
        super().__init__(aggr="sum", node_dim=0)
        self.scale = nn.Embedding(max(relations, 1), dim)
        self.shift = nn.Embedding(max(relations, 1), dim)
        self.query = nn.Linear(dim, dim, bias=False)
        self.key = nn.Linear(dim, dim, bias=False)
        self.drop = nn.Dropout(dropout)
        self.norm = nn.LayerNorm(dim)
        nn.init.zeros_(self.scale.weight)
        nn.init.normal_(self.shift.weight, std=0.02)

    def forward(self, items: Tensor, entities: Tensor, edge_index: Tensor, relations: Tensor) -> Tensor:
        out = self.propagate(edge_index, x=(entities, items), relation=relations, size=(len(entities), len(items)))
        vectors: Tensor = self.norm(items + self.drop(out))
        return vectors

    def messages(self, entities: Tensor, relations: Tensor) -> tuple[Tensor, Tensor]:
        """Messages and their keys, both (edges, dim), of edges from entities (edges, dim): the same for every item."""
        message = entities * (1 + self.scale(relations)) + self.shift(relations)
        return message, self.key(message)

    def read(self, items: Tensor, messages: tuple[Tensor, Tensor], owner: Tensor) -> Tensor:
        """`forward` with `messages` that were made before; owner: (edges,) the item of each."""
        message, key = messages
        logits = (self.query(items)[owner] * key).sum(-1) / message.shape[-1] ** 0.5
        shares: Tensor = softmax(logits, owner, num_nodes=len(items))
        vectors: Tensor = self.norm(items.index_add(0, owner, message * shares.unsqueeze(-1)))
        return vectors

    def message(self, x_i: Tensor, x_j: Tensor, relation: Tensor, index: Tensor, size_i: int | None) -> Tensor:
        message = x_j * (1 + self.scale(relation)) + self.shift(relation)
        weighted: Tensor = message * self._attention(x_i, message, index, size_i).unsqueeze(-1)
        return weighted

    def attention(self, items: Tensor, entities: Tensor, edge_index: Tensor, relations: Tensor) -> Tensor:
        """(edges,) alpha of each edge; sums to 1 over the edges of an item."""
        message = entities[edge_index[0]] * (1 + self.scale(relations)) + self.shift(relations)
        return self._attention(items[edge_index[1]], message, edge_index[1], len(items))

    def _attention(self, item: Tensor, message: Tensor, index: Tensor, items: int | None) -> Tensor:
        logits = (self.query(item) * self.key(message)).sum(-1) / message.shape[-1] ** 0.5
        shares: Tensor = softmax(logits, index, num_nodes=items)
        return shares
