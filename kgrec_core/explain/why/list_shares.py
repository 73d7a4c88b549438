"""What a whole list is made of: how much each part of the model adds to the scores of its items, and what would stand
there without the part.

A score is a sum, so what a part adds is what the score loses without it. All facts together are taken out of the graph,
so that what the network read of them goes too.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch

from kgrec_core.data.interactions import IntArray
from kgrec_core.explain.asker_scores import UserContext
from kgrec_core.explain.removal.ranking import Ranking
from kgrec_core.model.recommender import Recommender
from kgrec_core.schema.global_explanation import FACTS

POPULARITY, NETWORK = "popularity", "network"
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class ListShares:
    """Of the first k of one person, (k,) items, best first.

    adds: (k, parts), in the order of `part_names`: branches by name, popularity, network, all facts · total: (k,)
    scores · replaced: (parts,) how many of the k others would replace without it
    """

    items: IntArray
    adds: Floats
    total: Floats
    replaced: IntArray


def part_names(recommender: Recommender) -> tuple[str, ...]:
    columns = recommender.columns
    return (*columns.names[columns.heard], POPULARITY, NETWORK, FACTS)


@torch.no_grad()
def list_shares(user: UserContext, facts_gone: Recommender, k: int) -> ListShares:
    """facts_gone: the same model over a graph without edges."""
    scores = user.scores.double()
    columns = user.recommender.columns
    weighted = (user.branches * user.recommender.fusion.branch_weight(len(user.items))).double()
    facts, text = columns.by_fact(weighted[:, columns.of_content])
    branches = torch.cat([weighted[:, columns.of_events], facts, text.unsqueeze(1)], 1)
    popularity = user.priors(torch.arange(len(scores))).double()
    network = scores - branches.sum(1) - popularity
    bare = scores - user.under(facts_gone).scores.double()
    adds = torch.cat([branches, torch.stack([popularity, network, bare], 1)], 1).numpy()
    listed = Ranking.of(scores.numpy(), user).ranked[:k]
    replaced = [_replaced(scores.numpy() - adds[:, part], user, listed) for part in range(adds.shape[1])]
    return ListShares(listed, adds[listed], scores.numpy()[listed], np.array(replaced, dtype=np.int64))


def _replaced(scores: Floats, user: UserContext, listed: IntArray) -> int:
    left = Ranking.of(scores.astype(np.float32), user).ranked[: len(listed)]
    return len(listed) - len(np.intersect1d(listed, left))


@torch.no_grad()
def fact_values(user: UserContext, items: IntArray) -> tuple[IntArray, IntArray, Floats]:
    """What each fact of each of `items` (n,) adds to its score through the branches: three of (facts,), places in
    `items`, edge numbers of the graph, values.
    """
    found, columns = user.contributions(items), user.recommender.columns
    weight = user.recommender.fusion.branch_weight(len(user.items))
    relation = user.recommender.world.kernel.edge_relation[found.edges]
    of_each = torch.stack([weight[columns.of_facts(content)][relation] for content in range(len(columns.contents))])
    values = (found.facts.sum(1) * of_each).sum(0)
    return found.owner.numpy(), found.edges.numpy(), values.double().numpy()
