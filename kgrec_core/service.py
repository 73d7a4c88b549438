"""What the app, the command line and Python users call: open a data set, ask it, get frozen answers."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np

from kgrec_core import own_data
from kgrec_core.config import TrainConfig
from kgrec_core.data.describe import describe
from kgrec_core.domain import Domain
from kgrec_core.explain import explainer, render, text, trust
from kgrec_core.explain.changes import Changes
from kgrec_core.explain.checker import problems, supported
from kgrec_core.explain.facts import Facts, figures
from kgrec_core.explain.game import UserContext
from kgrec_core.explain.influence import Lists
from kgrec_core.explain.knowledge import Fact, Influence, Knowledge, Neighbourhood, Place
from kgrec_core.explain.people import user_cards
from kgrec_core.explain.render_graph import render_neighbourhood, swatch_of
from kgrec_core.explain.say import Say
from kgrec_core.explain.standing import standing
from kgrec_core.explain.tokens import Reading, explain_words
from kgrec_core.explain.trace import Tracer
from kgrec_core.explain.waterfall import Waterfall, waterfall
from kgrec_core.graph.quality import Finding
from kgrec_core.graph.statistics import GraphStatistics
from kgrec_core.model.bundle import Bundle, load_bundle
from kgrec_core.model.evaluate import evaluate as evaluate_models
from kgrec_core.model.inputs import events
from kgrec_core.schema import (
    VALUE,
    Evaluation,
    Event,
    Explanation,
    ItemCard,
    Progress,
    Recommendation,
    Recommendations,
    ScoredPath,
    TextAttribution,
    Trace,
    Trust,
    UserCard,
    no_progress,
)
from kgrec_core.shelf import catalog_of, check_known, datasets, prepare

__all__ = [
    "Domain",
    "Fact",
    "Finding",
    "GraphStatistics",
    "Influence",
    "Knowledge",
    "Neighbourhood",
    "Place",
    "Service",
    "Waterfall",
    "catalog_of",
    "datasets",
    "open",
    "own_data",
    "prepare",
    "render_neighbourhood",
    "render_paths",
    "swatch_of",
    "waterfall",
]

NEW_VISITOR = "new visitor"


def open(name: str) -> Service:
    """A prepared data set. Raises UnknownIdError for an unknown name and BundleError when it is not prepared."""
    check_known(name)
    return Service(load_bundle(name))


def render_paths(paths: tuple[ScoredPath, ...], theme: str, domain: Domain) -> str:
    """The paths as one offline HTML page; theme "light" or "dark"."""
    return render.render_paths(paths, theme, domain)


class Service:
    """One open data set. Read-only: sessions share it."""

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle
        self._say = Say(bundle.catalog, bundle.inputs.graph, bundle.inputs.interactions)
        self._tracer = Tracer(bundle, self._say)
        self.domain = bundle.catalog.domain
        self.card = describe(bundle.catalog, prepared=True)
        self._names = own_data.pseudonyms(bundle.catalog.name)

    def users(self) -> tuple[UserCard, ...]:
        return self._users

    def items(self) -> tuple[ItemCard, ...]:
        return self._say.cards

    def users_who_liked(self, item: str) -> tuple[UserCard, ...]:
        """Raises UnknownIdError for an unknown item."""
        data, index = self._bundle.inputs.interactions, self._item(item)
        liked = (data.items == index) & (data.values >= self.domain.positive_value)
        return tuple(self._users[int(user)] for user in np.sort(data.users[liked]))

    def history(self, user: str) -> tuple[Event, ...]:
        """All events of a user, liked ones first, newest first. Raises UnknownIdError."""
        data = self._bundle.inputs.interactions.of_user(self._user(user))
        liked = data.values >= self.domain.positive_value
        order = np.lexsort((data.items, -data.timestamps, ~liked))
        cards = self._say.cards
        has_values = VALUE in self._bundle.catalog.interactions
        return tuple(
            Event(cards[data.items[row]], float(data.values[row]) if has_values else None, bool(liked[row]))
            for row in order
        )

    def recommend(self, user: str | None = None, k: int = 10, history: Sequence[str] | None = None) -> Recommendations:
        """The k best items that the history does not have.

        `history`, item ids all taken as liked, stands in for a stored user's; no user is needed then.
        Raises UnknownIdError for an unknown user or item.
        """
        start = time.perf_counter()
        context = self._context(user, history)
        now = standing(context)
        best = now.ranked[: max(k, 0)]
        shown = now.scores[best]
        rows = tuple(
            Recommendation(
                rank=place + 1,
                item=self._say.cards[item],
                score=float(shown[place]),
                strength=_strength(float(shown[place]), shown),
                reason=self._reason(context, item),
            )
            for place, item in enumerate(best.tolist())
        )
        return Recommendations(self.card.name, user or NEW_VISITOR, _since(start), rows)

    def explain(self, user: str, item: str, k: int = 10) -> Explanation:
        """Why `item` has its score and rank for `user`. Raises UnknownIdError.

        An item of the history is explained as if the user did not have it yet.
        """
        start = time.perf_counter()
        context, index = self._context(user, None), self._item(item)
        context = _without(context, index)
        now = standing(context)
        events, facts = Changes(self._say, context, now, k).smallest(index)
        parts = explainer.explain(context, index, user, self._say)
        found = Explanation(
            dataset=self.card.name,
            user=user,
            item=self._say.cards[index],
            score=float(now.scores[index]),
            rank=now.rank(index),
            base=parts.base,
            branches=parts.branches,
            attributions=parts.attributions,
            paths=parts.paths,
            counterfactual=events,
            fact_counterfactual=facts,
            text=parts.text,
            attribution_error=parts.attribution_error,
            faithfulness=parts.faithfulness,
            faithfulness_random=parts.faithfulness_random,
            ms=0.0,
        )
        return replace(self._told(found, context), ms=_since(start))

    def _told(self, found: Explanation, context: UserContext) -> Explanation:
        """With the paragraph for analysts, and without any sentence that states more than is stored."""
        rivals = len(self._say.cards) - len(context.items)
        facts = Facts(context, self._say, figures(found, rivals))
        paragraph = text.paragraph(found, self.domain, rivals)
        told, analysis = (supported(each, facts.find, self.domain) for each in (found.text, paragraph))
        return replace(found, text=told, analysis=analysis)

    def _reason(self, context: UserContext, item: int) -> str:
        """The reason of a list, if all of it is stored."""
        told = explainer.reason(context, item, self._say)
        return "" if problems(told, Facts(context, self._say).find, self.domain) else told.sentence

    def trust(self, user: str, item: str, k: int = 10) -> Trust:
        """How far the explanation of `item` for `user` can be trusted: every measure beside chance. About a second.

        Raises UnknownIdError.
        """
        start = time.perf_counter()
        index = self._item(item)
        context = _without(self._context(user, None), index)
        judged = trust.Judged.of(context, index)
        measured = trust.measures(judged, k, self.domain.item, self.domain.items)
        note = "" if measured else f"No {self.domain.item} of the history speaks for this one: nothing to test."
        card = self._say.cards[index]
        return Trust(self.card.name, user, card, measured, trust.curve(judged), note, _since(start))

    def explain_text(self, user: str, item: str, progress: Progress = no_progress) -> TextAttribution:
        """What each word of the item's text does for its score, read by the real encoders. Seconds.

        Raises UnknownIdError.
        """
        start = time.perf_counter()
        index = self._item(item)
        bundle, context = self._bundle, _without(self._context(user, None), index)
        encoders = self._tracer.bert_of_items, self._tracer.xlnet
        reading = Reading(context, index, *encoders, bundle.inputs.item_bert, bundle.config.text_power)
        found = explain_words(reading, self._tracer.document(index), progress)
        return TextAttribution(user, self._say.cards[index], found.base, found.score, found.words, _since(start))

    def trace(self, user: str, item: str) -> Trace:
        """The intermediate values of the six steps. Raises UnknownIdError."""
        index = self._item(item)
        return self._tracer.trace(_without(self._context(user, None), index), index, self.explain(user, item))

    @cached_property
    def knowledge(self) -> Knowledge:
        """The knowledge graph: search, surroundings, statistics, quality, and whose lists a thing drives."""
        data, rule = self._bundle.inputs.interactions, (self.domain, self._bundle.config)
        return Knowledge(self._say, Lists(self._bundle.recommender, data, len(self._users), rule))

    def evaluate(self, scheme: str = "random", seeds: int = 5, progress: Progress = no_progress) -> Evaluation:
        """The full quality table, every model trained anew: minutes a seed."""
        return evaluate_models(
            self._bundle.inputs, self.card.name, scheme, seeds, self._bundle.config, TrainConfig(), progress
        )

    @cached_property
    def _users(self) -> tuple[UserCard, ...]:
        return user_cards(self._bundle.inputs.interactions, self._bundle.catalog.user_vocab, self._say)

    def _user(self, user: str) -> int:
        """By the id of the data set, or by the one that the user had in the imported files."""
        known = self._bundle.catalog.user_vocab
        hidden = self._names.of(user) if self._names and user not in known else user
        return known.index(hidden if hidden in known else user)

    def _item(self, item: str) -> int:
        return self._bundle.catalog.item_vocab.index(item)

    def _context(self, user: str | None, history: Sequence[str] | None) -> UserContext:
        if history is not None:
            items = np.array([self._item(item) for item in dict.fromkeys(history)], dtype=np.int64)
            values = np.full(len(items), self.domain.positive_value, dtype=np.float32)
        else:
            data = self._bundle.inputs.interactions.of_user(self._user(user or ""))
            items, values = data.items, data.values
        levels, weights = events(values, self.domain, self._bundle.config)
        return UserContext(self._bundle.recommender, items, levels, weights)


def _without(user: UserContext, item: int) -> UserContext:
    kept = user.items != item
    return UserContext(user.recommender, user.items[kept], user.levels[kept], user.weights[kept])


def _strength(score: float, shown: np.ndarray[tuple[int], np.dtype[np.float32]]) -> float:
    low, high = float(shown.min()), float(shown.max())
    return 1.0 if high == low else 0.15 + 0.85 * (score - low) / (high - low)


def _since(start: float) -> float:
    return round(1000 * (time.perf_counter() - start), 2)
