"""Shapley values of all of a score but its network: in closed form, for many items of one user at once.

Apart from the network a score is a sum of three kinds of terms, and Shapley values add up over terms (Shapley 1953):
one cause alone keeps what it adds; of a product of two, which is there when both are, each has half; popularity, which
fades with every event known, is a game of its own (Owen 1972, multilinear extension). The causes are those of
`players`: every event, the facts of one relation together, the text, the words of a request, popularity.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from kgrec_core.data.interactions import IntArray
from kgrec_core.explain.context import UserContext
from kgrec_core.model.branches import joined


@dataclass(frozen=True, eq=False)
class Shares:
    """Of n items: the Shapley values of the causes, and what they consist of.

    branches: what each event adds through each branch if all else is there · facts: of it, through each fact of an item
    · edges, owner: (edges,) edge number, and which of the items has it
    """

    events: Tensor  # (n, events)
    facets: Tensor  # (n, relations)
    text: Tensor  # (n,)
    words: Tensor  # (n,); 0 without a request
    popularity: Tensor  # (n,)
    branches: Tensor  # (events, n, branches)
    facts: Tensor  # (events, edges)
    edges: Tensor
    owner: Tensor


@torch.no_grad()
def shares(user: UserContext, items: IntArray) -> Shares:
    """Values of the score without its network. items: (n,) item indices, none of the history."""
    world, weight = user.recommender.world, user.recommender.fusion.branch_weight
    columns, adds = user.recommender.columns, user.contributions(items)
    alone, paired = (
        columns.of_events,
        slice(columns.of_events.stop, None),
    )  # the rest has two causes
    branches = adds.branches * weight
    facts = adds.facts * weight[columns.of_facts][world.kernel.edge_relation[adds.edges]]
    halves = branches[..., paired] / 2
    popularity, each = _popularity(user, items)
    events = (branches[..., alone].sum(-1) + halves.sum(-1)).T + each.unsqueeze(1)
    others, words = halves.sum(0), torch.zeros(len(items))
    if user.words is not None:
        said = user.words.adds[torch.from_numpy(items), paired] * weight[paired]
        said[:, :-1] += _asked_outright(user, items)
        others, words = others + said / 2, said.sum(-1) / 2
    causes = (events, others[:, :-1], others[:, -1], words, popularity)
    return Shares(*causes, branches, facts, adds.edges, adds.owner)


def _asked_outright(user: UserContext, items: IntArray) -> Tensor:
    """(n, relations): what the facts of each item gain for being asked for."""
    world = user.recommender.world
    edges, owner = joined([world.graph.edges_of(item) for item in items.tolist()])
    gains = torch.zeros(len(items) * world.kernel.relations)
    if user.words is not None:
        gains.index_add_(0, owner * world.kernel.relations + world.kernel.edge_relation[edges], user.words.gains(edges))
    return gains.view(len(items), world.kernel.relations)


def _popularity(user: UserContext, items: IntArray) -> tuple[Tensor, Tensor]:
    """(n,) value of popularity, and of each event, which dims it: all events are alike in this.

    It adds p q^n with n events known. Those before it come, at a time t drawn from 0 to 1, with chance t each; so its
    value is p times the integral of (1 - t + t q)^n. The rest of p q^n is the events'.
    """
    known = len(user.items)
    whole = user.priors(torch.from_numpy(items), 0)
    fade = 0.5 ** (1 / user.recommender.fusion.prior_half_life)
    mean = (1 - fade ** (known + 1)) / ((known + 1) * (1 - fade))
    return whole * mean, whole * (fade**known - mean) / max(known, 1)
