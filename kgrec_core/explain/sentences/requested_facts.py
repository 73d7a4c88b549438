"""What a request asked for and an item has: each such fact with what the score loses without it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from kgrec_core.explain.asker_scores import UserContext
from kgrec_core.explain.removal.removed_edges import MeasuredPath, measure
from kgrec_core.explain.sentences import clauses
from kgrec_core.explain.sentences.analyst_paragraph import listed
from kgrec_core.explain.sentences.clauses import DisplayNames
from kgrec_core.graph.item_paths import ItemPath
from kgrec_core.schema.explanation import TELLING, Edge, Node, ScoredPath, Sentence

MOST = 3  # facts in a sentence


def requested_of(user: UserContext, items: Sequence[int]) -> list[list[MeasuredPath]]:
    """Of each item, its facts that the words of the user name, as paths of one edge; those first that carry most."""
    if user.request is None:
        return [[] for _ in items]
    world, named = user.recommender.world, user.request.facts.columns.numpy()
    edges = [own[np.isin(world.kernel.columns[own].numpy(), named)] for own in map(world.graph.edges_of, items)]
    paths = [[ItemPath((item,), (edge,)) for edge in own.tolist()] for item, own in zip(items, edges, strict=True)]
    measured = iter(measure(user, [path for own in paths for path in own]))
    found = [[next(measured) for _ in own] for own in paths]
    return [
        sorted((path for path in own if path.contribution > 0), key=lambda path: -path.contribution) for own in found
    ]


def facts_to_name(paths: Iterable[MeasuredPath], added: float, display: DisplayNames) -> list[MeasuredPath]:
    """Those that carry enough of what the words add to be their reason; of a person in several roles the first role."""
    carried = [path for path in paths if path.contribution >= TELLING * added]
    best: dict[int, MeasuredPath] = {}
    for path in sorted(carried, key=lambda path: display.domain.phrase(_relation(path, display)).priority):
        best.setdefault(_entity(path, display), path)
    return list(best.values())[:MOST]


def requested_clause(paths: Sequence[MeasuredPath], display: DisplayNames) -> tuple[str, tuple[str, ...]]:
    """As a clause, "you asked for Sci-Fi films", and the ids of what it says; an empty one of nothing."""
    if not paths:
        return "", ()
    groups = listed([_group(path, display) for path in paths])
    ids = [
        f"{start}|{_relation(path, display)}|{display.entity_node(_entity(path, display)).id}"
        for path in paths
        for start in (clauses.REQUEST_FACTS, display.item_id(path.path.items[0]))
    ]
    return f"you asked for {groups}", (clauses.REQUEST, *ids)


def requested_reason(paths: Sequence[MeasuredPath], display: DisplayNames) -> Sentence:
    """The reason of an item in a list."""
    clause, ids = requested_clause(paths, display)
    return Sentence(f"Because {clause}.", ids)


def requested_path(path: MeasuredPath, user_id: str, display: DisplayNames) -> ScoredPath:
    """The path as people read it: from the person over their words and the fact to the item."""
    user, said = Node(f"user:{user_id}", "You", "user"), Node(clauses.REQUEST_FACTS, "your words", clauses.REQUEST)
    entity, item = display.entity_node(_entity(path, display)), display.item_node(path.path.items[0])
    relation = _relation(path, display)
    edges = (Edge(user.id, "wrote", said.id), Edge(said.id, relation, entity.id), Edge(item.id, relation, entity.id))
    return ScoredPath((user, said, entity, item), edges, path.contribution, _group(path, display))


def _group(path: MeasuredPath, display: DisplayNames) -> str:
    return display.domain.group(
        _relation(path, display), clauses.with_article(display.graph.labels[_entity(path, display)])
    )


def _relation(path: MeasuredPath, display: DisplayNames) -> str:
    return display.graph.relation_names[int(display.graph.relations[path.path.edges[0]])]


def _entity(path: MeasuredPath, display: DisplayNames) -> int:
    return int(display.graph.tails[path.path.edges[0]])
