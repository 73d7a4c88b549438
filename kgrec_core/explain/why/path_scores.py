"""Paths that carried the score, each with its credit: a share of what the score loses without them.

Paths are chosen by what the score loses when their edges are taken out of the graph. Shorter ones come first: a longer
one is credited with what removing its edges costs beyond what removing the edges of all shorter shown paths costs
already. Among paths of one length the credits are the exact Shapley values of the game whose players are the paths and
whose coalitions cost what the score loses without their edges (Shapley 1953); so two paths over one fact share what the
fact carries. Together the credits are what removing all the edges costs.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import combinations

import numpy as np
import torch

from kgrec_core.data.interactions import FloatArray
from kgrec_core.explain.removal.coalitions import Game
from kgrec_core.explain.removal.removed_edges import MeasuredPath, item_scores_without, measure
from kgrec_core.explain.why.nameable_causes import Cause
from kgrec_core.graph.item_paths import ItemPath, bridged_paths, shared_paths
from kgrec_core.graph.typed_graph import Graph
from kgrec_core.schema.explanation import TELLING

PER_EDGE = 2  # history items tried for each fact of the item
MOST_MEASURED = 40
MOST_BRIDGED = 10
MOST_SHOWN = 8
LEADING = 6  # history items that count most, of which all paths are tried
FEW = 4  # with fewer direct paths than this, longer ones are looked for
Edges = frozenset[int]


def shown_paths(game: Game, cause: Cause, asked_for: Sequence[ItemPath] = ()) -> list[MeasuredPath]:
    """The paths of an explanation with their credits, largest first: the fact that the cause names, the strongest
    path of each history item that counts most, the strongest of all others, and facts that were asked for.

    Left out is what has less than TELLING of what the cause adds, but for the named fact and the strongest path.
    """
    named = next((link.path for link in cause.links if link.path), None)
    paths = [*asked_for, *paths_to_show(game, cause.anchors, named)]
    return credited(game, paths, TELLING * cause.value, named.path if named else None)


def credited(
    game: Game, paths: Sequence[ItemPath], least: float = 0.0, named: ItemPath | None = None
) -> list[MeasuredPath]:
    """The paths whose credit is above zero and at least `least`, and without whose edges alone the score loses as much,
    largest credit first; `named` and the strongest path need only be above zero. What is left out has no part in the
    credits of the others.
    """
    costs: dict[Edges, float] = {}
    left = list(paths)
    _measure(game, [frozenset(path.edges) for path in left], costs)
    while left:
        found = dict(zip(left, _credits(game, left, costs), strict=True))
        told = {path: min(credit, costs[frozenset(path.edges)]) for path, credit in found.items()}
        weak = [path for path in left if found[path] <= 0 or (told[path] < least and path != named)]
        weak = [path for path in weak if len(left) > 1 or found[path] <= 0]
        if not weak:
            return sorted((MeasuredPath(*each) for each in found.items()), key=lambda path: -path.contribution)
        left.remove(min(weak, key=found.__getitem__))
    return []


def paths_to_show(game: Game, anchors: Sequence[int] = (), named: MeasuredPath | None = None) -> list[ItemPath]:
    """Up to MOST_SHOWN paths from liked history items, diverse in anchors and relations, `named` among them.

    anchors: history items of which the strongest path is among them, whether or not they were liked
    """
    graph, liked = game.world.graph, list(dict.fromkeys((*_liked(game), *anchors)))
    direct = shared_paths(graph, liked, game.candidate)
    promising = _promising(game, direct)[:MOST_MEASURED]
    leave_one_out = _leave_one_out(game)
    leading = {*anchors, *sorted(liked, key=lambda item: -leave_one_out[item])[:LEADING]}
    candidates = dict.fromkeys((*promising, *(path for path in direct if path.items[0] in leading)))
    if len(promising) < FEW:
        candidates |= dict.fromkeys(bridged_paths(graph, liked, game.candidate, MOST_BRIDGED))
    carrying = [path for path in measure(game.user, list(candidates)) if path.contribution > 0]
    worth = {path: _worth(path, leave_one_out) for path in carrying}
    carrying.sort(key=lambda path: -worth[path])
    first = [next((path for path in carrying if path.path.items[0] == anchor), None) for anchor in anchors]
    fixed = {path.path: path for path in (named, *first) if path}.values()
    return [path.path for path in _diverse(carrying, list(fixed), worth, graph, MOST_SHOWN)]


def candidates(game: Game) -> list[ItemPath]:
    """Every path that could be shown, whatever it carries."""
    graph, liked = game.world.graph, _liked(game)
    direct = shared_paths(graph, liked, game.candidate)
    few = len(_promising(game, direct)) < FEW
    return direct + bridged_paths(graph, liked, game.candidate, MOST_BRIDGED) if few else direct


def _leave_one_out(game: Game) -> dict[int, float]:
    """What the score loses without each item of the history; 0 where it loses nothing."""
    return dict(zip(game.user.items.tolist(), game.leave_one_out.clamp(min=0).tolist(), strict=True))


def _worth(path: MeasuredPath, leave_one_out: dict[int, float]) -> float:
    """The geometric mean of what the score loses without the facts of a path, and without its history item.

    A fact that many items share costs much whichever of them the path begins with.
    """
    return math.sqrt(path.contribution * leave_one_out[path.path.items[0]])


def _liked(game: Game) -> list[int]:
    return [int(item) for item in game.user.items[game.user.weights == 1]]


def _promising(game: Game, paths: list[ItemPath]) -> list[ItemPath]:
    """The paths worth a re-scoring: for each fact, those whose history item speaks most for it in the closed form."""
    if not paths:
        return []
    share = _closed_form_share(game, paths)
    taken: Counter[int] = Counter()
    chosen = []
    for index in np.argsort(-share, kind="stable").tolist():
        last = paths[index].edges[-1]
        if taken[last] < PER_EDGE:
            taken[last] += 1
            chosen.append(paths[index])
    return chosen


def _closed_form_share(game: Game, paths: list[ItemPath]) -> FloatArray:
    """(paths,) what is sent for the history item times both edge weights times the branch weights of the relation."""
    kernel, fusion = game.world.kernel, game.fusion
    first, last = (torch.tensor([path.edges[end] for path in paths]) for end in (0, -1))
    anchors, ends = (torch.tensor([path.items[end] for path in paths]) for end in (0, -1))
    model, relation = game.user.recommender, kernel.edge_relation[last]
    weight, contents = fusion.branch_weight(len(game.user.items)), range(len(model.columns.contents))
    branch = torch.stack([weight[model.columns.of_facts(place)][relation] for place in contents])
    sent = (game.user.sent[:, anchors] * model.linear.reach[:, ends] * branch).sum(0)
    same = kernel.columns[first] == kernel.columns[last]  # one person in two roles is no shared column
    share = sent * kernel.weights[first] * kernel.weights[last] * torch.where(same, 1.0, 0.1)
    return share.detach().numpy()


def _diverse(
    paths: list[MeasuredPath], chosen: list[MeasuredPath], worth: dict[MeasuredPath, float], graph: Graph, most: int
) -> list[MeasuredPath]:
    """Greedy choice beside those chosen already: a path counts half for each chosen one with its anchor, and half for
    each with its relation.
    """
    known = {path.path for path in chosen}
    left = [path for path in paths if path.path not in known]
    anchors = Counter(path.path.items[0] for path in chosen)
    relations = Counter(_kind(path, graph) for path in chosen)
    while left and len(chosen) < most:
        best = max(
            left,
            key=lambda path: worth[path] * 0.5 ** (anchors[path.path.items[0]] + relations[_kind(path, graph)]),
        )
        left.remove(best)
        chosen.append(best)
        anchors[best.path.items[0]] += 1
        relations[_kind(best, graph)] += 1
    return chosen


def _kind(path: MeasuredPath, graph: Graph) -> int:
    return int(graph.relations[path.path.edges[-1]])


def _credits(game: Game, paths: Sequence[ItemPath], costs: dict[Edges, float]) -> list[float]:
    """In the order of the paths. costs: what the score loses without each set of edges, as far as it is known."""
    found = dict[int, float]()
    for length in sorted({len(path.edges) for path in paths}):
        shorter = frozenset(edge for path in paths if len(path.edges) < length for edge in path.edges)
        players = [number for number, path in enumerate(paths) if len(path.edges) == length]
        sets = [frozenset(paths[number].edges) for number in players]
        coalitions = [
            (members, shorter.union(*(sets[member] for member in members)))
            for size in range(len(players) + 1)
            for members in map(frozenset, combinations(range(len(players)), size))
        ]
        _measure(game, [edges for _, edges in coalitions], costs)
        values = _shapley({members: costs[edges] for members, edges in coalitions}, len(players))
        found |= dict(zip(players, values, strict=True))
    return [found[number] for number in range(len(paths))]


def _measure(game: Game, sets: Sequence[Edges], costs: dict[Edges, float]) -> None:
    unknown = list(dict.fromkeys(edges for edges in sets if edges not in costs))
    if unknown:
        gone = [np.array(sorted(edges), dtype=np.int64) for edges in (frozenset[int](), *unknown)]
        whole, *scores = item_scores_without(game.user, game.candidate, gone).tolist()
        costs.update({edges: whole - score for edges, score in zip(unknown, scores, strict=True)})


def _shapley(costs: dict[frozenset[int], float], players: int) -> list[float]:
    """Exact values of a game by all its coalitions."""
    weight = [
        math.factorial(size) * math.factorial(players - size - 1) / math.factorial(players) for size in range(players)
    ]
    return [
        sum(
            weight[len(members)] * (costs[members | {player}] - cost)
            for members, cost in costs.items()
            if player not in members
        )
        for player in range(players)
    ]
