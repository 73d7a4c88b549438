"""What is expected of items that nobody met: scores of known items, carried over to them by what all of them are.

A person's scores s of known items, as the plain ridge regression gives them, are the targets of a kernel ridge
regression on content: with the kernel K of facts and texts, the dual coefficients are a = s (K + penalty I)^-1 over the
items that somebody met, and item j is expected to have the score sum_i a_i K_ij (Saunders et al. 1998, eq. 8). For all
histories x at once s = x P X'Y (`linear`), so a = x D with D = P X'Y (K + penalty I)^-1. D does not depend on what j
is, so taking a fact or the text out of K_j is exact.

Content is mapped to what people did, and not only compared: attribute-to-feature mapping (Gantner et al. 2010), in
closed form.
"""

from __future__ import annotations

import torch
from torch import Tensor

from kgrec_core.model.world import World


def kernel_shares(world: World) -> Tensor:
    """(relations + 1,): by what the kernel of each relation and that of texts are multiplied in K.

    All facts together, and the text, each make 1 of what an item on average shares with itself.
    """
    own = torch.stack([world.kernel.own.sum(0).mean(), torch.tensor(world.own_similarity)])
    share = torch.where(own > 0, 1 / own, torch.zeros(2))
    facts, text = share.tolist()
    return torch.tensor([facts] * world.kernel.relations + [text])


def content_kernel(world: World) -> Tensor:
    """(items, items) K: what items share in facts of any relation, and how like their texts are."""
    *facts, text = kernel_shares(world).tolist()
    kernel: Tensor = world.kernel.between() * facts[0] if facts else torch.zeros(world.items, world.items)
    kernel += world.similarity * text
    kernel.diagonal().add_(world.similarity.any(1).float() * world.own_similarity * text)
    return kernel


def smoother(kernel: Tensor, met: Tensor, penalty: float) -> Tensor:
    """(items, items) (K + penalty I)^-1 over the items that are `met` (items,) bool, 0 for the others."""
    known = met.float() / penalty**0.5
    inside = kernel * known.unsqueeze(1) * known
    inside.diagonal().add_(1.0)
    found: Tensor = torch.linalg.inv(inside) * known.unsqueeze(1) * known
    return found


def unknown_share(counts: Tensor, half_life: float) -> Tensor:
    """(items,) from how many people met each: how much of what is expected of it counts, 1 where nobody did.

    Less than a thousandth is nothing: an item that is well known costs no look at its content.
    """
    share: Tensor = 0.5 ** (counts / half_life)
    return torch.where(share < 0.001, 0.0, share)
