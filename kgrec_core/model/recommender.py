"""The one scorer: histories in, as padded batches, and scores of items out, made of named parts (`network.Parts`).

With parts of a history, facts or texts gone the same scores are made in `explain`, through the same parts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import torch
from torch import Tensor

from kgrec_core.data.interactions import FloatArray, IntArray, Interactions
from kgrec_core.domain import LEVELS, Domain, event_level
from kgrec_core.model.closed_form import TEXT_BRANCH, ClosedForm, Columns, branch_scores, columns
from kgrec_core.model.network import Fusion, Parts
from kgrec_core.model.world import World

Events = tuple[IntArray, IntArray, FloatArray]  # of one user, (events,) each: item index, rating level, weight


@dataclass(frozen=True, eq=False)
class Histories:
    """A batch of users. All (batch, length); where mask is False the others are 0."""

    items: Tensor  # item index
    levels: Tensor  # rating level, index into domain.LEVELS
    weights: Tensor  # 1 for liked, less for disliked
    mask: Tensor  # bool, True = an event
    ages: Tensor  # places between the event and the latest one; 0 where order is not asked

    def dense(self, items: int) -> Tensor:
        """(batch, items) history weights."""
        out = self.weights.new_zeros(len(self.items), items)
        return out.scatter_add(1, self.items, self.weights * self.mask)

    def recent(self, items: int, half_life: float | None) -> Tensor:
        """(batch, items) history weights that halve every `half_life` places back in time; `dense` where it is None."""
        if half_life is None:
            return self.dense(items)
        out = self.weights.new_zeros(len(self.items), items)
        return out.scatter_add(1, self.items, self.weights * self.mask * 0.5 ** (self.ages / half_life))

    def keep(self, mask: Tensor) -> Histories:
        """The same events with those outside `mask` (batch, length) hidden."""
        kept = self.mask & mask
        return Histories(self.items * kept, self.levels * kept, self.weights * kept, kept, self.ages * kept)

    def as_of(self, mask: Tensor) -> Histories:
        """What was known when the latest event of `mask` (batch, length) was the latest: ages count from there."""
        kept = self.keep(mask)
        newest = self.ages.masked_fill(~kept.mask, torch.inf).amin(1, keepdim=True) if self.ages.numel() else self.ages
        return replace(kept, ages=(self.ages - newest).masked_fill(~kept.mask, 0.0))

    def thin(self, most: int, rng: np.random.Generator) -> Histories:
        """At most `most` random events of each user, (batch, most); the same object where nobody has more."""
        if self.mask.shape[1] <= most:
            return self
        order = torch.from_numpy(rng.random(self.mask.shape, dtype=np.float32)) + self.mask.float()
        rows = order.topk(most, 1).indices
        return Histories(
            *(part.gather(1, rows) for part in (self.items, self.levels, self.weights, self.mask, self.ages))
        )


def pad(events: Sequence[Events], ages: Sequence[FloatArray] = ()) -> Histories:
    """A batch from one (items, levels, weights) per user; each (events,). ages: the same; all 0 without."""
    length = max((len(items) for items, _, _ in events), default=0)
    shape = (len(events), length)
    items, levels = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    weights, mask = np.zeros(shape, np.float32), np.zeros(shape, bool)
    for row, (item, level, weight) in enumerate(events):
        items[row, : len(item)], levels[row, : len(item)] = item, level
        weights[row, : len(item)], mask[row, : len(item)] = weight, True
    old = np.zeros(shape, np.float32)
    for row, age in enumerate(ages):
        old[row, : len(age)] = age
    return Histories(*(torch.from_numpy(array) for array in (items, levels, weights, mask, old)))


def of_users(
    data: Interactions, levels: IntArray, weights: FloatArray, ages: FloatArray, users: Sequence[int]
) -> Histories:
    """Padded histories of `users`; levels, weights and ages are parallel to `data`."""
    rows = [data.rows_of_user(user) for user in users]
    return pad([(data.items[row], levels[row], weights[row]) for row in rows], [ages[row] for row in rows])


def empty() -> Histories:
    """One user of whom nothing is known."""
    return pad([(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.float32))])


@dataclass(frozen=True, eq=False)
class ItemState:
    """Vectors that do not depend on the user: before the KGNN, after it, and of every possible event."""

    before: Tensor  # (items, dim)
    vectors: Tensor  # (items, dim)
    events: Tensor  # (items, levels, dim)


def item_state(fusion: Fusion, world: World) -> ItemState:
    """All items through the KGNN, once."""
    before = fusion.item_vectors(world.item_text, torch.arange(world.items))
    vectors = fusion.kgnn(before, fusion.entity.weight, world.edge_index, world.edge_relations)
    levels = torch.arange(world.event_text.shape[1])
    return ItemState(before, vectors, read_events(fusion, world, world.event_text, levels, vectors.unsqueeze(1)))


def read_events(fusion: Fusion, world: World, text: Tensor, levels: Tensor, items: Tensor) -> Tensor:
    """Event vectors from text (..., BERT dim), levels (...) and item vectors (..., dim).

    One of a level that the data do not have, such as a thumb down where people only play, reads as the empty event:
    nobody taught the network what it means. The closed form, which knows its weight, reads it all the same.
    """
    vectors = fusion.event_vectors(text, levels, items)
    return torch.where(world.known_levels[levels].unsqueeze(-1), vectors, fusion.empty)


@dataclass(frozen=True, eq=False)
class ExtraLike:
    """What a like that no item of the catalogue stands for, such as a request, adds to every history.

    branches: (items, branches) · event: (dim,) as the attention reads it · gain: (items,) by what it asks for
    outright · popularity: whether popularity counts beside it
    """

    branches: Tensor
    event: Tensor
    gain: Tensor
    popularity: bool


def score_parts(
    fusion: Fusion,
    state: ItemState,
    linear: ClosedForm,
    histories: Histories,
    branches: Tensor,
    items: Tensor,
    extra: ExtraLike | None = None,
) -> Parts:
    """What the scores (batch, n) of these items (n,) are made of, for whole histories.

    branches: (batch, n, branches) of the histories · extra: one more like of each history
    """
    events = state.events[histories.items, histories.levels]  # (batch, length, dim)
    vectors, mask, known = state.vectors[items], histories.mask, histories.mask.sum(1, keepdim=True)
    popular: Tensor | float = linear.popularity[items]
    gain: Tensor | float = 0.0
    if extra is not None:
        events = torch.cat([events, extra.event.expand(len(events), 1, -1)], 1)
        mask = torch.cat([mask, mask.new_ones(len(mask), 1)], 1)
        branches, gain = branches + extra.branches[items], extra.gain[items]
        popular = popular if extra.popularity else 0.0
    users, _ = fusion.attend(vectors.unsqueeze(0), events, mask.unsqueeze(1))
    return Parts(vectors, users, branches, popular, known, gain, linear.met[items])


def history_scores(world: World, linear: ClosedForm, histories: Histories) -> Tensor:
    """(batch, items, branches) of histories, with their order where it is asked; see `branch_scores`."""
    return branch_scores(world, linear, histories.dense(world.items), histories.recent(world.items, linear.recency))


@dataclass(frozen=True, eq=False)
class Recommender:
    """A trained model; read-only, shared by all sessions."""

    world: World
    linear: ClosedForm
    fusion: Fusion

    @cached_property
    def columns(self) -> Columns:
        """Which branch is which."""
        return columns(self.world, self.linear)

    @property
    def between(self) -> dict[str, Tensor]:
        """Of each branch that needs no fact, (items, items): how strongly it links an event's item to another."""
        return {each.name: each.weights for each in self.linear.event_branches} | {TEXT_BRANCH: self.world.similarity}

    @cached_property
    def state(self) -> ItemState:
        with torch.no_grad():
            return item_state(self.fusion, self.world)

    @cached_property
    def messages(self) -> tuple[Tensor, Tensor]:
        """Of every edge of the graph: its message in the KGNN, and its key."""
        with torch.no_grad():
            entities = self.fusion.entity.weight[self.world.edge_index[0]]
            return self.fusion.kgnn.messages(entities, self.world.edge_relations)

    @torch.no_grad()
    def after_graph(self, before: Tensor, owner: Tensor, edges: Tensor) -> Tensor:
        """The KGNN on items (n, dim) of which item owner[j] has edge edges[j] of the graph, and no others."""
        message, key = self.messages
        return self.fusion.kgnn.read(before, (message[edges], key[edges]), owner)

    @cached_property
    def nobody(self) -> Tensor:
        """(items,) the score of each item for someone without a history, the popularity prior left out."""
        with torch.no_grad():
            return self.scores(empty())[0] - self.fusion.prior(self.linear.popularity, 0)

    @torch.no_grad()
    def branches(self, histories: Histories) -> Tensor:
        """(batch, items, branches)."""
        return history_scores(self.world, self.linear, histories)

    @torch.no_grad()
    def scores(self, histories: Histories, items: Tensor | None = None, extra: ExtraLike | None = None) -> Tensor:
        """(batch, n) scores of these (n,) items, of all by default; `extra` is one more like of each history.

        Items of the history are scored too, leaving them out is the caller's.
        """
        items = torch.arange(self.world.items) if items is None else items
        branches = self.branches(histories)[:, items]
        scores: Tensor = self.fusion(
            score_parts(self.fusion, self.state, self.linear, histories, branches, items, extra)
        )
        return scores


def with_thumbs(events: Events, liked: IntArray, disliked: IntArray, domain: Domain) -> Events:
    """Events with what was said here, item indices, which takes the place of an older event of the same item.

    A dislike has weight -1: the closed form is linear in the history, so it takes away exactly what a like adds. A low
    rating of the data is another thing: people choose what they rate, so it speaks for like items, and has its
    trained weight. Where nobody is asked for a dislike the attention does not read it (`read_events`).
    """
    items, levels, weights = events
    said = np.concatenate([liked, disliked])
    if not len(said):
        return events
    kept = ~np.isin(items, said)
    like = event_level(domain.positive_value, domain)  # where nothing is graded: bought, played
    more = np.concatenate([np.full(len(liked), like), np.full(len(disliked), LEVELS.index("disliked"))])
    signs = np.concatenate([np.ones(len(liked)), -np.ones(len(disliked))]).astype(np.float32)
    parts = ((items[kept], said), (levels[kept], more), (weights[kept], signs))
    whole: Events = tuple(np.concatenate(part) for part in parts)  # type: ignore[assignment]
    return whole
