"""Answers "why not?" and "what if?" for a user, by names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from kgrec_core.domain import event_level
from kgrec_core.explain.asker_scores import UserContext
from kgrec_core.explain.change import why_not_listed
from kgrec_core.explain.change.what_if import IndexedChange, changed
from kgrec_core.explain.effort_limits import ADDED_LIKES
from kgrec_core.explain.explainer import branches
from kgrec_core.explain.removal.coalitions import Game
from kgrec_core.explain.removal.ranking import Ranking, ranking
from kgrec_core.explain.sentences.analyst_paragraph import listed
from kgrec_core.explain.sentences.clauses import DisplayNames
from kgrec_core.schema.cards import ItemCard
from kgrec_core.schema.changes import Change, Difference, Moved, WhatIf, WhyNot

CAUSES = 10


@dataclass(frozen=True, eq=False)
class Alternatives:
    display: DisplayNames

    def why_not(self, user: UserContext, name: str, item: int, k: int) -> WhyNot:
        """What keeps `item` out of the top k of the user, and what would bring it in."""
        now = ranking(user)
        found = self._plain(user, name, item, k, now)
        return found if found.status else self._held_back(found, user, item, now)

    def what_if(self, user: UserContext, name: str, change: Change, item: int | None, k: int) -> WhatIf:
        """The list of the user after a change, and what becomes of `item`. Raises UnknownIdError."""
        indexed = IndexedChange.of(change, self.display)
        before = ranking(user)
        after = changed(user, indexed, self._level)
        old, new = before.ranked[:k].tolist(), after.ranked[:k].tolist()
        shown = item is not None and after.holds(item)
        return WhatIf(
            dataset=self.display.catalog.name,
            user=name,
            items=tuple(self._moved(each, before, after) for each in new),
            item=self._moved(item, before, after) if shown and item is not None else None,
            entering=self._cards([each for each in new if each not in old]),
            leaving=self._cards([each for each in old if each not in new]),
            ms=0.0,
        )

    @property
    def _level(self) -> int:
        """The rating level of an item that is added as liked."""
        return event_level(self.display.domain.positive_value, self.display.domain)

    def _plain(self, user: UserContext, name: str, item: int, k: int, now: Ranking) -> WhyNot:
        """The answer where nothing holds the item back; its status is empty where something does."""
        known, title, one = item in user.items, self.display.title(item), self.display.domain.item
        rank = None if known else now.rank(item)
        rival = None if known or rank is None or rank <= k else int(now.ranked[k - 1])
        status, sentence = "", ""
        if known:
            status, sentence = "history", f"{title} is in the history: a {one} that is known is not recommended again."
        elif rival is None:
            status, sentence = "listed", f"{title} is in the list, at place {rank}."
        lacking = 0.0 if rival is None else float(now.scores[rival] - now.scores[item])
        card, against = self.display.cards[item], None if rival is None else self.display.cards[rival]
        score = float(now.scores[item])
        asked = (self.display.catalog.name, name, card, k, status, rank, score, against, lacking)
        return WhyNot(*asked, (), (), (), None, None, 0, sentence, 0.0)

    def _held_back(self, plain: WhyNot, user: UserContext, item: int, now: Ranking) -> WhyNot:
        rival = int(now.ranked[plain.k - 1])
        found = why_not_listed.smallest_addition(user, item, now, plain.k, self._level)
        add = self._cards(found.added)
        return replace(
            plain,
            status="found" if add else "none",
            branches=self._branches(user, item, rival),
            causes=self._causes(user, item, rival),
            add=add,
            new_rank=found.new_rank,
            minimal=found.minimal,
            tried=found.tried,
            sentence=self._sentence(plain, add, found, user.called),
        )

    def _sentence(
        self, plain: WhyNot, add: tuple[ItemCard, ...], addition: why_not_listed.Addition, called: str
    ) -> str:
        place = f"{plain.item.title} is at place {plain.rank:,}, outside of the first {plain.k}."
        if not add:
            tried = f"the {addition.tried} {self.display.domain.items} that could help it most"
            return f"{place} Up to {ADDED_LIKES.largest} of {tried} were added; none of that brings it in."
        titles = listed([card.title for card in add])
        liked = f"If {called} had {self.display.domain.liked} {titles} too"
        return f"{place} {liked}, it would be at place {addition.new_rank}."

    def _branches(self, user: UserContext, item: int, rival: int) -> tuple[Difference, ...]:
        ours, theirs = branches(Game(user, item)), branches(Game(user, rival))
        return tuple(
            Difference(f"branch:{one.name}", one.name, one.value, other.value)
            for one, other in zip(ours, theirs, strict=True)
        )

    def _causes(self, user: UserContext, item: int, rival: int) -> tuple[Difference, ...]:
        ours, theirs = (each.numpy() for each in why_not_listed.causes(user, item, rival))
        order = np.argsort(-np.abs(theirs - ours), kind="stable")[:CAUSES].tolist()
        events = [(place, int(user.items[place])) for place in order]
        return tuple(
            Difference(
                f"history:{self.display.item_id(each)}", self.display.title(each), float(ours[at]), float(theirs[at])
            )
            for at, each in events
        )

    def _moved(self, item: int, before: Ranking, after: Ranking) -> Moved:
        old = before.rank(item) if before.holds(item) else None
        card, score = self.display.cards[item], float(after.scores[item])
        return Moved(after.rank(item), card, score, old, float(before.scores[item]))

    def _cards(self, items: Sequence[int]) -> tuple[ItemCard, ...]:
        return tuple(self.display.cards[item] for item in items)
