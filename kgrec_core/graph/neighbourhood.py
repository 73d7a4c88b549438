"""What lies around one item or one entity of the graph, as indices."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from kgrec_core.data.interactions import IntArray
from kgrec_core.graph.typed_graph import Graph


@dataclass(frozen=True, slots=True)
class Surroundings:
    """edges: edge numbers, the centre's own first · total: neighbours of the centre before any were left out."""

    edges: tuple[int, ...]
    total: int


def around_entity(graph: Graph, entity: int, relations: Collection[int], known: IntArray, most: int) -> Surroundings:
    """The `most` best-known items that have the entity; known: (items,) how many users liked each.

    relations: indices of those that count; all of them when empty.
    """
    edges = _allowed(graph, graph.edges_to(entity), relations)
    items = np.unique(graph.heads[edges])
    shown = items[np.argsort(-known[items], kind="stable")][:most]
    place = {int(item): rank for rank, item in enumerate(shown)}
    kept = [int(edge) for edge in edges if int(graph.heads[edge]) in place]
    return Surroundings(tuple(sorted(kept, key=lambda edge: place[int(graph.heads[edge])])), len(items))


def around_item(graph: Graph, item: int, relations: Collection[int], most: int) -> Surroundings:
    """Up to `most` entities of the item, in turn from each relation, the best known of a relation first."""
    edges = _allowed(graph, graph.edges_of(item), relations)
    edges = edges[np.argsort(-graph.fame[graph.tails[edges]], kind="stable")]
    turn: Counter[int] = Counter()
    order: list[tuple[int, int, int]] = []
    for edge in edges.tolist():
        relation = int(graph.relations[edge])
        order.append((turn[relation], relation, edge))
        turn[relation] += 1
    shown: dict[int, None] = {}
    for _, _, edge in sorted(order):
        if len(shown) < most:
            shown.setdefault(int(graph.tails[edge]))
    kept = [edge for _, _, edge in sorted(order) if int(graph.tails[edge]) in shown]
    return Surroundings(tuple(kept), len(np.unique(graph.tails[edges])))


def shared_around(graph: Graph, items: Collection[int], without: int, most: int) -> tuple[int, ...]:
    """Edges from `items` to the `most` entities that tell most of what they share; entity `without` is left out.

    An entity of n of these items and of m in all tells n log(items / m): what nearly everything has tells nothing.
    """
    edges = [int(edge) for item in items for edge in graph.edges_of(item) if graph.tails[edge] != without]
    having = Counter(entity for entity, _ in {(int(graph.tails[edge]), int(graph.heads[edge])) for edge in edges})
    tells = {
        entity: count * math.log(graph.items / len(np.unique(graph.heads[graph.edges_to(entity)])))
        for entity, count in having.items()
        if count >= 2
    }
    chosen = set(sorted(tells, key=lambda entity: (-tells[entity], entity))[:most])
    return tuple(edge for edge in edges if int(graph.tails[edge]) in chosen)


def _allowed(graph: Graph, edges: IntArray, relations: Collection[int]) -> IntArray:
    return edges[np.isin(graph.relations[edges], list(relations))] if relations else edges
