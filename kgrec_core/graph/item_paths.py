"""Paths from what a user liked to a candidate item, over stored facts only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from kgrec_core.graph.typed_graph import Graph


@dataclass(frozen=True, slots=True)
class ItemPath:
    """A walk item - entity - item (- entity - item): first a history item, last the candidate.

    items: item indices, one more than half the edges · edges: edge numbers of the graph in walking order,
    the odd ones walked from tail to head
    """

    items: tuple[int, ...]
    edges: tuple[int, ...]


def shared_paths(graph: Graph, history: Sequence[int], candidate: int) -> list[ItemPath]:
    """Every history item - entity - candidate; with the user's own edge these have three edges.

    An entity in two roles, writer of the one and director of the other, only where it has no role in both.
    """
    wanted = np.zeros(graph.items, dtype=bool)
    wanted[list(history)] = True
    wanted[candidate] = False
    lasts = graph.edges_of(candidate)
    order, starts = graph.by_tail
    begin, end = starts[graph.tails[lasts]], starts[graph.tails[lasts] + 1]
    place = np.repeat(np.arange(len(lasts)), end - begin)
    step = np.arange(len(place)) - np.repeat(np.cumsum(end - begin) - (end - begin), end - begin)
    firsts = order[begin[place] + step]
    kept = wanted[graph.heads[firsts]]
    firsts, ends = firsts[kept], lasts[place[kept]]
    same = graph.relations[firsts] == graph.relations[ends]
    pairs = graph.heads[firsts] * len(graph.entities) + graph.tails[ends]
    told = same | ~np.isin(pairs, pairs[same])
    firsts, ends = firsts[told], ends[told]
    found = zip(graph.heads[firsts].tolist(), firsts.tolist(), ends.tolist(), strict=True)
    return [ItemPath((item, candidate), (first, last)) for item, first, last in found]


def bridged_paths(graph: Graph, history: Sequence[int], candidate: int, most: int) -> list[ItemPath]:
    """Up to `most` walks history item - entity - other item - entity - candidate, rarest entities first.

    Two entities in a row must differ, and the item between is neither in the history nor the candidate.
    """
    found: list[tuple[float, ItemPath]] = []
    known = set(history) | {candidate}
    for bridge, last, third in _bridges(graph, known, candidate, most):
        for first in graph.edges_of(bridge):
            entity = int(graph.tails[first])
            if entity == int(graph.tails[last]) or graph.fame[entity] > _COMMON:
                continue
            for start in graph.edges_to(entity):
                item = int(graph.heads[start])
                if item in known and item != candidate:
                    path = ItemPath((item, bridge, candidate), (int(start), int(first), third, last))
                    found.append((float(graph.fame[entity]) + float(graph.fame[graph.tails[last]]), path))
        if len(found) > 20 * most:
            break
    found.sort(key=lambda pair: (pair[0], pair[1].edges))
    return [path for _, path in found[:most]]


_COMMON = 400  # entities of more items than this (Drama, English) say nothing on a walk of five edges


def _bridges(graph: Graph, known: set[int], candidate: int, most: int) -> Iterator[tuple[int, int, int]]:
    """(other item, the candidate's edge, the other item's edge to the same entity), rarest entity first."""
    last_edges = graph.edges_of(candidate)
    order = np.argsort(graph.fame[graph.tails[last_edges]], kind="stable")
    for last in last_edges[order][: 2 * most]:
        entity = int(graph.tails[last])
        if graph.fame[entity] > _COMMON:
            return
        for third in graph.edges_to(entity):
            bridge = int(graph.heads[third])
            if bridge not in known:
                yield bridge, int(last), int(third)
