"""The cause that is named first of an item, the one that speaks most for it, and what links it to the item.

The measure is the Shapley value: of the items of a list without what the network adds, which is small and would take
most of the time; in an explanation of the whole score (`shap_values`). Among causes that count nearly the same the one
that is best to tell is named.

A link is a fact that both have, that others liked the two, that others met the one next to the other, or that their
texts are alike. It carries what the history item says of the item through it (`shap_values.Shares`), so all links of
one history item together are all that it adds, the network and popularity apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from kgrec_core.data.interactions import IntArray
from kgrec_core.explain.asker_scores import UserContext
from kgrec_core.explain.removal.coalitions import Game, Player
from kgrec_core.explain.removal.removed_edges import MeasuredPath, measure
from kgrec_core.explain.sentences import clauses
from kgrec_core.explain.sentences.clauses import DisplayNames
from kgrec_core.explain.why import shap_values
from kgrec_core.explain.why.shap_values import Shares
from kgrec_core.graph.item_paths import ItemPath
from kgrec_core.schema.explanation import TELLING

TRIED = 3  # facts of two items, the best to tell, of which the graph is tried without
FACT = "fact"
CLOSE = 0.1  # causes that are this near to the largest value, as a share of it, count nearly the same
SURE = 0.05  # the same in a list, whose values are those of an explanation up to the network
MOST_ANCHORS = 3  # history items that are kept of an item
KINDS = ("words", "history", "facet", "popularity", "text")  # of nearly equal causes the first of these is told


@dataclass(frozen=True, slots=True)
class HistoryLink:
    """kind: FACT, or a branch that needs none · carries: of the score · path: of a fact, with what the score loses
    without its edges
    """

    kind: str
    carries: float
    path: MeasuredPath | None = None


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
) -> list[tuple[HistoryLink, ...]]:
    """Of each pair, the links to tell: the fact that is best to tell of those that carry TELLING of what the history
    item adds, and cost as much when they are taken out of the graph; then what carries most, if that is another.
    """
    tried = [_tried(_facts(shares, pair, display)) for pair in pairs]
    measured = iter(measure(user, [link.path.path for own in tried for link in own if link.path]))
    found = []
    for pair, own in zip(pairs, tried, strict=True):
        facts = [replace(link, path=next(measured)) for link in own]
        facts = [link for link in facts if link.path and link.path.contribution >= _least(shares, pair)]
        most = max([*_others(user, shares, pair), *facts], key=lambda link: link.carries)
        first = facts[:1]
        second = [most] if most.carries > 0 and (not first or most.carries > first[0].carries) else []
        found.append((*first, *second))
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
    item, strongest first · anchor: the history item to name, for a facet the strongest one of those that have the fact;
    -1 without one · edge: of a facet, the fact of the item to name; -1 for others · links: between the two, to be told
    """

    part: Part | None
    anchors: tuple[int, ...] = ()
    anchor: int = -1
    edge: int = -1
    links: tuple[HistoryLink, ...] = ()

    @property
    def kind(self) -> str:
        return self.part.kind if self.part else ""

    @property
    def value(self) -> float:
        return self.part.value if self.part else 0.0


def causes(user: UserContext, items: Sequence[int], display: DisplayNames) -> list[Cause]:
    """Of each item of a list, none of which is in the history."""
    asked = np.asarray(items, dtype=np.int64)
    if not len(asked):
        return []
    found = shap_values.shares(user, asked)
    return _named(user, asked, found, [_parts(found, number) for number in range(len(asked))], SURE, display)


def cause(game: Game, players: Sequence[Player], values: npt.NDArray[np.float64], display: DisplayNames) -> Cause:
    """The one that a list names of the item, with its SHAP value; another where that is not near the largest one."""
    asked = np.array([game.candidate])
    found, names = shap_values.shares(game.user, asked), game.world.graph.relation_names
    parts = [_of_player(player, float(value), names) for player, value in zip(players, values, strict=True)]
    listed = _named(game.user, asked, found, [_parts(found, 0)], SURE, display)[0]
    best = max((part.value for part in parts), default=0.0)
    for part in parts:
        if listed.part and _is_same(part, listed.part) and part.value >= (1 - CLOSE) * best:
            return replace(listed, part=part)
    return _named(game.user, asked, found, [parts], CLOSE, display)[0]


def facet_edge(shares: Shares, number: int, relation: int, display: DisplayNames) -> int:
    """The fact of an item, of this relation, through which the history says most."""
    edges = shares.edges[shares.owner == number].numpy()
    said = shares.facts[:, shares.owner == number].sum(0).numpy()
    own = np.flatnonzero(display.graph.relations[edges] == relation)
    return int(edges[own[np.argmax(said[own])]])


def _parts(shares: Shares, number: int) -> list[Part]:
    history = [Part("history", value, place) for place, value in enumerate(shares.events[number].tolist())]
    facets = [Part("facet", value, relation=kind) for kind, value in enumerate(shares.facets[number].tolist())]
    single = (("text", shares.text), ("words", shares.words), ("popularity", shares.popularity))
    return [*history, *facets, *(Part(kind, float(values[number])) for kind, values in single)]


def _of_player(player: Player, value: float, relations: Sequence[str]) -> Part:
    place = player.events[0] if player.events else -1
    return Part(player.kind, value, place, relations.index(player.relation) if player.relation else -1)


def _is_same(one: Part, other: Part) -> bool:
    return (one.kind, one.place, one.relation) == (other.kind, other.place, other.relation)


def _named(
    user: UserContext,
    items: IntArray,
    shares: Shares,
    parts: Sequence[Sequence[Part]],
    near: float,
    display: DisplayNames,
) -> list[Cause]:
    """parts: all causes of each item · near: as CLOSE."""
    chosen = [_first_kind(each, near) for each in parts]
    pairs = [
        [HistoryPair(part.place, number, int(user.items[part.place]), int(items[number]), part.value) for part in close]
        if close and close[0].kind == "history" else []
        for number, close in enumerate(chosen)
    ]  # fmt: skip
    links = iter(links_to_name(user, shares, [pair for own in pairs for pair in own], display))
    named = []
    for number, (close, own) in enumerate(zip(chosen, pairs, strict=True)):
        anchors = tuple(int(user.items[part.place]) for part in _strongest(parts[number], "history"))
        linked = [(part, pair, next(links)) for part, pair in zip(close, own, strict=False)]
        if linked:
            part, pair, links_of_it = min(linked, key=lambda each: order_of_naming(each[2], display))
            named.append(Cause(part, anchors, pair.anchor, links=links_of_it))
        elif close and close[0].kind == "facet":
            named.append(_facet(user, int(items[number]), shares, number, close[0], anchors, display))
        else:
            named.append(Cause(close[0] if close else None, anchors))
    return named


def _first_kind(parts: Sequence[Part], near: float) -> list[Part]:
    """Of the causes near the largest value, those of the kind that is told first, strongest first."""
    best = max((part.value for part in parts), default=0.0)
    close = [part for part in parts if part.value > 0 and part.value >= (1 - near) * best]
    kind = min((part.kind for part in close), key=KINDS.index, default="")
    return _strongest(close, kind)


def _strongest(parts: Sequence[Part], kind: str) -> list[Part]:
    """Up to MOST_ANCHORS of a kind that speak for the item."""
    own = [part for part in parts if part.kind == kind and part.value > 0]
    return sorted(own, key=lambda part: -part.value)[:MOST_ANCHORS]


def _facet(
    user: UserContext,
    item: int,
    shares: Shares,
    number: int,
    part: Part,
    anchors: tuple[int, ...],
    display: DisplayNames,
) -> Cause:
    """With the liked item that has the fact and says most through it, where there is one."""
    graph, edge = display.graph, facet_edge(shares, number, part.relation, display)
    having = graph.edges_to(int(graph.tails[edge]))
    having = having[graph.relations[having] == part.relation]
    own = np.flatnonzero(np.isin(user.items, graph.heads[having]) & (user.weights == 1))
    if not len(own):
        return Cause(part, anchors, edge=edge)
    column = int(((shares.edges == edge) & (shares.owner == number)).nonzero()[0, 0])
    said = shares.facts[own, column].numpy()
    anchor = int(user.items[own[np.argmax(said)]])
    first = int(having[graph.heads[having] == anchor][0])
    path = measure(user, [ItemPath((anchor, item), (first, edge))])[0]
    return Cause(part, anchors, anchor, edge, (HistoryLink(FACT, float(said.max()), path),))
