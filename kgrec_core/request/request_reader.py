"""Reads what a person types: a request, or a new item with its facts, into what the trained model takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from kgrec_core.domain import event_level
from kgrec_core.explain.asker_scores import UserContext
from kgrec_core.explain.why.step_trace import Tracer
from kgrec_core.explain.why.word_attribution import TextReading
from kgrec_core.model.bundle import Bundle
from kgrec_core.model.recommender import pad
from kgrec_core.model.unseen_item import UnseenItem, own_facts, similarity_row
from kgrec_core.request.named_facts import FactNames
from kgrec_core.request.request_parts import ParsedRequest, parse_request
from kgrec_core.request.request_sentences import request_sentences
from kgrec_core.request.text_likeness import ItemTexts
from kgrec_core.schema.columns import ITEM, TEXT, TITLE
from kgrec_core.schema.requests import UnderstoodRequest
from kgrec_core.text.catalog_vectors import EVENT_TOKENS
from kgrec_core.text.documents import SEPARATOR, clean_text, item_document, level_document

KEPT = 32  # requests; each explanation of one asks for it anew
TYPICAL = 64  # items that most people liked, of which one like is tried
Made = TypeVar("Made")
Fact = tuple[str, str]  # relation, id of the entity or its name


@dataclass(frozen=True, eq=False)
class RequestReader:
    """Reads with the encoders of a bundle, which its tracer holds and loads when first asked for."""

    bundle: Bundle
    tracer: Tracer

    def request_item(self, request: str) -> UnseenItem | None:
        """A request as an item that has this text and the facts that it names; the latest ones are kept.

        None where nothing of it was understood: then it counts for nothing.
        """
        if not request:
            return None
        parsed = self._parsed(request)
        return _cached(self._items_of_requests, request, lambda: self._item_of(parsed) if parsed.counts else None)

    def _item_of(self, parsed: ParsedRequest) -> UnseenItem:
        world, mentions, text = self.bundle.recommender.world, parsed.mentions, parsed.text
        item, event = {ITEM: "", TITLE: "", TEXT: text}, {ITEM: "", TITLE: text, TEXT: ""}
        said = self._read(item, event, [one.column for one in mentions.asked])
        refused = own_facts(world, [one.column for one in mentions.refused])
        similarity = said.similarity if text else torch.zeros_like(said.similarity)
        wishes = bool(text or mentions.asked)
        return replace(said, similarity=similarity, refused=refused, lift=self._of_a_like, wishes=wishes)

    def understood(self, request: str) -> UnderstoodRequest:
        """What is understood of a request."""
        if not request:
            return UnderstoodRequest((), (), (), (), (), False)
        parsed, titles = self._parsed(request), self.bundle.catalog.item_vocab
        mentions = parsed.mentions
        asks, refuses = (tuple(map(self._names.asks, named)) for named in (mentions.asked, mentions.refused))
        ids = tuple(titles.id(item) for item in mentions.items)
        return UnderstoodRequest(asks, refuses, ids, parsed.parts, request_sentences(parsed), parsed.counts)

    def _parsed(self, request: str) -> ParsedRequest:
        return _cached(
            self._parsed_requests,
            request,
            lambda: parse_request(self._names.mentions(request), self._names, self._texts),
        )

    def reading(self, user: UserContext, candidate: int, request: str) -> TextReading:
        """What reads the text of one item anew for someone who wrote this request, empty where they wrote none."""
        tracer, inputs, power = self.tracer, self.bundle.inputs, self.bundle.config.text_power
        wanted = self._parsed(request).text if request else ""
        said = self._vector_of(wanted) if wanted else None
        return TextReading(user, candidate, tracer.bert_of_items, tracer.xlnet, inputs.item_bert, power, said)

    def _vector_of(self, request: str) -> Tensor:
        """(BERT dim,) of a request."""
        return torch.from_numpy(self._vectors_of([request])[0])

    def _vectors_of(self, requests: Sequence[str]) -> npt.NDArray[np.float32]:
        """(requests, BERT dim), each read as the text of an item."""
        domain, rows = self.bundle.catalog.domain, [{ITEM: "", TITLE: "", TEXT: request} for request in requests]
        return self.tracer.bert_of_items.encode([item_document(row, domain) for row in rows])

    def item(self, title: str, text: str, facts: Sequence[Fact]) -> tuple[UnseenItem, tuple[Fact, ...]]:
        """A new item, and those of its facts that the graph does not know, which the model cannot use."""
        known = {fact: column for fact in facts if (column := self._column(fact)) is not None}
        row: dict[str, object] = {ITEM: "", TITLE: title, TEXT: text, **_cells(facts)}
        return self._read(row, row, list(known.values())), tuple(fact for fact in facts if fact not in known)

    def _read(self, item: Mapping[str, object], event: Mapping[str, object], columns: Sequence[int]) -> UnseenItem:
        domain, inputs = self.bundle.catalog.domain, self.bundle.inputs
        document, level = item_document(item, domain), event_level(domain.positive_value, domain)
        short = replace(self.tracer.bert_of_items, max_length=EVENT_TOKENS)
        recommender = self.bundle.recommender
        bert = torch.from_numpy(self.tracer.bert_of_items.encode([document])[0])
        power, unit = self.bundle.config.text_power, recommender.world.own_similarity
        return UnseenItem(
            recommender=recommender,
            similarity=similarity_row(inputs.item_bert, unit, power, bert),
            item_text=torch.from_numpy(self.tracer.xlnet.encode([document])[0]),
            event_text=torch.from_numpy(short.encode([level_document(event, level, domain)])[0]),
            level=level,
            facts=own_facts(recommender.world, columns),
            refused=own_facts(recommender.world, ()),
        )

    def _column(self, fact: Fact) -> int | None:
        """By the id of the entity, else by its name among the entities of that relation."""
        graph, (relation, value) = self.bundle.inputs.graph, fact
        if relation not in graph.relation_names:
            return None
        named = [value] if value in graph.entities else self._by_name.get(value.casefold().strip(), [])
        kind = graph.relation_names.index(relation)
        found = (self._names.column(kind, graph.entities.index(name)) for name in named)
        return next((column for column in found if column is not None), None)

    @cached_property
    @torch.no_grad()
    def _of_a_like(self) -> float:
        """What one like adds to the score of the item that it speaks for most, popularity apart; a mean.

        So much is added by each fact that a request names, whatever its kind: that two films share an actor says little
        of them, but who asks for an actor asks no less than who asks for a director.
        """
        model, rows = self.bundle.recommender, self.bundle.inputs.interactions
        likes = np.bincount(rows.items, rows.values >= self.bundle.catalog.domain.positive_value, model.world.items)
        level = event_level(self.bundle.catalog.domain.positive_value, self.bundle.catalog.domain)
        one, items = np.ones(1, dtype=np.float32), np.argsort(-likes, kind="stable")[:TYPICAL]
        histories = pad([(items[row : row + 1], np.full(1, level), one) for row in range(len(items))])
        scores = model.scores(histories) - model.fusion.prior(model.linear.popularity, 1) - model.nobody
        scores[torch.arange(len(items)), torch.from_numpy(items)] = -torch.inf
        return float(scores.amax(1).mean())

    @cached_property
    def _names(self) -> FactNames:
        graph, domain = self.bundle.inputs.graph, self.bundle.catalog.domain
        titles = [card.title for card in self.tracer.display.cards]
        return FactNames(graph, domain, titles, lambda texts: self.tracer.bert_of_items.encode(list(texts)))

    @cached_property
    def _texts(self) -> ItemTexts:
        encoder, rows = self.tracer.bert_of_items, self.bundle.catalog.item_rows()
        return ItemTexts(
            texts=[" | ".join(clean_text(cell) for name, cell in row.items() if name != ITEM) for row in rows],
            vectors=self.bundle.inputs.item_bert.numpy(),
            read=self._vectors_of,
            pieces=lambda word: encoder.tokens(word)[1:-1],
            vocabulary=encoder.vocabulary,
        )

    @cached_property
    def _items_of_requests(self) -> dict[str, UnseenItem | None]:
        return {}

    @cached_property
    def _parsed_requests(self) -> dict[str, ParsedRequest]:
        return {}

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        graph, names = self.bundle.inputs.graph, dict[str, list[str]]()
        for name, label in zip(graph.entities.ids, graph.labels, strict=True):
            names.setdefault(label.casefold(), []).append(name)
        return names


def _cached(kept: dict[str, Made], request: str, make: Callable[[], Made]) -> Made:
    """What was made of a request before, else what is made now; the oldest of KEPT requests makes room."""
    if request in kept:
        return kept[request]
    made = make()
    while len(kept) >= KEPT:
        kept.pop(next(iter(kept)), None)
    kept[request] = made
    return made


def _cells(facts: Sequence[Fact]) -> dict[str, str]:
    """Relation to its values in one cell, as in the table of items."""
    cells: dict[str, list[str]] = {}
    for relation, value in facts:
        cells.setdefault(relation, []).append(value)
    return {relation: SEPARATOR.join(values) for relation, values in cells.items()}
