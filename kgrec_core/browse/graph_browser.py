"""The knowledge graph for people: search, surroundings, statistics, quality, and whose lists a thing drives."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable
from functools import cached_property
from itertools import pairwise

import numpy as np

from kgrec_core.browse.influence import RescoredLists
from kgrec_core.data.interactions import IntArray
from kgrec_core.errors import UnknownIdError, closest
from kgrec_core.explain.sentences.clauses import DisplayNames
from kgrec_core.graph.graph_quality import findings
from kgrec_core.graph.graph_statistics import statistics
from kgrec_core.graph.neighbourhood import Surroundings, around_entity, around_item, shared_around
from kgrec_core.graph.place_paths import MOST_STEPS, NodePath, PathFinder
from kgrec_core.schema.knowledge_graph import (
    ChangedList,
    Fact,
    FoundPaths,
    GraphFinding,
    GraphStatistics,
    Influence,
    Neighbourhood,
    Place,
    PlacePath,
)
from kgrec_core.schema.progress import Progress, no_progress

SHARED = 12  # items or entities of the second step, at most
MOST_VALUES = 500  # of one relation
RARE = 60  # entities of more items than this say too little to lead from one item to another


class GraphBrowser:
    """Read-only; shared by all sessions. Raises UnknownIdError for a key that no place has."""

    def __init__(self, display: DisplayNames, lists: RescoredLists) -> None:
        self._display, self._graph, self._lists = display, display.graph, lists

    def search(self, words: str, most: int = 8) -> tuple[Place, ...]:
        """The places whose name has these words: whole names first, then beginnings, then those with most facts."""
        wanted = _plain(words)
        if not wanted:
            return ()
        hits = [(rank, index) for index, name in enumerate(self._names) if (rank := _match(wanted, name)) is not None]
        best = sorted(hits, key=lambda hit: (hit[0], -self._weight(hit[1]), hit[1]))[:most]
        return tuple(self._place(index) for _, index in best)

    def place(self, key: str) -> Place:
        return self._place(self._index(key))

    def well_known(self, most: int = 6) -> tuple[Place, ...]:
        """People with most facts in the graph, to begin with; other entities where there are no people."""
        degree = np.bincount(self._graph.tails, minlength=len(self._graph.entities))
        people = [index for index, kind in enumerate(self._graph.types) if kind == "person"]
        among = people or list(range(len(self._graph.entities)))
        best = sorted(among, key=lambda entity: (-int(degree[entity]), entity))[:most]
        return tuple(self._place(self._graph.items + entity) for entity in best)

    def start(self, liked: Collection[str]) -> Place:
        """Where to begin for someone who liked these items: what most of them share; the best known without any.

        A person who is in two of them or more goes before kinds, countries and the like; among those the rarer ones
        count more (term frequency times inverse document frequency, Spaerck Jones 1972).
        """
        index = [self._index(f"item:{name}") for name in liked]
        tails = [np.unique(self._graph.tails[self._graph.edges_of(item)]) for item in index]
        shared = np.bincount(np.concatenate(tails) if tails else [], minlength=len(self._graph.entities))
        often = [entity for entity in np.flatnonzero(shared >= 2).tolist()]
        people = [entity for entity in often if self._graph.types[entity] == "person"]
        fame = self._graph.fame
        if people:
            return self._place(self._graph.items + min(people, key=lambda one: (-shared[one], fame[one], one)))
        if often:
            weight = shared * np.log(self._graph.items / np.maximum(fame, 1))
            return self._place(self._graph.items + max(often, key=lambda one: (weight[one], -one)))
        return self.well_known(1)[0]

    def neighbourhood(
        self, key: str, relations: Collection[str] = (), most: int = 24, further: bool = False
    ) -> Neighbourhood:
        """The centre and up to `most` neighbours; `further`: also what several of them share."""
        index = self._index(key)
        kinds = [self._graph.relation_names.index(name) for name in relations if name in self._graph.relation_names]
        around = self._around(index, kinds, most)
        edges, centre = list(around.edges), index - self._graph.items
        if further:
            more = self._further(index, edges)
            edges += [edge for edge in more if not kinds or int(self._graph.relations[edge]) in kinds]
        own = self._edges(index)
        shown = self._graph.heads if centre >= 0 else self._graph.tails
        return Neighbourhood(
            centre=self._place(index),
            facts=tuple(self._fact(edge) for edge in dict.fromkeys(edges)),
            shown=len(np.unique(shown[list(around.edges)])),
            total=around.total,
            relations=self._relations(own),
        )

    def shortest_paths(self, start: str, end: str) -> FoundPaths:
        """A few paths of fewest steps between two places; between paths of as many steps the stronger first."""
        return self._found(start, end, self._finder.shortest(self._index(start), self._index(end)))

    def strongest_paths(self, start: str, end: str) -> FoundPaths:
        """A few paths over what fewest others have, however many steps they take."""
        return self._found(start, end, self._finder.strongest(self._index(start), self._index(end)))

    def best_known(self, most: int = 1500) -> tuple[Place, ...]:
        """Up to `most` items and as many entities, those first that a person is likeliest to ask for."""
        kinds = (range(self._graph.items), range(self._graph.items, self._graph.items + len(self._graph.entities)))
        best = [sorted(kind, key=lambda index: (-self._weight(index), index))[:most] for kind in kinds]
        return tuple(self._place(index) for indices in best for index in indices)

    def values(self, relation: str) -> tuple[Place, ...]:
        """The entities that a relation leads to, those of most items first; none for a relation that is not there."""
        if relation not in self._graph.relation_names:
            return ()
        edges = self._graph.relations == self._graph.relation_names.index(relation)
        degree = np.bincount(self._graph.tails[edges], minlength=len(self._graph.entities))
        order = np.argsort(-degree, kind="stable")[:MOST_VALUES].tolist()
        return tuple(self._place(self._graph.items + entity) for entity in order if degree[entity])

    def statistics(self) -> GraphStatistics:
        return statistics(self._display.catalog, self._graph)

    def quality(self) -> tuple[GraphFinding, ...]:
        return findings(self._display.catalog, self._graph)

    def influence(self, key: str, k: int = 10, progress: Progress = no_progress) -> Influence:
        """Whose top `k` changes when all facts of the place are taken out of the graph. Seconds."""
        index = self._index(key)
        changes = self._lists.changes(self._edges(index), k, progress)
        cards, names = self._display.cards, self._display.catalog.user_vocab
        counts = np.bincount([item for change in changes for item in change.gone], minlength=self._graph.items)
        most = np.argsort(-counts, kind="stable")
        return Influence(
            place=self._place(index),
            k=k,
            asked=len(self._lists.users),
            changes=tuple(
                ChangedList(names.id(one.user), tuple(cards[i] for i in one.gone), tuple(cards[i] for i in one.come))
                for one in changes
            ),
            lost=tuple((cards[item], int(counts[item])) for item in most.tolist() if counts[item]),
        )

    @cached_property
    def _finder(self) -> PathFinder:
        return PathFinder(self._graph)

    def _found(self, start: str, end: str, paths: Iterable[NodePath]) -> FoundPaths:
        found = tuple(
            PlacePath(
                tuple(map(self._place, path.nodes)),
                tuple(
                    tuple(self._fact(int(edge)) for edge in self._finder.edges_between(*step))
                    for step in pairwise(path.nodes)
                ),
                path.strength,
            )
            for path in paths
        )
        return FoundPaths(self.place(start), self.place(end), found, MOST_STEPS)

    @cached_property
    def _names(self) -> list[str]:
        """Items first, then entities: the order of all indices here."""
        return [_plain(card.title) for card in self._display.cards] + [_plain(label) for label in self._graph.labels]

    @cached_property
    def _keys(self) -> dict[str, int]:
        items = [f"item:{card.item_id}" for card in self._display.cards]
        return {
            key: index for index, key in enumerate([*items, *(f"entity:{name}" for name in self._graph.entities.ids)])
        }

    def _index(self, key: str) -> int:
        if key not in self._keys:
            raise UnknownIdError(
                f"There is no {key!r} in this graph; there are {closest(key, self._keys)}. Search for a name instead."
            )
        return self._keys[key]

    def _place(self, index: int) -> Place:
        entity = index - self._graph.items
        facts = len(self._edges(index))
        if entity < 0:
            card = self._display.cards[index]
            label = f"{card.title} ({card.year})" if card.year else card.title
            return Place(f"item:{card.item_id}", label, "item", facts)
        name = self._graph.entities.id(entity)
        return Place(f"entity:{name}", self._graph.labels[entity], self._graph.types[entity], facts)

    def _edges(self, index: int) -> IntArray:
        entity = index - self._graph.items
        return self._graph.edges_of(index) if entity < 0 else self._graph.edges_to(entity)

    def _weight(self, index: int) -> int:
        """What makes one of two like names the likelier one: who liked an item, what an entity is part of."""
        entity = index - self._graph.items
        return self._display.liked_by(index) if entity < 0 else int(self._graph.fame[entity])

    def _around(self, index: int, kinds: list[int], most: int) -> Surroundings:
        entity = index - self._graph.items
        if entity < 0:
            return around_item(self._graph, index, kinds, most)
        return around_entity(self._graph, entity, kinds, self._known, most)

    @cached_property
    def _known(self) -> IntArray:
        return np.array([self._display.liked_by(item) for item in range(self._graph.items)], dtype=np.int64)

    def _further(self, index: int, edges: list[int]) -> Iterable[int]:
        """Around an entity, what several of its shown items share; around an item, who else has its rarer entities."""
        if index >= self._graph.items:
            items = dict.fromkeys(int(self._graph.heads[edge]) for edge in edges)
            return shared_around(self._graph, items, index - self._graph.items, SHARED)
        entities = {int(self._graph.tails[edge]) for edge in edges}
        rare = [entity for entity in entities if self._graph.fame[entity] <= RARE]
        links = [int(edge) for entity in sorted(rare) for edge in self._graph.edges_to(entity)]
        having = Counter(int(self._graph.heads[edge]) for edge in links)
        del having[index]
        chosen = set(sorted(having, key=lambda item: (-having[item], -self._known[item], item))[:SHARED])
        return [edge for edge in links if int(self._graph.heads[edge]) in chosen]

    def _fact(self, edge: int) -> Fact:
        head, tail = int(self._graph.heads[edge]), int(self._graph.tails[edge])
        relation = self._graph.relation_names[int(self._graph.relations[edge])]
        return Fact(self._place(head), relation, self._place(self._graph.items + tail))

    def _relations(self, edges: IntArray) -> tuple[tuple[str, int], ...]:
        counts = np.bincount(self._graph.relations[edges], minlength=len(self._graph.relation_names))
        order = np.argsort(-counts, kind="stable").tolist()
        return tuple((self._graph.relation_names[kind], int(counts[kind])) for kind in order if counts[kind])


def _plain(text: str) -> str:
    """Without case and accents, so that "amelie" finds Amélie."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(char for char in letters if not unicodedata.combining(char)).split())


def _match(wanted: str, name: str) -> int | None:
    """0 for the whole name, 1 for its beginning, 2 for the beginning of a word, 3 inside; None without a match."""
    if wanted not in name:
        return None
    if name == wanted or name.startswith(f"{wanted} ("):
        return 0
    return 1 if name.startswith(wanted) else 2 if f" {wanted}" in name else 3
