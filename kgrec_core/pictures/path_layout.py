"""Where each node of a set of paths stands: columns by distance from the user, rows so that few edges cross."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kgrec_core.schema.explanation import Node, ScoredPath

SWEEPS = 4  # rounds of barycentre ordering; later rounds change nothing on a few dozen nodes


@dataclass(frozen=True, slots=True)
class PlacedNode:
    node: Node
    column: int  # 0 is the user
    row: float  # 0 is the middle; negative is above
    relations: tuple[str, ...]  # by which the shown paths reach it, e.g. ("director",)


@dataclass(frozen=True, slots=True)
class PlacedLink:
    """One step that some shown paths share; `weight` sums the positive contributions of those paths."""

    start: str  # node ids, from left to right
    end: str
    relation: str
    weight: float


@dataclass(frozen=True, slots=True)
class PathLayout:
    nodes: tuple[PlacedNode, ...]
    links: tuple[PlacedLink, ...]
    columns: int
    rows: int  # of the fullest column


def layered(paths: Sequence[ScoredPath]) -> PathLayout:
    """Columns from left to right as in the sentence "you, what you liked, what they share, the item".

    A node stands in the rightmost column that any path gives it; rows follow the mean row of the neighbours
    (Sugiyama et al. 1981, barycentre heuristic).
    """
    links = _links(paths)
    columns = _columns(paths)
    order = _ordered(columns, links)
    nodes = {node.id: node for path in paths for node in path.nodes}
    relations = _relations(links, columns, nodes)
    placed = tuple(
        PlacedNode(nodes[name], column, row - (len(names) - 1) / 2, relations.get(name, ()))
        for column, names in enumerate(order)
        for row, name in enumerate(names)
    )
    return PathLayout(placed, links, len(order), max((len(names) for names in order), default=0))


def _links(paths: Sequence[ScoredPath]) -> tuple[PlacedLink, ...]:
    links: dict[tuple[str, str, str], PlacedLink] = {}
    for path in paths:
        for start, end, edge in zip(path.nodes, path.nodes[1:], path.edges, strict=False):
            key = (start.id, end.id, edge.relation)
            known = links.get(key, PlacedLink(*key, 0.0))
            links[key] = replace(known, weight=known.weight + max(path.contribution, 0.0))
    return tuple(links.values())


def _columns(paths: Sequence[ScoredPath]) -> dict[str, int]:
    last = max((len(path.nodes) - 1 for path in paths), default=0)
    columns: dict[str, int] = {}
    for path in paths:
        for column, node in enumerate(path.nodes[:-1]):
            columns[node.id] = max(columns.get(node.id, 0), column)
    return columns | {path.nodes[-1].id: last for path in paths}


def _ordered(columns: dict[str, int], links: Sequence[PlacedLink]) -> list[list[str]]:
    order: list[list[str]] = [[] for _ in range(max(columns.values(), default=-1) + 1)]
    for name, column in columns.items():
        order[column].append(name)
    order = [names for names in order if names]
    for _ in range(SWEEPS):
        for column, names in enumerate(order):
            rows = {name: row - (len(others) - 1) / 2 for others in order for row, name in enumerate(others)}
            order[column] = sorted(names, key=lambda name: _mean_row(name, links, rows))
    return order


def _mean_row(name: str, links: Sequence[PlacedLink], rows: dict[str, float]) -> float:
    near = [rows[link.start if link.end == name else link.end] for link in links if name in (link.start, link.end)]
    return sum(near) / len(near) if near else rows[name]


def _relations(
    links: Sequence[PlacedLink], columns: dict[str, int], nodes: Mapping[str, Node]
) -> dict[str, tuple[str, ...]]:
    """Relations of the links at each entity between the ends, those into it first."""
    last = max(columns.values(), default=0)
    found: dict[str, dict[str, None]] = {}
    for link in (*links, *(replace(link, end=link.start) for link in links)):
        if 0 < columns[link.end] < last and nodes[link.end].type not in ("item", "user", "words"):
            found.setdefault(link.end, {})[link.relation] = None
    return {name: tuple(relations) for name, relations in found.items()}
