"""Paths between any two nodes of the graph: those of fewest steps, and the strongest.

Nodes are numbered: items first, then entities. A step joins an item and an entity that it has. The strength of a path
is the path degree product of Himmelstein and Baranzini 2015 (PLOS Comput Biol, "Heterogeneous network edge
prediction"): each step weighs the degrees at both of its ends with DAMPING, so that a path over what hardly anything
has is stronger than one over what everything has. The ends of a path count the same for all paths and are left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra, yen

from kgrec_core.data.interactions import IntArray
from kgrec_core.graph.typed_graph import Graph

DAMPING = 0.4  # the exponent that predicted best there
MOST_STEPS = 8  # a longer path tells nobody anything
MOST_PATHS = 3
NEAREST = 300  # nodes, those on the cheapest ways, among which further paths are looked for: it bounds their time
_TIE = 1e-3  # of the cost of a step: between paths of as many steps the stronger one comes first

Costs = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class NodePath:
    """nodes: from the start to the end · strength: 1 where nothing lies between, else above 0 and below 1."""

    nodes: tuple[int, ...]
    strength: float


@dataclass(frozen=True, eq=False)
class PathFinder:
    """Read-only. A search visits each step of the graph at most a few times: some ms for a hundred thousand facts."""

    graph: Graph

    def shortest(self, start: int, end: int, most: int = MOST_PATHS) -> list[NodePath]:
        """Up to `most` paths, those of fewest steps first; none where there is none of up to MOST_STEPS."""
        return self._best(self._fewest, start, end, most)

    def strongest(self, start: int, end: int, most: int = MOST_PATHS) -> list[NodePath]:
        """Up to `most` paths, the strongest first; none where all that are found have more than MOST_STEPS."""
        return self._best(self._weakness, start, end, most)

    def edges_between(self, node: int, other: int) -> IntArray:
        """Edge numbers of the facts that join an item and an entity, in whatever order they are named."""
        item, entity = sorted((node, other))
        edges = self.graph.edges_of(item)
        found: IntArray = edges[self.graph.tails[edges] == entity - self.graph.items]
        return found

    def strength(self, nodes: tuple[int, ...]) -> float:
        between = self._degrees[list(nodes[1:-1])]
        return float(np.prod(between ** (-2.0 * DAMPING)))

    def _best(self, costs: csr_matrix, start: int, end: int, most: int) -> list[NodePath]:
        if start == end:
            return []
        from_start, to_end = dijkstra(costs, directed=False, indices=[start, end])
        if not np.isfinite(from_start[end]):
            return []
        over = from_start + to_end
        near = np.sort(np.argsort(over, kind="stable")[:NEAREST])
        near = near[np.isfinite(over[near])]
        first, last = (int(np.searchsorted(near, node)) for node in (start, end))
        _, before = yen(costs[near][:, near], first, last, most, directed=False, return_predecessors=True)
        found = [tuple(int(near[node]) for node in _walk(row, first, last)) for row in before]
        return [NodePath(nodes, self.strength(nodes)) for nodes in found if len(nodes) <= MOST_STEPS + 1]

    @cached_property
    def _degrees(self) -> Costs:
        return np.bincount(np.concatenate(self._ends), minlength=self._nodes).astype(np.float64)

    @cached_property
    def _ends(self) -> tuple[IntArray, IntArray]:
        """Both ends of each step once, however many facts join the two."""
        pairs = np.unique(self.graph.heads * len(self.graph.entities) + self.graph.tails)
        return pairs // len(self.graph.entities), pairs % len(self.graph.entities) + self.graph.items

    @property
    def _nodes(self) -> int:
        return self.graph.items + len(self.graph.entities)

    @cached_property
    def _weakness(self) -> csr_matrix:
        """(nodes, nodes): the logarithm of what a step takes from the strength."""
        items, entities = self._ends
        return self._matrix(DAMPING * (np.log(self._degrees[items]) + np.log(self._degrees[entities])))

    @cached_property
    def _fewest(self) -> csr_matrix:
        """(nodes, nodes): 1 for a step, and a little for its weakness, which over MOST_STEPS stays below 1."""
        weakness = self._weakness
        return csr_matrix((1.0 + _TIE * weakness.data, weakness.indices, weakness.indptr), shape=weakness.shape)

    def _matrix(self, cost: Costs) -> csr_matrix:
        items, entities = self._ends
        both = (np.concatenate((items, entities)), np.concatenate((entities, items)))
        least = np.finfo(np.float32).tiny  # a step that costs nothing would be none to scipy
        return csr_matrix((np.concatenate((cost, cost)) + least, both), shape=(self._nodes, self._nodes))


def _walk(before: IntArray, start: int, end: int) -> list[int]:
    """before: (nodes,) of each node the one that comes before it."""
    nodes = [end]
    while nodes[-1] != start:
        nodes.append(int(before[nodes[-1]]))
    return nodes[::-1]
