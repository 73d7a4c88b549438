"""Scores again when edges are gone from the graph: those of any items for many sets of edges, or of chosen items when
the candidate loses some of its own.

In the second case other items move too: what the history leaves unexplained is spread over all items, the candidate
among them, and reaches another item through each entity that the two share. For relation r, item j and the weights a of
the candidate's edges, that part of the branch score is residual[candidate] * sum over shared edges e of a[e] A_r[j, e];
see `model.world`. Their vectors stay, for the KGNN sees an item's own entities only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch
from torch import Tensor

from kgrec_core.data.interactions import IntArray
from kgrec_core.explain.asker_scores import UserContext
from kgrec_core.explain.removal.coalitions import Game
from kgrec_core.graph.item_paths import ItemPath
from kgrec_core.model.closed_form import joined
from kgrec_core.model.recommender import read_events


@dataclass(frozen=True, slots=True)
class MeasuredPath:
    path: ItemPath
    contribution: float  # of the score: what is lost without its edges alone (`measure`), or its credit (`path_scores`)


@torch.no_grad()
def scores_without(user: UserContext, items: IntArray, gone: Sequence[IntArray]) -> Tensor:
    """(rows,) score of items[row] in a graph without the edges gone[row], whichever items they belong to."""
    touched = _Touched.of(user, items, gone)
    before = user.recommender.state.before[touched.items]
    after = user.recommender.after_graph(before, touched.owner[touched.kept], touched.edges[touched.kept])
    vectors = after[touched.own]
    asked = torch.from_numpy(items)
    branches = user.branches[asked].clone()
    for content, graph in enumerate(_graph_without(user, touched)):
        branches[:, user.recommender.columns.of_facts(content)] = graph
    users = _read_without(user, touched, vectors, after)
    return user.score(asked, users, branches, vectors=vectors, gain=touched.gains(user))


def item_scores_without(user: UserContext, item: int, gone: Sequence[IntArray]) -> Tensor:
    """(len(gone),) scores of one item in a graph without each set of edges."""
    return scores_without(user, np.full(len(gone), item), gone)


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
        if user.request is not None:
            gained.index_add_(0, self.owner[self.kept], user.request.gains(self.edges[self.kept]))
        return gained[self.own]


def _graph_without(user: UserContext, touched: _Touched) -> Tensor:
    """(contents, rows, relations)"""
    kernel, linear = user.recommender.world.kernel, user.recommender.linear
    edges, owner = touched.edges, touched.owner
    weights = torch.zeros(len(edges))
    weights[touched.kept] = kernel.reweighted(edges[touched.kept], owner[touched.kept])
    mine = torch.zeros(len(touched.rows), dtype=torch.bool)
    mine[touched.own] = True
    mine = mine[owner]
    sent = user.sent[:, touched.items[owner]]
    profile = user.profile[:, kernel.columns[edges[mine]]] - sent[:, mine] * kernel.weights[edges[mine]]
    place = touched.rows[owner] * len(kernel.column_relation) + kernel.columns[edges]
    change = sent * (weights - kernel.weights[edges])
    profile = _added(profile, place[mine], change[:, ~mine], place[~mine])
    profile = profile * linear.reach[:, touched.items[owner[mine]]]
    if user.request is not None:
        profile = profile + user.request.profile[:, kernel.columns[edges[mine]]]
    out = profile.new_zeros(len(profile), len(touched.own) * kernel.relations)
    at = touched.rows[owner[mine]] * kernel.relations + kernel.edge_relation[edges[mine]]
    out.index_add_(1, at, weights[mine] * profile)
    return out.view(len(profile), len(touched.own), kernel.relations)


def _added(values: Tensor, names: Tensor, more: Tensor, theirs: Tensor) -> Tensor:
    """`values` (m, n) with each of `more` added to those of the same name, if there are any. names: all different."""
    if not len(names):
        return values
    order = names.argsort()
    at = order[torch.searchsorted(names[order], theirs).clamp(max=len(names) - 1)]
    same = names[at] == theirs
    return values.index_add(1, at[same], more[:, same])


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
    logits, query = user.attention_logits(vectors), recommender.fusion.query(vectors)[rows]
    logits[rows, columns] = (query * recommender.fusion.key(values)).sum(1) / vectors.shape[-1] ** 0.5
    weights = logits.softmax(1)
    return (weights @ user.values).index_add(
        0, rows, weights[rows, columns].unsqueeze(1) * (values - user.values[columns])
    )


def measure(user: UserContext, paths: list[ItemPath]) -> list[MeasuredPath]:
    """Every path with its contribution to the score of the item it leads to, in the order given."""
    if not paths:
        return []
    last = np.array([path.items[-1] for path in paths], dtype=np.int64)
    items, whole = np.unique(last, return_inverse=True)
    gone = [*(np.unique(path.edges) for path in paths), *[np.zeros(0, dtype=np.int64)] * len(items)]
    scores = scores_without(user, np.concatenate([last, items]), gone).tolist()
    wholes = scores[len(paths) :]
    return [
        MeasuredPath(path, wholes[place] - score)
        for path, place, score in zip(paths, whole.tolist(), scores[: len(paths)], strict=True)
    ]


@dataclass(frozen=True, eq=False)
class FactRescorer:
    """items: (c,) item indices, the candidate not among them; it is not in the history either."""

    game: Game
    items: Tensor

    @torch.no_grad()
    def scores(self, hidden: Tensor) -> tuple[Tensor, Tensor]:
        """(m, edges of the candidate) bool, True = gone -> (m,) scores of the candidate, (m, c) of the items."""
        left = self.game.everything(len(hidden))
        left.edges.logical_and_(~hidden)
        users, branches = self._base
        changed = branches + self._shift(left.edges)
        others = self.game.user.score(self.items, users.expand(len(hidden), -1, -1), changed)
        return self.game.scores(left), others

    def _shift(self, kept: Tensor) -> Tensor:
        """(m, c, branches) by which branch scores change."""
        kernel, edges = self.game.world.kernel, self.game.edges
        whole, weights = kernel.weights[edges], torch.zeros(kept.shape)
        rows, places = kept.nonzero(as_tuple=True)
        weights[rows, places] = kernel.reweighted(edges[places], rows)
        user = self.game.user
        own = user.sent[:, self.game.candidate] * user.recommender.linear.reach[:, self.items].T  # (c, contents)
        member = kernel.member(kernel.edge_relation[edges])
        graph = ((weights - whole).unsqueeze(1) * self._columns) @ member  # (m, c, relations)
        return user.recommender.columns.join(graph.unsqueeze(-2) * own.unsqueeze(-1))

    @cached_property
    def _columns(self) -> Tensor:
        return self.game.world.kernel.incidence_columns(self.game.edges)[self.items]

    @cached_property
    @torch.no_grad()
    def _base(self) -> tuple[Tensor, Tensor]:
        """User vectors (1, c, dim) and branch scores (c, branches) with every edge in place."""
        user = self.game.user
        vectors = user.recommender.state.vectors[self.items]
        mask = torch.ones(1, 1, len(user.read), dtype=torch.bool)
        attended, _ = self.game.fusion.attend(vectors.unsqueeze(0), user.read.unsqueeze(0), mask)
        return attended, user.branches[self.items]
