"""The real intermediate values of one recommendation, step by step, for those who want to see the machine run."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import torch
from torch import Tensor

from kgrec_core.explain.asker_scores import UserContext
from kgrec_core.explain.removal.removed_edges import item_scores_without
from kgrec_core.explain.sentences.clauses import BRANCH_WORDS, DisplayNames
from kgrec_core.model.bundle import BERT, XLNET, Bundle
from kgrec_core.schema.columns import TEXT
from kgrec_core.schema.explanation import Explanation, Neighbour, Trace, Weighted
from kgrec_core.text.catalog_vectors import EVENT_TOKENS, ITEM_TOKENS, load_encoder
from kgrec_core.text.compact_xlnet import XLNetPretrainConfig
from kgrec_core.text.documents import clean_text, item_document, level_document
from kgrec_core.text.encoder import TextEncoder, tokens_of
from kgrec_core.text.pretrained_weights import load_tokenizer
from kgrec_core.text.tfidf_and_word2vec import TfIdf, nearest

SHOWN = 6


@dataclass(frozen=True, eq=False)
class Tracer:
    """Reads the values out of an open bundle; tokenizers, term weights and encoders are made when first asked for.

    A trace cuts texts into word pieces but reads none anew, so it needs no weights of a language model.
    """

    bundle: Bundle
    display: DisplayNames

    @cached_property
    def _rows(self) -> list[dict[str, object]]:
        return self.bundle.catalog.item_rows()

    @cached_property
    def _tfidf(self) -> TfIdf:
        return TfIdf.fit([item_document(row, self.display.domain) for row in self._rows])

    @cached_property
    def _bert_pieces(self) -> Any:
        return load_tokenizer(self._bert_name)

    @cached_property
    def _xlnet_pieces(self) -> Any:
        return load_tokenizer(self._xlnet_name[0])

    @cached_property
    def bert_of_items(self) -> TextEncoder:
        """The BERT that read the texts of items."""
        return load_encoder(self._bert_name, ITEM_TOKENS, float(self.bundle.card.get("unread_words", 0)))

    @property
    def _bert_name(self) -> str:
        return self.bundle.card["names"]["bert"] or self.bundle.own_model(BERT)

    @cached_property
    def xlnet(self) -> TextEncoder:
        return load_encoder(*self._xlnet_name)

    @property
    def _xlnet_name(self) -> tuple[str, int]:
        """Where it is, and how many tokens it reads."""
        name = self.bundle.card["names"]["xlnet"]
        return (name, ITEM_TOKENS) if name else (self.bundle.own_model(XLNET), XLNetPretrainConfig().max_length)

    def document(self, item: int) -> str:
        """The text of an item as the encoders read it."""
        return item_document(self._rows[item], self.display.domain)

    @torch.no_grad()
    def trace(self, user: UserContext, item: int, explanation: Explanation) -> Trace:
        """All steps for one user and item; `explanation` is their explanation."""
        row, document = self._rows[item], self.document(item)
        attention = self._attention(user, item)
        silent = self.bundle.recommender.fusion.silent
        places = (self._by_value(user, explanation) if silent else [place for place, _ in attention])[:3]
        events = [
            level_document(self._rows[int(user.items[p])], int(user.levels[p]), self.display.domain) for p in places
        ]
        state, world = self.bundle.recommender.state, self.bundle.recommender.world
        norms = [float(world.event_text[int(user.items[p]), int(user.levels[p])].norm()) for p in places]
        titles = [self.display.title(int(user.items[place])) for place in places]
        return Trace(
            user=explanation.user,
            item=explanation.item,
            raw_text=_raw(row),
            clean_text=document,
            tfidf=self._tfidf.top_terms(item, SHOWN),
            word2vec=self._similar(item),
            event_documents=tuple(events),
            bert_tokens=tokens_of(self._bert_pieces, events[0], EVENT_TOKENS) if events else (),
            bert_model=self.bundle.card["encoders"]["bert"],
            event_norms=_weighted(titles, norms),
            xlnet_tokens=tokens_of(self._xlnet_pieces, document, self._xlnet_name[1]),
            xlnet_model=self.bundle.card["encoders"]["xlnet"],
            xlnet_norm=float(world.item_text[item].norm()),
            neighbours=self._neighbours(user, item),
            norm_before=float(state.before[item].norm()),
            norm_after=float(state.vectors[item].norm()),
            attention=_weighted(
                [self.display.title(int(user.items[p])) for p, _ in attention], [w for _, w in attention]
            ),
            mlp_inputs=self._inputs(user, item),
            network_silent=silent,
            terms=self._terms(user, item, explanation.score),
            score=explanation.score,
            base=explanation.base,
            attribution_sum=sum(part.value for part in explanation.attributions),
        )

    def _similar(self, item: int) -> tuple[Weighted, ...]:
        found = nearest(self.bundle.word2vec.numpy(), item, SHOWN)
        return _weighted([self.display.title(index) for index, _ in found], [cosine for _, cosine in found])

    def _neighbours(self, user: UserContext, item: int) -> tuple[Neighbour, ...]:
        world, fusion, graph = self.bundle.recommender.world, self.bundle.recommender.fusion, self.display.graph
        edges = torch.from_numpy(graph.edges_of(item))
        index = torch.stack([world.edge_index[0, edges], torch.zeros_like(edges)])
        before = self.bundle.recommender.state.before[item : item + 1]
        shares = fusion.kgnn.attention(before, fusion.entity.weight, index, world.edge_relations[edges])
        names = [self.display.domain.phrase(graph.relation_names[int(graph.relations[edge])]).label for edge in edges]
        labels = [graph.labels[int(graph.tails[edge])] for edge in edges]
        whole, *without = item_scores_without(user, item, [np.zeros(0, np.int64), *edges.unsqueeze(1).numpy()]).tolist()
        falls = [whole - score for score in without]
        found = [Neighbour(*parts) for parts in zip(names, labels, shares.tolist(), falls, strict=True)]
        return tuple(sorted(found, key=lambda each: -abs(each.fall))[: 2 * SHOWN])

    def _attention(self, user: UserContext, item: int) -> list[tuple[int, float]]:
        """(place in the history, weight), strongest first; the empty event takes the rest of 1."""
        fusion, state = self.bundle.recommender.fusion, self.bundle.recommender.state
        mask = torch.ones(1, 1, len(user.items), dtype=torch.bool)
        _, weights = fusion.attend(state.vectors[item].view(1, 1, -1), user.events.unsqueeze(0), mask)
        own = weights[0, 0, 1:]
        order = own.argsort(descending=True, stable=True)[:SHOWN]
        return [(int(place), float(own[place])) for place in order]

    def _by_value(self, user: UserContext, explanation: Explanation) -> list[int]:
        """Places in the history, largest SHAP value first, whatever its sign."""
        places = {f"history:{self.display.item_id(item)}": place for place, item in enumerate(user.items.tolist())}
        return [places[part.player] for part in explanation.attributions if part.kind == "history"]

    def _terms(self, user: UserContext, item: int, score: float) -> tuple[Weighted, ...]:
        """What each part of the score adds to it, largest first, those that add nothing left out."""
        recommender = self.bundle.recommender
        weight = recommender.fusion.branch_weight(len(user.items))
        added = recommender.columns.by_name(user.branches[item] * weight)
        terms = [
            Weighted(BRANCH_WORDS[name].adds if name in BRANCH_WORDS else self.display.domain.phrase(name).facet, value)
            for name, value in added.items()
        ]
        terms.append(Weighted("how popular it is", float(user.priors(torch.tensor([item]))[0])))
        if user.request is not None:
            terms.append(Weighted("what your words ask for", float(user.request.as_like.gain[item])))
        if not recommender.fusion.silent:
            terms.append(Weighted("the network", score - sum(each.value for each in terms)))
        return tuple(sorted((each for each in terms if each.value), key=lambda each: -abs(each.value)))

    def _inputs(self, user: UserContext, item: int) -> tuple[Weighted, ...]:
        """What the last step reads: the length of each vector, and every branch score in its unit."""
        recommender = self.bundle.recommender
        fusion, state = recommender.fusion, recommender.state
        heard = recommender.columns.heard
        branches = user.branches[item][heard] / fusion.scale
        mask = torch.ones(1, 1, len(user.items), dtype=torch.bool)
        vector, _ = fusion.attend(state.vectors[item].view(1, 1, -1), user.events.unsqueeze(0), mask)
        own: Tensor = state.vectors[item]
        lengths = [vector[0, 0].norm(), own.norm(), (vector[0, 0] * own).norm()]
        names = ["user vector u (length)", "item vector g (length)", "u * g (length)"]
        prior = user.priors(torch.tensor([item]))[0]
        named = [
            *names,
            *(f"branch: {name}" for name in recommender.columns.names[heard]),
            "prior: how popular it is",
        ]
        return _weighted(named, [float(value) for value in (*lengths, *branches, prior)])


def _raw(row: dict[str, object]) -> str:
    """The cells as they are stored."""
    cells = [str(row.get("raw_title", "")), *(str(value) for name, value in row.items() if name != "raw_title")]
    return clean_text(row.get(TEXT)) or textwrap.shorten(
        " · ".join(cell for cell in cells if cell), 600, placeholder=" …"
    )


def _weighted(labels: Sequence[str], values: Sequence[float]) -> tuple[Weighted, ...]:
    return tuple(Weighted(label, value) for label, value in zip(labels, values, strict=True))
