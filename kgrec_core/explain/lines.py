"""One line for each item of a list: a liked item without which the score falls, and what carried it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from kgrec_core.data.interactions import FloatArray
from kgrec_core.explain import words
from kgrec_core.explain.context import UserContext
from kgrec_core.explain.facts import HISTORY, LIKES, NEAR, TOGETHER
from kgrec_core.explain.game import Game
from kgrec_core.explain.games import falls
from kgrec_core.explain.paths import MeasuredPath, measure, measured_paths
from kgrec_core.explain.say import Say
from kgrec_core.graph.paths import ItemPath, shared_paths
from kgrec_core.schema import Sentence

TELLING = 0.05  # share of what a liked item adds that a fact must carry to be given as its reason
STRONG = 0.5  # share of what the strongest liked item adds that another must add to be named in its place
PER_RELATION = 3  # paths of a relation between two items that are scored again
MOST_ANCHORS = 3  # liked items that are asked for what they share with an item


@dataclass(frozen=True, eq=False)
class Cause:
    """What speaks for an item. anchors: liked items that count most, the strongest first · fall: what the score loses
    without the strongest one · path: from one that counts nearly as much, the fact to tell, if one carried enough.
    """

    anchors: tuple[int, ...]
    fall: float
    path: MeasuredPath | None

    @property
    def anchor(self) -> int:
        """The liked item to name."""
        return self.path.path.items[0] if self.path else self.anchors[0]


def lines(user: UserContext, items: Sequence[int], say: Say) -> tuple[Sentence, ...]:
    """A reason for each of the items, none of which is in the history.

    Where the item is ahead for everybody by more than this history adds, many others are the reason.
    A shared fact is named when taking it out of the graph costs at least TELLING of what the liked item adds. Else it
    was others' likes, or when others met the two, if a closed form links them; and without any liked item that counts,
    how many liked this one.
    """
    return tuple(_line(user, item, cause, say) for item, cause in zip(items, causes(user, items, say), strict=True))


def causes(user: UserContext, items: Sequence[int], say: Say) -> list[Cause]:
    """Of each item. The fact that is best to tell decides which of the strongest liked items is named."""
    asked, liked = np.asarray(items, dtype=np.int64), np.flatnonzero(user.weights == 1)
    if not len(liked) or not len(asked):
        return [Cause((), 0.0, None) for _ in items]
    drops: FloatArray = falls(user, asked, liked).numpy()
    order = np.argsort(-drops, axis=1, kind="stable")[:, :MOST_ANCHORS]
    added = np.take_along_axis(drops, order, axis=1)  # (items, anchors), the strongest first
    count = (added > 0).sum(1).tolist()
    anchors = [tuple(own[:most]) for own, most in zip(user.items[liked][order].tolist(), count, strict=True)]
    strong = [each[(each > 0) & (each >= STRONG * each[0])].tolist() for each in added]
    told = _told(user, items, anchors, strong, say)
    return [Cause(*each) for each in zip(anchors, added[:, 0].tolist(), told, strict=True)]


def shown_paths(game: Game, say: Say) -> list[MeasuredPath]:
    """The paths of one explanation: the one that the item's line tells, of each liked item that counts most the one
    that carries most, and the strongest of all others.
    """
    cause = causes(game.user, [game.candidate], say)[0]
    return measured_paths(game, cause.anchors, cause.path)


def appeal(user: UserContext, item: int) -> float:
    """How far the item is ahead of the mean item for anybody of whom so many events are known, whichever these are."""
    return float(user.recommender.appeal[item] + user.priors(torch.tensor([item])))


def is_for_everybody(user: UserContext, item: int, say: Say) -> bool:
    """Whether a well-known item is ahead for everybody by more than this history adds."""
    if not say.is_popular(item):
        return False
    return float(user.scores[item] - user.recommender.nobody[item] - user.priors(torch.tensor([item]))) < appeal(
        user, item
    )


def many_others(item: int, say: Say) -> Sentence:
    """The sentence for an item that is ahead for everybody."""
    words = f"Because many others {say.domain.liked} it: {_counted(item, say)}."
    return Sentence(words, (f"{LIKES}{say.item_id(item)}",))


def others_too(item: int, say: Say) -> Sentence:
    """The sentence for one whose popularity speaks for it beside the history."""
    return Sentence(f"Many others {say.domain.liked} it too: {_counted(item, say)}.", (f"{LIKES}{say.item_id(item)}",))


def _likes(item: int, say: Say) -> Sentence:
    return Sentence(f"{_counted(item, say)} {say.domain.liked} it.", (f"{LIKES}{say.item_id(item)}",))


def _counted(item: int, say: Say) -> str:
    return f"{say.liked_by(item)} of {say.users} {say.domain.user.lower()}s"


def _told(
    user: UserContext, items: Sequence[int], anchors: Sequence[tuple[int, ...]], added: Sequence[list[float]], say: Say
) -> list[MeasuredPath | None]:
    """Of each item, the best path to tell that carries enough of what its anchor adds; added: of the first anchors, the
    only ones that are asked.
    """
    asked = [dict(zip(own, adds, strict=False)) for own, adds in zip(anchors, added, strict=True)]
    paths = [_tellable(list(adds), item, say) for adds, item in zip(asked, items, strict=True)]
    measured = iter(measure(user, [path for own in paths for path in own]))
    found = []
    for own, adds in zip(paths, asked, strict=True):
        tried = [next(measured) for _ in own]
        carried = [path for path in tried if path.contribution >= TELLING * adds[path.path.items[0]]]
        carried.sort(key=lambda path: -path.contribution)
        found.append(next(iter(words.best_told(carried, say.graph, say.domain)), None))
    return found


def _tellable(anchors: Sequence[int], item: int, say: Say) -> list[ItemPath]:
    """Direct paths, of each anchor and relation those that are best to tell or rarest: only these are scored again."""
    graph = say.graph
    told = {
        path: (words.by_telling(path, graph, say.domain), int(graph.fame[graph.tails[path.edges[-1]]]))
        for path in shared_paths(graph, anchors, item)
    }
    met: Counter[tuple[int, int]] = Counter()
    chosen = []
    for path in sorted(told, key=told.__getitem__):
        kind = path.items[0], int(graph.relations[path.edges[-1]])
        met[kind] += 1
        if met[kind] <= PER_RELATION:
            chosen.append(path)
    return chosen


def _line(user: UserContext, item: int, cause: Cause, say: Say) -> Sentence:
    if not cause.anchors:
        return _likes(item, say)
    if cause.fall < appeal(user, item) and is_for_everybody(user, item, say):
        return many_others(item, say)
    return words.reason(say.title(cause.anchor), *link(user, item, cause, say), say.domain)


def link(user: UserContext, item: int, cause: Cause, say: Say) -> tuple[str, tuple[str, ...]]:
    """What links an item and the anchor of its cause, as a clause, and the ids of what it says; no clause where nothing
    is known.
    """
    if cause.path:
        return words.shared(cause.path, say.graph, say.domain), words.evidence(cause.path, say.graph, say.item_id)
    known, linear = f"{HISTORY}{say.item_id(cause.anchor)}", user.recommender.linear
    together, near = (TOGETHER, linear.weights, words.together(say.domain)), (NEAR, linear.sequence, words.NEAR)
    for prefix, theirs, clause in (together, near):
        if float(theirs[cause.anchor, item]) > 0:
            return clause, (known, f"{prefix}{say.item_id(cause.anchor)}|{say.item_id(item)}")
    return "", (known,)
