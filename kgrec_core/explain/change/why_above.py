"""Why one item stands above another for one person: the difference of their scores, cause by cause, re-scored.

Both scores are sums of SHAP values of the same causes, so their difference is the sum of the differences. A cause is
named only where the model itself says so: both items are scored without it, and the gap is smaller then, or turns.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

import torch
from torch import Tensor

from kgrec_core.explain.asker_scores import UserContext
from kgrec_core.explain.explainer import attribution
from kgrec_core.explain.removal.coalitions import Game, Player, coalitions, players_of
from kgrec_core.explain.removal.ranking import ranking
from kgrec_core.explain.sentences.analyst_paragraph import listed
from kgrec_core.explain.sentences.clauses import DisplayNames
from kgrec_core.explain.why.aligned_causes import BASE, aligned
from kgrec_core.explain.why.shap_values import Shapley, shapley
from kgrec_core.schema.comparison import AlignedCause, NamedDifference, WhyAbove
from kgrec_core.schema.explanation import TELLING, Attribution

NAMED = 3  # causes that are named, at most
TRIED = 8  # causes that the model is asked without, the largest differences first

NAMES = (
    "For {person}, {above} stands above {below} by {gap} in score, first of all because of {causes}; all else adds "
    "{rest}."
)
NAMES_AGAINST = (
    "For {person}, {above} stands above {below} by {gap} in score, first of all because of {causes}; all else takes "
    "{rest} away."
)
NOTHING_NAMED = (
    "For {person}, {above} stands above {below} by {gap} in score, and no single cause makes that difference."
)
SMALLER = "Asked again without {causes}, the model puts {above} ahead by {gap} only."
TURNED = "Asked again without {causes}, the model puts {below} ahead, by {gap}."
IT, ALL_OF_THEM = "that", "these {count}"


@dataclass(frozen=True, eq=False)
class ScoredItem:
    """One of the two items, and the game of its score."""

    user: UserContext  # a history that has neither of the two
    item: int
    display: DisplayNames

    @property
    def score(self) -> float:
        return float(self.user.scores[self.item])

    @cached_property
    def attributions(self) -> tuple[Attribution, ...]:
        """In the order of the players."""
        found = zip(self._players, self._shares.values.tolist(), self._shares.errors.tolist(), strict=True)
        return tuple(attribution(self._game, player, value, error, self.display) for player, value, error in found)

    @property
    def base(self) -> float:
        return self._shares.base

    def scores_without(self, causes: Sequence[Collection[str]]) -> Tensor:
        """(n,): the score when all causes (`Attribution.player`) of each set are gone."""
        present = torch.tensor([[each.player not in gone for each in self.attributions] for gone in causes])
        return self._game.scores(coalitions(self._game, self._players, present))

    @cached_property
    def _game(self) -> Game:
        return Game(self.user, self.item)

    @cached_property
    def _players(self) -> tuple[Player, ...]:
        return players_of(self._game)

    @cached_property
    def _shares(self) -> Shapley:
        return shapley(self._game, self._players)


def why_above(user: UserContext, items: tuple[int, int], names: tuple[str, str], display: DisplayNames) -> WhyAbove:
    """Which of the two different items stands above the other, and why.

    user: a history that has neither · names: id and label of the person
    """
    ranks = ranking(user)
    best, other = sorted(items, key=ranks.rank)
    above, below = (ScoredItem(user, item, display) for item in (best, other))
    causes = aligned(above.attributions, below.attributions, (above.base, below.base))
    named = _named(above, below, causes)
    left = _gaps_without(above, below, [{each.cause.name for each in named}])[0] if named else above.score - below.score
    cards, gap = (display.cards[best], display.cards[other]), above.score - below.score
    said = {"person": names[1], "above": cards[0].title, "below": cards[1].title}
    return WhyAbove(
        dataset=display.catalog.name,
        user=names[0],
        label=names[1],
        above=cards[0],
        below=cards[1],
        rank_above=ranks.rank(best),
        rank_below=ranks.rank(other),
        score_above=above.score,
        score_below=below.score,
        causes=causes,
        named=named,
        gap_without_named=left,
        sentence=_sentence(said, gap, named),
        confirmation=_confirmation(said, left, len(named), _digits(gap)),
    )


def _named(above: ScoredItem, below: ScoredItem, causes: Sequence[AlignedCause]) -> tuple[NamedDifference, ...]:
    """Up to NAMED that make most of the gap and without which the gap is smaller, as the model says itself."""
    tried = [cause for cause in causes if cause.difference > 0 and cause.name != BASE][:TRIED]
    if not tried:
        return ()
    gap, *gaps = _gaps_without(above, below, [(), *((cause.name,) for cause in tried)])
    confirmed = [NamedDifference(*each) for each in zip(tried, gaps, strict=True) if each[1] < gap]
    least = TELLING * max((each.cause.difference for each in confirmed), default=0.0)
    return tuple(each for each in confirmed if each.cause.difference >= least)[:NAMED]


def _gaps_without(above: ScoredItem, below: ScoredItem, causes: Sequence[Collection[str]]) -> list[float]:
    """What is left of the gap when all causes of each set are gone."""
    gaps: list[float] = (above.scores_without(causes) - below.scores_without(causes)).tolist()
    return gaps


def _digits(gap: float) -> int:
    """Decimals with which a gap, and what it is made of, can be told."""
    return 2 if gap >= 0.1 else 3 if gap >= 0.01 else 4


def _sentence(said: dict[str, str], gap: float, named: Sequence[NamedDifference]) -> str:
    """The numbers of the sentence add up as they are written: the rest is told as what the others leave."""
    places = _digits(gap)
    told = f"{gap:.{places}f}"
    if not named:
        return NOTHING_NAMED.format(**said, gap=told)
    causes = listed([f"{each.cause.label} ({each.cause.difference:+.{places}f})" for each in named])
    rest = round(gap, places) - sum(round(each.cause.difference, places) for each in named)
    pattern = NAMES if round(rest, places) >= 0 else NAMES_AGAINST
    return pattern.format(**said, gap=told, causes=causes, rest=f"{abs(rest):.{places}f}")


def _confirmation(said: dict[str, str], left: float, named: int, places: int) -> str:
    if not named:
        return ""
    causes = IT if named == 1 else ALL_OF_THEM.format(count={2: "two", 3: "three"}[named])
    pattern = SMALLER if left >= 0 else TURNED
    return pattern.format(**said, causes=causes, gap=f"{abs(left):.{places}f}")
