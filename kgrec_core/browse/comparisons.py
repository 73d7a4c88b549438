"""Two things side by side: the lists and likes of two people, our list beside that of another model, the reasons of one
item for two people, and why one item stands above another.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from kgrec_core.browse import comparison_sentences as sentences
from kgrec_core.browse.peer_scores import PeerScores
from kgrec_core.errors import ConfigError
from kgrec_core.explain.asker_scores import UserContext, without
from kgrec_core.explain.change.why_above import why_above
from kgrec_core.explain.removal.ranking import Ranking, ranking
from kgrec_core.explain.sentences.clauses import DisplayNames
from kgrec_core.explain.why.aligned_causes import aligned
from kgrec_core.model.recommender import Recommender
from kgrec_core.schema.asker import Asker, asker_of, length, one_id
from kgrec_core.schema.cards import ItemCard, UserCard
from kgrec_core.schema.comparison import (
    EASE,
    MODELS,
    NO_GRAPH,
    OURS,
    POPULARITY,
    ComparedItem,
    ComparedList,
    ComparedLists,
    ComparedPeople,
    ComparedPlace,
    ComparedReasons,
    WhyAbove,
)
from kgrec_core.schema.explanation import Attribution, Explanation
from kgrec_core.schema.progress import milliseconds_since

Named = tuple[str, str]  # id, and label for people


@dataclass(frozen=True, eq=False)
class Comparisons:
    """Of one open data set. Methods raise UnknownIdError, and ConfigError where there are no two things.

    context: the history of who asks · card: their card, None for a visitor · why: an explanation without rules ·
    facts_gone: the same model with every fact taken out
    """

    display: DisplayNames
    peers: PeerScores
    context: Callable[[Asker | str], UserContext]
    card: Callable[[Asker], UserCard | None]
    why: Callable[[Asker | str, str], Explanation]
    facts_gone: Callable[[], Recommender]

    def people(self, asker: Asker | str, other: Asker | str, k: int = 10) -> ComparedPeople:
        """The lists of two people, and what they liked."""
        start, whom = time.perf_counter(), self._two_people(asker, other)
        one, two = (self.context(each) for each in whom)
        names = [self._named(each) for each in whom]
        lists = self._lists("", length(k), names, (ranking(one), ranking(two)))
        first, second = (set(each.items[each.weights == 1].tolist()) for each in (one, two))
        labels = self._said(whom[0]), self._said(whom[1])
        return ComparedPeople(
            lists=replace(lists, ms=milliseconds_since(start)),
            shared=self._best_known(first & second)[::-1],
            first_alone=self._best_known(first - second),
            second_alone=self._best_known(second - first),
            sentence=sentences.likes(len(first & second), (len(first), len(second)), labels, self.display.domain),
        )

    def most_alike(self, asker: Asker | str, n: int = 5) -> tuple[str, ...]:
        """Ids of the people who like most of the same, as a share of all that either likes; most alike first."""
        user, names = self.context(asker), self.display.catalog.user_vocab
        alike, who = self.peers.likeness(user), self._named(asker_of(asker))[0]
        ordered = (names.id(place) for place in np.argsort(-alike, kind="stable").tolist() if alike[place] > 0)
        return tuple(name for name in ordered if name != who)[:n]

    def models(self, asker: Asker | str, model: str, k: int = 10) -> ComparedLists:
        """Our list beside that of another of MODELS, for one person."""
        start, who, user = time.perf_counter(), asker_of(asker), self.context(asker)
        rankings = ranking(user), self._ranking(_checked_model(model), user)
        names = [(each, MODELS[each]) for each in (OURS, model)]
        return replace(self._lists(who.name, length(k), names, rankings), ms=milliseconds_since(start))

    def item_by_models(self, asker: Asker | str, model: str, item: str) -> ComparedItem:
        """Where ours and another of MODELS rank `item`, and what each has for it."""
        start, who, index = time.perf_counter(), asker_of(asker), self._item(item)
        user = without(self.context(asker), index)
        ours, theirs = ranking(user), self._ranking(_checked_model(model), user)
        card, ranks = self.display.cards[index], (ours.rank(index), theirs.rank(index))
        if model == NO_GRAPH:
            scores = float(ours.scores[index]), float(theirs.scores[index])
            said = sentences.without_facts(card.title, ranks, scores)
        else:
            said = self._by_peer(model, user, index, ranks, self.why(who, item).attributions)
        return ComparedItem(self.display.catalog.name, who.name, card, model, *ranks, said, milliseconds_since(start))

    def reasons(self, asker: Asker | str, other: Asker | str, item: str) -> ComparedReasons:
        """Why one item has its place for each of two people, cause by cause."""
        start, whom = time.perf_counter(), self._two_people(asker, other)
        first, second = (self.why(each, item) for each in whom)
        labels, index = (self._said(whom[0]), self._said(whom[1])), self._item(item)
        known = index in self.context(whom[0]).items, index in self.context(whom[1]).items
        return ComparedReasons(
            dataset=self.display.catalog.name,
            item=first.item,
            labels=labels,
            first=first,
            second=second,
            causes=aligned(first.attributions, second.attributions, (first.base, second.base)),
            sentence=sentences.for_two_people((first, second), labels, known, self.display.domain),
            ms=milliseconds_since(start),
        )

    def why_above(self, asker: Asker | str, item: str, other: str) -> WhyAbove:
        """Which of two items stands above the other, and why. Those of the history are judged as if they were new."""
        start, who = time.perf_counter(), asker_of(asker)
        items = self._item(item), self._item(other)
        if items[0] == items[1]:
            raise ConfigError(f"{item!r} is given twice; give two different {self.display.domain.items}.")
        user = without(without(self.context(who), items[0]), items[1])
        found = why_above(user, items, (who.name, self._said(who)), self.display)
        return replace(found, ms=milliseconds_since(start))

    def _lists(self, user: str, k: int, names: list[Named], rankings: tuple[Ranking, Ranking]) -> ComparedLists:
        sides = zip(names, rankings, reversed(rankings), strict=True)
        first, second = (ComparedList(*name, self._places(here, there, k)) for name, here, there in sides)
        both = sum(place.on_both for place in first.places)
        said = sentences.on_both(both, len(first.places), self.display.domain)
        return ComparedLists(self.display.catalog.name, user, k, first, second, said)

    def _places(self, here: Ranking, there: Ranking, k: int) -> tuple[ComparedPlace, ...]:
        places = []
        for rank, item in enumerate(here.ranked[:k].tolist(), start=1):
            other = there.rank(item) if there.holds(item) else None
            card, score = self.display.cards[item], float(here.scores[item])
            places.append(ComparedPlace(rank, card, score, other, other is not None and other <= k))
        return tuple(places)

    def _ranking(self, model: str, user: UserContext) -> Ranking:
        if model == NO_GRAPH:
            return ranking(user.under(self.facts_gone()))
        return Ranking.of(self.peers.ease(user) if model == EASE else self.peers.popularity(), user)

    def _by_peer(
        self, model: str, user: UserContext, item: int, ranks: tuple[int, int], ours: Sequence[Attribution]
    ) -> str:
        """ours: what adds to the item in our model"""
        title = self.display.title(item)
        if model == POPULARITY:
            counts = self.display.liked_by(item), self.display.users
            return sentences.by_popularity(title, ranks, sentences.strongest(ours), counts, self.display.domain)
        found = self.peers.strongest(user, item)
        name = f"history:{self.display.item_id(found[0])}" if found else ""
        theirs = Attribution(name, "history", self.display.title(found[0]), found[1]) if found else None
        return sentences.by_ease(title, ranks, ours, theirs)

    def _best_known(self, items: Collection[int]) -> tuple[ItemCard, ...]:
        ordered = sorted(items, key=lambda item: (-self.display.liked_by(item), item))
        return tuple(self.display.cards[item] for item in ordered)

    def _two_people(self, asker: Asker | str, other: Asker | str) -> tuple[Asker, Asker]:
        whom = asker_of(asker), asker_of(other)
        if whom[0] == whom[1] or (whom[0].user and self._named(whom[0]) == self._named(whom[1])):
            raise ConfigError(f"{whom[0].name!r} is given twice; give two different people.")
        return whom

    def _said(self, who: Asker) -> str:
        """What somebody is called within a sentence."""
        card = self.card(who)
        return card.label if card else sentences.VISITOR

    def _named(self, who: Asker) -> Named:
        card = self.card(who)
        return (card.user_id, card.label) if card else (who.name, who.name.capitalize())

    def _item(self, item: str) -> int:
        return self.display.catalog.item_vocab.index(one_id(item))


def _checked_model(model: str) -> str:
    others = [name for name in MODELS if name != OURS]
    if model not in others:
        raise ConfigError(f"There is no model {model!r} to compare with; choose one of {', '.join(others)}.")
    return model
