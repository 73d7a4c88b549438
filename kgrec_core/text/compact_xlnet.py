"""A compact XLNet taught by the catalogue itself, for machines that cannot fetch a pretrained one.

Two lessons at once, from one pass over each document: permutation language modelling (Yang et al. 2019) and
distillation toward the BERT vectors of the same documents. The targets are turned into the student's dimension by
their own principal directions, an isometry up to what is cut off; so no head is needed afterwards, and cosines of
mean-pooled XLNet vectors mean what cosines of BERT vectors mean.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import Tensor, nn

from kgrec_core.errors import ConfigError
from kgrec_core.schema.progress import Progress, no_progress
from kgrec_core.text.encoder import Vectors, mean_pool
from kgrec_core.text.pretrained_weights import save_model
from kgrec_core.text.wordpieces import learn_word_pieces

if TYPE_CHECKING:
    from transformers import XLNetModel

_LEAST = 10  # documents
_START = 4000  # documents of the linear start, whose cost grows with the square of their number
_RIDGE = 5e-3  # held-out cosine is flat from 3e-3 to 1e-2, and falls at 1e-3 and 3e-2


@dataclass(frozen=True, slots=True)
class XLNetPretrainConfig:
    layers: int = 4
    hidden: int = 256
    heads: int = 4
    inner: int = 512  # width of the feed-forward part
    vocabulary: int = 6000  # word pieces, at most
    max_length: int = 64  # tokens
    epochs: int = 1  # the linear start does most of the work
    batch: int = 32  # documents
    learning_rate: float = 1e-3  # the highest, after warm-up
    dropout: float = 0.1
    language_weight: float = 0.1  # of the language-modelling loss (nats a token) beside 1 - cosine
    held_out: float = 0.1  # share of documents kept aside for the report
    seed: int = 0

    def __post_init__(self) -> None:
        if self.hidden % self.heads or self.hidden % 2:
            raise ConfigError(f"hidden is {self.hidden}; choose an even multiple of heads, {self.heads}.")
        if self.max_length % 2 or self.max_length < 8:
            raise ConfigError(f"max_length is {self.max_length} tokens; permutation needs an even number, 8 or more.")
        if min(self.layers, self.epochs, self.batch) < 1 or not 0 < self.held_out < 1:
            raise ConfigError("layers, epochs and batch must be at least 1, held_out between 0 and 1.")


@dataclass(frozen=True, slots=True)
class XLNetReport:
    """How the training went.

    Held-out numbers are of documents that no lesson used; vocabulary and principal directions did see them.
    """

    language_losses: tuple[float, ...]  # mean nats a predicted token, per epoch
    distances: tuple[float, ...]  # mean 1 - cosine to the BERT vector, per epoch
    seconds: float
    held_out_cosine: float  # mean cosine to the BERT vectors turned into this space
    neighbour_overlap: float  # mean share of a held-out document's 10 nearest held-out ones that BERT agrees on
    neighbour_chance: float  # the same for random neighbours


def train_compact_xlnet(
    documents: Sequence[str],
    targets: Vectors,
    folder: Path,
    config: XLNetPretrainConfig | None = None,
    progress: Progress = no_progress,
) -> XLNetReport:
    """Trains on (documents, their BERT vectors (n, d)) and writes model and tokenizer to `folder`.

    `TextEncoder.load(str(folder), max_length=config.max_length)` reads them. Same seed, same numbers on one machine.
    Raises ConfigError when there are too few documents.
    """
    config = config or XLNetPretrainConfig()
    if len(documents) < _LEAST or len(documents) != len(targets):
        raise ConfigError(
            f"There are {len(documents)} documents and {len(targets)} target vectors; "
            f"a compact XLNet needs at least {_LEAST}, one vector for each."
        )
    started = time.perf_counter()
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(config.seed)
        lessons = _PretrainingBatches(documents, targets, config)
        model, history = _train(lessons, config, progress)
    cosine, overlap, chance = _examine(model, lessons)
    save_model(model, lessons.tokenizer, folder)
    language, distances = zip(*history, strict=True)
    return XLNetReport(language, distances, time.perf_counter() - started, cosine, overlap, chance)


class _PretrainingBatches:
    """Token ids and targets, split into lessons and held-out documents."""

    def __init__(self, documents: Sequence[str], targets: Vectors, config: XLNetPretrainConfig) -> None:
        from transformers import DataCollatorForPermutationLanguageModeling

        self.batch = config.batch
        self.tokenizer = learn_word_pieces(documents, config.vocabulary, config.max_length)
        self.collator = DataCollatorForPermutationLanguageModeling(self.tokenizer)
        self.ids = self.tokenizer(list(documents), truncation=True, max_length=config.max_length)["input_ids"]
        self.targets = torch.from_numpy(turn(targets, config.hidden))
        self.rng = np.random.default_rng(config.seed)
        order = self.rng.permutation(len(documents))
        held_out = max(3, round(config.held_out * len(documents)))
        self.held_out, self.learnt = order[:held_out], order[held_out:]

    def epoch(self) -> Iterator[tuple[dict[str, Tensor], Tensor]]:
        """Batches of like length in random order: the model's inputs and labels, and the target vectors."""
        noise = self.rng.uniform(0, 4, len(self.learnt))  # tokens; so that batches differ between epochs
        lengths = np.array([len(self.ids[row]) for row in self.learnt]) + noise
        batches = np.array_split(self.learnt[np.argsort(lengths)], -(-len(self.learnt) // self.batch))
        for index in self.rng.permutation(len(batches)):
            yield self._permuted(batches[index]), self.targets[batches[index]]

    def plain(self, rows: Sequence[int]) -> dict[str, Tensor]:
        """Padded token ids and attention mask; the length is even, as the collator asks."""
        padded = self.tokenizer.pad(
            {"input_ids": [self.ids[row] for row in rows]}, return_tensors="pt", pad_to_multiple_of=2
        )
        return {name: padded[name] for name in ("input_ids", "attention_mask")}

    def _permuted(self, rows: Sequence[int]) -> dict[str, Tensor]:
        plain = self.plain(rows)
        permuted = self.collator(list(plain["input_ids"]))
        labels, mapping = keep_predicted(permuted["labels"], permuted["target_mapping"])
        return {
            "input_ids": permuted["input_ids"],
            "attention_mask": plain["attention_mask"],
            "perm_mask": permuted["perm_mask"],
            "target_mapping": mapping,
            "labels": labels,
        }


def keep_predicted(labels: Tensor, mapping: Tensor) -> tuple[Tensor, Tensor]:
    """Only the positions to predict: the rest, five in six, would be computed for nothing.

    labels: (batch, length), -100 = not predicted · mapping: (batch, length, length)
    Returns (batch, most predicted in a row) and (batch, most predicted in a row, length).
    """
    predicted = labels != -100
    width = max(1, int(predicted.sum(1).max()))
    first = torch.argsort(predicted.int(), dim=1, descending=True, stable=True)[:, :width]
    return labels.gather(1, first), mapping.gather(1, first.unsqueeze(-1).expand(-1, -1, mapping.shape[-1]))


def turn(targets: Vectors, dim: int) -> Vectors:
    """The unit vectors `targets` (n, d) in their `dim` leading principal directions, (n, dim), rows of norm 1.

    Inner products stay, up to the directions cut off; columns are zero where there are fewer directions.
    """
    _, _, directions = np.linalg.svd(targets.astype(np.float64), full_matrices=False)
    kept = targets @ directions[:dim].T
    turned = np.zeros((len(targets), dim), dtype=np.float32)
    turned[:, : kept.shape[1]] = kept / np.maximum(np.linalg.norm(kept, axis=1, keepdims=True), 1e-12)
    return turned


def bag_of_pieces_weights(ids: Sequence[Sequence[int]], targets: Tensor, vocabulary: int) -> Tensor:
    """The word-piece vectors whose mean over a document best predicts its target, (vocabulary, dim); ridge regression.

    ids: token ids of n documents · targets: (n, dim). Solved in its dual form, an n x n system.
    """
    bags = torch.zeros(len(ids), vocabulary)
    for row, pieces in enumerate(ids):
        bags[row].index_add_(0, torch.tensor(pieces), torch.full((len(pieces),), 1 / len(pieces)))
    gram = bags @ bags.T + _RIDGE * torch.eye(len(ids))
    weights: Tensor = bags.T @ torch.linalg.solve(gram, targets)
    return weights


def _train(
    lessons: _PretrainingBatches, config: XLNetPretrainConfig, progress: Progress
) -> tuple[XLNetModel, list[tuple[float, float]]]:
    model = _model(lessons.tokenizer, config).train()
    with torch.no_grad():  # begin where the best linear model of the documents ends; two epochs without it are worse
        sample = lessons.learnt[:_START]  # in random order
        pieces = [lessons.ids[row] for row in sample]
        weights = bag_of_pieces_weights(pieces, lessons.targets[sample], len(lessons.tokenizer))
        model.word_embedding.weight += weights / weights.norm(dim=1).mean()
    bias = nn.Parameter(torch.zeros(len(lessons.tokenizer)))  # of the language head, whose weights are the embeddings
    parameters = [*model.parameters(), bias]
    optimizer = torch.optim.AdamW(parameters, lr=config.learning_rate, weight_decay=0.01)
    steps = config.epochs * -(-len(lessons.learnt) // config.batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, config.learning_rate, steps, pct_start=0.1)
    history: list[tuple[float, float]] = []
    for _ in range(config.epochs):
        losses = []
        for inputs, targets in lessons.epoch():
            language, distance = _losses(model, bias, inputs, targets)
            optimizer.zero_grad(set_to_none=True)
            (distance + config.language_weight * language).backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(parameters, 1.0)
            optimizer.step()
            schedule.step()
            losses.append((language.item(), distance.item()))
            progress("Teaching XLNet", schedule.last_epoch / steps)
        history.append(tuple(np.mean(losses, axis=0).tolist()))
    return model.eval(), history


def _model(tokenizer: Any, config: XLNetPretrainConfig) -> XLNetModel:
    from transformers import XLNetConfig, XLNetModel

    return XLNetModel(
        XLNetConfig(
            vocab_size=len(tokenizer),
            d_model=config.hidden,
            n_layer=config.layers,
            n_head=config.heads,
            d_inner=config.inner,
            dropout=config.dropout,
            use_mems_eval=False,
            pad_token_id=tokenizer.pad_token_id,
            bos_token_id=tokenizer.cls_token_id,
            eos_token_id=tokenizer.sep_token_id,
        )
    )


def _losses(model: XLNetModel, bias: Tensor, inputs: dict[str, Tensor], targets: Tensor) -> tuple[Tensor, Tensor]:
    """Cross-entropy of the predicted tokens (nats), and mean 1 - cosine of the pooled content stream."""
    labels = inputs.pop("labels")
    output = model(**inputs, use_mems=False, output_hidden_states=True)
    content, query = output.hidden_states[-2], output.last_hidden_state  # (batch, length, dim), (batch, predicted, dim)
    chosen = labels != -100
    logits = query[chosen] @ model.word_embedding.weight.T + bias
    summed = nn.functional.cross_entropy(logits, labels[chosen], reduction="sum")
    language = summed / chosen.sum().clamp(min=1)  # a batch of very short documents may have nothing to predict
    pooled = mean_pool(content, inputs["attention_mask"])
    return language, (1 - nn.functional.cosine_similarity(pooled, targets)).mean()


@torch.inference_mode()
def _examine(model: XLNetModel, lessons: _PretrainingBatches) -> tuple[float, float, float]:
    """Mean cosine, neighbour overlap and its chance level on the held-out documents."""
    rows = sorted(lessons.held_out.tolist(), key=lambda row: len(lessons.ids[row]))
    pooled = []
    for start in range(0, len(rows), lessons.batch):
        batch = lessons.plain(rows[start : start + lessons.batch])
        pooled.append(mean_pool(model(**batch).last_hidden_state, batch["attention_mask"]))
    ours, theirs = nn.functional.normalize(torch.cat(pooled), dim=-1), lessons.targets[rows]
    near = min(10, len(rows) - 1)
    same = _neighbours(ours, near) & _neighbours(theirs, near)
    return float((ours * theirs).sum(1).mean()), float(same.sum(1).float().mean() / near), near / (len(rows) - 1)


def _neighbours(vectors: Tensor, n: int) -> Tensor:
    """(rows, rows) bool: True where the column is among the row's `n` nearest others by cosine."""
    cosine = (vectors @ vectors.T).fill_diagonal_(-torch.inf)
    return torch.zeros_like(cosine, dtype=torch.bool).scatter_(1, cosine.topk(n).indices, True)
