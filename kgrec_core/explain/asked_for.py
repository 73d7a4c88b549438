"""What a line of words asked for and an item has: each such fact with what the score loses without it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from kgrec_core.explain import words
from kgrec_core.explain.context import UserContext
from kgrec_core.explain.games import MeasuredPath, measure
from kgrec_core.explain.text import listed
from kgrec_core.explain.words import Say
from kgrec_core.graph.paths import ItemPath
from kgrec_core.schema import TELLING, Edge, Node, ScoredPath, Sentence

MOST = 3  # facts in a sentence


def granted(user: UserContext, items: Sequence[int]) -> list[list[MeasuredPath]]:
    """Of each item, its facts that the words of the user name, as paths of one edge; those first that carry most."""
    if user.words is None:
        return [[] for _ in items]
    world, named = user.recommender.world, user.words.facts.columns.numpy()
    edges = [own[np.isin(world.kernel.columns[own].numpy(), named)] for own in map(world.graph.edges_of, items)]
    paths = [[ItemPath((item,), (edge,)) for edge in own.tolist()] for item, own in zip(items, edges, strict=True)]
    measured = iter(measure(user, [path for own in paths for path in own]))
    found = [[next(measured) for _ in own] for own in paths]
    return [
        sorted((path for path in own if path.contribution > 0), key=lambda path: -path.contribution) for own in found
    ]


def tellable(found: Iterable[MeasuredPath], added: float, say: Say) -> list[MeasuredPath]:
    """Those that carry enough of what the words add to be their reason; of a person in several roles the first role."""
    carried = [path for path in found if path.contribution >= TELLING * added]
    best: dict[int, MeasuredPath] = {}
    for path in sorted(carried, key=lambda path: say.domain.phrase(_relation(path, say)).priority):
        best.setdefault(_entity(path, say), path)
    return list(best.values())[:MOST]


def asked(found: Sequence[MeasuredPath], say: Say) -> tuple[str, tuple[str, ...]]:
    """As a clause, "you asked for Sci-Fi films", and the ids of what it says; an empty one of nothing."""
    if not found:
        return "", ()
    groups = listed([_group(path, say) for path in found])
    ids = [f"{start}|{_relation(path, say)}|{say.entity_node(_entity(path, say)).id}" for path in found for start in (
        words.LINE, say.item_id(path.path.items[0]),
    )]  # fmt: skip
    return f"you asked for {groups}", (words.WORDS, *ids)


def line(found: Sequence[MeasuredPath], say: Say) -> Sentence:
    """The line of an item in a list."""
    clause, ids = asked(found, say)
    return Sentence(f"Because {clause}.", ids)


def scored(path: MeasuredPath, user_id: str, say: Say) -> ScoredPath:
    """The path as people read it: from the person over their words and the fact to the item."""
    user, said = Node(f"user:{user_id}", "You", "user"), Node(words.LINE, "your words", words.WORDS)
    entity, item = say.entity_node(_entity(path, say)), say.item_node(path.path.items[0])
    relation = _relation(path, say)
    edges = (Edge(user.id, "wrote", said.id), Edge(said.id, relation, entity.id), Edge(item.id, relation, entity.id))
    return ScoredPath((user, said, entity, item), edges, path.contribution, _group(path, say))


def _group(path: MeasuredPath, say: Say) -> str:
    return say.domain.group(_relation(path, say), words.with_article(say.graph.labels[_entity(path, say)]))


def _relation(path: MeasuredPath, say: Say) -> str:
    return say.graph.relation_names[int(say.graph.relations[path.path.edges[0]])]


def _entity(path: MeasuredPath, say: Say) -> int:
    return int(say.graph.tails[path.path.edges[0]])
