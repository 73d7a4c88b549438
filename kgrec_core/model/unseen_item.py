"""An item that training never saw, known by its text and its facts alone: as something to recommend, or as a like.

It enters the trained model as it stands. Nobody has met it, so collaborative and sequence weights and popularity are 0,
and of its content only what that lets expect counts. As a like with weight 1 it is all residual: with no event in
common with any item, its row of ridge * (X'X + ridge I)^-1 is 1 for itself and 0 elsewhere (`linear`). Graph and text
then speak for it as for every item, and its vector is that of an item whose id is hidden, as `Fusion.item_vectors`
hides them in training. A request is such an item, with the facts that it names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property

import torch
from torch import Tensor

from kgrec_core.data.interactions import IntArray
from kgrec_core.model.closed_form import EXPECTED, Contributions, joined
from kgrec_core.model.network import Parts
from kgrec_core.model.recommender import ExtraLike, Histories, Recommender
from kgrec_core.model.world import World


@dataclass(frozen=True, eq=False)
class OwnFacts:
    """The facts of an unseen item, (facts,) each: they stay its own in a world that loses edges.

    columns: indices of (relation, entity) pairs of the kernel · raw: degree^-entity_power of the entity
    """

    columns: Tensor
    entities: Tensor
    relations: Tensor
    raw: Tensor

    @property
    def none(self) -> OwnFacts:
        return self.of(torch.zeros(len(self.columns), dtype=torch.bool))

    def of(self, chosen: Tensor) -> OwnFacts:
        """Those that `chosen` (facts,) bool marks."""
        return OwnFacts(*(getattr(self, each.name)[chosen] for each in fields(self)))


def own_facts(world: World, columns: Sequence[int]) -> OwnFacts:
    """Facts by their columns, read off any one edge of each."""
    own = torch.tensor(sorted(set(columns)), dtype=torch.int64)
    kernel = world.kernel
    any_edge = torch.zeros(len(kernel.column_relation), dtype=torch.int64)
    edges = any_edge.scatter(0, kernel.columns, torch.arange(len(kernel.columns)))[own]
    return OwnFacts(own, world.edge_index[0, edges], kernel.edge_relation[edges], kernel.raw[edges])


@dataclass(frozen=True, eq=False)
class UnseenItem:
    """What the encoders read of it, and its facts.

    similarity: (items,), its row of `World.similarity` · item_text: (XLNet dim,) · event_text: (BERT dim,), of having
    liked it · level: rating level of a like · refused: facts that are not wanted · lift: what an item gains by each of
    the facts and loses by each refused one, for they are said outright; 0 of an item that is only like others ·
    wishes: whether anything is wanted; who only refuses is given what everybody likes
    """

    recommender: Recommender
    similarity: Tensor
    item_text: Tensor
    event_text: Tensor
    level: int
    facts: OwnFacts
    refused: OwnFacts
    lift: float = 0.0
    wishes: bool = True

    @cached_property
    def vector(self) -> Tensor:
        """(dim,) after the KGNN."""
        fusion, facts = self.recommender.fusion, self.facts
        index = torch.stack([facts.entities, torch.zeros_like(facts.entities)])
        before = fusion.item_text(self.item_text).unsqueeze(0)
        out: Tensor = fusion.kgnn(before, fusion.entity.weight, index, facts.relations)
        return out[0]

    @cached_property
    def weights(self) -> Tensor:
        """(facts,) A_r of `kernel`, for its own facts."""
        kernel, facts = self.recommender.world.kernel, self.facts
        size = facts.raw.new_zeros(kernel.relations).scatter_add(0, facts.relations, facts.raw**2)
        return facts.raw / size[facts.relations] ** kernel.size_power

    @cached_property
    def profile(self) -> Tensor:
        """(contents, columns): how much a like of it speaks for each pair of relation and entity."""
        model = self.recommender
        nothing = torch.zeros(len(model.columns.contents), len(model.world.kernel.column_relation))
        nothing[0].index_add_(0, self.facts.columns, self.weights)
        return nothing

    def gains(self, edges: Tensor) -> Tensor:
        """What each of these edges of the graph adds to the score of its item."""
        columns = self.recommender.world.kernel.columns[edges]
        wanted, refused = (torch.isin(columns, said.columns).float() for said in (self.facts, self.refused))
        return self.lift * (wanted - refused)

    @cached_property
    def gain(self) -> Tensor:
        """(items,): what every item gains by the facts that it has."""
        kernel = self.recommender.world.kernel
        return torch.zeros(kernel.items).index_add(0, kernel.heads, self.gains(torch.arange(len(kernel.heads))))

    @cached_property
    def as_like(self) -> ExtraLike:
        """One more like of a history; no prior where something is wanted."""
        return ExtraLike(self.adds, self.event.detach(), self.gain, popularity=not self.wishes)

    @torch.no_grad()
    def scores_for(self, histories: Histories) -> Tensor:
        """(batch,) scores of this item for each history."""
        world, fusion = self.recommender.world, self.recommender.fusion
        sent, relation = self.recommender.linear.sent(histories.dense(world.items)), self.facts.relations
        sent = sent * torch.tensor([name == EXPECTED for name in self.recommender.columns.contents]).view(-1, 1, 1)
        profile = torch.stack([world.kernel.profile(each)[:, self.facts.columns] for each in sent], 1)
        graph = (profile * self.weights) @ world.kernel.member(relation)  # (batch, contents, relations)
        branches = self.recommender.columns.join(graph, (sent @ self.similarity).T)
        events = self.recommender.state.events[histories.items, histories.levels]
        user, _ = fusion.attend(self.vector.expand(1, 1, -1), events, histories.mask.unsqueeze(1))
        scores: Tensor = fusion(Parts(self.vector.expand(len(branches), -1), user.squeeze(1), branches, met=0.0))
        return scores

    @cached_property
    def event(self) -> Tensor:
        """(dim,): having liked it, as the attention reads it."""
        found: Tensor = self.recommender.fusion.event_vectors(self.event_text, torch.tensor(self.level), self.vector)
        return found

    @cached_property
    def adds(self) -> Tensor:
        """(items, branches): what one like of this adds to the branches of every item."""
        graph = self.recommender.world.kernel.shared(self.profile).transpose(0, 1)  # (items, contents, relations)
        return self.recommender.columns.join(graph, self._alike)

    @cached_property
    def _alike(self) -> Tensor:
        """(items, contents)"""
        text = torch.zeros(len(self.similarity), len(self.recommender.columns.contents))
        text[:, 0] = self.similarity
        return text

    def contributions(self, items: IntArray) -> Contributions:
        """The same of chosen items (n,), as those of one event."""
        world, columns = self.recommender.world, self.recommender.columns
        edges, owner = joined([world.graph.edges_of(item) for item in items.tolist()])
        alone = self.similarity.new_zeros(1, len(items), len(columns.events))
        profile, text = self.profile[:, world.kernel.columns[edges]], self._alike[torch.from_numpy(items)].T
        return Contributions(alone, profile.unsqueeze(1), text.unsqueeze(1), edges, owner, world, columns)


def similarity_row(vectors: Tensor, unit: float, power: float, query: Tensor) -> Tensor:
    """(items,): how like `query` (dim,) is to each item, as in `text_kernel(vectors, power)`, which gives the unit too.

    vectors: (items, dim).
    """
    centre = vectors.mean(0)
    centred = torch.nn.functional.normalize(vectors - centre, dim=1)
    own = torch.nn.functional.normalize(query - centre, dim=0)
    return unit * (centred @ own).clamp(min=0) ** power
