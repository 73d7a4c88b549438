"""One explanation: every part of it is asked of the game of one user and one item."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kgrec_core.explain import words
from kgrec_core.explain.attribution import Shapley, shapley
from kgrec_core.explain.fidelity import SIZE, deletion
from kgrec_core.explain.game import Game, UserContext
from kgrec_core.explain.paths import MeasuredPath, measure, measured_paths
from kgrec_core.explain.players import Player, leave_one_event_out, players
from kgrec_core.explain.say import Say
from kgrec_core.graph.paths import shared_paths
from kgrec_core.schema import Attribution, Branch, Edge, Node, ScoredPath, Sentence

FACTS = 2  # sentences about what items share
TELLING = 0.05  # share of an item's effect that a fact must carry to be given as its reason


@dataclass(frozen=True, eq=False)
class Findings:
    """What an explanation says, apart from who asked and how long it took."""

    base: float
    branches: tuple[Branch, ...]
    attributions: tuple[Attribution, ...]
    paths: tuple[ScoredPath, ...]
    text: tuple[Sentence, ...]
    faithfulness: dict[str, float]
    faithfulness_random: dict[str, float]


def explain(user: UserContext, candidate: int, user_id: str, say: Say) -> Findings:
    """All findings about why `candidate` has its score for this user."""
    game = Game(user, candidate)
    crew = players(game)
    shares = shapley(game, crew)
    paths = measured_paths(game)
    order = np.argsort(-np.abs(shares.values), kind="stable")
    deleted, at_random = _faithfulness(game, crew, shares)
    return Findings(
        base=shares.base,
        branches=_branches(game),
        attributions=tuple(_attribution(game, crew[index], float(shares.values[index]), say) for index in order),
        paths=tuple(_scored(path, user_id, say) for path in paths),
        text=tuple(_text(game, crew, shares, paths, say)),
        faithfulness=deleted,
        faithfulness_random=at_random,
    )


def reason(user: UserContext, candidate: int, say: Say) -> str:
    """One line for a list: the liked item without which the score falls most, and what carried it.

    A shared fact is named when taking it out of the graph costs at least TELLING of that fall. Else it was others'
    likes, if the closed form links the two items; and without any liked item that counts, how many liked this one.
    """
    game = Game(user, candidate)
    drops = np.where(user.weights == 1, leave_one_event_out(game).numpy(), 0.0)
    if not (drops > 0).any():
        return f"{say.liked_by(candidate)} of {say.users} {say.domain.user.lower()}s {say.domain.liked} it."
    place = int(drops.argmax())
    anchor = int(user.items[place])
    paths = measure(game, shared_paths(say.graph, [anchor], candidate))
    carried = [path for path in paths if path.contribution >= TELLING * drops[place]]
    told = words.best_told(carried, say.graph, say.domain)
    if told:
        return words.reason(say.title(anchor), words.shared(told[0], say.graph, say.domain), say.domain)
    together = float(user.recommender.linear.weights[anchor, candidate]) > 0
    return words.reason(say.title(anchor), words.TOGETHER if together else "", say.domain)


def _branches(game: Game) -> tuple[Branch, ...]:
    """The fall of the score when a part of the model is switched off, one at a time."""
    left = game.everything(5)
    left.branches[0, 0] = False
    left.edges[1] = False
    left.text[2] = False
    left.branches[3, 1] = False
    scores = game.scores(left).tolist()
    names = ("what others liked together", "knowledge graph", "text of the item", "attention over the history")
    return tuple(Branch(name, scores[4] - score) for name, score in zip(names, scores[:4], strict=True))


def _attribution(game: Game, player: Player, value: float, say: Say) -> Attribution:
    if player.kind == "facet":
        return Attribution(player.id, "facet", say.domain.phrase(player.relation).facet, value)
    if player.kind == "text":
        return Attribution("text", "text", "its description", value)
    if len(player.events) > 1 or player.id == "history:rest":
        return Attribution(player.id, "history", f"{len(player.events)} other {say.domain.items}", value)
    item = int(game.user.items[player.events[0]])
    return Attribution(f"history:{say.item_id(item)}", "history", say.title(item), value)


def _text(game: Game, crew: tuple[Player, ...], shares: Shapley, paths: list[MeasuredPath], say: Say) -> list[Sentence]:
    """The history items that counted most, then what they or others share with the item."""
    strongest = _strongest(game, crew, shares, 2)
    anchors = [(say.item_id(item), say.title(item), float(game.user.weights[place]) == 1) for place, item in strongest]
    first = words.because(anchors, _are_most(strongest, crew, shares), say.domain)
    told = words.best_told(paths, say.graph, say.domain)
    facts = [words.fact(path, say.graph, say.title, say.item_id, say.domain) for path in _different(told)]
    return [*([first] if first else []), *facts]


def _are_most(strongest: list[tuple[int, int]], crew: tuple[Player, ...], shares: Shapley) -> bool:
    """Whether these places make up at least half of all values above zero."""
    named = {(place,) for place, _ in strongest}
    theirs = sum(value for player, value in zip(crew, shares.values, strict=True) if player.events in named)
    return bool(theirs >= shares.values.clip(min=0).sum() / 2)


def _different(told: list[MeasuredPath]) -> list[MeasuredPath]:
    """The best told path, and the next one that ends in another entity."""
    chosen: list[MeasuredPath] = []
    for path in told:
        if len(chosen) < FACTS and all(path.path.edges[-1] != other.path.edges[-1] for other in chosen):
            chosen.append(path)
    return chosen


def _strongest(game: Game, crew: tuple[Player, ...], shares: Shapley, n: int) -> list[tuple[int, int]]:
    """(place, item) of the single history items with the largest values above zero."""
    order = np.argsort(-shares.values, kind="stable").tolist()
    single = [crew[index].events[0] for index in order if shares.values[index] > 0 and len(crew[index].events) == 1]
    return [(place, int(game.user.items[place])) for place in single[:n]]


def _faithfulness(game: Game, crew: tuple[Player, ...], shares: Shapley) -> tuple[dict[str, float], dict[str, float]]:
    places = tuple(place for place, _ in _strongest(game, crew, shares, SIZE))
    if not places:
        return {}, {}
    ours, at_random = deletion(game, places)
    name = f"del@{len(places)}"
    return {name: ours}, {name: at_random}


def _scored(path: MeasuredPath, user_id: str, say: Say) -> ScoredPath:
    """The path with the user in front, as people read it."""
    user = Node(f"user:{user_id}", "You", "user")
    nodes, edges = [user], []
    liked = say.item_node(path.path.items[0])
    nodes.append(liked)
    edges.append(Edge(user.id, say.domain.liked, liked.id))
    for step, edge in enumerate(path.path.edges):
        entity = say.entity_node(int(say.graph.tails[edge]))
        item = say.item_node(int(say.graph.heads[edge]))
        nodes.append(entity if step % 2 == 0 else item)
        edges.append(Edge(item.id, say.graph.relation_names[int(say.graph.relations[edge])], entity.id))
    clause = words.shared(path, say.graph, say.domain) if len(path.path.edges) == 2 else ""
    return ScoredPath(tuple(nodes), tuple(edges), path.contribution, clause)
