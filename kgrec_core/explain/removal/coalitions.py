"""The model as a game: its score for one user and one item when some of what it reads is taken away; and who plays it.

Every explainer asks here. Hiding a history item, an edge of the item or its text is the real model run without it:
the closed form is linear in the history and in the item's edges, the KGNN is run on the edges that are left, the
attention on the events that are left. Nothing is approximated; the weight that an entity has for its degree is a
coefficient of the trained model, like any other, and stays.

Players are the user's history items, what the graph says of the item by relation, its text, a request, and popularity.
What others liked enters through the history items, and through popularity where few of them are known. What is left of
the score without any player is the base.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch
from torch import Tensor

from kgrec_core.explain.asker_scores import UserContext
from kgrec_core.model.closed_form import Contributions
from kgrec_core.model.network import Parts


@dataclass(frozen=True, eq=False)
class Coalitions:
    """What is left in, one row a coalition.

    history: (m, events) · edges: (m, edges of the item) · text: (m,) · popularity: (m,) · branches: (m, event branches)
    and attention: (m,), whether they work at all · words: (m, 0 or 1). All bool.
    """

    history: Tensor
    edges: Tensor
    text: Tensor
    popularity: Tensor
    branches: Tensor
    attention: Tensor
    words: Tensor


class Game:
    """Scores of one candidate for one user under coalitions of what the model reads.

    edges: (edges,) edge numbers of the candidate · raw, relations: (edges,) as in `GraphKernel`
    """

    def __init__(self, user: UserContext, candidate: int) -> None:
        self.user, self.candidate = user, candidate
        self.world, self.fusion = user.recommender.world, user.recommender.fusion
        self.edges = torch.from_numpy(self.world.graph.edges_of(candidate))
        kernel = self.world.kernel
        self.raw, self.relations = kernel.raw[self.edges], kernel.edge_relation[self.edges]

    def everything(self, m: int = 1) -> Coalitions:
        """`m` coalitions in which nothing is missing."""
        events, edges = len(self.user.items), len(self.edges)
        alone, words = len(self.user.recommender.columns.events), int(self.user.request is not None)
        shapes = ((m, events), (m, edges), (m,), (m,), (m, alone), (m,), (m, words))
        return Coalitions(*(torch.ones(shape, dtype=torch.bool) for shape in shapes))

    @torch.no_grad()
    def scores(self, left: Coalitions) -> Tensor:
        """(m,) scores of the candidate."""
        vectors, users, branches = self._read(left)
        known, popularity = left.history.sum(1), left.popularity.float()
        item = torch.tensor(self.candidate)
        gain = None if self.user.request is None else left.words.float().squeeze(1) * (left.edges.float() @ self.gains)
        return self.user.score(item, users, branches, vectors=vectors, known=known, gain=gain, popularity=popularity)

    @torch.no_grad()
    def network(self, left: Coalitions) -> Tensor:
        """(m,): what the network adds to these scores; all else is a closed form (`shap_values`)."""
        return self.fusion.network(Parts(*self._read(left), met=self.user.recommender.linear.met[self.candidate]))

    def _read(self, left: Coalitions) -> tuple[Tensor, Tensor, Tensor]:
        """Vectors of the candidate (m, dim), user vectors (m, dim) and branch scores (m, branches)."""
        vectors = self._vectors(left)
        attended = torch.cat([left.history, left.words], 1) & left.attention.unsqueeze(1)
        user, _ = self.fusion.attend(vectors.unsqueeze(0), self.user.read.unsqueeze(0), attended.unsqueeze(0))
        return vectors, user.squeeze(0), self._branches(left)

    @cached_property
    def leave_one_out(self) -> Tensor:
        """(events,) how much the score falls when a history item alone is hidden."""
        return leave_one_out(self.user, self.candidate)

    @cached_property
    def gains(self) -> Tensor:
        """(edges,): what each gains by the words of a request."""
        return torch.zeros(len(self.edges)) if self.user.request is None else self.user.request.gains(self.edges)

    @cached_property
    def profile(self) -> Tensor:
        """(contents, edges): how much history and words speak for each fact, before the weight that it has here."""
        return torch.stack([each.profile.sum(1) for each in self._adds]).sum(0)

    @cached_property
    def _adds(self) -> list[Contributions]:
        """What every event adds to the candidate, and the words."""
        item = np.array([self.candidate])
        words = [] if self.user.request is None else [self.user.request.contributions(item)]
        return [self.user.contributions(item), *words]

    def _branches(self, left: Coalitions) -> Tensor:
        """(m, branches), the columns of `branch_scores` for the candidate."""
        kernel, edges = self.world.kernel, left.edges.float()
        present = zip((left.history.float(), left.words.float()), self._adds, strict=False)
        sums = [
            (here @ adds.profile, here @ adds.text[..., 0].T, *_each(here, adds.alone[:, 0])) for here, adds in present
        ]
        profile, text, *events = (torch.stack(each).sum(0) for each in zip(*sums, strict=True))
        member = kernel.member(self.relations)
        size = (edges * self.raw**2) @ member  # (m, relations)
        shared = (edges * self.raw * profile) @ member  # (contents, m, relations)
        graph = (shared / size.clamp(min=1e-12) ** kernel.size_power).transpose(0, 1)
        text, alone = text * left.text.unsqueeze(1), torch.stack(events, 1) * left.branches
        return self.user.recommender.columns.join(graph, text, alone)

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


def _each(left: Tensor, adds: Tensor) -> list[Tensor]:
    """Of each column of `adds` (events, n), (m,) sums of what is left (m, events) of it."""
    return [left @ column for column in adds.unbind(1)]


@torch.no_grad()
def leave_one_out(user: UserContext, item: int) -> Tensor:
    """(events,): how much the score of an item falls when one event of the history is hidden."""
    asked, count = torch.tensor([item]), len(user.items)
    left = user.branches[asked] - user.contributions(asked.numpy()).branches[:, 0]
    users = _without_each(user, user.recommender.state.vectors[item])[1 : 1 + count]
    fallen: Tensor = user.scores[item] - user.score(asked, users, left, known=count - 1)
    return fallen


def _without_each(user: UserContext, vector: Tensor) -> Tensor:
    """(1 + events, dim): the user vector of an item (dim,) when one of the rows of `user.values` is not read.

    What is left is the sum of what comes before and of what comes after, so no large number is taken from another.
    """
    logits = user.attention_logits(vector.unsqueeze(0))[0].double()
    weights = (logits - logits.amax()).exp().unsqueeze(1)
    parts = torch.cat([weights * user.values.double(), weights], 1)
    none = parts.new_zeros(1, parts.shape[1])
    before = torch.cat([none, parts[:-1]]).cumsum(0)
    after = torch.cat([parts[1:], none]).flip(0).cumsum(0).flip(0)
    sums = before + after
    return (sums[:, :-1] / sums[:, -1:]).float()


@dataclass(frozen=True, eq=False)
class Player:
    """One cause that can be present or absent.

    kind: history | facet | text | words | popularity · events: its place in the history · edges: places among the
    item's edges, all of one relation
    """

    id: str
    kind: str
    events: tuple[int, ...] = ()
    edges: tuple[int, ...] = ()
    relation: str = ""


def players_of(game: Game) -> tuple[Player, ...]:
    """All players of a game. Every event of the history plays for itself; strongest single removal first.

    Weak events in a group would be one more reason beside the others, which none of them is.
    """
    order = np.argsort(-np.abs(game.leave_one_out.numpy()), kind="stable").tolist()
    own = [Player(f"history:{place}", "history", (place,)) for place in order]
    said = game.user.request
    words = [Player("words", "words")] if said is not None else []
    popularity = [Player("popularity", "popularity")] if said is None or not said.wishes else []
    return (*own, *_facets(game), Player("text", "text"), *words, *popularity)


def _facets(game: Game) -> list[Player]:
    names = game.world.graph.relation_names
    kinds = game.world.kernel.edge_relation[game.edges].numpy()
    return [
        Player(
            f"facet:{names[kind]}", "facet", edges=tuple(np.flatnonzero(kinds == kind).tolist()), relation=names[kind]
        )
        for kind in np.unique(kinds).tolist()
    ]


def coalitions(game: Game, players: tuple[Player, ...], present: Tensor) -> Coalitions:
    """What is left in when only some play. present: (m, players) bool."""
    left = game.everything(len(present))
    for part, places in ((left.history, [one.events for one in players]), (left.edges, [one.edges for one in players])):
        owners = [number for number, each in enumerate(places) for _ in each]
        part[:, [place for each in places for place in each]] = present[:, owners]
    for number, player in enumerate(players):
        if player.kind == "text":
            left.text[:] = present[:, number]
        if player.kind == "words":
            left.words[:] = present[:, number].unsqueeze(1)
        if player.kind == "popularity":
            left.popularity[:] = present[:, number]
    return left
