"""One line for each item of a list: the liked item without which the score falls most, and what carried it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch

from kgrec_core.data.interactions import FloatArray, IntArray
from kgrec_core.explain import words
from kgrec_core.explain.context import UserContext
from kgrec_core.explain.facts import HISTORY, LIKES, NEAR, TOGETHER
from kgrec_core.explain.games import falls
from kgrec_core.explain.paths import MeasuredPath, measure
from kgrec_core.explain.say import Say
from kgrec_core.graph.paths import ItemPath, shared_paths
from kgrec_core.schema import Sentence

TELLING = 0.05  # share of an item's effect that a fact must carry to be given as its reason


def lines(user: UserContext, items: Sequence[int], say: Say) -> tuple[Sentence, ...]:
    """A reason for each of the items, none of which is in the history.

    Where the item is ahead for everybody by more than this history adds, many others are the reason.
    A shared fact is named when taking it out of the graph costs at least TELLING of what the liked item adds. Else it
    was others' likes, or when others met the two, if a closed form links them; and without any liked item that counts,
    how many liked this one.
    """
    asked, liked = np.asarray(items, dtype=np.int64), np.flatnonzero(user.weights == 1)
    if not len(liked) or not len(asked):
        return tuple(_likes(item, say) for item in items)
    drops: FloatArray = falls(user, asked, liked).numpy()
    anchors = user.items[liked[drops.argmax(1)]]
    told = _carried(user, asked, anchors, TELLING * drops.max(1), say)
    return tuple(
        _line(user, pair, fall, carried, say)
        for pair, fall, carried in zip(
            zip(anchors.tolist(), items, strict=True), drops.max(1).tolist(), told, strict=True
        )
    )


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
    likes = f"{say.liked_by(item)} of {say.users} {say.domain.user.lower()}s"
    words = f"Because many others {say.domain.liked} it: {likes}."
    return Sentence(words, (f"{LIKES}{say.item_id(item)}",))


def _likes(item: int, say: Say) -> Sentence:
    likes = f"{say.liked_by(item)} of {say.users} {say.domain.user.lower()}s {say.domain.liked} it."
    return Sentence(likes, (f"{LIKES}{say.item_id(item)}",))


def _carried(
    user: UserContext, items: IntArray, anchors: IntArray, least: FloatArray, say: Say
) -> list[list[MeasuredPath]]:
    """For each item, the paths from its anchor that carry at least so much of the score."""
    pairs = zip(anchors.tolist(), items.tolist(), strict=True)
    paths: list[list[ItemPath]] = [shared_paths(say.graph, [anchor], item) for anchor, item in pairs]
    measured = iter(measure(user, [path for each in paths for path in each]))
    found = [[next(measured) for _ in each] for each in paths]
    return [
        [path for path in each if path.contribution >= low] for each, low in zip(found, least.tolist(), strict=True)
    ]


def _line(user: UserContext, pair: tuple[int, int], fall: float, carried: list[MeasuredPath], say: Say) -> Sentence:
    anchor, item = pair
    if fall <= 0:
        return _likes(item, say)
    if fall < appeal(user, item) and is_for_everybody(user, item, say):
        return many_others(item, say)
    told = words.best_told(carried, say.graph, say.domain)
    if told:
        clause = words.shared(told[0], say.graph, say.domain)
        return words.reason(say.title(anchor), clause, words.evidence(told[0], say.graph, say.item_id), say.domain)
    known = f"{HISTORY}{say.item_id(anchor)}"
    linear = user.recommender.linear
    together, near = (TOGETHER, linear.weights, words.together(say.domain)), (NEAR, linear.sequence, words.NEAR)
    for prefix, theirs, clause in (together, near):
        if float(theirs[anchor, item]) > 0:
            linked = f"{prefix}{say.item_id(anchor)}|{say.item_id(item)}"
            return words.reason(say.title(anchor), clause, (known, linked), say.domain)
    return words.reason(say.title(anchor), "", (known,), say.domain)
