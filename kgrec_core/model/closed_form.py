"""All that the model reads off the interactions of others without training, and the branches of a score.

Branches are linear in the history. Those that an event speaks through by itself come first (`EventBranch`). Then, for
each `ContentBranch`, one a relation, which needs a fact of the item, and one that needs its text. Whoever asks for
branches asks here, so a further one is added in one place.
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
RESIDUAL, EXPECTED = "residual", "expected"  # content branches


@dataclass(frozen=True, eq=False)
class Linear:
    weights: Tensor  # (items, items), zero diagonal
    residuals: Tensor  # (items, items), ridge P

    def collaborative(self, history: Tensor) -> Tensor:
        """(batch, items) history weights -> (batch, items) scores."""
        return through(history, self.weights)


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
class ContentBranch:
    """What an event says of other items through what they are: the kernels of facts and text carry it over to them.

    source: (items, items); row = the event's item, column = an item for whose facts and text it speaks · reach:
    (items,) how much of what arrives at an item counts
    """

    name: str
    source: Tensor
    reach: Tensor


@dataclass(frozen=True, eq=False)
class ClosedForm(Linear):
    """more: event branches beside the collaborative one, whose weights are those of `Linear` · expected: (items, items)
    dual coefficients (`content_regression`) · unknown: (items,) how much of what is expected of an item counts ·
    popularity: (items,) log(1 + how much people liked it), in standard deviations from the mean item · recency:
    half-life in places of an event's weight in branches that fade; None = order is not asked
    """

    more: tuple[EventBranch, ...]
    expected: Tensor
    unknown: Tensor
    popularity: Tensor
    recency: float | None

    @cached_property
    def content_branches(self) -> tuple[ContentBranch, ...]:
        """In the order of their columns; of an item that nobody met only what is expected of it counts."""
        return ContentBranch(RESIDUAL, self.residuals, self.met), ContentBranch(EXPECTED, self.expected, self.unknown)

    def sent(self, history: Tensor) -> Tensor:
        """(batch, items) history weights -> (content branches, batch, items): for whose facts and text they speak."""
        return torch.stack([through(history, each.source) for each in self.content_branches])

    @property
    def met(self) -> Tensor:
        """(items,): how much residuals and the network may say of each; of what nobody met they learnt nothing."""
        return 1 - self.unknown

    @cached_property
    def reach(self) -> Tensor:
        """(content branches, items)"""
        return torch.stack([each.reach for each in self.content_branches])

    @property
    def event_branches(self) -> tuple[EventBranch, ...]:
        """In the order of their columns (`Columns`)."""
        return EventBranch(COLLABORATIVE, self.weights), *self.more


@dataclass(frozen=True)
class Columns:
    """The columns of branch scores, in order: events, then relations and text of each content branch."""

    events: tuple[str, ...]
    relations: tuple[str, ...]
    contents: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Those of the first content branch are named as relations and text are."""
        own = (*self.relations, TEXT_BRANCH)
        return (*self.events, *own, *(f"{content} {name}" for content in self.contents[1:] for name in own))

    @property
    def of_events(self) -> slice:
        return slice(0, len(self.events))

    @property
    def of_content(self) -> slice:
        """All that needs a fact or the text of the item beside the event."""
        return slice(len(self.events), len(self.names))

    def of_facts(self, content: int) -> slice:
        """The relations of a content branch, by its place."""
        end = self.of_text(content)
        return slice(end - len(self.relations), end)

    def of_text(self, content: int) -> int:
        """The text of a content branch, by its place: its last column."""
        return len(self.events) + (content + 1) * (len(self.relations) + 1) - 1

    @property
    def heard(self) -> slice:
        """Those that the network hears; it never learnt of items that nobody met."""
        return slice(0, self.of_text(0) + 1)

    def join(self, graph: Tensor, text: Tensor | None = None, events: Tensor | None = None) -> Tensor:
        """(..., branches) from (..., contents, relations), (..., contents) and (..., event branches).

        Zeros where one is left out.
        """
        events = graph.new_zeros(*graph.shape[:-2], len(self.events)) if events is None else events
        text = graph.new_zeros(graph.shape[:-1]) if text is None else text
        return torch.cat([events, torch.cat([graph, text.unsqueeze(-1)], -1).flatten(-2)], -1)

    def by_name(self, branches: Tensor) -> dict[str, float]:
        """(branches,) -> what each event branch, relation and text says, through all content branches."""
        facts, text = self.by_fact(branches[self.of_content])
        values = torch.cat([branches[self.of_events], facts, text.unsqueeze(0)])
        return dict(zip(self.names[self.heard], values.tolist(), strict=True))

    def by_fact(self, content: Tensor) -> tuple[Tensor, Tensor]:
        """(..., columns `of_content`) -> (..., relations) and (...): what all content branches say through each."""
        parts = content.view(*content.shape[:-1], len(self.contents), len(self.relations) + 1).sum(-2)
        return parts[..., :-1], parts[..., -1]


def columns(world: World, linear: ClosedForm) -> Columns:
    events, contents = linear.event_branches, linear.content_branches
    return Columns(
        tuple(each.name for each in events), world.graph.relation_names, tuple(each.name for each in contents)
    )


def branch_scores(world: World, linear: ClosedForm, history: Tensor, recent: Tensor | None = None) -> Tensor:
    """(batch, items) history weights -> (batch, items, branches), in the order of `Columns`.

    recent: the same, less for older events (`Histories.recent`); `history` itself where order is not asked.
    """
    recent = history if recent is None else recent
    events = [through(recent if each.fades else history, each.weights) for each in linear.event_branches]
    content = [_content_scores(world, each, history) for each in linear.content_branches]
    graph, text = (torch.stack(parts, dim) for parts, dim in zip(zip(*content, strict=True), (-2, -1), strict=True))
    return columns(world, linear).join(graph, text, torch.stack(events, -1))


def _content_scores(world: World, branch: ContentBranch, history: Tensor) -> tuple[Tensor, Tensor]:
    """(batch, items, relations) and (batch, items); zeros, which cost nothing, where it reaches no item."""
    if not bool(branch.reach.any()):
        return history.new_zeros(*history.shape, world.kernel.relations), torch.zeros_like(history)
    sent = through(history, branch.source)
    return world.kernel.scores(sent) * branch.reach.unsqueeze(1), sent @ world.similarity * branch.reach


@dataclass(frozen=True, eq=False)
class Contributions:
    """What single events, or a like that no item stands for, add to some items; what they add together is the sum.

    alone: (events, n, event branches) · profile: (contents, events, edges), how much each speaks for a fact of an
    item, before the weight that the fact has there · text: (contents, events, n) · edges, owner: (edges,) edge number,
    and who of the n has it
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
        """(contents, events, edges), in raw units of the branch: what goes through each fact of an item."""
        return self.profile * self.world.kernel.weights[self.edges]

    @cached_property
    def branches(self) -> Tensor:
        """(events, n, branches)."""
        kernel, shape = self.world.kernel, self.text.shape
        graph = self.text.new_zeros(*shape[:2], shape[2] * kernel.relations)
        graph.index_add_(2, self.owner * kernel.relations + kernel.edge_relation[self.edges], self.facts)
        graph = graph.view(*shape, kernel.relations).permute(1, 2, 0, 3)
        return self.columns.join(graph, self.text.permute(1, 2, 0), self.alone)


def contributions(world: World, linear: ClosedForm, events: Tensor, weights: Tensor, items: IntArray) -> Contributions:
    """Of events with these items and history weights, both (events,), to chosen items (n,)."""
    wanted, weight = torch.from_numpy(items), weights.unsqueeze(1)
    at = (events.unsqueeze(1), wanted)
    alone = torch.stack([weight * each.weights[at] for each in linear.event_branches], 2)
    edges, owner = joined([world.graph.edges_of(item) for item in items.tolist()])
    pairs, where = torch.unique(world.kernel.columns[edges], return_inverse=True)
    among, similar = world.kernel.dense(pairs), world.similarity[:, wanted]
    branches = linear.content_branches
    profile = weights.new_zeros(len(branches), len(events), len(edges))
    text = weights.new_zeros(len(branches), len(events), len(wanted))
    for place, branch in enumerate(branches):
        reach = branch.reach[wanted]
        if bool(reach.any()):
            sent = weight * branch.source[events]
            own = sent[:, wanted[owner]] * world.kernel.weights[edges]  # not through the item itself
            profile[place] = ((sent @ among)[:, where] - own) * reach[owner]
            text[place] = sent @ similar * reach
    return Contributions(alone, profile, text, edges, owner, world, columns(world, linear))


def joined(parts: Sequence[IntArray]) -> tuple[Tensor, Tensor]:
    """All parts in one, and for each entry the number of its part."""
    numbers = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
    together = np.concatenate(parts) if len(parts) else np.zeros(0, dtype=np.int64)
    return torch.from_numpy(together), torch.from_numpy(numbers)
