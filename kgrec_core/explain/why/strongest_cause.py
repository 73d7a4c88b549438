"""The cause that is named first of an item, the one that speaks most for it, and what links it to the item.

The measure is the Shapley value: of the items of a list without what the network adds, which is small and would take
most of the time; in an explanation of the whole score (`shap_values`). Among causes that count nearly the same the one
that is best to tell is named; on a list one that those right above do not tell, so that neighbours are told apart. An
explanation tells what the list of the person tells.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from kgrec_core.explain.asker_scores import UserContext
from kgrec_core.explain.removal.coalitions import Game, Player
from kgrec_core.explain.removal.removed_edges import measure
from kgrec_core.explain.sentences.clauses import DisplayNames
from kgrec_core.explain.why import shap_values
from kgrec_core.explain.why.nameable_causes import CLOSE, Cause, HistoryLink, Part, options
from kgrec_core.explain.why.shap_values import Shares
from kgrec_core.explain.why.told_apart import told_apart

SURE = 0.05  # as CLOSE in a list, whose values are those of an explanation up to the network
LISTED = 20  # items of a list above an explained one, whose reasons are looked at


def causes(user: UserContext, items: Sequence[int], display: DisplayNames) -> list[Cause]:
    """Of each item of a list, none of which is in the history."""
    asked = np.asarray(items, dtype=np.int64)
    if not len(asked):
        return []
    found = shap_values.shares(user, asked)
    parts = [_parts(found, number) for number in range(len(asked))]
    return _measured(user, told_apart(options(user, asked, found, parts, SURE, display), marks(display)))


def cause(game: Game, players: Sequence[Player], values: npt.NDArray[np.float64], display: DisplayNames) -> Cause:
    """The one that a list names of the item, with its SHAP value; another where that is not near the largest one."""
    names = game.world.graph.relation_names
    parts = [_of_player(player, float(value), names) for player, value in zip(players, values, strict=True)]
    listed = causes(game.user, [*_above(game.user, game.candidate), game.candidate], display)[-1]
    best = max((part.value for part in parts), default=0.0)
    for part in parts:
        if listed.part and _is_same(part, listed.part) and part.value >= (1 - CLOSE) * best:
            return replace(listed, part=part)
    asked = np.array([game.candidate])
    found = shap_values.shares(game.user, asked)
    return _measured(game.user, [options(game.user, asked, found, [parts], CLOSE, display)[0][0]])[0]


def _above(user: UserContext, item: int) -> list[int]:
    """The items above on the list of this person, whose reasons decide with what is told of this one; none of an item
    that comes after LISTED others.
    """
    order = np.argsort(-user.scores.numpy(), kind="stable")
    above = order[~np.isin(order, user.items)][: LISTED + 1].tolist()
    return above[: above.index(item)] if item in above else []


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


def marks(display: DisplayNames) -> Callable[[Cause], frozenset[Hashable]]:
    """What a cause tells, for `told_apart`: its kind, the history item that is named, and what links the two."""

    def said(cause: Cause) -> frozenset[Hashable]:
        if cause.kind == "words":
            return frozenset()  # what somebody asked for is told each time
        if cause.kind == "text":
            return frozenset([("text",), ("anchor", cause.anchor)])
        if cause.kind not in ("history", "facet"):
            return frozenset([("kind", cause.kind), ("once more", cause.kind)])
        linked = [_told(link, display) for link in cause.links[:1]]
        return frozenset([("anchor", cause.anchor), *linked])

    return said


def _told(link: HistoryLink, display: DisplayNames) -> tuple[Hashable, ...]:
    if link.path is None:
        return (link.kind,)
    last = link.path.path.edges[-1]
    return int(display.graph.relations[last]), int(display.graph.tails[last])


def _measured(user: UserContext, chosen: Sequence[Cause]) -> list[Cause]:
    """With what the score loses without the fact of each facet."""
    paths = [
        cause.links[0].path.path for cause in chosen if cause.kind == "facet" and cause.links and cause.links[0].path
    ]
    found = iter(measure(user, paths) if paths else ())
    return [
        replace(cause, links=(replace(cause.links[0], path=next(found)),))
        if cause.kind == "facet" and cause.links
        else cause
        for cause in chosen
    ]
