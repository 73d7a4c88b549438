"""Why an item is not in the list: what the item at place k has more of, and the fewest likes that would bring it in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from kgrec_core.data.interactions import IntArray
from kgrec_core.explain.asker_scores import UserContext
from kgrec_core.explain.change.counterfactual import smallest
from kgrec_core.explain.change.what_if import with_likes
from kgrec_core.explain.effort_limits import ADDED_LIKES
from kgrec_core.explain.removal.coalitions import Game
from kgrec_core.explain.removal.ranking import Ranking, ranking
from kgrec_core.explain.removal.removed_events import HistoryRescorer

POOL = 160  # items whose addition is tried: those that the item's closed form and its facts are nearest to
RIVALS = 100
NEVER = -1e9  # lead that a rival has over the item once the rival itself is in the history


@dataclass(frozen=True, eq=False)
class Addition:
    """added: item indices, none where nothing was found · minimal: no smaller addition works, where that is proven"""

    added: tuple[int, ...]
    new_rank: int | None
    minimal: bool | None
    tried: int


def smallest_addition(user: UserContext, item: int, now: Ranking, k: int, level: int) -> Addition:
    """The fewest items that bring `item` into the top k when the user likes them too; checked by the whole model.

    Items of the top k are not among them: who likes one has it no longer in the list, which makes room for any other.
    """
    pool = _pool(user, item, now.ranked[k:])
    extended, events = with_likes(user, pool.tolist(), level), len(user.items)
    rivals = now.ranked[: max(RIVALS, 2 * k) + 1]
    rivals = rivals[rivals != item]
    reranker = HistoryRescorer(
        extended, torch.arange(events, events + len(pool)), torch.tensor([item, *rivals.tolist()])
    )
    itself = torch.from_numpy(pool[:, None] == rivals[None, :]).float()

    def leads_over(added: Tensor) -> Tensor:
        scores = reranker.scores(~added)
        return (scores[:, 1:] - scores[:, :1]) + NEVER * (added.float() @ itself)

    found = smallest(leads_over, len(pool), max(len(rivals) - k + 1, 1), ADDED_LIKES)
    for each in found.working:
        added = tuple(pool[list(each)].tolist())
        rank = ranking(with_likes(user, added, level)).rank(item)
        if rank <= k:
            complete = len(pool) == len(now.ranked) - k - 1 and found.exhausted_up_to >= len(added) - 1
            return Addition(added, rank, len(added) == 1 or complete, len(pool))
    return Addition((), None, None, len(pool))


def causes(user: UserContext, item: int, rival: int) -> tuple[Tensor, Tensor]:
    """(events,) fall of the score of each of the two when one history item is hidden."""
    return Game(user, item).leave_one_out, Game(user, rival).leave_one_out


def _pool(user: UserContext, item: int, ranked: IntArray) -> IntArray:
    """Of these items those that could speak for `item`, best first."""
    others = ranked[ranked != item]
    recommender = user.recommender
    linear, kernel = recommender.linear, recommender.world.kernel
    weight = recommender.fusion.branch_weight(len(user.items))
    columns, edges = recommender.columns, torch.from_numpy(recommender.world.graph.edges_of(item))
    shares, kinds = kernel.incidence_columns(edges) * kernel.weights[edges], kernel.edge_relation[edges]
    gain = torch.stack([each.weights[:, item] for each in linear.event_branches], 1) @ weight[columns.of_events]
    for place, content in enumerate(linear.content_branches):
        like = (shares * weight[columns.of_facts(place)][kinds]).sum(1)
        like += weight[columns.of_text(place)] * recommender.world.similarity[:, item]
        like[item] = 0
        gain += content.source @ like * content.reach[item]
    best = np.argsort(-gain.numpy()[others], kind="stable")[:POOL]
    chosen: IntArray = others[best]
    return chosen
