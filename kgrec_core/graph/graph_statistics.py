"""The graph in numbers, in all and for each relation."""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from kgrec_core.data.catalog import Catalog
from kgrec_core.graph.typed_graph import Graph
from kgrec_core.schema.columns import HEAD, RELATION, TAIL, TAIL_LABEL
from kgrec_core.schema.knowledge_graph import GraphStatistics, RelationStatistics


def statistics(catalog: Catalog, graph: Graph) -> GraphStatistics:
    """Counts of a catalog's graph; a value of one item only is stored, and left out of the graph."""
    stored = catalog.triples.drop_duplicates([HEAD, RELATION, TAIL])
    counts = stored[RELATION].value_counts()
    rows = [_relation(graph, index, name, int(counts.get(name, 0))) for index, name in enumerate(graph.relation_names)]
    degree = np.bincount(graph.heads, minlength=graph.items)
    return GraphStatistics(
        items=graph.items,
        entities=len(graph.entities),
        facts=len(graph.heads),
        stored=len(stored),
        facts_per_item=float(degree.mean()) if graph.items else 0.0,
        isolated=int((degree == 0).sum()),
        connected=_connected(graph),
        relations=tuple(sorted([*rows, *_left_out(catalog, graph)], key=lambda row: (-row.used, -row.stored))),
    )


def _relation(graph: Graph, index: int, name: str, stored: int) -> RelationStatistics:
    edges = np.flatnonzero(graph.relations == index)
    values, counts = np.unique(graph.tails[edges], return_counts=True)
    items = len(np.unique(graph.heads[edges]))
    top = int(counts.argmax())  # a relation of the graph has an edge
    share = float(counts[top]) / items
    return RelationStatistics(name, stored, len(edges), len(values), items, graph.labels[int(values[top])], share)


def _left_out(catalog: Catalog, graph: Graph) -> list[RelationStatistics]:
    """Relations of which every value belongs to one item only, so that the graph has none of them."""
    rest = catalog.triples[~catalog.triples[RELATION].isin(graph.relation_names)]
    label = TAIL_LABEL if TAIL_LABEL in rest else TAIL
    return [
        RelationStatistics(str(name), len(part), 0, 0, int(part[HEAD].nunique()), str(part[label].iloc[0]), 0.0)
        for name, part in rest.groupby(RELATION)
    ]


def _connected(graph: Graph) -> int:
    """Items in the component that has most of them."""
    nodes = graph.items + len(graph.entities)
    if not nodes:
        return 0
    ones = np.ones(len(graph.heads), dtype=np.int8)
    links = coo_matrix((ones, (graph.heads, graph.tails + graph.items)), shape=(nodes, nodes))
    _, labels = connected_components(links, directed=False)
    return int(np.bincount(labels[: graph.items]).max()) if graph.items else 0
