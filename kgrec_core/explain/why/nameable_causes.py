"""What may be told first of an item: its causes that count nearly the same, best to tell first, with what links each to
the item.

A link is a fact that both have, that others liked the two, that others met the one next to the other, or that their
texts are alike. It carries what the history item says of the item through it (`shap_values.Shares`), so all links of
one history item together are all that it adds, the network and popularity apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch

from kgrec_core.data.interactions import IntArray
from kgrec_core.explain.asker_scores import UserContext
from kgrec_core.explain.removal.removed_edges import MeasuredPath, measure
from kgrec_core.explain.sentences import clauses
from kgrec_core.explain.sentences.clauses import DisplayNames
from kgrec_core.explain.why.shap_values import Shares
from kgrec_core.graph.item_paths import ItemPath
from kgrec_core.model.closed_form import TEXT_BRANCH
from kgrec_core.schema.explanation import TELLING

TRIED = 3  # facts of two items, the best to tell, of which the graph is tried without
FACT = "fact"
CLOSE = 0.1  # causes that are this near to the largest value, as a share of it, count nearly the same
MOST_ANCHORS = 3  # history items that are kept of an item
EXAMPLES = 4  # liked items that may stand for a fact or a text
EXAMPLE = 0.5  # of what the strongest of them says through it, that such a one has to say
MOST_LIKED = 12  # liked items that add most, kept of an item
KINDS = ("words", "history", "facet", "popularity", "text")  # of nearly equal causes the first of these is told


@dataclass(frozen=True, slots=True)
class HistoryLink:
    """kind: FACT, or a branch that needs none · carries: of the score · path: of a fact, with what the score loses
    without its edges
    """

    kind: str
    carries: float
    path: MeasuredPath | None = None


Links = tuple[HistoryLink, ...]


@dataclass(frozen=True, slots=True)
class HistoryPair:
    """A history item and one of the items that are asked for. place: in the history · number: among the items ·
    value: of the history item for the item.
    """

    place: int
    number: int
    anchor: int
    item: int
    value: float


def links_to_name(
    user: UserContext, shares: Shares, pairs: Sequence[HistoryPair], display: DisplayNames
) -> list[tuple[Links, ...]]:
    """Of each pair, the links that may be told, best to tell first: a fact that carries TELLING of what the history
    item adds, and costs as much when it is taken out of the graph, then what carries most, if that is another. What
    carries most alone where there is no such fact.
    """
    tried = [_tried(_facts(shares, pair, display)) for pair in pairs]
    measured = iter(measure(user, [link.path.path for own in tried for link in own if link.path]))
    found = []
    for pair, own in zip(pairs, tried, strict=True):
        facts = [replace(link, path=next(measured)) for link in own]
        facts = [link for link in facts if link.path and link.path.contribution >= _least(shares, pair)]
        most = max([*_others(user, shares, pair), *facts], key=lambda link: link.carries)
        alone = (most,) if most.carries > 0 else ()
        found.append(tuple((fact, *alone) if most.carries > fact.carries else (fact,) for fact in facts) or (alone,))
    return found


def _tried(facts: Sequence[HistoryLink]) -> list[HistoryLink]:
    """The TRIED best to tell, and the one that carries most."""
    most = sorted(facts, key=lambda link: -link.carries)[:1]
    return [*facts[:TRIED], *(link for link in most if link not in facts[:TRIED])]


def _least(shares: Shares, pair: HistoryPair) -> float:
    """What a link has to carry, of what the history item adds or of its value if that is more; never nothing."""
    return max(TELLING * max(float(shares.branches[pair.place, pair.number].sum()), pair.value), 1e-9)


def _facts(shares: Shares, pair: HistoryPair, display: DisplayNames) -> list[HistoryLink]:
    """Shared facts that carry enough, best to tell first. Their paths are not measured yet."""
    graph = display.graph
    mine = (shares.owner == pair.number).numpy()
    amounts, edges = shares.facts[pair.place].numpy()[mine], shares.edges.numpy()[mine]
    own = {
        (int(graph.relations[edge]), int(graph.tails[edge])): int(edge) for edge in graph.edges_of(pair.anchor).tolist()
    }
    links = []
    for place in np.flatnonzero(amounts >= _least(shares, pair)).tolist():
        last = int(edges[place])
        first = own.get((int(graph.relations[last]), int(graph.tails[last])))
        if first is not None:
            path = MeasuredPath(ItemPath((pair.anchor, pair.item), (first, last)), 0.0)
            links.append(HistoryLink(FACT, float(amounts[place]), path))
    return sorted(links, key=lambda link: _order(link, display))


def _order(link: HistoryLink, display: DisplayNames) -> tuple[bool, int, bool, int]:
    assert link.path is not None
    return clauses.order_of_paths(link.path.path, display.graph, display.domain)


def order_of_naming(links: Sequence[HistoryLink], display: DisplayNames) -> tuple[bool, int, bool, int]:
    """Sorts what several history items have in common with an item; one without a fact comes last."""
    return _order(links[0], display) if links and links[0].path else (True, 10**6, True, 0)


def _others(user: UserContext, shares: Shares, pair: HistoryPair) -> list[HistoryLink]:
    """What others did, and texts, as far as the model holds it of the two themselves."""
    model, ends = user.recommender, (pair.anchor, pair.item)
    adds = model.columns.by_name(shares.branches[pair.place, pair.number])
    return [
        HistoryLink(name, adds[name] if float(between[ends]) > 0 else 0.0) for name, between in model.between.items()
    ]


@dataclass(frozen=True, slots=True)
class Part:
    """A cause and its value. place: of a history item, in the history · relation: of a facet, its index"""

    kind: str
    value: float
    place: int = -1
    relation: int = -1


@dataclass(frozen=True, eq=False)
class Cause:
    """part: the cause to name; None where nothing speaks for the item · anchors: history items that speak most for the
    item, strongest first · anchor: the history item to name, for a facet or a text a liked item that is an example; -1
    without one · edge: of a facet, the fact of the item to name; -1 for others · links: between the two, to be told ·
    liked: liked items that add most
    """

    part: Part | None
    anchors: tuple[int, ...] = ()
    anchor: int = -1
    edge: int = -1
    links: Links = ()
    liked: tuple[int, ...] = ()

    @property
    def kind(self) -> str:
        return self.part.kind if self.part else ""

    @property
    def value(self) -> float:
        return self.part.value if self.part else 0.0


def options(
    user: UserContext,
    items: IntArray,
    shares: Shares,
    parts: Sequence[Sequence[Part]],
    near: float,
    display: DisplayNames,
) -> list[list[Cause]]:
    """Of each item the causes that may be named, best to tell first; one without a part where nothing speaks for it.

    parts: all causes of each item · near: as CLOSE. Paths of facets are not measured.
    """
    chosen = [_close(each, near) for each in parts]
    pairs = [
        [
            HistoryPair(part.place, number, int(user.items[part.place]), int(items[number]), part.value)
            for part in _strongest(close, "history")
        ]
        for number, close in enumerate(chosen)
    ]
    links = iter(links_to_name(user, shares, [pair for own in pairs for pair in own], display))
    options = []
    for number, (close, own) in enumerate(zip(chosen, pairs, strict=True)):
        anchors = tuple(int(user.items[part.place]) for part in _strongest(parts[number], "history"))
        found = Cause(None, anchors, liked=_liked(user, parts[number]))
        linked = [
            replace(found, part=part, anchor=pair.anchor, links=each)
            for part, pair in zip(_strongest(close, "history"), own, strict=True)
            for each in next(links)
        ]
        told = {"history": sorted(linked, key=lambda each: order_of_naming(each.links, display))}
        told["facet"] = [
            each
            for part in _strongest(close, "facet")
            for each in _facets(user, int(items[number]), (shares, number), replace(found, part=part), display)
        ]
        told["text"] = [
            replace(found, part=part, anchor=example)
            for part in _strongest(close, "text")
            for example in _alike(user, int(items[number]), (shares, number), TELLING * part.value) or (-1,)
        ]
        for kind in ("words", "popularity"):
            told[kind] = [replace(found, part=part) for part in _strongest(close, kind)]
        options.append([cause for kind in KINDS for cause in told[kind]] or [found])
    return options


def _alike(user: UserContext, item: int, asked: tuple[Shares, int], least: float) -> list[int]:
    """Liked items whose text says most of the item, or nearly so much. least: what each has to add"""
    (shares, number), model = asked, user.recommender
    if TEXT_BRANCH not in model.between or not len(user.items):
        return []
    alike = model.between[TEXT_BRANCH][torch.from_numpy(user.items), item] > 0
    _, adds = model.columns.by_fact(shares.branches[:, number][:, model.columns.of_content])
    said = np.where(alike.numpy() & (user.weights == 1), adds.numpy(), 0.0)
    order = np.argsort(-said, kind="stable")[:EXAMPLES].tolist()
    return [int(user.items[place]) for place in order if said[place] >= max(least, EXAMPLE * said.max(), 1e-9)]


def facet_edge(shares: Shares, number: int, relation: int, display: DisplayNames) -> int:
    """The fact of an item, of this relation, through which the history says most."""
    return _facet_edges(shares, number, relation, display)[0]


def _facet_edges(shares: Shares, number: int, relation: int, display: DisplayNames) -> list[int]:
    """Facts of an item, of this relation, through which the history says most, and nearly as much."""
    edges = shares.edges[shares.owner == number].numpy()
    said = shares.facts[:, shares.owner == number].sum(0).numpy()
    own = np.flatnonzero(display.graph.relations[edges] == relation)
    own = own[np.argsort(-said[own], kind="stable")]
    return [int(edges[place]) for place in own.tolist() if said[place] >= (1 - CLOSE) * said[own[0]]] or [
        int(edges[own[0]])
    ]


def _liked(user: UserContext, parts: Sequence[Part]) -> tuple[int, ...]:
    """Up to MOST_LIKED liked items that add TELLING of the largest cause, what adds most first."""
    least = TELLING * max((part.value for part in parts), default=0.0)
    own = [part for part in parts if part.kind == "history" and part.value > max(least, 0.0)]
    own = [part for part in own if user.weights[part.place] == 1]
    return tuple(int(user.items[part.place]) for part in sorted(own, key=lambda part: -part.value)[:MOST_LIKED])


def _close(parts: Sequence[Part], near: float) -> list[Part]:
    """The causes near the largest value."""
    best = max((part.value for part in parts), default=0.0)
    return [part for part in parts if part.value > 0 and part.value >= (1 - near) * best]


def _strongest(parts: Sequence[Part], kind: str) -> list[Part]:
    """Up to MOST_ANCHORS of a kind that speak for the item."""
    own = [part for part in parts if part.kind == kind and part.value > 0]
    return sorted(own, key=lambda part: -part.value)[:MOST_ANCHORS]


def _facets(
    user: UserContext, item: int, asked: tuple[Shares, int], found: Cause, display: DisplayNames
) -> list[Cause]:
    """Of a kind of facts: each fact through which the history says nearly as much as through the strongest one, with
    liked items that have it too; by its kind alone where none has.
    """
    (shares, number), graph = asked, display.graph
    assert found.part is not None
    options = []
    for edge in _facet_edges(shares, number, found.part.relation, display):
        having = graph.edges_to(int(graph.tails[edge]))
        having = having[graph.relations[having] == found.part.relation]
        own = np.flatnonzero(np.isin(user.items, graph.heads[having]) & (user.weights == 1))
        column = int(((shares.edges == edge) & (shares.owner == number)).nonzero()[0, 0])
        said = shares.facts[own, column].numpy()
        least = max(EXAMPLE * said.max(initial=0.0), TELLING * found.part.value)
        for row, place in enumerate(np.argsort(-said, kind="stable")[:EXAMPLES].tolist()):
            if not row or said[place] >= least:
                anchor = int(user.items[own[place]])
                first = int(having[graph.heads[having] == anchor][0])
                path = MeasuredPath(ItemPath((anchor, item), (first, edge)), 0.0)
                options.append(
                    replace(found, anchor=anchor, edge=edge, links=(HistoryLink(FACT, float(said[place]), path),))
                )
        if not len(own):
            options.append(replace(found, edge=edge))
    return options
