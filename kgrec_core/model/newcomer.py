"""An item that training never saw, known by its text and its facts alone: as something to recommend, or as a like.

It enters the trained model as it stands. Nobody has met it, so collaborative and sequence weights and popularity are 0,
and as a like with weight 1 it is all residual: with no event in common with any
item, its row of ridge * (X'X + ridge I)^-1 is 1 for itself and 0 elsewhere (`linear`). Graph and text then speak for it
as for every item, and its vector is that of an item whose id is hidden, as `Fusion.item_vectors` hides them in
training. A line of words is such an item without facts.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import torch
from torch import Tensor

from kgrec_core.data.interactions import IntArray
from kgrec_core.model.histories import Histories
from kgrec_core.model.kernel import GraphKernel
from kgrec_core.model.recommender import Recommender, branch_scores


@dataclass(frozen=True, eq=False)
class Newcomer:
    """What the encoders read of it, and its facts.

    item_bert: (BERT dim,) · item_text: (XLNet dim,) · event_text: (BERT dim,), of having liked it
    columns: (facts,) indices of (relation, entity) pairs of the kernel
    """

    recommender: Recommender
    similarity: Tensor  # (items,), its row of `World.similarity`
    item_text: Tensor
    event_text: Tensor
    level: int  # rating level of a like
    columns: Tensor

    @cached_property
    def vector(self) -> Tensor:
        """(dim,) after the KGNN."""
        fusion, kernel = self.recommender.fusion, self.recommender.world.kernel
        edges = _edge_of_column(kernel)[self.columns]
        world = self.recommender.world
        index = torch.stack([world.edge_index[0, edges], torch.zeros_like(edges)])
        before = fusion.item_text(self.item_text).unsqueeze(0)
        out: Tensor = fusion.kgnn(before, fusion.entity.weight, index, world.edge_relations[edges])
        return out[0]

    @cached_property
    def weights(self) -> Tensor:
        """(facts,) A_r of `kernel`, for its own facts."""
        kernel = self.recommender.world.kernel
        edges = _edge_of_column(kernel)[self.columns]
        return kernel.reweighted(edges, torch.zeros_like(edges))

    @torch.no_grad()
    def scores_if_liked(self, histories: Histories, weight: float = 1.0) -> Tensor:
        """(batch, items) scores when this is one more like of each history, and no prior: what is wanted is said."""
        world, fusion, state = self.recommender.world, self.recommender.fusion, self.recommender.state
        history = histories.dense(world.items)
        branches = branch_scores(world, self.recommender.linear, history) + weight * self.says
        events = state.events[histories.items, histories.levels]
        events = torch.cat([events, self.event.expand(len(events), 1, -1)], 1)
        mask = torch.cat([histories.mask, histories.mask.new_ones(len(events), 1)], 1)
        user, _ = fusion.attend(state.vectors.unsqueeze(0), events, mask.unsqueeze(1))
        scores: Tensor = fusion(state.vectors, user, branches)
        return scores

    @torch.no_grad()
    def scores_for(self, histories: Histories) -> Tensor:
        """(batch,) scores of this item for each history."""
        world, fusion = self.recommender.world, self.recommender.fusion
        residual = self.recommender.linear.residual(histories.dense(world.items))
        shared = world.kernel.profile(residual)[:, self.columns] * self.weights  # (batch, facts)
        relation = world.kernel.member(world.kernel.column_relation[self.columns])
        nobody, text = residual.new_zeros(len(residual), 2), (residual @ self.similarity).unsqueeze(1)
        branches = torch.cat([nobody, shared @ relation, text], 1)
        events = self.recommender.state.events[histories.items, histories.levels]
        user, _ = fusion.attend(self.vector.expand(1, 1, -1), events, histories.mask.unsqueeze(1))
        scores: Tensor = fusion(self.vector.expand(len(residual), -1), user.squeeze(1), branches)
        return scores

    @cached_property
    def event(self) -> Tensor:
        """(dim,): having liked it, as the attention reads it."""
        found: Tensor = self.recommender.fusion.event_vectors(self.event_text, torch.tensor(self.level), self.vector)
        return found

    @cached_property
    def says(self) -> Tensor:
        """(items, branches): what one like of this adds to the branches of every item."""
        kernel = self.recommender.world.kernel
        profile = self.weights.new_zeros(len(kernel.column_relation)).index_add(0, self.columns, self.weights)
        graph = kernel.shared(profile.unsqueeze(0))[0]
        return torch.cat([torch.zeros(kernel.items, 2), graph, self.similarity.unsqueeze(1)], 1)


def similarity_row(vectors: Tensor, kernel: Tensor, power: float, query: Tensor) -> Tensor:
    """(items,): how like `query` (dim,) is to each item, in the unit of `kernel` = `text_kernel(vectors, power)`.

    vectors: (items, dim). The unit is read off the row of the item nearest to `query`.
    """
    centre = vectors.mean(0)
    centred = torch.nn.functional.normalize(vectors - centre, dim=1)
    own = torch.nn.functional.normalize(query - centre, dim=0)
    near = int((centred @ own).argmax())
    reference = (centred @ centred[near]).clamp(min=0) ** power
    reference[near] = 0
    unit = kernel[near].sum() / reference.sum().clamp(min=1e-12)
    return unit * (centred @ own).clamp(min=0) ** power


def column_of(kernel: GraphKernel, tails: IntArray, relation: int, entity: int) -> int | None:
    """The column of a (relation, entity) pair; None where no item has it. tails: (edges,) of the graph."""
    edges = (torch.from_numpy(tails) == entity) & (kernel.edge_relation == relation)
    return int(kernel.columns[edges][0]) if bool(edges.any()) else None


def _edge_of_column(kernel: GraphKernel) -> Tensor:
    """(columns,) any one edge of each column: all have its entity, relation and raw weight."""
    return torch.zeros(len(kernel.column_relation), dtype=torch.int64).scatter(
        0, kernel.columns, torch.arange(len(kernel.columns))
    )
