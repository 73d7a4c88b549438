"""The model as a game: its score for one user and one item when some of what it reads is taken away.

Every explainer asks here. Hiding a history item, an edge of the item or its text is the real model run without it:
the closed form is linear in the history and in the item's edges, the KGNN is run on the edges that are left, the
attention on the events that are left. Nothing is approximated; the weight that an entity has for its degree is a
coefficient of the trained model, like any other, and stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch
from torch import Tensor

from kgrec_core.data.interactions import FloatArray, IntArray
from kgrec_core.model.recommender import Recommender, read_events


@dataclass(frozen=True, eq=False)
class UserContext:
    """One history, with what every item's game needs of it. All in the order of `items`."""

    recommender: Recommender
    items: IntArray  # (events,) item index
    levels: IntArray  # (events,) rating level
    weights: FloatArray  # (events,) 1 for liked, less for disliked

    @cached_property
    def residuals(self) -> Tensor:
        """(events, items): the part of each event in `Linear.residual`; they add up."""
        linear = self.recommender.linear
        weights = torch.from_numpy(self.weights).unsqueeze(1)
        return linear.ridge * weights * linear.precision[torch.from_numpy(self.items)]

    @cached_property
    def events(self) -> Tensor:
        """(events, dim) event vectors."""
        return self.recommender.state.events[torch.from_numpy(self.items), torch.from_numpy(self.levels)]


@dataclass(frozen=True, eq=False)
class Coalitions:
    """What is left in, one row a coalition.

    history: (m, events) · edges: (m, edges of the item) · text: (m,) · branches: (m, 3), whether the collaborative
    scores, those of the sequence branch, and the attention over the history work at all. All bool.
    """

    history: Tensor
    edges: Tensor
    text: Tensor
    branches: Tensor


class Game:
    """Scores of one candidate for one user under coalitions of what the model reads."""

    def __init__(self, user: UserContext, candidate: int) -> None:
        self.user, self.candidate = user, candidate
        self.world, self.fusion = user.recommender.world, user.recommender.fusion
        self.edges = torch.from_numpy(self.world.graph.edges_of(candidate))
        kernel = self.world.kernel
        self._raw, self._relations = kernel.raw[self.edges], kernel.edge_relation[self.edges]
        weights = torch.from_numpy(user.weights)
        history = torch.from_numpy(user.items)
        self._collaborative = weights * user.recommender.linear.weights[history, candidate]  # (events,)
        self._sequential = weights * user.recommender.linear.sequence[history, candidate]  # (events,)
        self._text = user.residuals @ self.world.similarity[:, candidate]  # (events,)
        self._profile = self._edge_profile()  # (events, edges)

    def everything(self, m: int = 1) -> Coalitions:
        """`m` coalitions in which nothing is missing."""
        events, edges = len(self.user.items), len(self.edges)
        shapes = ((m, events), (m, edges), (m,), (m, 3))
        return Coalitions(*(torch.ones(shape, dtype=torch.bool) for shape in shapes))

    @torch.no_grad()
    def scores(self, left: Coalitions) -> Tensor:
        """(m,) scores of the candidate."""
        return self._score(left, self._profile_of(left), self.user.events)

    @torch.no_grad()
    def scores_without(self, edge_sets: Sequence[IntArray]) -> Tensor:
        """(len(edge_sets),) scores in a graph without each set of edges, whichever items they belong to."""
        left = self.everything(len(edge_sets))
        profile = self._profile_of(left)
        events = self.user.events.repeat(len(edge_sets), 1, 1)
        changed: list[tuple[int, int, IntArray]] = []  # coalition, item, edges that are left
        for row, gone in enumerate(edge_sets):
            lost = set(gone.tolist())
            left.edges[row] = torch.tensor([edge not in lost for edge in self.edges.tolist()], dtype=torch.bool)
            for item in sorted(set(self.world.graph.heads[gone].tolist()) - {self.candidate}):
                own = self.world.graph.edges_of(item)
                changed.append((row, item, own[[edge not in lost for edge in own.tolist()]]))
        self._edit_profile(profile, changed)
        self._edit_events(events, [edit for edit in changed if edit[1] in self._place])
        return self._score(left, profile, events)

    @cached_property
    def _place(self) -> dict[int, int]:
        return {item: place for place, item in enumerate(self.user.items.tolist())}

    def _edge_profile(self) -> Tensor:
        """(events, edges): what each event says for each edge's entity, through every other item that has it."""
        kernel = self.world.kernel
        columns = kernel.incidence_columns(self.edges)  # (items, edges)
        columns[self.candidate] = 0
        return self.user.residuals @ columns

    def _profile_of(self, left: Coalitions) -> Tensor:
        return left.history.float() @ self._profile

    def _score(self, left: Coalitions, profile: Tensor, events: Tensor) -> Tensor:
        vectors = self._vectors(left)
        attended = left.history & left.branches[:, 2:]
        if events.dim() == 2:  # one set of events for all coalitions
            user, _ = self.fusion.attend(vectors.unsqueeze(0), events.unsqueeze(0), attended.unsqueeze(0))
            user = user.squeeze(0)
        else:
            user, _ = self.fusion.attend(vectors.unsqueeze(1), events, attended.unsqueeze(1))
            user = user.squeeze(1)
        scores: Tensor = self.fusion(vectors, user, self._branches(left, profile))
        return scores

    def _branches(self, left: Coalitions, profile: Tensor) -> Tensor:
        """(m, branches), the columns of `branch_scores` for the candidate."""
        history, edges = left.history.float(), left.edges.float()
        collaborative = (history @ self._collaborative) * left.branches[:, 0]
        sequential = (history @ self._sequential) * left.branches[:, 1]
        text = (history @ self._text) * left.text
        member = self.world.kernel.member(self._relations)
        size = (edges * self._raw**2) @ member  # (m, relations)
        shared = (edges * self._raw * profile) @ member
        graph = shared / size.clamp(min=1e-12) ** self.world.kernel.size_power
        return torch.cat([torch.stack([collaborative, sequential], 1), graph, text.unsqueeze(1)], 1)

    def _vectors(self, left: Coalitions) -> Tensor:
        """(m, dim) vectors of the candidate after the KGNN; equal coalitions of edges and text are run once."""
        if bool(left.edges.all()) and bool(left.text.all()):
            return self.user.recommender.state.vectors[self.candidate].expand(len(left.text), -1)
        reads = torch.cat([left.edges, left.text.unsqueeze(1)], 1)
        distinct, where = torch.unique(reads, dim=0, return_inverse=True)
        text = self.world.item_text[self.candidate] * distinct[:, -1:]
        before = self.fusion.item_vectors(text, torch.full((len(distinct),), self.candidate))
        copies, places = distinct[:, :-1].nonzero(as_tuple=True)
        return self._after_graph(before, copies, self.edges[places])[where]

    def _after_graph(self, before: Tensor, copies: Tensor, edges: Tensor) -> Tensor:
        """The KGNN on copies of items: edge edges[j] of the graph belongs to copy copies[j]."""
        index = torch.stack([self.world.edge_index[0, edges], copies])
        out: Tensor = self.fusion.kgnn(before, self.fusion.entity.weight, index, self.world.edge_relations[edges])
        return out

    def _edit_profile(self, profile: Tensor, changed: list[tuple[int, int, IntArray]]) -> None:
        """Takes the lost edges of other items out of what the history says for the candidate's entities."""
        kernel, graph = self.world.kernel, self.world.graph
        old, old_owner = _joined([graph.edges_of(item) for _, item, _ in changed])
        new, new_owner = _joined([kept for _, _, kept in changed])
        edges, owner = torch.cat([old, new]), torch.cat([old_owner, new_owner])
        weights = torch.cat([-kernel.weights[old], kernel.reweighted(new, new_owner)])
        place = torch.full((len(kernel.column_relation),), -1)
        place[kernel.columns[self.edges]] = torch.arange(len(self.edges))
        at = place[kernel.columns[edges]]
        rows = torch.tensor([row for row, _, _ in changed], dtype=torch.int64)[owner]
        residual = self.user.residuals.sum(0)[kernel.heads[edges]]
        shared = at >= 0
        profile.index_put_((rows[shared], at[shared]), (residual * weights)[shared], accumulate=True)

    def _edit_events(self, events: Tensor, changed: list[tuple[int, int, IntArray]]) -> None:
        """Event vectors of history items whose own edges are lost."""
        if not changed:
            return
        items = torch.tensor([item for _, item, _ in changed])
        edges, copies = _joined([kept for _, _, kept in changed])
        vectors = self._after_graph(self.user.recommender.state.before[items], copies, edges)
        rows = torch.tensor([row for row, _, _ in changed])
        places = torch.tensor([self._place[item] for _, item, _ in changed])
        levels = torch.from_numpy(self.user.levels)[places]
        text = self.world.event_text[items, levels]
        events[rows, places] = read_events(self.fusion, self.world, text, levels, vectors)


def _joined(parts: Sequence[IntArray]) -> tuple[Tensor, Tensor]:
    """All parts in one, and for each entry the number of its part."""
    numbers = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
    joined = np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)
    return torch.from_numpy(joined), torch.from_numpy(numbers)
