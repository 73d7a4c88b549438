"""The knowledge graph as arrays: one edge for each fact that an item shares with another item."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from kgrec_core.data.catalog import Catalog
from kgrec_core.data.interactions import FloatArray, IntArray
from kgrec_core.data.vocab import Vocab
from kgrec_core.schema.columns import HEAD, RELATION, TAIL, TAIL_LABEL

TAIL_COUNT = "tail_count"
CROWD = 5  # tails of one relation that an item has on average, from which on most of them are extras


@dataclass(frozen=True, eq=False)
class Graph:
    """Edges sorted by head: edge j says that item heads[j] has relations[j] to entity tails[j].

    heads: (edges,) item index · relations: (edges,) index into relation_names · tails: (edges,) entity index
    """

    items: int
    entities: Vocab
    labels: tuple[str, ...]  # of entities
    types: tuple[str, ...]  # of entities: person, genre, ...
    fame: IntArray  # (entities,) items that have the entity in the source of the facts
    relation_names: tuple[str, ...]
    heads: IntArray
    relations: IntArray
    tails: IntArray

    @cached_property
    def starts(self) -> IntArray:
        """(items + 1,): the edges of item i are starts[i] to starts[i + 1]."""
        return np.searchsorted(self.heads, np.arange(self.items + 1)).astype(np.int64)

    @cached_property
    def by_tail(self) -> tuple[IntArray, IntArray]:
        """Edge numbers sorted by entity, and (entities + 1,) where each entity begins in them."""
        order = np.argsort(self.tails, kind="stable").astype(np.int64)
        starts = np.searchsorted(self.tails[order], np.arange(len(self.entities) + 1))
        return order, starts.astype(np.int64)

    @cached_property
    def usual_fame(self) -> FloatArray:
        """(relations,) median fame over the edges of a relation that gives an item CROWD tails or more, as a cast does.

        0 for the others. A person of less fame is an extra.
        """
        found = np.zeros(len(self.relation_names), dtype=np.float32)
        for relation in np.unique(self.relations).tolist():
            edges = self.relations == relation
            if edges.sum() >= CROWD * len(np.unique(self.heads[edges])):
                found[relation] = np.median(self.fame[self.tails[edges]])
        return found

    def edges_of(self, item: int) -> IntArray:
        """Edge numbers of an item."""
        return np.arange(self.starts[item], self.starts[item + 1])

    def edges_to(self, entity: int) -> IntArray:
        """Edge numbers of an entity."""
        order, starts = self.by_tail
        return order[starts[entity] : starts[entity + 1]]

    def select(self, edges: IntArray) -> Graph:
        """The graph with only these edges; entities and relations keep their indices."""
        kept = np.sort(edges)
        return replace(self, heads=self.heads[kept], relations=self.relations[kept], tails=self.tails[kept])

    def without_edges(self) -> Graph:
        """The same items and entities, connected by nothing."""
        return self.select(np.zeros(0, dtype=np.int64))

    def shuffled(self, seed: int) -> Graph:
        """Tails permuted within each relation: same degrees, no meaning. The control of the ablation."""
        rng, tails = np.random.default_rng(seed), self.tails.copy()
        for relation in range(len(self.relation_names)):
            rows = np.flatnonzero(self.relations == relation)
            tails[rows] = rng.permutation(tails[rows])
        return replace(self, tails=tails)


def build_graph(catalog: Catalog) -> Graph:
    """The graph of a catalog's triples; entities that touch one item only stay in storage and out of it."""
    triples = catalog.triples.drop_duplicates([HEAD, RELATION, TAIL])
    shared = triples.groupby(TAIL)[HEAD].transform("nunique") >= 2
    triples = triples[shared]
    entities, relations = Vocab.of(triples[TAIL], "entity"), Vocab.of(sorted(triples[RELATION].unique()), "relation")
    heads = catalog.item_vocab.indices(triples[HEAD].to_numpy())
    tails, kinds = entities.indices(triples[TAIL].to_numpy()), relations.indices(triples[RELATION].to_numpy())
    order = np.lexsort((tails, kinds, heads))
    first = triples.drop_duplicates(TAIL).set_index(TAIL).loc[list(entities.ids)] if len(triples) else triples
    return Graph(
        items=len(catalog.item_vocab),
        entities=entities,
        labels=_labels(first, entities),
        types=tuple(catalog.domain.phrase(str(relation)).entity_type for relation in first[RELATION]),
        fame=_fame(first, tails, len(entities)),
        relation_names=relations.ids,
        heads=heads[order],
        relations=kinds[order],
        tails=tails[order],
    )


def _labels(first: pd.DataFrame, entities: Vocab) -> tuple[str, ...]:
    if TAIL_LABEL not in first:
        return entities.ids
    return tuple(first[TAIL_LABEL].fillna(pd.Series(entities.ids, index=first.index)).astype(str))


def _fame(first: pd.DataFrame, tails: IntArray, entities: int) -> IntArray:
    if TAIL_COUNT in first:
        return first[TAIL_COUNT].to_numpy(dtype=np.int64)
    return np.bincount(tails, minlength=entities).astype(np.int64)
