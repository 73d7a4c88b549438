"""What the app, the command line and Python users call: open a data set, ask it, get frozen answers."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np

from kgrec_core.browse.audience import audience
from kgrec_core.browse.comparisons import Comparisons
from kgrec_core.browse.export_matching import ExportMatcher
from kgrec_core.browse.graph_browser import GraphBrowser
from kgrec_core.browse.influence import RescoredLists
from kgrec_core.browse.peer_scores import PeerScores
from kgrec_core.browse.recommended_list import RecommendedLists
from kgrec_core.browse.user_cards import events_of, recorded, user_cards, who_liked
from kgrec_core.browse.whole_model import WholeModel
from kgrec_core.data.dataset_counts import describe
from kgrec_core.domain import Domain
from kgrec_core.evaluate.quality_table import NewItemTable
from kgrec_core.explain.asker_scores import UserContext, context_of, with_likes_and_dislikes, without
from kgrec_core.explain.change.alternatives import Alternatives
from kgrec_core.explain.explainer import ItemExplainer
from kgrec_core.explain.sentences.checker import StoredFacts
from kgrec_core.explain.sentences.clauses import DisplayNames
from kgrec_core.explain.sentences.rewrite import Rewrite, rewrite
from kgrec_core.explain.why.applicable_rules import ApplicableRules
from kgrec_core.explain.why.step_trace import Tracer
from kgrec_core.explain.why.trust_measures import TestedExplanation, trust
from kgrec_core.explain.why.trust_verdict import verdict
from kgrec_core.explain.why.waterfall import Waterfall, waterfall
from kgrec_core.explain.why.word_attribution import attribute_words
from kgrec_core.model.bundle import Bundle, load_bundle
from kgrec_core.pictures.item_covers import ItemCovers
from kgrec_core.request.request_reader import RequestReader
from kgrec_core.schema.asker import Asker, asker_of, checked_request, length, one_id, pairs
from kgrec_core.schema.cards import Audience, Event, ItemCard, UserCard
from kgrec_core.schema.changes import Change, WhatIf, WhyNot
from kgrec_core.schema.columns import VALUE
from kgrec_core.schema.evaluation import Evaluation
from kgrec_core.schema.explanation import Explanation, Trace
from kgrec_core.schema.personal_history import ExportMatch, OnePersonHistory
from kgrec_core.schema.progress import Progress, milliseconds_since, no_progress
from kgrec_core.schema.recommendations import Recommendations
from kgrec_core.schema.requests import NO_WISHES, RequestEffect, Wishes
from kgrec_core.schema.trust import TextAttribution, Trust, Verdict
from kgrec_core.workspace import own_data
from kgrec_core.workspace.newer_histories import with_newer_histories
from kgrec_core.workspace.registry import catalog_of, check_known, datasets, prepare
from kgrec_core.workspace.staleness import Origin

__all__ = ["Domain", "Service", "Waterfall", "catalog_of", "datasets", "open", "own_data", "prepare", "waterfall"]

Pair = tuple[str, str]  # relation, and a value by id or by name
MODEL_VERSION = 9  # characters of the name of a version, enough to tell two apart


def open(name: str) -> Service:
    """A prepared data set. Raises UnknownIdError for an unknown name and BundleError when it is not prepared."""
    check_known(name)
    return Service(load_bundle(name))


class Service:
    """One open data set, for the people who are in it now. Read-only: sessions share it.

    Who asks comes first, then the item: an `Asker`, or a text, the id of a stored user. Ids are texts, and whole
    numbers are taken for their digits. Raises ConfigError for what is no id, list or length.
    """

    def __init__(self, bundle: Bundle) -> None:
        self._trained, read = bundle, ""
        if bundle.card.get("imported_hash"):  # nothing else can be replaced or added to
            bundle, read = with_newer_histories(bundle)
        self._bundle = bundle
        self._display = DisplayNames(bundle.catalog, bundle.inputs.graph, bundle.inputs.interactions)
        self._tracer = Tracer(bundle, self._display)
        self.reader = RequestReader(bundle, self._tracer)
        self._rules = ApplicableRules(self._display)
        self.domain = bundle.catalog.domain
        self.card = describe(bundle.catalog, prepared=True)
        self.recorded = recorded(bundle.inputs.interactions, self.domain, VALUE in bundle.catalog.interactions)
        self._origin = Origin(bundle, read) if bundle.card.get("imported_hash") else None

    @property
    def stale(self) -> str:
        """That the model is older than its data, how far, and what to do; "" where it is not."""
        return self._origin.stale if self._origin else ""

    @property
    def model_version(self) -> str:
        """Names the training that answers; "" where the run card does not say."""
        return str(self._trained.card.get("version", ""))[:MODEL_VERSION]

    @property
    def network_silent(self) -> bool:
        """Whether graph network, attention and MLP add nothing to a score: no round of their training was better."""
        return self._bundle.recommender.fusion.silent

    def users(self) -> tuple[UserCard, ...]:
        return self._there(self._users)

    def items(self) -> tuple[ItemCard, ...]:
        return self._display.cards

    def users_who_liked(self, item: str) -> tuple[UserCard, ...]:
        """Raises UnknownIdError for an unknown item."""
        liked = who_liked(self._bundle.inputs.interactions, self._item(item), self.domain)
        return self._there(self._users[user] for user in liked)

    def user_id(self, user: str) -> str:
        """The id that the data set has for a user of the imported files. Raises UnknownIdError."""
        return self._bundle.catalog.user_vocab.ids[self._user(user)]

    def history(self, user: str) -> tuple[Event, ...]:
        """All events of a user, liked ones first, newest first. Raises UnknownIdError."""
        rows = self._bundle.inputs.interactions.of_user(self._user(user))
        return events_of(rows, self._display, VALUE in self._bundle.catalog.interactions)

    def recommend(
        self, asker: Asker | str, k: int = 10, wishes: Wishes = NO_WISHES, graph: bool = True
    ) -> Recommendations:
        """The k best items that the history does not have. Raises UnknownIdError for an unknown user or item.

        Of a request, facts that it names are asked for or refused, what else is understood counts as one more liked
        item. `graph=False` asks the model with no fact at all.
        """
        start, who = time.perf_counter(), asker_of(asker)
        context, lists = self._context(who), self.lists if graph else self._lists_without_graph
        rows = lists.rows(replace(context, request=None), context.request, length(k), wishes)
        parts = self.reader.understood(who.request).parts if who.request else ()
        return Recommendations(self.card.name, who.name, milliseconds_since(start), rows, self.stale, parts)

    def request_effect(self, asker: Asker | str, item: str) -> RequestEffect:
        """What the request of this asker does to the place of `item`. Raises UnknownIdError."""
        context, index = self._context(asker), self._item(item)
        return self.lists.request_effect(without(replace(context, request=None), index), context.request, index)

    def add_item(
        self, title: str, text: str = "", facts: Sequence[Pair] = (), k: int = 10, progress: Progress = no_progress
    ) -> Audience:
        """Whom a new item is for, from title, text and facts (relation, id or name) alone. Seconds, no training."""
        facts, k = pairs(facts), length(k)
        unseen_item, unknown = self.reader.item(checked_request(title, "title"), checked_request(text, "text"), facts)
        return audience(title, (unseen_item, facts, unknown), self.everyone, self._users, k, progress)

    def why(self, asker: Asker | str, item: str) -> Explanation:
        """`explain` without rules and without what would change it: a third of its time. Raises UnknownIdError."""
        start = time.perf_counter()
        return replace(self._explainer(asker, item).why(), ms=milliseconds_since(start), stale=self.stale)

    def explain(self, asker: Asker | str, item: str, k: int = 10, known: Explanation | None = None) -> Explanation:
        """Why `item` has its score and rank for `asker`. Raises UnknownIdError.

        An item of the history is explained as if they did not have it yet. known: what `why` has found for the same
        asker and item, so that it is not computed again; its time counts.
        """
        start, explainer = time.perf_counter(), self._explainer(asker, item)
        found = explainer.completed(known or explainer.why(), self._rules, length(k))
        return replace(found, ms=milliseconds_since(start) + (known.ms if known else 0.0), stale=self.stale)

    def trust(self, asker: Asker | str, item: str, k: int = 10, progress: Progress = no_progress) -> Trust:
        """How far an explanation can be trusted: each measure beside chance. A second. Raises UnknownIdError."""
        start, who, index = time.perf_counter(), asker_of(asker), self._item(item)
        stored = None if who.stored is None else self._bundle.inputs.interactions.of_user(self._user(who.stored))
        tested = TestedExplanation.of(without(self._context(who), index), index)
        found = trust(tested, length(k), who.name, stored, self._display, progress)
        return replace(found, ms=milliseconds_since(start))

    def verdict(self, asker: Asker | str, item: str) -> Verdict | None:
        """Whether the named reasons are why, in one sentence; None without any. Sooner than `trust`. Raises as it."""
        index = self._item(item)
        tested = TestedExplanation.of(without(self._context(asker), index), index)
        return verdict(tested.game, tested.strongest, self._display)

    def explain_text(self, asker: Asker | str, item: str, progress: Progress = no_progress) -> TextAttribution:
        """What each word of the item's text does for the score, by real encoders; seconds. Raises UnknownIdError."""
        start, who, index = time.perf_counter(), asker_of(asker), self._item(item)
        context, card = without(self._context(who), index), self._display.cards[index]
        reading = self.reader.reading(context, index, who.request)
        found = attribute_words(reading, self._tracer.document(index), progress)
        return TextAttribution(who.name, card, found.base, found.score, found.words, milliseconds_since(start))

    def rewrite(self, asker: Asker | str, item: str) -> tuple[Rewrite, ...]:
        """The sentences of `why` in a language model's words where they pass the check; seconds each.
        Raises as `why`, and ConfigError without the optional packages.
        """
        found, context = self.why(asker, item), without(self._context(asker), self._item(item))
        return tuple(rewrite(one, StoredFacts(context, self._display).find, self.domain) for one in found.text)

    def why_not(self, asker: Asker | str, item: str, k: int = 10) -> WhyNot:
        """What keeps `item` out of the top k, and the fewest likes to bring it in. Raises UnknownIdError."""
        start, who, context = time.perf_counter(), asker_of(asker), self._context(asker)
        found = Alternatives(self._display).why_not(context, who.name, self._item(item), length(k))
        return replace(found, ms=milliseconds_since(start))

    def what_if(self, asker: Asker | str, change: Change, item: str | None = None, k: int = 10) -> WhatIf:
        """The list after a change, and what becomes of `item`. Raises UnknownIdError."""
        start, who, context = time.perf_counter(), asker_of(asker), self._context(asker)
        about = None if item is None else self._item(item)
        found = Alternatives(self._display).what_if(context, who.name, change, about, length(k))
        return replace(found, ms=milliseconds_since(start))

    def trace(self, asker: Asker | str, item: str) -> Trace:
        """The intermediate values of the six steps. Raises UnknownIdError."""
        index = self._item(item)
        return self._tracer.trace(without(self._context(asker), index), index, self.why(asker, item))

    def match_export(self, history: OnePersonHistory) -> ExportMatch:
        """Which items somebody's own history is about; `match.brought().asker()` asks with them. Nothing is stored."""
        return self._exports.match(history)

    @cached_property
    def _exports(self) -> ExportMatcher:
        return ExportMatcher(self._bundle.catalog)

    @cached_property
    def knowledge(self) -> GraphBrowser:
        """The knowledge graph: search, surroundings, statistics, quality, and whose lists a thing drives."""
        return GraphBrowser(self._display, self.everyone)

    @cached_property
    def compare(self) -> Comparisons:
        """Two things side by side: people, models, the reasons of an item for two, why one stands above another."""
        peers, facts_gone = PeerScores(self._bundle.inputs), lambda: self._lists_without_graph.recommender
        return Comparisons(self._display, peers, self._context, self._card, self.why, facts_gone)

    @cached_property
    def whole_model(self) -> WholeModel:
        """What drives the lists of all people."""
        return WholeModel(self._display, self._rules, self._context, self.users(), self.compare.facts_gone)

    @cached_property
    def covers(self) -> ItemCovers:
        """A small picture of each item: its own where one was imported, else a drawn one."""
        return ItemCovers(self._display, own_data.pictures(self.card.name))

    @cached_property
    def lists(self) -> RecommendedLists:
        """How lists are made: tags and years to choose from, well-known items to begin with."""
        return RecommendedLists(self._display, self._bundle.recommender, self._bundle.inputs.item_bert.numpy())

    @cached_property
    def _lists_without_graph(self) -> RecommendedLists:
        return self.lists.without_graph()

    @cached_property
    def everyone(self) -> RescoredLists:
        """The lists of all people, 2,000 at most."""
        data, rule = self._bundle.inputs.interactions, (self.domain, self._bundle.config)
        people = self._origin.people() if self._origin else np.arange(len(self._bundle.catalog.user_vocab))
        return RescoredLists(self._bundle.recommender, data, people, rule)

    def evaluate(self, scheme: str = "random", seeds: int = 5, progress: Progress = no_progress) -> Evaluation:
        """The full quality table, every model trained anew: minutes a seed."""
        from kgrec_core.evaluate.quality_run import evaluate  # with the peers comes what a list does not need

        return evaluate(self._trained, scheme, seeds, progress)

    def evaluate_new_items(self, hidings: int = 5, progress: Progress = no_progress) -> NewItemTable:
        """How well items that nobody has met are ranked, beside peers that read content; minutes a hiding."""
        from kgrec_core.evaluate.new_items import measure_new_items

        return measure_new_items(self._trained, hidings, progress=progress)

    @cached_property
    def _users(self) -> tuple[UserCard, ...]:
        return user_cards(self._bundle.inputs.interactions, self._display)

    def _user(self, user: str) -> int:
        """By the id of the data set, or by the one that the user had in the imported files."""
        whom = self._origin or self._bundle.catalog.user_vocab
        return whom.index(one_id(user))

    def _card(self, who: Asker) -> UserCard | None:
        return None if who.user is None else self._users[self._user(who.user)]

    def _there(self, cards: Iterable[UserCard]) -> tuple[UserCard, ...]:
        """Those who are still in the data."""
        return self._origin.there(cards) if self._origin else tuple(cards)

    def _item(self, item: str) -> int:
        return self._bundle.catalog.item_vocab.index(one_id(item))

    def _explainer(self, asker: Asker | str, item: str) -> ItemExplainer:
        context, index = self._context(asker), self._item(item)
        return ItemExplainer(self._display, asker_of(asker).name, without(context, index), index)

    def _context(self, asker: Asker | str) -> UserContext:
        """The history of the asker with their likes, dislikes and request."""
        if self._origin:
            self._origin.check()
        who = asker_of(asker)
        context = context_of(self._bundle, None if who.user is None else self._user(who.user), who.history)
        context = replace(context, request=self.reader.request_item(who.request)) if who.request else context
        up, down = (np.array([self._item(item) for item in ids], np.int64) for ids in (who.likes, who.dislikes))
        return with_likes_and_dislikes(context, up, down, self.domain)
