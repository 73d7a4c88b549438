"""The list again after history items are hidden or added, or facts are taken out of the graph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from kgrec_core.data.interactions import FloatArray, IntArray
from kgrec_core.errors import UnknownIdError
from kgrec_core.explain.asker_scores import UserContext
from kgrec_core.explain.change.counterfactual import ranking_without_facts
from kgrec_core.explain.removal.coalitions import Game
from kgrec_core.explain.removal.ranking import Ranking, ranking, without_edges
from kgrec_core.explain.sentences.clauses import DisplayNames
from kgrec_core.schema.changes import Change
from kgrec_core.schema.explanation import Edge


@dataclass(frozen=True, eq=False)
class IndexedChange:
    """hidden, added: item indices · edges: edge numbers of the graph"""

    hidden: Sequence[int] = ()
    added: Sequence[int] = ()
    edges: Sequence[int] = ()
    without_request: bool = False

    @classmethod
    def of(cls, change: Change, display: DisplayNames) -> IndexedChange:
        """Raises UnknownIdError for an item or an edge that the data do not have."""
        known = display.catalog.item_vocab
        hidden, added = ([known.index(item) for item in ids] for ids in (change.without_items, change.add_items))
        return cls(
            hidden, added, [_edge_number(edge, display) for edge in change.without_edges], change.without_request
        )


def with_likes(user: UserContext, items: Sequence[int], level: int) -> UserContext:
    """The user with these items liked as well; those of the history keep what they are."""
    new: IntArray = np.array([item for item in dict.fromkeys(items) if item not in user.items], dtype=np.int64)
    ones: FloatArray = np.ones(len(new), dtype=np.float32)
    return replace(
        user,
        items=np.concatenate([user.items, new]),
        levels=np.concatenate([user.levels, np.full(len(new), level, dtype=np.int64)]),
        weights=np.concatenate([user.weights, ones]),
    )


def changed(user: UserContext, change: IndexedChange, level: int) -> Ranking:
    """The whole ranking after a change. level: rating level of added items."""
    user = with_likes(replace(user, request=None) if change.without_request else user, change.added, level)
    places = np.flatnonzero(np.isin(user.items, list(change.hidden))).tolist()
    heads = np.unique(user.recommender.world.graph.heads[list(change.edges)])
    if len(heads) == 1 and not places and int(heads[0]) not in user.items:
        return ranking_without_facts(Game(user, int(heads[0])), tuple(change.edges))  # no new world to build
    return ranking(without_edges(user, change.edges) if change.edges else user, places)


def _edge_number(edge: Edge, display: DisplayNames) -> int:
    """Raises UnknownIdError for an edge that the graph does not have."""
    graph = display.graph
    head = display.catalog.item_vocab.index(edge.head)
    for number in graph.edges_of(head).tolist():
        names = (graph.relation_names[int(graph.relations[number])], graph.entities.id(int(graph.tails[number])))
        if names == (edge.relation, edge.tail):
            return int(number)
    raise UnknownIdError(
        f"{edge.head} has no fact {edge.relation} {edge.tail!r} in the graph. "
        "Take an edge of a path or of a counterfactual of Service.explain."
    )
