"""One history as explainers read it, and what the questions about all items have in common."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import torch
from torch import Tensor

from kgrec_core.data.interactions import FloatArray, IntArray
from kgrec_core.model.histories import Histories, pad
from kgrec_core.model.newcomer import Newcomer
from kgrec_core.model.recommender import Recommender, branch_scores, score_items


@dataclass(frozen=True, eq=False)
class UserContext:
    """One history, with what every item's game needs of it. All in the order of `items`."""

    recommender: Recommender
    items: IntArray  # (events,) item index
    levels: IntArray  # (events,) rating level
    weights: FloatArray  # (events,) 1 for liked, less for disliked
    words: Newcomer | None = None  # a line of words, one more like that no item stands for

    @torch.no_grad()
    def scores_of(self, histories: Histories) -> Tensor:
        """(batch, items) scores of all items for forms of this history; the words belong to each of them."""
        return self.recommender.scores(histories) if self.words is None else self.words.scores_if_liked(histories)

    def branches_of(self, weights: Tensor) -> Tensor:
        """(items, branches) when the events have these weights (events,); the words belong to it."""
        world, linear = self.recommender.world, self.recommender.linear
        history = torch.zeros(1, world.items).index_add(1, torch.from_numpy(self.items), weights.unsqueeze(0))
        return self._with_words(branch_scores(world, linear, history)[0])

    def under(self, recommender: Recommender) -> UserContext:
        """The same person before another model."""
        words = None if self.words is None else replace(self.words, recommender=recommender)
        return replace(self, recommender=recommender, words=words)

    @cached_property
    def residuals(self) -> Tensor:
        """(events, items): the part of each event in `Linear.residual`; they add up."""
        linear = self.recommender.linear
        weights = torch.from_numpy(self.weights).unsqueeze(1)
        return linear.ridge * weights * linear.precision[torch.from_numpy(self.items)]

    @cached_property
    def residual(self) -> Tensor:
        """(items,) of the whole history."""
        return self.recommender.linear.residual(self._histories.dense(self.recommender.world.items))[0]

    @cached_property
    def profile(self) -> Tensor:
        """(columns,): how much the whole history and the words speak for each pair of relation and entity."""
        own = self.recommender.world.kernel.profile(self.residual.unsqueeze(0))[0]
        return own if self.words is None else own + self.words.profile

    @cached_property
    def branches(self) -> Tensor:
        """(items, branches) scores of the branches for every item."""
        return self._with_words(self.recommender.branches(self._histories)[0])

    def _with_words(self, branches: Tensor) -> Tensor:
        return branches if self.words is None else branches + self.words.says

    @cached_property
    @torch.no_grad()
    def scores(self) -> Tensor:
        """(items,) scores of every item; those of the history too."""
        if self.words is not None:
            return self.words.scores_if_liked(self._histories)[0]
        model = self.recommender
        everything = torch.arange(model.world.items)
        popularity, branches = model.linear.popularity, self.branches.unsqueeze(0)
        return score_items(model.fusion, model.state, popularity, self._histories, branches, everything)[0]

    @torch.no_grad()
    def priors(self, items: Tensor, known: int | Tensor | None = None) -> Tensor:
        """What popularity adds to the scores of `items` (n,) if so many events are known, all of them by default.

        Whoever says in words what is wanted is not given what everybody likes, so it adds nothing there.
        """
        if self.words is not None and self.words.wishes:
            return torch.zeros(len(items))
        known = torch.as_tensor(len(self.items) if known is None else known)
        return self.recommender.fusion.prior(self.recommender.linear.popularity[items], known)

    def gains(self, items: Tensor) -> Tensor:
        """(n,): what items gain by what the words ask for outright."""
        return torch.zeros(len(items)) if self.words is None else self.words.gain[items]

    @cached_property
    def events(self) -> Tensor:
        """(events, dim) event vectors."""
        return self.recommender.state.events[torch.from_numpy(self.items), torch.from_numpy(self.levels)]

    @cached_property
    def values(self) -> Tensor:
        """(1 + events + words, dim): what the attention reads, the empty event first and words last."""
        return torch.cat([self.recommender.fusion.empty.detach().unsqueeze(0), self.events, self.heard])

    @cached_property
    @torch.no_grad()
    def heard(self) -> Tensor:
        """(words, dim): the line of words as one more event; no row without one."""
        return self.events[:0] if self.words is None else self.words.event.unsqueeze(0)

    @property
    def asked_for(self) -> Tensor:
        """(words, columns): how much the line speaks for each pair of relation and entity, those that it names."""
        nothing = self.events.new_zeros(0, len(self.recommender.world.kernel.column_relation))
        return nothing if self.words is None else self.words.profile.unsqueeze(0)

    @property
    def likeness(self) -> Tensor:
        """(words, items): how like the line each item's text is."""
        whole = self.recommender.world.similarity
        return whole[:0] if self.words is None else self.words.similarity.unsqueeze(0)

    @cached_property
    @torch.no_grad()
    def keys(self) -> Tensor:
        """(1 + events + words, dim): what the attention looks at to choose among `values`."""
        keys: Tensor = self.recommender.fusion.key(self.values)
        return keys

    @property
    def _histories(self) -> Histories:
        return pad([(self.items, self.levels, self.weights)])
