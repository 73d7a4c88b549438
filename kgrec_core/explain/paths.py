"""Paths that carried the score: each is judged by the score lost when its graph edges are taken out of the graph."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from kgrec_core.data.interactions import FloatArray
from kgrec_core.explain.context import UserContext
from kgrec_core.explain.game import Game
from kgrec_core.explain.games import scores_without
from kgrec_core.graph.build import Graph
from kgrec_core.graph.paths import ItemPath, bridged_paths, shared_paths

PER_EDGE = 2  # history items tried for each fact of the item
MOST_MEASURED = 40
MOST_BRIDGED = 10
LEADING = 6  # history items that count most, of which all paths are tried
FEW = 4  # with fewer direct paths than this, longer ones are looked for


@dataclass(frozen=True, slots=True)
class MeasuredPath:
    path: ItemPath
    contribution: float  # of the score: what is lost without its edges alone (`measure`), or its credit (`path_credit`)


def chosen_paths(
    game: Game, anchors: Sequence[int] = (), told: MeasuredPath | None = None, most: int = 8
) -> list[ItemPath]:
    """Up to `most` paths from liked history items, diverse in anchors and relations, `told` among them.

    anchors: history items of which the strongest path is among them, whether or not they were liked
    """
    graph, liked = game.world.graph, list(dict.fromkeys((*_liked(game), *anchors)))
    direct = shared_paths(graph, liked, game.candidate)
    promising = _promising(game, direct)[:MOST_MEASURED]
    falls_of = _falls(game)
    leading = {*anchors, *sorted(liked, key=lambda item: -falls_of[item])[:LEADING]}
    candidates = dict.fromkeys((*promising, *(path for path in direct if path.items[0] in leading)))
    if len(promising) < FEW:
        candidates |= dict.fromkeys(bridged_paths(graph, liked, game.candidate, MOST_BRIDGED))
    carrying = [path for path in measure(game.user, list(candidates)) if path.contribution > 0]
    worth = {path: _worth(path, falls_of) for path in carrying}
    carrying.sort(key=lambda path: -worth[path])
    first = [next((path for path in carrying if path.path.items[0] == anchor), None) for anchor in anchors]
    fixed = {path.path: path for path in (told, *first) if path}.values()
    return [path.path for path in _diverse(carrying, list(fixed), worth, graph, most)]


def candidates(game: Game) -> list[ItemPath]:
    """Every path that could be shown, whatever it carries."""
    graph, liked = game.world.graph, _liked(game)
    direct = shared_paths(graph, liked, game.candidate)
    few = len(_promising(game, direct)) < FEW
    return direct + bridged_paths(graph, liked, game.candidate, MOST_BRIDGED) if few else direct


def measure(user: UserContext, paths: list[ItemPath]) -> list[MeasuredPath]:
    """Every path with its contribution to the score of the item it leads to, in the order given."""
    if not paths:
        return []
    last = np.array([path.items[-1] for path in paths], dtype=np.int64)
    items, whole = np.unique(last, return_inverse=True)
    gone = [*(np.unique(path.edges) for path in paths), *[np.zeros(0, dtype=np.int64)] * len(items)]
    scores = scores_without(user, np.concatenate([last, items]), gone).tolist()
    wholes = scores[len(paths) :]
    return [
        MeasuredPath(path, wholes[place] - score)
        for path, place, score in zip(paths, whole.tolist(), scores[: len(paths)], strict=True)
    ]


def _falls(game: Game) -> dict[int, float]:
    """What the score loses without each item of the history; 0 where it loses nothing."""
    return dict(zip(game.user.items.tolist(), game.falls.clamp(min=0).tolist(), strict=True))


def _worth(path: MeasuredPath, falls_of: dict[int, float]) -> float:
    """The geometric mean of what the score loses without the facts of a path, and without its history item.

    A fact that many items share costs much whichever of them the path begins with.
    """
    return math.sqrt(path.contribution * falls_of[path.path.items[0]])


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
    """(paths,) residual of the history item times both edge weights times the branch weight of the relation."""
    kernel, fusion = game.world.kernel, game.fusion
    first, last = (torch.tensor([path.edges[end] for path in paths]) for end in (0, -1))
    anchors = torch.tensor([path.items[0] for path in paths])
    branch = fusion.branch_weight[game.user.recommender.columns.of_facts][kernel.edge_relation[last]]
    residual = game.user.residual[anchors]
    same = kernel.columns[first] == kernel.columns[last]  # one person in two roles is no shared column
    share = residual * kernel.weights[first] * kernel.weights[last] * branch * torch.where(same, 1.0, 0.1)
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
