"""One explanation: every part of it is asked of the game of one user and one item."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kgrec_core.explain import words
from kgrec_core.explain.asked_for import granted, scored
from kgrec_core.explain.attribution import Shapley, shapley, strongest
from kgrec_core.explain.context import UserContext
from kgrec_core.explain.fidelity import SIZE, deletion, insertion
from kgrec_core.explain.game import Game
from kgrec_core.explain.lines import TELLING, Cause, causes, is_for_everybody, link, many_others, others_too
from kgrec_core.explain.paths import MeasuredPath, measured_paths
from kgrec_core.explain.players import Player, players
from kgrec_core.explain.say import Say
from kgrec_core.explain.spoken import Voices
from kgrec_core.schema import Attribution, Branch, Edge, Node, ScoredPath, Sentence

FACTS = 2  # sentences about what items share


@dataclass(frozen=True, eq=False)
class Findings:
    """What an explanation says, apart from who asked and how long it took."""

    base: float
    branches: tuple[Branch, ...]
    attributions: tuple[Attribution, ...]
    paths: tuple[ScoredPath, ...]
    text: tuple[Sentence, ...]
    attribution_error: float
    faithfulness: dict[str, float]
    faithfulness_random: dict[str, float]


def explain(user: UserContext, candidate: int, user_id: str, say: Say) -> Findings:
    """All findings about why `candidate` has its score for this user."""
    game = Game(user, candidate)
    crew = players(game)
    shares = shapley(game, crew)
    cause = causes(user, [candidate], say)[0]
    paths = measured_paths(game, cause.anchors, cause.path)
    given = granted(user, [candidate])[0]
    order = np.argsort(-np.abs(shares.values), kind="stable")
    ours, at_random = _faithfulness(game, strongest(crew, shares.values)[:SIZE])
    return Findings(
        base=shares.base,
        branches=branches(game),
        attributions=tuple(
            _attribution(game, crew[index], float(shares.values[index]), float(shares.errors[index]), say)
            for index in order
        ),
        paths=(*(scored(path, user_id, say) for path in given), *(_scored(path, user_id, say) for path in paths)),
        text=tuple([*_opening(game, crew, shares, given, say), *_facts(game, paths, cause, say)]),
        attribution_error=float(shares.errors.max(initial=0.0)),
        faithfulness=ours,
        faithfulness_random=at_random,
    )


_BRANCHES = (
    "what others liked together",
    "what others met close in time",
    "knowledge graph",
    "text of the item",
    "attention over the history",
    "how popular it is",
)


def branches(game: Game) -> tuple[Branch, ...]:
    """The fall of the score when a part of the model is switched off, one at a time."""
    left = game.everything(7)
    left.branches[0, 0] = False
    left.branches[1, 1] = False
    left.edges[2] = False
    left.text[3] = False
    left.branches[4, 2] = False
    left.popularity[5] = False
    *scores, whole = game.scores(left).tolist()
    return tuple(Branch(name, whole - score) for name, score in zip(_BRANCHES, scores, strict=True))


def _attribution(game: Game, player: Player, value: float, error: float, say: Say) -> Attribution:
    labels = {"words": "your words", "popularity": "how popular it is"}
    name, label = player.id, labels.get(player.kind, "its description")
    if player.kind == "facet":
        label = say.domain.phrase(player.relation).facet
    elif player.is_group:
        label = _group_label(player, say)
    elif player.kind == "history":
        item = int(game.user.items[player.events[0]])
        name, label = f"history:{say.item_id(item)}", say.title(item)
    return Attribution(name, player.kind, label, value, error)


def _group_label(player: Player, say: Say) -> str:
    """How many history items play together, and what they share with the item."""
    count = len(player.events)
    if player.entity < 0:
        return f"{count} other {say.domain.items if count > 1 else say.domain.item}"
    return f"{count} other {say.domain.group(player.relation, words.with_article(say.graph.labels[player.entity]))}"


def _opening(
    game: Game, crew: tuple[Player, ...], shares: Shapley, given: list[MeasuredPath], say: Say
) -> list[Sentence]:
    """The history items that counted most, words, and how many others liked it where that counts more than any item."""
    places = strongest(crew, shares.values)[:2]
    items = [int(game.user.items[place]) for place in places]
    liked = [float(game.user.weights[place]) == 1 for place in places]
    anchors = [(say.item_id(item), say.title(item), fond) for item, fond in zip(items, liked, strict=True)]
    for_everybody = is_for_everybody(game.user, game.candidate, say)
    voices = Voices(game, crew, shares, places, given)
    spoken = voices.opening(anchors, not for_everybody, say)
    if for_everybody:
        return [many_others(game.candidate, say), *spoken]
    return [*spoken, *([others_too(game.candidate, say)] if voices.popularity_is_loudest else [])]


def _facts(game: Game, paths: list[MeasuredPath], cause: Cause, say: Say) -> list[Sentence]:
    """Up to FACTS of them: what the item's line says, then shown paths that carry as much of the score as a line asks,
    and a fifth of the strongest; those of the liked items that count much first, and of these the best to tell.
    """
    if not cause.anchors:
        return []
    clause, facts = link(game.user, game.candidate, cause, say)
    titles = say.title(game.candidate), say.title(cause.anchor)
    first = [words.linked(titles, clause, facts)] if clause else []
    met = _tail(cause.path, say) if cause.path else -1
    least = max(TELLING * cause.fall, max((path.contribution for path in paths), default=0.0) / 5)
    strong = [path for path in paths if path.contribution >= least and _tail(path, say) != met]
    told = words.best_told(strong, say.graph, say.domain)
    told.sort(key=lambda path: path.path.items[0] not in cause.anchors)
    more = told[: FACTS - len(first)]
    return [*first, *(words.fact(path, say.graph, say.title, say.item_id, say.domain) for path in more)]


def _tail(path: MeasuredPath, say: Say) -> int:
    return int(say.graph.tails[path.path.edges[-1]])


def _faithfulness(game: Game, places: list[int]) -> tuple[dict[str, float], dict[str, float]]:
    """What re-scoring one item can tell, of up to SIZE items that speak for it; `trust` measures the rest."""
    if not places:
        return {}, {}
    n = len(places)
    twins = {f"del@{n}": deletion(game, places), f"ins@{n}": insertion(game, places)}
    return {name: twin.value for name, twin in twins.items()}, {name: twin.random for name, twin in twins.items()}


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
