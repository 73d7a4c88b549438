"""SASRec: self-attention over the order of a history (Kang & McAuley 2018), trained with a softmax over all items.

With the full softmax in place of one sampled negative it is among the strongest sequential models (Klenitskiy &
Vasilev 2023). Liked events only; the setting and the number of epochs are chosen on the validation part.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice

import numpy as np
import torch
from torch import Tensor, nn

from kgrec_core.evaluate.order_peers import Ordered
from kgrec_core.evaluate.tuning import Answers, Tuned, best, best_check
from kgrec_core.model.sequence import places

SETTINGS = ((1, 0.2), (1, 0.5), (2, 0.2), (2, 0.5))  # blocks, dropout
DIM, HEADS, LENGTH, BATCH, RATE = 64, 2, 100, 32, 1e-3
EPOCHS, CHECK, PATIENCE = 80, 4, 3  # at most; every how many validated; checks without a better one


@dataclass(frozen=True, slots=True)
class _SasrecSetting:
    blocks: int
    dropout: float

    def __str__(self) -> str:
        return f"{self.blocks} blocks, dropout {self.dropout:g}"


class _Network(nn.Module):
    def __init__(self, items: int, setting: _SasrecSetting) -> None:
        super().__init__()
        self.item = nn.Embedding(items + 1, DIM, padding_idx=items)
        self.place = nn.Embedding(LENGTH, DIM)
        layer = nn.TransformerEncoderLayer(DIM, HEADS, DIM, setting.dropout, batch_first=True, norm_first=True)
        self.blocks = nn.TransformerEncoder(layer, setting.blocks, nn.LayerNorm(DIM), enable_nested_tensor=False)
        self.dropout = nn.Dropout(setting.dropout)
        nn.init.normal_(self.item.weight, std=DIM**-0.5)
        nn.init.normal_(self.place.weight, std=DIM**-0.5)

    def forward(self, history: Tensor) -> Tensor:
        """(batch, length) item indices, padded at the end -> (batch, length, dim): what is known after each event."""
        length = history.shape[1]
        vectors = self.dropout(self.item(history) + self.place(torch.arange(length)))
        ahead = torch.ones(length, length, dtype=torch.bool).triu(1)
        read: Tensor = self.blocks(vectors, mask=ahead)  # padding stands at the end, where nobody looks ahead
        return read

    def scores(self, read: Tensor) -> Tensor:
        """(..., dim) -> (..., items)."""
        return read @ self.item.weight[:-1].T


def tuned_sasrec(known: Ordered, validation: Answers, seed: int) -> Tuned[Ordered]:
    options = (
        (f"{setting}, {CHECK * checks} epochs", scores, partial(_after, checks=checks, setting=setting, seed=seed))
        for setting in (_SasrecSetting(*each) for each in SETTINGS)
        for checks, scores in [best_check(_trained(known, setting, seed), validation, PATIENCE)]
    )
    with torch.random.fork_rng(devices=[]):
        return best(options, validation)


def _after(known: Ordered, checks: int, setting: _SasrecSetting, seed: int) -> Tensor:
    """(users, items) scores at the check of that number, from 1 on."""
    with torch.random.fork_rng(devices=[]):
        return next(islice(_trained(known, setting, seed), checks - 1, None))


def _trained(known: Ordered, setting: _SasrecSetting, seed: int) -> Iterator[Tensor]:
    """(users, items) scores after every CHECK epochs."""
    torch.manual_seed(seed)
    histories = _histories(known)
    pieces = _padded([piece for history in histories for piece in _pieces(history)], known.items)
    latest = _padded([history[-LENGTH:] for history in histories], known.items)
    network = _Network(known.items, setting)
    optimiser = torch.optim.Adam(network.parameters(), lr=RATE)
    for epoch in range(1, EPOCHS + 1):
        network.train()
        for batch in torch.split(torch.randperm(len(pieces)), BATCH):
            _step(network, optimiser, pieces[batch], known.items)
        if epoch % CHECK == 0:
            yield _scores(network, latest, known.items)


def _step(network: _Network, optimiser: torch.optim.Optimizer, pieces: Tensor, items: int) -> None:
    """Each event from those before it; of pieces (batch, LENGTH + 1)."""
    history, following = pieces[:, :-1], pieces[:, 1:]
    there = following < items
    loss = nn.functional.cross_entropy(network.scores(network(history)[there]), following[there])
    optimiser.zero_grad()
    torch.autograd.backward(loss)
    optimiser.step()


@torch.no_grad()
def _scores(network: _Network, latest: Tensor, items: int) -> Tensor:
    """(users, items) from (users, LENGTH) latest events; 0 for who has none."""
    network.eval()
    counts = (latest < items).sum(1)
    ends = [
        network(batch)[torch.arange(len(batch)), (count - 1).clamp(min=0)]
        for batch, count in zip(torch.split(latest, 256), torch.split(counts, 256), strict=True)
    ]
    return torch.where(counts.unsqueeze(1) > 0, network.scores(torch.cat(ends)), 0.0)


def _histories(known: Ordered) -> list[Tensor]:
    """Of each user the liked items, earliest first."""
    data = known.read(0.0).data
    order = np.lexsort((data.items, places(data), data.users))
    counts = np.bincount(data.users, minlength=known.users)
    return list(torch.split(torch.from_numpy(data.items[order]), counts.tolist()))


def _pieces(history: Tensor) -> list[Tensor]:
    """Stretches of up to LENGTH + 1 events, each beginning with the last one of the stretch before."""
    return [history[start : start + LENGTH + 1] for start in range(0, max(len(history) - 1, 0), LENGTH)]


def _padded(histories: list[Tensor], items: int) -> Tensor:
    """(histories, longest) with `items` where nothing is."""
    return nn.utils.rnn.pad_sequence(histories, batch_first=True, padding_value=items)
