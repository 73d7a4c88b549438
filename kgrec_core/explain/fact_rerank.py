"""Exact scores of the candidate and of others when some of the candidate's own edges are gone from the graph.

Other items move too: what the history leaves unexplained is spread over all items, the candidate among them, and
reaches another item through each entity that the two share. For relation r, item j and the weights a of the candidate's
edges, that part of the branch score is residual[candidate] * sum over shared edges e of a[e] A_r[j, e]; see
`model/kernel`. Their vectors stay, for the KGNN sees an item's own entities only.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import torch
from torch import Tensor

from kgrec_core.explain.game import Game


@dataclass(frozen=True, eq=False)
class FactReranker:
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
        own = self.game.user.residual[self.game.candidate]
        member = kernel.member(kernel.edge_relation[edges])
        shared = self._columns * own  # (c, edges)
        graph = ((weights - whole).unsqueeze(1) * shared) @ member
        return self.game.user.recommender.columns.join(graph)

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
