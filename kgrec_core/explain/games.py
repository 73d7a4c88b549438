"""Many items of one user at once: what each score loses without one event, or without some edges of the graph.

The numbers are those of the game of one item after the other (`game.Game`); here each step is done for all at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from kgrec_core.data.interactions import IntArray
from kgrec_core.explain.context import UserContext
from kgrec_core.model.recommender import read_events


@torch.no_grad()
def falls(user: UserContext, items: IntArray, places: IntArray) -> Tensor:
    """(items, places): how much the score of an item falls when the event at one place of the history is hidden."""
    asked, hidden = torch.from_numpy(items), torch.from_numpy(places)
    vectors = user.recommender.state.vectors[asked]
    left = user.branches[asked].unsqueeze(1) - spoken_by_events(user, items, hidden).branches.transpose(0, 1)
    scores = user.recommender.fusion(vectors.unsqueeze(1), _readers_without(user, vectors)[:, 1 + hidden], left)
    besides = (user.priors(asked, len(user.items) - 1) + user.gains(asked)).unsqueeze(1)
    lost: Tensor = user.scores[asked].unsqueeze(1) - (scores + besides)
    return lost


def _readers_without(user: UserContext, vectors: Tensor) -> Tensor:
    """(items, 1 + events, dim): the user vector of each item when one of the columns of `user.values` is not read.

    What is left is the sum of what comes before and of what comes after, so no large number is taken from another.
    """
    logits = _logits(user, vectors).double()
    weights = (logits - logits.amax(1, keepdim=True)).exp().unsqueeze(2)
    parts = torch.cat([weights * user.values.double(), weights], 2)
    none = parts.new_zeros(len(parts), 1, parts.shape[2])
    before = torch.cat([none, parts[:, :-1]], 1).cumsum(1)
    after = torch.cat([parts[:, 1:], none], 1).flip(1).cumsum(1).flip(1)
    sums = before + after
    return (sums[..., :-1] / sums[..., -1:]).float()


def _logits(user: UserContext, vectors: Tensor) -> Tensor:
    """(items, 1 + events), before the softmax."""
    logits: Tensor = user.recommender.fusion.query(vectors) @ user.keys.T / vectors.shape[-1] ** 0.5
    return logits


@dataclass(frozen=True, eq=False)
class Spoken:
    """What events add to some items, in raw units. branches: (places, items, branches) · facts: (places, edges), what
    of it goes through each fact of an item · edges, owner: (edges,) edge number, and which of the items has it
    """

    branches: Tensor
    facts: Tensor
    edges: Tensor
    owner: Tensor


@torch.no_grad()
def spoken_by_events(user: UserContext, items: IntArray, places: Tensor) -> Spoken:
    """What the events at these places of the history add to each of the items."""
    recommender, world, asked = user.recommender, user.recommender.world, torch.from_numpy(items)
    weights = torch.from_numpy(user.weights)[places].unsqueeze(1)
    events = torch.from_numpy(user.items)[places]
    residual = recommender.linear.ridge * weights * recommender.linear.precision[events]
    at = (events.unsqueeze(1), asked)
    together = [weights * theirs[at] for theirs in (recommender.linear.weights, recommender.linear.sequence)]
    text = residual @ world.similarity[:, asked]
    edges, owner = joined([world.graph.edges_of(item) for item in items.tolist()])
    facts = _facts_of_events(user, asked[owner], edges, residual)
    graph = residual.new_zeros(len(residual), len(items) * world.kernel.relations)
    graph.index_add_(1, owner * world.kernel.relations + world.kernel.edge_relation[edges], facts)
    graph = graph.view(len(residual), len(items), world.kernel.relations)
    return Spoken(torch.cat([torch.stack(together, 2), graph, text.unsqueeze(2)], 2), facts, edges, owner)


def _facts_of_events(user: UserContext, heads: Tensor, edges: Tensor, residual: Tensor) -> Tensor:
    """(places, edges): what events with this residual (places, items) say of `heads` (edges,) through their edges."""
    kernel = user.recommender.world.kernel
    columns, where = torch.unique(kernel.columns[edges], return_inverse=True)
    profile = (residual @ kernel.dense(columns))[:, where]
    own = residual[:, heads] * kernel.weights[edges]  # not through the item itself
    return (profile - own) * kernel.weights[edges]


@torch.no_grad()
def scores_without(user: UserContext, items: IntArray, gone: Sequence[IntArray]) -> Tensor:
    """(rows,) score of items[row] in a graph without the edges gone[row], whichever items they belong to."""
    touched = _Touched.of(user, items, gone)
    before = user.recommender.state.before[touched.items]
    after = user.recommender.after_graph(before, touched.owner[touched.kept], touched.edges[touched.kept])
    vectors = after[touched.own]
    branches = user.branches[torch.from_numpy(items)].clone()
    branches[:, user.recommender.world.graph_branches] = _graph_without(user, touched)
    scores: Tensor = user.recommender.fusion(vectors, _read_without(user, touched, vectors, after), branches)
    return scores + user.priors(torch.from_numpy(items)) + touched.gains(user)


@dataclass(frozen=True, eq=False)
class _Touched:
    """The items whose edges are lost, row by row, and the item that is asked for, with all edges of each.

    rows, items: (n,) one entry per item of a row · own: (rows,) the entry of the item that is asked for ·
    edges, owner, kept: (edges,) edge number, its entry, whether it is left
    """

    rows: Tensor
    items: Tensor
    own: Tensor
    edges: Tensor
    owner: Tensor
    kept: Tensor

    @classmethod
    def of(cls, user: UserContext, items: IntArray, gone: Sequence[IntArray]) -> _Touched:
        graph = user.recommender.world.graph
        lost, row = (part.numpy() for part in joined(gone))
        asked = np.arange(len(items)) * graph.items + items
        entries = np.unique(np.concatenate([asked, row * graph.items + graph.heads[lost]]))
        rows, touched = np.divmod(entries, graph.items)
        edges, owner = (part.numpy() for part in joined([graph.edges_of(item) for item in touched.tolist()]))
        count = max(len(graph.heads), 1)
        kept = ~np.isin(rows[owner] * count + edges, row * count + lost)
        own = np.searchsorted(entries, asked)
        return cls(*(torch.from_numpy(part) for part in (rows, touched, own, edges, owner, kept)))

    def gains(self, user: UserContext) -> Tensor:
        """(rows,): what the items that are asked for gain by what the words ask for and they still have."""
        gained = torch.zeros(len(self.rows))
        if user.words is not None:
            gained.index_add_(0, self.owner[self.kept], user.words.gains(self.edges[self.kept]))
        return gained[self.own]


def _graph_without(user: UserContext, touched: _Touched) -> Tensor:
    """(rows, relations)"""
    kernel = user.recommender.world.kernel
    edges, owner = touched.edges, touched.owner
    weights = torch.zeros(len(edges))
    weights[touched.kept] = kernel.reweighted(edges[touched.kept], owner[touched.kept])
    mine = torch.zeros(len(touched.rows), dtype=torch.bool)
    mine[touched.own] = True
    mine = mine[owner]
    residual = user.residual[touched.items[owner]]
    profile = user.profile[kernel.columns[edges[mine]]] - residual[mine] * kernel.weights[edges[mine]]
    place = touched.rows[owner] * len(kernel.column_relation) + kernel.columns[edges]
    change = residual * (weights - kernel.weights[edges])
    profile = _added(profile, place[mine], change[~mine], place[~mine])
    out = profile.new_zeros(len(touched.own) * kernel.relations)
    out.index_add_(
        0, touched.rows[owner[mine]] * kernel.relations + kernel.edge_relation[edges[mine]], weights[mine] * profile
    )
    return out.view(-1, kernel.relations)


def _added(values: Tensor, names: Tensor, more: Tensor, theirs: Tensor) -> Tensor:
    """`values` (n,) with each of `more` added to the value of the same name, if there is one. names: all different."""
    if not len(names):
        return values
    order = names.argsort()
    at = order[torch.searchsorted(names[order], theirs).clamp(max=len(names) - 1)]
    same = names[at] == theirs
    return values.index_add(0, at[same], more[same])


def _read_without(user: UserContext, touched: _Touched, vectors: Tensor, after: Tensor) -> Tensor:
    """(rows, dim) user vectors: what was read of a touched event is read of it as it is now. after: (n, dim)."""
    place = torch.full((user.recommender.world.items,), -1)
    place[torch.from_numpy(user.items)] = torch.arange(len(user.items))
    changed = (place[touched.items] >= 0).nonzero().squeeze(1)
    items, rows = touched.items[changed], touched.rows[changed]
    columns, levels = 1 + place[items], torch.from_numpy(user.levels)[place[items]]
    recommender = user.recommender
    text = recommender.world.event_text[items, levels]
    values = read_events(recommender.fusion, recommender.world, text, levels, after[changed])
    logits, query = _logits(user, vectors), recommender.fusion.query(vectors)[rows]
    logits[rows, columns] = (query * recommender.fusion.key(values)).sum(1) / vectors.shape[-1] ** 0.5
    weights = logits.softmax(1)
    return (weights @ user.values).index_add(
        0, rows, weights[rows, columns].unsqueeze(1) * (values - user.values[columns])
    )


def joined(parts: Sequence[IntArray]) -> tuple[Tensor, Tensor]:
    """All parts in one, and for each entry the number of its part."""
    numbers = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
    together = np.concatenate(parts) if len(parts) else np.zeros(0, dtype=np.int64)
    return torch.from_numpy(together), torch.from_numpy(numbers)
