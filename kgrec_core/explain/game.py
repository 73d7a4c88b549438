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

from kgrec_core.data.interactions import IntArray
from kgrec_core.explain.context import UserContext
from kgrec_core.explain.games import falls, scores_without


@dataclass(frozen=True, eq=False)
class Coalitions:
    """What is left in, one row a coalition.

    history: (m, events) · edges: (m, edges of the item) · text: (m,) · popularity: (m,) · branches: (m, 3), whether the
    collaborative scores, those of the sequence branch, and the attention over the history work at all ·
    words: (m, 0 or 1). All bool.
    """

    history: Tensor
    edges: Tensor
    text: Tensor
    popularity: Tensor
    branches: Tensor
    words: Tensor


class Game:
    """Scores of one candidate for one user under coalitions of what the model reads."""

    def __init__(self, user: UserContext, candidate: int) -> None:
        self.user, self.candidate = user, candidate
        self.world, self.fusion = user.recommender.world, user.recommender.fusion
        self.edges = torch.from_numpy(self.world.graph.edges_of(candidate))
        kernel = self.world.kernel
        self._raw, self._relations = kernel.raw[self.edges], kernel.edge_relation[self.edges]

    def everything(self, m: int = 1) -> Coalitions:
        """`m` coalitions in which nothing is missing."""
        events, edges = len(self.user.items), len(self.edges)
        shapes = ((m, events), (m, edges), (m,), (m,), (m, 3), (m, len(self.user.heard)))
        return Coalitions(*(torch.ones(shape, dtype=torch.bool) for shape in shapes))

    @torch.no_grad()
    def scores(self, left: Coalitions) -> Tensor:
        """(m,) scores of the candidate."""
        scores: Tensor = self.fusion(*self._read(left))
        if self.user.words is not None:
            scores = scores + left.words.float().squeeze(1) * (left.edges.float() @ self.user.words.gains(self.edges))
        return scores + self.user.priors(torch.tensor([self.candidate]), left.history.sum(1)) * left.popularity

    @torch.no_grad()
    def network(self, left: Coalitions) -> Tensor:
        """(m,): what the network adds to these scores; all else is a closed form (`closed_shapley`)."""
        return self.fusion.network(*self._read(left))

    def scores_without(self, edge_sets: Sequence[IntArray]) -> Tensor:
        """(len(edge_sets),) scores in a graph without each set of edges, whichever items they belong to."""
        return scores_without(self.user, np.full(len(edge_sets), self.candidate), edge_sets)

    def _read(self, left: Coalitions) -> tuple[Tensor, Tensor, Tensor]:
        """Vectors of the candidate (m, dim), user vectors (m, dim) and branch scores (m, branches)."""
        vectors = self._vectors(left)
        attended = torch.cat([left.history, left.words], 1) & left.branches[:, 2:]
        events = self.user.values[1:]
        user, _ = self.fusion.attend(vectors.unsqueeze(0), events.unsqueeze(0), attended.unsqueeze(0))
        return vectors, user.squeeze(0), self._branches(left)

    @cached_property
    def falls(self) -> Tensor:
        """(events,) how much the score falls when a history item alone is hidden."""
        return falls(self.user, np.array([self.candidate]), np.arange(len(self.user.items)))[0]

    @cached_property
    def _of_events(self) -> tuple[Tensor, Tensor, Tensor]:
        """(events,) each: what every event adds to the collaborative, the sequence and the text branch."""
        linear, history = self.user.recommender.linear, torch.from_numpy(self.user.items)
        weights = torch.from_numpy(self.user.weights)
        text = self.user.residuals @ self.world.similarity[:, self.candidate]
        at = (history, self.candidate)
        return weights * linear.weights[at], weights * linear.sequence[at], text

    @cached_property
    def _profile(self) -> Tensor:
        """(events, edges): what each event says for each edge's entity, through every other item that has it."""
        kernel = self.world.kernel
        columns = kernel.incidence_columns(self.edges)  # (items, edges)
        columns[self.candidate] = 0
        return self.user.residuals @ columns

    def _branches(self, left: Coalitions) -> Tensor:
        """(m, branches), the columns of `branch_scores` for the candidate."""
        history, edges = left.history.float(), left.edges.float()
        collaborative, sequential, text = (history @ each for each in self._of_events)
        collaborative, sequential = collaborative * left.branches[:, 0], sequential * left.branches[:, 1]
        text = (text + left.words.float() @ self.user.likeness[:, self.candidate]) * left.text
        member = self.world.kernel.member(self._relations)
        size = (edges * self._raw**2) @ member  # (m, relations)
        said = left.words.float() @ self.user.asked_for[:, self.world.kernel.columns[self.edges]]
        shared = (edges * self._raw * (history @ self._profile + said)) @ member
        graph = shared / size.clamp(min=1e-12) ** self.world.kernel.size_power
        return torch.cat([torch.stack([collaborative, sequential], 1), graph, text.unsqueeze(1)], 1)

    def _vectors(self, left: Coalitions) -> Tensor:
        """(m, dim) vectors of the candidate after the KGNN; equal coalitions of edges and text are run once."""
        if bool(left.edges.all()) and bool(left.text.all()):
            return self.user.recommender.state.vectors[self.candidate].expand(len(left.text), -1)
        return self._read_anew(left)

    def _read_anew(self, left: Coalitions) -> Tensor:
        """The same without what the model keeps."""
        reads = torch.cat([left.edges, left.text.unsqueeze(1)], 1)
        distinct, where = torch.unique(reads, dim=0, return_inverse=True)
        text = self.world.item_text[self.candidate] * distinct[:, -1:]
        before = self.fusion.item_vectors(text, torch.full((len(distinct),), self.candidate))
        copies, places = distinct[:, :-1].nonzero(as_tuple=True)
        return self.user.recommender.after_graph(before, copies, self.edges[places])[where]
