"""What would have to be different for an item to leave the list: history items, or facts of the item, that are gone.

Only what a person could have done or a fact could be: history items and edges of the item. The smallest set of them is
searched best first, exhaustively where it is small. A lead is the item's score minus a rival's; the item is out when at
least k leads are below zero. Single removals are all re-scored. What they cost each lead is added up to guess the cost
of larger sets, which is nearly right, for most of the model is linear in what is removed; the sets that look best are
re-scored exactly, against the nearest rivals, so a set that is found works. The answer that is given is then checked by
the whole model on the whole catalogue, which also tells the new rank and which item comes in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np
import torch
from torch import Tensor

from kgrec_core.data.interactions import FloatArray, IntArray
from kgrec_core.explain.asker_scores import UserContext
from kgrec_core.explain.change.facts_bound import stays_without_any_facts
from kgrec_core.explain.effort_limits import REMOVED_EVENTS, REMOVED_FACTS, Effort
from kgrec_core.explain.removal.coalitions import Game
from kgrec_core.explain.removal.ranking import Ranking, ranking
from kgrec_core.explain.removal.removed_edges import FactRescorer
from kgrec_core.explain.removal.removed_events import HistoryRescorer
from kgrec_core.explain.sentences.clauses import DisplayNames
from kgrec_core.schema.explanation import Counterfactual, Edge

RIVALS = 100  # items that stand nearest to the candidate in the ranking; all searching is done against them
MOST_EVENTS = 160  # history items that may be removed, those whose single removal costs most
TIE = 1e-6  # less than rounding: two scores this close are equal
CHECKED = 3  # sets that the whole model looks at, until one is confirmed
BEAM = 24  # sets of each size that are grown by one more element
TRIED, TRIED_LARGE = 96, 32  # sets of each size up to 3, and of each larger size, that are re-scored
FEW = 400  # sets of one size are all re-scored up to this many
GUESSED = 60_000  # sets of one size whose leads are guessed, at most
Leads = Callable[[Tensor], Tensor]
"""(m, n) bool, True = removed -> (m, rivals) leads of the item over each rival."""


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
    after: Ranking | None = None

    @property
    def minimal(self) -> bool | None:
        """Whether it is proven that no smaller set works; None where there is no set."""
        return self.exhausted >= len(self.removed) - 1 if self.status == "found" else None


def without_events(user: UserContext, candidate: int, before: Ranking, k: int) -> SmallestRemoval:
    """The smallest set of history items without which `candidate` leaves the top k. before: the ranking as it is."""
    if before.rank(candidate) > k:
        return SmallestRemoval("outside")
    places = _promising(user, candidate)
    items = torch.from_numpy(np.concatenate([[candidate], _rivals(before, candidate, k)]))
    reranker = HistoryRescorer(user, torch.from_numpy(places), items)

    def leads(hidden: Tensor) -> Tensor:
        scores = reranker.scores(hidden)
        return scores[:, :1] - scores[:, 1:] - _behind(candidate, items[1:])

    found = smallest(leads, len(places), k, REMOVED_EVENTS)
    exhausted = found.exhausted_up_to if len(places) == len(user.items) else 0
    sets = [tuple(places[list(each)].tolist()) for each in found.working[:CHECKED]]
    return _confirmed(found, exhausted, sets, lambda gone: ranking(user, gone), (candidate, k, REMOVED_EVENTS.largest))


def without_facts(game: Game, before: Ranking, k: int) -> SmallestRemoval:
    """The smallest set of the candidate's own edges without which it leaves the top k."""
    if before.rank(game.candidate) > k:
        return SmallestRemoval("outside")
    if stays_without_any_facts(game, before, k, TIE):
        return SmallestRemoval("none", tried=len(game.edges), exhausted=len(game.edges))
    others = torch.from_numpy(_rivals(before, game.candidate, k))
    rivals = FactRescorer(game, others)

    def leads(hidden: Tensor) -> Tensor:
        own, theirs = rivals.scores(hidden)
        return own.unsqueeze(1) - theirs - _behind(game.candidate, others)

    found = smallest(leads, len(game.edges), k, REMOVED_FACTS)
    sets = [tuple(game.edges[list(each)].tolist()) for each in found.working[:CHECKED]]
    asked = (game.candidate, k, REMOVED_FACTS.largest)
    return _confirmed(found, found.exhausted_up_to, sets, lambda gone: ranking_without_facts(game, gone), asked)


def ranking_without_facts(game: Game, gone: tuple[int, ...]) -> Ranking:
    """The whole ranking when these edges of the candidate do not exist."""
    others = np.delete(np.arange(game.world.items), game.candidate)
    hidden = torch.from_numpy(np.isin(game.edges.numpy(), gone)).unsqueeze(0)
    own, scores = FactRescorer(game, torch.from_numpy(others)).scores(hidden)
    every: FloatArray = np.insert(scores[0].numpy(), game.candidate, float(own))
    return Ranking.of(every, game.user)


def _promising(user: UserContext, candidate: int) -> IntArray:
    """Places of the history that may be removed, ascending."""
    drops = Game(user, candidate).leave_one_out.numpy()
    places: IntArray = np.sort(np.argsort(-drops, kind="stable")[:MOST_EVENTS])
    return places


def _rivals(before: Ranking, candidate: int, k: int) -> IntArray:
    nearest = before.ranked[: max(RIVALS, 2 * k) + 1]
    others: IntArray = nearest[nearest != candidate]
    return others


def _behind(candidate: int, rivals: Tensor) -> Tensor:
    """(rivals,) a hair for those before the candidate in the catalogue: they come first when scores are equal."""
    return TIE * (rivals < candidate)


def _confirmed(
    search: FoundSubsets,
    exhausted: int,
    sets: list[tuple[int, ...]],
    rerank: Callable[[tuple[int, ...]], Ranking],
    asked: tuple[int, int, int],
) -> SmallestRemoval:
    """The first set that the whole catalogue confirms. asked: candidate, k, largest size."""
    candidate, k, largest = asked
    for gone in sets:
        after = rerank(gone)
        if after.rank(candidate) > k:
            return SmallestRemoval("found", gone, search.tried_up_to, exhausted, after.rank(candidate), after)
    complete = search.tried_up_to >= min(largest, search.elements)
    return SmallestRemoval("none" if complete and not sets else "budget", (), search.tried_up_to, exhausted)


@dataclass(frozen=True, eq=False)
class Counterfactuals:
    """What would change the list of one user. now: their ranking as it is · k: length of the list."""

    display: DisplayNames
    user: UserContext
    now: Ranking
    k: int

    def smallest(self, candidate: int) -> tuple[Counterfactual, Counterfactual]:
        """The fewest history items, and the fewest facts, without which the candidate leaves the list."""
        events = without_events(self.user, candidate, self.now, self.k)
        items = tuple(self.display.item_id(int(self.user.items[place])) for place in events.removed)
        facts = without_facts(Game(self.user, candidate), self.now, self.k)
        edges = tuple(edge_of(edge, self.display) for edge in facts.removed)
        return self._answer(events, items, ()), self._answer(facts, (), edges)

    def _answer(self, change: SmallestRemoval, items: tuple[str, ...], edges: tuple[Edge, ...]) -> Counterfactual:
        entering = change.after.entering(self.now, self.k) if change.after else ()
        return Counterfactual(
            status=change.status,
            remove=items,
            new_rank=change.new_rank,
            minimal=change.minimal,
            edges=edges,
            entering=tuple(self.display.cards[item] for item in entering),
            tried=change.tried,
            exhausted=change.exhausted,
        )


def edge_of(edge: int, display: DisplayNames) -> Edge:
    """An edge number of the graph, by ids."""
    head, relation, tail = (
        int(part[edge]) for part in (display.graph.heads, display.graph.relations, display.graph.tails)
    )
    return Edge(display.item_id(head), display.graph.relation_names[relation], display.graph.entities.id(tail))


@dataclass(frozen=True, eq=False)
class FoundSubsets:
    """What a search found. Sets are index tuples; `working` are re-scored ones that push the item out, best first."""

    working: tuple[tuple[int, ...], ...]
    tried_up_to: int  # size of the largest sets that were looked for
    exhausted_up_to: int  # every set up to this size was re-scored
    elements: int  # that could be removed


def smallest(leads: Leads, elements: int, k: int, effort: Effort) -> FoundSubsets:
    """The smallest removals of up to `effort.largest` of `elements` that put the item behind at least k rivals.

    The item is taken to be in the top k as long as nothing is removed.
    """
    sets, spent, exhausted = torch.arange(elements).unsqueeze(1), elements, min(1, elements)
    exact = leads(_removed(sets, elements))
    cost = leads(torch.zeros(1, elements, dtype=torch.bool)) - exact
    working = _working(sets, exact, k)
    size = exhausted
    while not working and size < min(effort.largest, elements) and spent < effort.rescored:
        size += 1
        sets, complete = _larger(sets, exact, cost, k)
        exact = leads(_removed(sets, elements))
        spent += len(sets)
        exhausted = size if complete and exhausted == size - 1 else exhausted
        working = _working(sets, exact, k)
    smaller = [reduced for each in working[:1] if size > exhausted + 1 for reduced in _parts(each, leads, elements, k)]
    return FoundSubsets(tuple(smaller) or working, size, exhausted, elements)


def margin(leads: Tensor, k: int) -> Tensor:
    """(m, rivals) leads -> (m,): the k-th smallest; below zero where the item is out of the top k."""
    if leads.shape[1] < k:
        return leads.new_full((len(leads),), torch.inf)
    return torch.from_numpy(np.partition(leads.numpy(), k - 1, 1)[:, k - 1].copy())  # torch takes six times as long


def _larger(sets: Tensor, exact: Tensor, cost: Tensor, k: int) -> tuple[Tensor, bool]:
    """Sets of one element more to re-score, and whether these are all that there are. cost: (elements, rivals)."""
    elements, size = len(cost), sets.shape[1] + 1
    if comb(elements, size) <= FEW:
        return torch.tensor(list(combinations(range(elements), size))), True
    parents = margin(exact, k).argsort(stable=True)[: max(BEAM, GUESSED // elements if size == 2 else 0)]
    rows, added = (_removed(sets[parents], elements).logical_not()).nonzero(as_tuple=True)
    guessed = margin(exact[parents][rows] - cost[added], k)
    most = TRIED if size <= 3 else TRIED_LARGE
    best = guessed.argsort(stable=True)[: size * most]  # a set may have grown in as many ways as it has elements
    grown = torch.cat([sets[parents][rows[best]], added[best].unsqueeze(1)], 1).sort(1).values
    return _first_of_each(grown)[:most], False


def _first_of_each(rows: Tensor) -> Tensor:
    """Distinct rows in the order in which they first come."""
    return torch.tensor(list(dict.fromkeys(map(tuple, rows.tolist()))))


def _parts(chosen: tuple[int, ...], leads: Leads, elements: int, k: int) -> tuple[tuple[int, ...], ...]:
    """Sets that work, made of all but one element of `chosen`, or of these sets in turn; none where none does."""
    parts = torch.tensor([chosen[:gone] + chosen[gone + 1 :] for gone in range(len(chosen))])
    working = _working(parts, leads(_removed(parts, elements)), k)
    return (_parts(working[0], leads, elements, k) or working) if working else ()


def _removed(sets: Tensor, elements: int) -> Tensor:
    """(m, size) indices -> (m, elements) bool."""
    out = torch.zeros(len(sets), elements, dtype=torch.bool)
    return out.scatter(1, sets, True) if sets.numel() else out


def _working(sets: Tensor, leads: Tensor, k: int) -> tuple[tuple[int, ...], ...]:
    margins = margin(leads, k)
    order = margins.argsort(stable=True)
    return tuple(tuple(sets[index].tolist()) for index in order[margins[order] < 0].tolist())
