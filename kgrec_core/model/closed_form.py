"""All that the model reads off the interactions of others without training, and the branches of a score.

Branches are linear in the history. Those that an event speaks through by itself come first (`EventBranch`), then one a
relation, which needs a fact of the item, then the one that needs its text. Whoever asks for branches asks here, so a
further one is added in one place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch
from torch import Tensor

from kgrec_core.data.interactions import IntArray
from kgrec_core.model.world import World

COLLABORATIVE, SEQUENCE, TEXT_BRANCH = "collaborative", "sequence", "text"


@dataclass(frozen=True, eq=False)
class Linear:
    weights: Tensor  # (items, items), zero diagonal
    precision: Tensor  # (items, items), P
    ridge: float

    def collaborative(self, history: Tensor) -> Tensor:
        """(batch, items) history weights -> (batch, items) scores."""
        return through(history, self.weights)

    def residual(self, history: Tensor) -> Tensor:
        """(batch, items) history weights -> (batch, items): what is left of them to graph and text."""
        return self.ridge * through(history, self.precision)


def through(history: Tensor, weights: Tensor) -> Tensor:
    """The product, (batch, items) by (items, n); where a few items are in it, only their rows are read."""
    met = history.any(0).nonzero().squeeze(1)
    return history[:, met] @ weights[met] if len(met) < len(weights) // 8 else history @ weights


@dataclass(frozen=True, eq=False)
class EventBranch:
    """What an event says of every other item by itself, needing no fact and no text of it.

    weights: (items, items), zero diagonal; row = the event's item · fades: whether older events count less where order
    is asked
    """

    name: str
    weights: Tensor
    fades: bool = False


@dataclass(frozen=True, eq=False)
class ClosedForm(Linear):
    """more: event branches beside the collaborative one, whose weights are those of `Linear`.

    popularity: (items,) log(1 + how much people liked it), in standard deviations from the mean item · recency:
    half-life in places of an event's weight in branches that fade; None = order is not asked
    """

    more: tuple[EventBranch, ...]
    popularity: Tensor
    recency: float | None

    @property
    def event_branches(self) -> tuple[EventBranch, ...]:
        """In the order of their columns (`Columns`)."""
        return EventBranch(COLLABORATIVE, self.weights), *self.more


@dataclass(frozen=True)
class Columns:
    """The columns of branch scores, in order: events, relations, text."""

    events: tuple[str, ...]
    relations: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.events, *self.relations, TEXT_BRANCH)

    @property
    def of_events(self) -> slice:
        return slice(0, len(self.events))

    @property
    def of_facts(self) -> slice:
        return slice(len(self.events), len(self.events) + len(self.relations))

    @property
    def of_text(self) -> int:
        return len(self.names) - 1

    def join(self, graph: Tensor, text: Tensor | None = None, events: Tensor | None = None) -> Tensor:
        """(..., branches) from (..., relations), (...) and (..., event branches); zeros where one is left out."""
        events = graph.new_zeros(*graph.shape[:-1], len(self.events)) if events is None else events
        text = graph.new_zeros(graph.shape[:-1]) if text is None else text
        return torch.cat([events, graph, text.unsqueeze(-1)], -1)


def columns(world: World, linear: ClosedForm) -> Columns:
    return Columns(tuple(each.name for each in linear.event_branches), world.graph.relation_names)


def branch_scores(world: World, linear: ClosedForm, history: Tensor, recent: Tensor | None = None) -> Tensor:
    """(batch, items) history weights -> (batch, items, branches), in the order of `Columns`.

    recent: the same, less for older events (`Histories.recent`); `history` itself where order is not asked.
    """
    residual = linear.residual(history)
    recent = history if recent is None else recent
    events = [through(recent if each.fades else history, each.weights) for each in linear.event_branches]
    graph, text = world.kernel.scores(residual), residual @ world.similarity
    return columns(world, linear).join(graph, text, torch.stack(events, -1))


@dataclass(frozen=True, eq=False)
class Contributions:
    """What single events, or a like that no item stands for, add to some items; what they add together is the sum.

    alone: (events, n, event branches) · profile: (events, edges), how much each speaks for a fact of an item, before
    the weight that the fact has there · text: (events, n) · edges, owner: (edges,) edge number, and who of the n has it
    """

    alone: Tensor
    profile: Tensor
    text: Tensor
    edges: Tensor
    owner: Tensor
    world: World
    columns: Columns

    @cached_property
    def facts(self) -> Tensor:
        """(events, edges), in raw units of the branch: what goes through each fact of an item."""
        return self.profile * self.world.kernel.weights[self.edges]

    @cached_property
    def branches(self) -> Tensor:
        """(events, n, branches)."""
        kernel, items = self.world.kernel, self.text.shape[1]
        graph = self.text.new_zeros(len(self.text), items * kernel.relations)
        graph.index_add_(1, self.owner * kernel.relations + kernel.edge_relation[self.edges], self.facts)
        return self.columns.join(graph.view(len(self.text), items, kernel.relations), self.text, self.alone)


def contributions(world: World, linear: ClosedForm, events: Tensor, weights: Tensor, items: IntArray) -> Contributions:
    """Of events with these items and history weights, both (events,), to chosen items (n,)."""
    wanted, weight = torch.from_numpy(items), weights.unsqueeze(1)
    residual = linear.ridge * weight * linear.precision[events]
    at = (events.unsqueeze(1), wanted)
    alone = torch.stack([weight * each.weights[at] for each in linear.event_branches], 2)
    edges, owner = joined([world.graph.edges_of(item) for item in items.tolist()])
    pairs, where = torch.unique(world.kernel.columns[edges], return_inverse=True)
    own = residual[:, wanted[owner]] * world.kernel.weights[edges]  # not through the item itself
    profile = (residual @ world.kernel.dense(pairs))[:, where] - own
    text = residual @ world.similarity[:, wanted]
    return Contributions(alone, profile, text, edges, owner, world, columns(world, linear))


def joined(parts: Sequence[IntArray]) -> tuple[Tensor, Tensor]:
    """All parts in one, and for each entry the number of its part."""
    numbers = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
    together = np.concatenate(parts) if len(parts) else np.zeros(0, dtype=np.int64)
    return torch.from_numpy(together), torch.from_numpy(numbers)
