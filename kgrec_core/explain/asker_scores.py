"""One history as explainers read it, with a request where there is one; every score of it is made here.

Explainers work out what is left of the branches and of what the attention reads when something is gone, in batches of
their own shapes; `UserContext.score` makes scores of that, with popularity and with what the request asks for outright.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from kgrec_core.data.interactions import FloatArray, IntArray, events
from kgrec_core.domain import Domain
from kgrec_core.model import recommender
from kgrec_core.model.bundle import Bundle
from kgrec_core.model.closed_form import Contributions, branch_scores, contributions
from kgrec_core.model.network import Parts
from kgrec_core.model.recommender import ExtraLike, Histories, Recommender, pad
from kgrec_core.model.unseen_item import UnseenItem


@dataclass(frozen=True, eq=False)
class UserContext:
    """One history, with what every item's game needs of it. All in the order of `items`."""

    recommender: Recommender
    items: IntArray  # (events,) item index
    levels: IntArray  # (events,) rating level
    weights: FloatArray  # (events,) 1 for liked, less for disliked
    request: UnseenItem | None = None  # a request, one more like that no item stands for
    called: str = "you"  # in sentences; "they" of somebody of the data, who is not the reader

    @torch.no_grad()
    def scores_of(self, histories: Histories) -> Tensor:
        """(batch, items) scores of all items for forms of this history; the request belongs to each of them."""
        return self.recommender.scores(histories, extra=self._extra)

    @torch.no_grad()
    def score(
        self,
        items: Tensor,
        users: Tensor,
        branches: Tensor,
        *,
        vectors: Tensor | None = None,
        known: Tensor | int | None = None,
        gain: Tensor | None = None,
        popularity: Tensor | float = 1.0,
    ) -> Tensor:
        """(..., n) scores of items (n,) from what is left when something is gone.

        users: (..., n, dim) what the attention read · branches: (..., n, branches), the request's among them · vectors:
        (..., n, dim) of the items, as they are by default · known: events, all by default · gain: by what the request
        asks for outright, of items as they are by default · popularity: whether it counts, 1 or 0
        """
        parts = Parts(
            items=self.recommender.state.vectors[items] if vectors is None else vectors,
            users=users,
            branches=branches,
            popularity=self._popularity(items) * popularity,
            known=len(self.items) if known is None else known,
            gain=self._gain(items) if gain is None else gain,
            met=self.recommender.linear.met[items],
        )
        scores: Tensor = self.recommender.fusion(parts)
        return scores

    def contributions(self, items: IntArray, places: Tensor | None = None) -> Contributions:
        """What the events at these places of the history, all by default, add to chosen items."""
        places = torch.arange(len(self.items)) if places is None else places
        events, weights = torch.from_numpy(self.items)[places], torch.from_numpy(self.weights)[places]
        return contributions(self.recommender.world, self.recommender.linear, events, weights, items)

    def under(self, model: Recommender) -> UserContext:
        """The same person before another model."""
        words = None if self.request is None else replace(self.request, recommender=model)
        return replace(self, recommender=model, request=words)

    @cached_property
    def sent(self) -> Tensor:
        """(contents, items): for whose facts and text the whole history speaks, through each content branch."""
        return self.recommender.linear.sent(self._histories.dense(self.recommender.world.items))[:, 0]

    @cached_property
    def profile(self) -> Tensor:
        """(contents, columns): how much the history speaks for each pair of relation and entity."""
        return self.recommender.world.kernel.profile(self.sent)

    @cached_property
    def branches(self) -> Tensor:
        """(items, branches) scores of the branches for every item."""
        return self._with_request(self.recommender.branches(self._histories)[0])

    def branches_of(self, weights: Tensor) -> Tensor:
        """(items, branches) when the events have these weights (events,); the request belongs to it."""
        world, linear = self.recommender.world, self.recommender.linear
        history = torch.zeros(1, world.items).index_add(1, torch.from_numpy(self.items), weights.unsqueeze(0))
        return self._with_request(branch_scores(world, linear, history)[0])

    @cached_property
    @torch.no_grad()
    def scores(self) -> Tensor:
        """(items,) scores of every item; those of the history too."""
        return self.scores_of(self._histories)[0]

    @torch.no_grad()
    def priors(self, items: Tensor, known: int | None = None) -> Tensor:
        """What popularity adds to the scores of `items` (n,) if so many events are known, all of them by default."""
        return self.recommender.fusion.prior(self._popularity(items), len(self.items) if known is None else known)

    @cached_property
    def events(self) -> Tensor:
        """(events, dim) event vectors."""
        return self.recommender.state.events[torch.from_numpy(self.items), torch.from_numpy(self.levels)]

    @cached_property
    @torch.no_grad()
    def read(self) -> Tensor:
        """(events + 1 with a request, dim): what the attention reads, the request last."""
        return self.events if self._extra is None else torch.cat([self.events, self._extra.event.unsqueeze(0)])

    @cached_property
    def values(self) -> Tensor:
        """(1 + len(read), dim): the same with the empty event first."""
        return torch.cat([self.recommender.fusion.empty.detach().unsqueeze(0), self.read])

    @cached_property
    @torch.no_grad()
    def keys(self) -> Tensor:
        """(1 + len(read), dim): what the attention looks at to choose among `values`."""
        keys: Tensor = self.recommender.fusion.key(self.values)
        return keys

    def attention_logits(self, vectors: Tensor) -> Tensor:
        """(n, 1 + len(read)) of item vectors (n, dim): attention to `values`, before the softmax."""
        logits: Tensor = self.recommender.fusion.query(vectors) @ self.keys.T / vectors.shape[-1] ** 0.5
        return logits

    def _popularity(self, items: Tensor) -> Tensor:
        """Whoever says in words what is wanted is not given what everybody likes, so it is 0 there."""
        counts = self._extra is None or self._extra.popularity
        return self.recommender.linear.popularity[items] * float(counts)

    def _gain(self, items: Tensor) -> Tensor | float:
        return 0.0 if self._extra is None else self._extra.gain[items]

    def _with_request(self, branches: Tensor) -> Tensor:
        return branches if self._extra is None else branches + self._extra.branches

    @property
    def _extra(self) -> ExtraLike | None:
        return None if self.request is None else self.request.as_like

    @property
    def _histories(self) -> Histories:
        return pad([(self.items, self.levels, self.weights)])


def context_of(bundle: Bundle, user: int | None, history: Sequence[str] | None) -> UserContext:
    """The history of a stored user (index); `history`, item ids all taken as liked, stands in for it.

    With neither the history is empty. Raises UnknownIdError for an unknown item.
    """
    domain, catalog = bundle.catalog.domain, bundle.catalog
    called = "you" if user is None else "they"
    if history is not None or user is None:
        items = np.array([catalog.item_vocab.index(item) for item in dict.fromkeys(history or ())], dtype=np.int64)
        values = np.full(len(items), domain.positive_value, dtype=np.float32)
    else:
        data = bundle.inputs.interactions.of_user(user)
        items, values = data.items, data.values
    return UserContext(bundle.recommender, items, *events(values, domain, bundle.config), called=called)


def without(user: UserContext, item: int) -> UserContext:
    """The history that does not have this item."""
    return only(user, user.items != item)


def only(user: UserContext, kept: npt.NDArray[np.bool_]) -> UserContext:
    """The history of the places that `kept` (events,) marks."""
    return replace(user, items=user.items[kept], levels=user.levels[kept], weights=user.weights[kept])


def with_likes_and_dislikes(user: UserContext, liked: IntArray, disliked: IntArray, domain: Domain) -> UserContext:
    """The history with what was said here (`recommender.with_thumbs`)."""
    items, levels, weights = recommender.with_thumbs((user.items, user.levels, user.weights), liked, disliked, domain)
    return replace(user, items=items, levels=levels, weights=weights)
