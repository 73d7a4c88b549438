"""What would have to be different for an item to leave the list: history items, or facts of the item, that are gone.

Only what a person could have done or a fact could be: history items and edges of the item. Both are searched with exact
scores of the item and of its nearest rivals; the answer that is given is then checked by the whole model on the whole
catalogue, which also tells the new rank and which item comes in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from kgrec_core.data.interactions import FloatArray, IntArray
from kgrec_core.explain.context import UserContext
from kgrec_core.explain.game import Game
from kgrec_core.explain.rerank import FactReranker, Reranker
from kgrec_core.explain.standing import Standing, standing
from kgrec_core.explain.subsets import Effort, Found, smallest
from kgrec_core.explain.words import Say
from kgrec_core.schema import Counterfactual, Edge

RIVALS = 100  # items that stand nearest to the candidate in the ranking; all searching is done against them
MOST_EVENTS = 160  # history items that may be removed, those whose single removal costs most
TIE = 1e-6  # less than rounding: two scores this close are equal
CHECKED = 3  # sets that the whole model looks at, until one is confirmed

EVENTS = Effort(largest=15, rescored=1000)
FACTS = Effort(largest=15, rescored=700)


@dataclass(frozen=True, eq=False)
class SmallestRemoval:
    """An answer in indices.

    status: found | none, with no set of up to `tried` elements found | budget, the search ended before it knew |
    outside, the item is not in the top k as it is
    removed: places in the history, or edge numbers of the graph
    exhausted: every set of up to so many elements was re-scored · after: the whole ranking without `removed`
    """

    status: str
    removed: tuple[int, ...] = ()
    tried: int = 0
    exhausted: int = 0
    new_rank: int | None = None
    after: Standing | None = None

    @property
    def minimal(self) -> bool | None:
        """Whether it is proven that no smaller set works; None where there is no set."""
        return self.exhausted >= len(self.removed) - 1 if self.status == "found" else None


def without_events(user: UserContext, candidate: int, before: Standing, k: int) -> SmallestRemoval:
    """The smallest set of history items without which `candidate` leaves the top k. before: the ranking as it is."""
    if before.rank(candidate) > k:
        return SmallestRemoval("outside")
    places = _promising(user, candidate)
    items = torch.from_numpy(np.concatenate([[candidate], _rivals(before, candidate, k)]))
    reranker = Reranker(user, torch.from_numpy(places), items)

    def leads(hidden: Tensor) -> Tensor:
        scores = reranker.scores(hidden)
        return scores[:, :1] - scores[:, 1:] - _behind(candidate, items[1:])

    found = smallest(leads, len(places), k, EVENTS)
    exhausted = found.exhausted_up_to if len(places) == len(user.items) else 0
    sets = [tuple(places[list(each)].tolist()) for each in found.working[:CHECKED]]
    return _confirmed(found, exhausted, sets, lambda gone: standing(user, gone), (candidate, k, EVENTS.largest))


def without_facts(game: Game, before: Standing, k: int) -> SmallestRemoval:
    """The smallest set of the candidate's own edges without which it leaves the top k."""
    if before.rank(game.candidate) > k:
        return SmallestRemoval("outside")
    others = torch.from_numpy(_rivals(before, game.candidate, k))
    rivals = FactReranker(game, others)

    def leads(hidden: Tensor) -> Tensor:
        own, theirs = rivals.scores(hidden)
        return own.unsqueeze(1) - theirs - _behind(game.candidate, others)

    found = smallest(leads, len(game.edges), k, FACTS)
    sets = [tuple(game.edges[list(each)].tolist()) for each in found.working[:CHECKED]]
    asked = (game.candidate, k, FACTS.largest)
    return _confirmed(found, found.exhausted_up_to, sets, lambda gone: standing_without_facts(game, gone), asked)


def standing_without_facts(game: Game, gone: tuple[int, ...]) -> Standing:
    """The whole ranking when these edges of the candidate do not exist."""
    others = np.delete(np.arange(game.world.items), game.candidate)
    hidden = torch.from_numpy(np.isin(game.edges.numpy(), gone)).unsqueeze(0)
    own, scores = FactReranker(game, torch.from_numpy(others)).scores(hidden)
    every: FloatArray = np.insert(scores[0].numpy(), game.candidate, float(own))
    return Standing.of(every, game.user)


def _promising(user: UserContext, candidate: int) -> IntArray:
    """Places of the history that may be removed, ascending."""
    drops = Game(user, candidate).falls.numpy()
    places: IntArray = np.sort(np.argsort(-drops, kind="stable")[:MOST_EVENTS])
    return places


def _rivals(before: Standing, candidate: int, k: int) -> IntArray:
    nearest = before.ranked[: max(RIVALS, 2 * k) + 1]
    others: IntArray = nearest[nearest != candidate]
    return others


def _behind(candidate: int, rivals: Tensor) -> Tensor:
    """(rivals,) a hair for those before the candidate in the catalogue: they come first when scores are equal."""
    return TIE * (rivals < candidate)


def _confirmed(
    found: Found,
    exhausted: int,
    sets: list[tuple[int, ...]],
    rerank: Callable[[tuple[int, ...]], Standing],
    asked: tuple[int, int, int],
) -> SmallestRemoval:
    """The first set that the whole catalogue confirms. asked: candidate, k, largest size."""
    candidate, k, largest = asked
    for gone in sets:
        after = rerank(gone)
        if after.rank(candidate) > k:
            return SmallestRemoval("found", gone, found.tried_up_to, exhausted, after.rank(candidate), after)
    complete = found.tried_up_to >= min(largest, found.elements)
    return SmallestRemoval("none" if complete and not sets else "budget", (), found.tried_up_to, exhausted)


@dataclass(frozen=True, eq=False)
class Changes:
    """What would change the list of one user. now: their ranking as it is · k: length of the list."""

    say: Say
    user: UserContext
    now: Standing
    k: int

    def smallest(self, candidate: int) -> tuple[Counterfactual, Counterfactual]:
        """The fewest history items, and the fewest facts, without which the candidate leaves the list."""
        events = without_events(self.user, candidate, self.now, self.k)
        items = tuple(self.say.item_id(int(self.user.items[place])) for place in events.removed)
        facts = without_facts(Game(self.user, candidate), self.now, self.k)
        edges = tuple(edge_of(edge, self.say) for edge in facts.removed)
        return self._told(events, items, ()), self._told(facts, (), edges)

    def _told(self, change: SmallestRemoval, items: tuple[str, ...], edges: tuple[Edge, ...]) -> Counterfactual:
        entering = change.after.entering(self.now, self.k) if change.after else ()
        return Counterfactual(
            status=change.status,
            remove=items,
            new_rank=change.new_rank,
            minimal=change.minimal,
            edges=edges,
            entering=tuple(self.say.cards[item] for item in entering),
            tried=change.tried,
            exhausted=change.exhausted,
        )


def edge_of(edge: int, say: Say) -> Edge:
    """An edge number of the graph, by ids."""
    head, relation, tail = (int(part[edge]) for part in (say.graph.heads, say.graph.relations, say.graph.tails))
    return Edge(say.item_id(head), say.graph.relation_names[relation], say.graph.entities.id(tail))
