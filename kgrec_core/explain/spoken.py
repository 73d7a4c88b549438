"""What a line of words says for an item, in sentences beside that of the history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import torch

from kgrec_core.explain import asked_for, words
from kgrec_core.explain.attribution import Shapley
from kgrec_core.explain.context import UserContext
from kgrec_core.explain.game import Game
from kgrec_core.explain.paths import MeasuredPath
from kgrec_core.explain.players import Player
from kgrec_core.explain.say import Say
from kgrec_core.explain.standing import standing
from kgrec_core.schema import Sentence

LEAST = 0.05  # share of all that speaks for the item, or of what the words add, that is worth a sentence


@dataclass(frozen=True, eq=False)
class Voices:
    """How much history items and words speak for one item. places: the strongest history items, best first."""

    game: Game
    crew: tuple[Player, ...]
    shares: Shapley
    places: Sequence[int]
    granted: Sequence[MeasuredPath]  # facts of the item that the words name

    def opening(self, anchors: Sequence[words.Anchor], mostly: bool, say: Say) -> list[Sentence]:
        """Why, the stronger of the two first. anchors: of `places` · mostly: whether one thing may be called most."""
        domain = say.domain
        said, best = self._value("words"), max(map(self._of_place, self.places), default=0.0)
        named = sum(map(self._of_place, self.places))
        first = words.because(anchors, mostly and self._is_most(named), domain)
        told = said > LEAST * self._for
        asked = asked_for.asked(asked_for.tellable(self.granted, said, say), say) if told else ("", ())
        if not told or best > said:
            return [*([first] if first else []), *([words.your_words_too(asked)] if told else [])]
        own = words.because_of_words(mostly and self._is_most(said), self._is_alike(), asked)
        besides = words.besides(anchors, domain)
        return [own, *([besides] if besides else [])]

    @property
    def popularity_is_loudest(self) -> bool:
        """Whether it counts more than any single history item."""
        return self._value("popularity") > max(map(self._of_place, self.places), default=0.0)

    def _of_place(self, place: int) -> float:
        return self._value(f"history:{place}")

    def _value(self, name: str) -> float:
        return sum(
            float(value) for player, value in zip(self.crew, self.shares.values, strict=True) if player.id == name
        )

    def _is_most(self, value: float) -> bool:
        """Whether it is at least half of all values above zero."""
        return value >= self._for / 2

    @property
    def _for(self) -> float:
        """Sum of all values above zero."""
        return float(self.shares.values.clip(min=0).sum())

    def _is_alike(self) -> bool:
        """Whether the words lose what they add when they are like no description."""
        user = self.game.user
        if user.words is None:
            return False
        unlike = replace(user.words, similarity=torch.zeros_like(user.words.similarity))
        forms = (user, replace(user, words=unlike), replace(user, words=None))
        whole, mute, without = (_score(form, self.game.candidate) for form in forms)
        item = torch.tensor([self.game.candidate])
        without -= float((forms[-1].priors(item) - user.priors(item))[0])  # it comes when the words go
        return whole - mute > LEAST * (whole - without)


def rank_without(user: UserContext, item: int) -> int | None:
    """Where the item stands for the same person without the words; None where there are none."""
    return None if user.words is None else standing(replace(user, words=None)).rank(item)


def _score(user: UserContext, item: int) -> float:
    game = Game(user, item)
    return float(game.scores(game.everything())[0])
