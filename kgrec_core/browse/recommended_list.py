"""From a score of every item to a list: what the person asked to see, and in which mixture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import torch

from kgrec_core.browse.user_cards import starting_points
from kgrec_core.browse.variety import likeness, likeness_to, mmr, surprise, unit
from kgrec_core.data.interactions import IntArray
from kgrec_core.explain.asker_scores import UserContext
from kgrec_core.explain.removal.removed_edges import MeasuredPath
from kgrec_core.explain.sentences import list_reasons
from kgrec_core.explain.sentences.clauses import POPULAR, DisplayNames
from kgrec_core.explain.sentences.list_reasons import LEAST
from kgrec_core.explain.sentences.requested_facts import facts_to_name, requested_of, requested_reason
from kgrec_core.explain.why.nameable_causes import Cause
from kgrec_core.explain.why.strongest_cause import causes
from kgrec_core.model.recommender import Recommender
from kgrec_core.model.unseen_item import UnseenItem
from kgrec_core.schema.cards import ItemCard, Persona, UserCard
from kgrec_core.schema.recommendations import Recommendation
from kgrec_core.schema.requests import NO_WISHES, RequestEffect, Wishes

POOL = 200  # the best items that a mixture is made from; what ranks lower is no match for the person

Scores = npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class RecommendedLists:
    """Makes lists of one data set; read-only. texts: (items, BERT dim)."""

    display: DisplayNames
    recommender: Recommender
    texts: npt.NDArray[np.float32]

    def rows(
        self, user: UserContext, request: UnseenItem | None, k: int, wishes: Wishes = NO_WISHES
    ) -> tuple[Recommendation, ...]:
        """The list of one user by the model of these lists, each item with its reason by that very model.

        request: one more like.
        """
        if user.recommender is not self.recommender:
            user = user.under(self.recommender)
            request = request and replace(request, recommender=self.recommender)
            if request is not None and not len(self.display.graph.heads):
                request = _nameless(request)
        scores = self._scores(user, request)
        without = self._scores(user, None) if request is not None else scores
        chosen = self.ordered(scores, user.items, wishes, k)
        shown = scores[chosen]
        spoken = user if request is None else replace(user, request=request)
        found = causes(spoken, chosen.tolist(), self.display)
        reasons = self._reasons(spoken, chosen.tolist(), found, (scores, without))
        return tuple(
            Recommendation(
                rank=place + 1,
                item=self.display.cards[item],
                score=float(shown[place]),
                strength=_strength(float(shown[place]), shown),
                reason=reasons[place],
                liked=tuple(map(self.display.item_id, found[place].liked)),
            )
            for place, item in enumerate(chosen.tolist())
        )

    def without_graph(self) -> RecommendedLists:
        """Lists of the same model with every fact taken out."""
        model, graph = self.recommender, self.display.graph.without_edges()
        world = model.world.without_edges(np.arange(len(model.world.graph.heads)))
        return replace(self, display=replace(self.display, graph=graph), recommender=replace(model, world=world))

    def request_effect(self, user: UserContext, request: UnseenItem | None, item: int) -> RequestEffect:
        """Where an item stands with and without a request; `request` is None for one that was not understood.

        The item is not of the history.
        """
        without = self._scores(user, None)
        if request is None:
            rank, score = int(_ranks(without, user.items)[item]), float(without[item])
            return RequestEffect(self.display.cards[item], rank, rank, score, score, 0.0, 0.0, 0.0, 0.0)
        scores = self._scores(user, request)
        silent = _like_nothing(request)
        unlike = float(self._scores(user, silent)[item])
        nameless = float(self._scores(user, _nameless(silent))[item])
        score, score_without = float(scores[item]), float(without[item])
        gone = float(self._no_longer(user, request, [item])[0])
        return RequestEffect(
            item=self.display.cards[item],
            rank=int(_ranks(scores, user.items)[item]),
            rank_without=int(_ranks(without, user.items)[item]),
            score=score,
            score_without=score_without,
            text=score - unlike,
            facts=unlike - nameless,
            attention=nameless - score_without + gone,
            popularity=-gone,
        )

    def ordered(self, scores: Scores, seen: IntArray, wishes: Wishes, k: int) -> IntArray:
        """Up to `k` items, in order. scores: (items,) · seen: items that are left out."""
        allowed = self._allowed(wishes)
        allowed[seen] = False
        order = np.argsort(-scores, kind="stable")
        order = order[allowed[order]]
        if not (wishes.diversity or wishes.novelty):
            return order[:k]
        pool = order[: max(POOL, k)]
        relevance = unit(scores[pool].astype(np.float64))
        relevance = (1 - wishes.novelty) * relevance + wishes.novelty * surprise(self._likes[pool], self.display.users)
        return pool[mmr(relevance, self._likeness(pool), k, wishes.diversity)]

    def _scores(self, user: UserContext, request: UnseenItem | None) -> Scores:
        scores: Scores = (user if request is user.request else replace(user, request=request)).scores.numpy()
        return scores

    def _reasons(
        self, user: UserContext, items: list[int], found: Sequence[Cause], scores: tuple[Scores, Scores]
    ) -> tuple[str, ...]:
        """found: the cause of each item · scores: of all items with a request and without, the same where there is
        none.

        Where the words count most: what they ask for, else that they are like the description, if this lifts the item.
        """
        if user.request is None:
            return list_reasons.checked_reasons(user, items, found, self.display)
        mute = self._scores(user, _like_nothing(user.request))
        added = (scores[0] - scores[1])[items] + self._no_longer(user, user.request, items)
        ranks, without = (_ranks(each, user.items) for each in scores)
        said = [
            self._asked(user, given, adds)
            for given, adds in zip(requested_of(user, items), added.tolist(), strict=True)
        ]
        for place, item in enumerate(items):
            if found[place].kind != "words":
                said[place] = list_reasons.checked_reason(
                    list_reasons.list_reason(user, item, found[place], self.display), user, self.display
                )
            close = scores[0][item] - mute[item] > LEAST * added[place]
            if not said[place] and close and without[item] > ranks[item]:
                moved = f"from place {without[item]:,} to place {ranks[item]:,}"
                said[place] = f"Close to your words: they lift it {moved}."
        return tuple(known or "Because of your words." for known in said)

    def _asked(self, user: UserContext, requested: Sequence[MeasuredPath], added: float) -> str:
        """That the item has what the words ask for; nothing where this carries little of what they add."""
        found = facts_to_name(requested, added, self.display)
        return list_reasons.checked_reason(requested_reason(found, self.display), user, self.display) if found else ""

    def _no_longer(self, user: UserContext, request: UnseenItem, items: list[int]) -> Scores:
        """(items,): what popularity adds without the words and no longer with them."""
        forms = (replace(user, request=form).priors(torch.tensor(items, dtype=torch.int64)) for form in (None, request))
        without, with_words = (form.numpy() for form in forms)
        gone: Scores = without - with_words
        return gone

    def well_known(self, k: int) -> tuple[ItemCard, ...]:
        """Items that most people liked, no three with the same main tag in a row: to begin with."""
        order = np.argsort(-self._likes, kind="stable")
        chosen: list[int] = []
        for item in order.tolist():
            first = self.display.cards[item].tags[:1]
            if not first or all(self.display.cards[other].tags[:1] != first for other in chosen[-2:]):
                chosen.append(item)
            if len(chosen) == k:
                break
        return tuple(self.display.cards[item] for item in chosen)

    def similar(self, item: str, k: int) -> tuple[ItemCard, ...]:
        """Items most like this one by tags and text, most alike first. Raises UnknownIdError."""
        own = self.display.catalog.item_vocab.index(item)
        order = np.argsort(-likeness_to(own, self.texts, self._marks), kind="stable")
        return tuple(self.display.cards[other] for other in order[: k + 1].tolist() if other != own)[:k]

    def personas(self, users: tuple[UserCard, ...]) -> tuple[Persona, ...]:
        """Up to three of all `users` to start from: a fan of one kind, an eclectic, a newcomer."""
        return starting_points(self.display.interactions, self.display, users)

    @property
    def years(self) -> tuple[int, int] | None:
        """First and last; None where the items have no years, or all the same."""
        known = self._years[self._years >= 0]
        return (int(known.min()), int(known.max())) if len(known) and known.min() < known.max() else None

    @cached_property
    def tags(self) -> tuple[str, ...]:
        """All tags that cards show, most frequent first."""
        counts: dict[str, int] = {}
        for tag in (tag for tags in self._tags for tag in tags):
            counts[tag] = counts.get(tag, 0) + 1
        return tuple(sorted(counts, key=lambda tag: (-counts[tag], tag)))

    def _allowed(self, wishes: Wishes) -> npt.NDArray[np.bool_]:
        allowed = np.ones(len(self.display.cards), dtype=bool)
        if wishes.tags:
            wanted = set(wishes.tags)
            allowed &= np.array([bool(wanted & tags) for tags in self._tags])
        if wishes.years is not None:
            first, last = wishes.years
            allowed &= (self._years >= first) & (self._years <= last)
        if wishes.left_out:
            vocab = self.display.catalog.item_vocab
            allowed[[vocab.index(item) for item in wishes.left_out]] = False
        if wishes.hide_popular:
            allowed &= self._likes < np.quantile(self._likes, 1 - POPULAR)
        return allowed

    @cached_property
    def _tags(self) -> list[set[str]]:
        return [set(card.tags) for card in self.display.cards]

    @cached_property
    def _years(self) -> IntArray:
        """-1 where the year is unknown: such items are in no range of years."""
        return np.array([card.year if card.year is not None else -1 for card in self.display.cards], dtype=np.int64)

    @cached_property
    def _likes(self) -> npt.NDArray[np.float64]:
        return np.array([self.display.liked_by(item) for item in range(len(self.display.cards))], dtype=np.float64)

    def _likeness(self, pool: IntArray) -> npt.NDArray[np.floating]:
        """(pool, pool) in 0..1: mean of tags in common (Jaccard) and likeness of the texts (cosine of BERT vectors)."""
        marks = self._marks[pool]
        common = marks @ marks.T
        count = marks.sum(1)
        jaccard = common / np.maximum(count[:, None] + count - common, 1)
        found: npt.NDArray[np.floating] = (jaccard + likeness(self.texts[pool], self.texts.mean(0))) / 2
        return found

    @cached_property
    def _marks(self) -> npt.NDArray[np.float32]:
        """(items, tags): 1 where the item has the tag."""
        return np.array([[tag in tags for tag in self.tags] for tags in self._tags], dtype=np.float32)


def _like_nothing(request: UnseenItem) -> UnseenItem:
    """The same request, were no description like it."""
    return replace(request, similarity=torch.zeros_like(request.similarity))


def _nameless(request: UnseenItem) -> UnseenItem:
    """The same request, did it name no fact."""
    return replace(request, facts=request.facts.none, refused=request.facts.none)


def _ranks(scores: Scores, seen: IntArray) -> IntArray:
    """(items,) from 1, among the items that are not in the history; 0 for those."""
    order = np.argsort(-scores, kind="stable")
    order = order[~np.isin(order, seen)]
    ranks = np.zeros(len(scores), dtype=np.int64)
    ranks[order] = np.arange(1, len(order) + 1)
    return ranks


def _strength(score: float, shown: Scores) -> float:
    low, high = float(shown.min()), float(shown.max())
    return 1.0 if high == low else 0.15 + 0.85 * (score - low) / (high - low)
