"""How an explanation opens: the cause that counts most first, then what else counts, in that order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import torch

from kgrec_core.explain import asked_for, words
from kgrec_core.explain.attribution import shares
from kgrec_core.explain.causes import Cause, facet_edge
from kgrec_core.explain.checker import READ
from kgrec_core.explain.context import UserContext
from kgrec_core.explain.game import Game, Player
from kgrec_core.explain.games import MeasuredPath
from kgrec_core.explain.lines import anchor, clause, edge_id, popularity
from kgrec_core.explain.words import Say
from kgrec_core.schema import Sentence

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


def _score(user: UserContext, item: int) -> float:
    game = Game(user, item)
    return float(game.scores(game.everything())[0])


BESIDE = 0.5  # share of what the first cause adds, from which a cause of another kind is told beside it
MOST = 2  # causes told beside the first one


class Headline:
    """values: SHAP values of the crew · granted: facts of the item that the words of a visitor name"""

    def __init__(
        self, game: Game, crew: Sequence[Player], values: npt.NDArray[np.float64], granted: Sequence[MeasuredPath]
    ) -> None:
        self.game, self.granted = game, granted
        self.ranked = sorted(zip(crew, values.tolist(), strict=True), key=lambda each: -each[1])
        self.all = sum(value for _, value in self.ranked if value > 0)  # that speaks for the item

    def sentences(self, cause: Cause, say: Say) -> list[Sentence]:
        """Why, the strongest cause first; nothing where nothing speaks for the item."""
        if not cause.part:
            return []
        told = {cause.kind}
        beside: list[Sentence] = []
        for player, value in self.ranked:
            if player.kind not in told and value > self._least(player.kind, cause.value) and len(beside) < MOST:
                told.add(player.kind)
                beside.append(self._beside(player, say))
        return [self._first(cause, say), *beside]

    def _first(self, cause: Cause, say: Say) -> Sentence:
        anchors = self._anchors(cause)
        value = sum(value for place, value in self._history if int(self.game.user.items[place]) in anchors)
        mostly = (value if anchors else cause.value) >= self.all / 2
        if cause.kind == "words":
            return words.because_of_words(mostly, is_alike(self.game.user, self.game.candidate), self._asked(say))
        said, ids = clause(self.game.user, self.game.candidate, cause, say)
        if anchors:
            said, ids = words.liked([anchor(self.game.user, item, say) for item in anchors], say.domain)
        return words.because(mostly, said, ids)

    def _anchors(self, cause: Cause) -> list[int]:
        """Of a cause in the history: the item to name, and the next one if no other kind of cause counts more."""
        if cause.kind != "history":
            return []
        others = max((value for player, value in self.ranked if player.kind != "history"), default=0.0)
        items = [int(self.game.user.items[place]) for place, value in self._history if value > max(others, 0)]
        return [cause.anchor, *[item for item in items if item != cause.anchor][:1]]

    def _beside(self, player: Player, say: Say) -> Sentence:
        user, item = self.game.user, self.game.candidate
        if player.kind == "history":
            places = [place for place, value in self._history if value > 0][:2]
            return words.besides([anchor(user, int(user.items[place]), say) for place in places], say.domain)
        if player.kind == "words":
            return words.your_words_too(self._asked(say))
        if player.kind == "popularity":
            said, ids = popularity(item, say)
            return Sentence(f"{said[0].upper()}{said[1:]}.".replace(" it: ", " it too: "), ids)
        if player.kind == "text":
            return Sentence(f"Counted too: {say.text_of(item)}.", (f"{READ}{say.item_id(item)}",))
        relation = say.graph.relation_names.index(player.relation)
        edge = facet_edge(shares(user, np.array([item])), 0, relation, say)
        return Sentence(f"Counted too: {say.domain.phrase(player.relation).facet}.", (edge_id(edge, say),))

    def _least(self, kind: str, first: float) -> float:
        """What a cause has to add to be told beside the first; what somebody typed or liked is told sooner."""
        return min(LEAST * self.all, BESIDE * first) if kind in ("words", "history") else BESIDE * first

    def _asked(self, say: Say) -> tuple[str, tuple[str, ...]]:
        said = sum(value for player, value in self.ranked if player.kind == "words")
        return asked_for.asked(asked_for.tellable(self.granted, said, say), say)

    @property
    def _history(self) -> list[tuple[int, float]]:
        """Places and values, strongest first."""
        return [(player.events[0], value) for player, value in self.ranked if player.kind == "history"]
