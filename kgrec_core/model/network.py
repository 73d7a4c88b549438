"""The network: items look at their entities (KGNN), candidates at the history (attention), an MLP adds to scores."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch_geometric.nn import MessagePassing
from torch_geometric.utils import softmax

from kgrec_core.config import ModelConfig


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


@dataclass(frozen=True, slots=True)
class Sizes:
    """What the network is built for; read from the data."""

    items: int
    entities: int
    relations: int
    levels: int  # rating levels of an event
    event_text: int  # dimension of the BERT vectors
    item_text: int  # dimension of the XLNet vectors
    branches: int  # columns of branch scores which the network hears
    expected: int  # further ones, of items that nobody met


@dataclass(frozen=True, eq=False)
class Parts:
    """What scores are made of; the shapes broadcast against each other.

    items: (..., dim) item vectors · users: (..., dim) what the attention of each read · branches: (..., branches) in
    raw units · popularity: (...) as in `ClosedForm`, 0 where it does not count · known: (...) events that are known ·
    gain: (...) by what a request asks for outright · met: (...) how much the network may say of the item, 0 of one that
    nobody met
    """

    items: Tensor
    users: Tensor
    branches: Tensor
    popularity: Tensor | float = 0.0
    known: Tensor | int = 0
    gain: Tensor | float = 0.0
    met: Tensor | float = 1.0


class Fusion(nn.Module):
    """score = w . branches + met * MLP([u; g; u * g; heard]) + prior + gain, u = the candidate's attention over events.

    Of items that nobody met the network cannot learn: it neither hears their branches nor speaks of them.

    Target attention after Zhou et al. 2018 (DIN), with one learned empty event, so that no history is a history.
    The prior is how popular the candidate is; it fades as more of a person is known, and so do the weights that
    branches have for who is new.
    """

    scale: Tensor  # (heard branches,) standard deviation of each branch score, its unit
    expected: Tensor  # (other branches,) what a raw unit of each adds, as a multiple of one of the first branch

    def __init__(self, sizes: Sizes, config: ModelConfig) -> None:
        super().__init__()
        dim = config.dim
        self.item_text = nn.Linear(sizes.item_text, dim)
        self.event_text = nn.Linear(sizes.event_text, dim)
        self.item_id = nn.Embedding(sizes.items, dim)
        self.entity = nn.Embedding(max(sizes.entities, 1), dim)
        self.level = nn.Embedding(sizes.levels, dim)
        self.kgnn = KGNN(dim, sizes.relations, config.dropout)
        self.query = nn.Linear(dim, dim, bias=False)
        self.key = nn.Linear(dim, dim, bias=False)
        self.empty = nn.Parameter(torch.zeros(dim))
        last = nn.Linear(config.hidden, 1)
        nn.init.zeros_(last.weight)  # the network starts as the closed form
        nn.init.zeros_(last.bias)
        first = nn.Linear(3 * dim + sizes.branches, config.hidden)
        self.mlp = nn.Sequential(first, nn.GELU(), nn.Dropout(config.dropout), last)
        self.log_weight = nn.Parameter(torch.zeros(sizes.branches))  # of each branch heard, in units of `scale`
        self.log_first = nn.Parameter(torch.zeros(sizes.branches))  # the same where nothing is known yet
        self.log_prior = nn.Parameter(torch.tensor(0.0))  # of one standard deviation of popularity, nothing known
        self.prior_half_life = config.prior_half_life
        self.register_buffer("scale", torch.ones(sizes.branches))
        self.register_buffer("expected", torch.zeros(sizes.expected))
        self.drop = nn.Dropout(config.dropout)
        self.id_dropout = config.id_dropout
        for table in (self.item_id, self.entity, self.level):
            nn.init.normal_(table.weight, std=0.05)

    def item_vectors(self, text: Tensor, ids: Tensor) -> Tensor:
        """Items before the graph: (n, item_text), (n,) -> (n, dim). Ids are hidden at random in training."""
        own = self.item_id(ids)
        if self.training:
            own = own * (torch.rand(len(ids), 1) >= self.id_dropout)
        vectors: Tensor = self.drop(self.item_text(text)) + own
        return vectors

    def event_vectors(self, text: Tensor, level: Tensor, item: Tensor) -> Tensor:
        """Events from their BERT vectors (..., event_text), rating levels (...) and item vectors (..., dim)."""
        vectors: Tensor = self.drop(self.event_text(text)) + self.level(level) + item
        return vectors

    def attend(self, candidates: Tensor, events: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """User vector of each candidate, and its attention weights.

        candidates: (batch, items, dim) or (1, items, dim) · events: (batch, length, dim) ·
        mask: (batch, 1 or items, length) bool, True = an event that may be read
        Returns (batch, items, dim) and (batch, items, 1 + length), the first weight that of the empty event.
        """
        empty = self.empty.expand(len(events), 1, -1)
        events = torch.cat([empty, events], 1)
        mask = torch.cat([mask.new_ones(*mask.shape[:2], 1), mask], 2)
        logits = self.query(candidates) @ self.key(events).transpose(1, 2) / events.shape[-1] ** 0.5
        weights = logits.masked_fill(~mask, -torch.inf).softmax(-1)
        return weights @ events, weights

    def prior(self, popularity: Tensor | float, known: Tensor | int) -> Tensor:
        """What popularity (as in `ClosedForm`) adds to a score when so many events are known; shapes broadcast."""
        return self.log_prior.exp() * popularity * self.fade(known)

    def fade(self, known: Tensor | int) -> Tensor:
        """How much somebody counts as new of whom so many events are known, 1 to 0."""
        return torch.as_tensor(0.5 ** (known / self.prior_half_life))

    def forward(self, parts: Parts) -> Tensor:
        """(...) scores; the only place where parts become one."""
        return self.closed(parts) + self.network(parts) + parts.gain + self.prior(parts.popularity, parts.known)

    def closed(self, parts: Parts) -> Tensor:
        """(...): what the branches add by their weights."""
        usual, first = self.weights
        fade = self.fade(parts.known).unsqueeze(-1)
        return (parts.branches * (usual + (first - usual) * fade)).sum(-1)

    def network(self, parts: Parts) -> Tensor:
        """(...): what the MLP adds of items that somebody met."""
        items = parts.items.expand_as(parts.users)
        heard = parts.branches[..., : len(self.scale)] / self.scale
        read = torch.cat([parts.users, items, parts.users * items, heard], -1)
        added: Tensor = self.mlp(read).squeeze(-1) * parts.met
        return added

    @property
    def weights(self) -> tuple[Tensor, Tensor]:
        """(branches,) each: what a raw unit of a branch adds to a score, the MLP apart; much known, then nothing."""
        return self.raw(self.log_weight.exp()), self.raw(self.log_first.exp())

    def raw(self, weight: Tensor) -> Tensor:
        """(branches,) per raw unit of all branches from (heard branches,) per unit of `scale`."""
        heard = weight / self.scale
        return torch.cat([heard, heard[0] * self.expected])

    def branch_weight(self, known: int) -> Tensor:
        """(branches,): what one raw unit of each branch adds to a score where so many events are known."""
        usual, first = self.weights
        return (usual + (first - usual) * self.fade(known)).detach()

    @property
    def silent(self) -> bool:
        """Whether the network adds nothing: no round of training was better than the sum of branches."""
        return not any(bool(value.any()) for value in self.mlp[-1].parameters())
