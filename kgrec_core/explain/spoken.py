"""What a line of words does for an item: whether by its likeness to the text, and where the item is without it."""

from __future__ import annotations

from dataclasses import replace

import torch

from kgrec_core.explain.context import UserContext
from kgrec_core.explain.game import Game
from kgrec_core.explain.standing import standing

LEAST = 0.05  # share of all that speaks for the item, or of what the words add, that is worth a sentence


def is_alike(user: UserContext, candidate: int) -> bool:
    """Whether the words lose what they add when they are like no description."""
    if user.words is None:
        return False
    unlike = replace(user.words, similarity=torch.zeros_like(user.words.similarity))
    forms = (user, replace(user, words=unlike), replace(user, words=None))
    whole, mute, without = (_score(form, candidate) for form in forms)
    item = torch.tensor([candidate])
    without -= float((forms[-1].priors(item) - user.priors(item))[0])  # it comes when the words go
    return whole - mute > LEAST * (whole - without)


def rank_without(user: UserContext, item: int) -> int | None:
    """Where the item stands for the same person without the words; None where there are none."""
    return None if user.words is None else standing(replace(user, words=None)).rank(item)


def _score(user: UserContext, item: int) -> float:
    game = Game(user, item)
    return float(game.scores(game.everything())[0])
