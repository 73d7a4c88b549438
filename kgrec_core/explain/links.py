"""What links a history item and an item: each link with what the score loses of the history item without it.

A link is a fact that both have, that others liked the two, that others met the one next to the other, or that their
texts are alike. It carries what the history item says of the item through it (`closed_shapley.Shares`), so all links
of one history item together are all that it adds, the network and popularity apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from kgrec_core.explain import words
from kgrec_core.explain.closed_shapley import Shares
from kgrec_core.explain.context import UserContext
from kgrec_core.explain.paths import MeasuredPath, measure
from kgrec_core.explain.say import Say
from kgrec_core.graph.paths import ItemPath
from kgrec_core.schema import TELLING

TRIED = 3  # facts of two items, the best to tell, of which the graph is tried without
FACT = "fact"


@dataclass(frozen=True, slots=True)
class Link:
    """kind: FACT, or a branch that needs none · carries: of the score · path: of a fact, with what the score loses
    without its edges
    """

    kind: str
    carries: float
    path: MeasuredPath | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """A history item and one of the items that are asked for. place: in the history · number: among the items ·
    value: of the history item for the item.
    """

    place: int
    number: int
    anchor: int
    item: int
    value: float


def told_links(user: UserContext, found: Shares, pairs: Sequence[Pair], say: Say) -> list[tuple[Link, ...]]:
    """Of each pair, the links to tell: the fact that is best to tell of those that carry TELLING of what the history
    item adds, and cost as much when they are taken out of the graph; then what carries most, if that is another.
    """
    tried = [_tried(_facts(found, pair, say)) for pair in pairs]
    measured = iter(measure(user, [link.path.path for own in tried for link in own if link.path]))
    told = []
    for pair, own in zip(pairs, tried, strict=True):
        facts = [replace(link, path=next(measured)) for link in own]
        facts = [link for link in facts if link.path and link.path.contribution >= _least(found, pair)]
        most = max([*_others(user, found, pair), *facts], key=lambda link: link.carries)
        first = facts[:1]
        second = [most] if most.carries > 0 and (not first or most.carries > first[0].carries) else []
        told.append((*first, *second))
    return told


def _tried(facts: Sequence[Link]) -> list[Link]:
    """The TRIED best to tell, and the one that carries most."""
    most = sorted(facts, key=lambda link: -link.carries)[:1]
    return [*facts[:TRIED], *(link for link in most if link not in facts[:TRIED])]


def _least(found: Shares, pair: Pair) -> float:
    """What a link has to carry, of what the history item adds or of its value if that is more; never nothing."""
    return max(TELLING * max(float(found.branches[pair.place, pair.number].sum()), pair.value), 1e-9)


def _facts(found: Shares, pair: Pair, say: Say) -> list[Link]:
    """Shared facts that carry enough, best to tell first. Their paths are not measured yet."""
    graph = say.graph
    mine = (found.owner == pair.number).numpy()
    amounts, edges = found.facts[pair.place].numpy()[mine], found.edges.numpy()[mine]
    own = {
        (int(graph.relations[edge]), int(graph.tails[edge])): int(edge) for edge in graph.edges_of(pair.anchor).tolist()
    }
    links = []
    for place in np.flatnonzero(amounts >= _least(found, pair)).tolist():
        last = int(edges[place])
        first = own.get((int(graph.relations[last]), int(graph.tails[last])))
        if first is not None:
            path = MeasuredPath(ItemPath((pair.anchor, pair.item), (first, last)), 0.0)
            links.append(Link(FACT, float(amounts[place]), path))
    return sorted(links, key=lambda link: _order(link, say))


def _order(link: Link, say: Say) -> tuple[bool, int, bool, int]:
    assert link.path is not None
    return words.by_telling(link.path.path, say.graph, say.domain)


def best_to_tell(links: Sequence[Link], say: Say) -> tuple[bool, int, bool, int]:
    """Sorts what several history items have in common with an item; one without a fact comes last."""
    return _order(links[0], say) if links and links[0].path else (True, 10**6, True, 0)


def _others(user: UserContext, found: Shares, pair: Pair) -> list[Link]:
    """What others did, and texts, as far as the model holds it of the two themselves."""
    model, ends = user.recommender, (pair.anchor, pair.item)
    adds = dict(zip(model.columns.names, found.branches[pair.place, pair.number].tolist(), strict=True))
    return [Link(name, adds[name] if float(between[ends]) > 0 else 0.0) for name, between in model.between.items()]
