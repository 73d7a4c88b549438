"""The scorer: what a score is made of (`fusion.Parts`), for whole histories; with parts gone, see `explain`."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from kgrec_core.model.fusion import Fusion, Parts
from kgrec_core.model.histories import Histories
from kgrec_core.model.world import World


@dataclass(frozen=True, eq=False)
class ItemState:
    """Vectors that do not depend on the user: before the KGNN, after it, and of every possible event."""

    before: Tensor  # (items, dim)
    vectors: Tensor  # (items, dim)
    events: Tensor  # (items, levels, dim)


def item_state(fusion: Fusion, world: World) -> ItemState:
    """All items through the KGNN, once."""
    before = fusion.item_vectors(world.item_text, torch.arange(world.items))
    vectors = fusion.kgnn(before, fusion.entity.weight, world.edge_index, world.edge_relations)
    levels = torch.arange(world.event_text.shape[1])
    return ItemState(before, vectors, read_events(fusion, world, world.event_text, levels, vectors.unsqueeze(1)))


def read_events(fusion: Fusion, world: World, text: Tensor, levels: Tensor, items: Tensor) -> Tensor:
    """Event vectors from text (..., BERT dim), levels (...) and item vectors (..., dim).

    One of a level that the data do not have, such as a thumb down where people only play, reads as the empty event:
    nobody taught the network what it means. The closed form, which knows its weight, hears it all the same.
    """
    vectors = fusion.event_vectors(text, levels, items)
    return torch.where(world.told[levels].unsqueeze(-1), vectors, fusion.empty)


@dataclass(frozen=True, eq=False)
class ExtraLike:
    """What a like that no item of the catalogue stands for, such as a request, adds to every history.

    branches: (items, branches) · event: (dim,) as the attention reads it · gain: (items,) by what it asks for
    outright · popularity: whether popularity counts beside it
    """

    branches: Tensor
    event: Tensor
    gain: Tensor
    popularity: bool


def score_parts(
    fusion: Fusion,
    state: ItemState,
    popularity: Tensor,
    histories: Histories,
    branches: Tensor,
    items: Tensor,
    extra: ExtraLike | None = None,
) -> Parts:
    """What the scores (batch, n) of these items (n,) are made of, for whole histories.

    popularity: (items,) of all · branches: (batch, n, branches) of the histories · extra: one more like of each history
    """
    events = state.events[histories.items, histories.levels]  # (batch, length, dim)
    vectors, mask, known = state.vectors[items], histories.mask, histories.mask.sum(1, keepdim=True)
    popular: Tensor | float = popularity[items]
    gain: Tensor | float = 0.0
    if extra is not None:
        events = torch.cat([events, extra.event.expand(len(events), 1, -1)], 1)
        mask = torch.cat([mask, mask.new_ones(len(mask), 1)], 1)
        branches, gain = branches + extra.branches[items], extra.gain[items]
        popular = popular if extra.popularity else 0.0
    users, _ = fusion.attend(vectors.unsqueeze(0), events, mask.unsqueeze(1))
    return Parts(vectors, users, branches, popular, known, gain)
