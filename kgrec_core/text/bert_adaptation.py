"""BERT goes on learning from what people did: masked words, and whether one event came after another.

The two lessons of Devlin et al. 2019 on behaviour in place of prose: a pair of event documents is two sentences, and
the next sentence is the next behaviour. The heads are new, since encoders of sentences come without them: they learn
first, alone, and then the upper layers with them at a small rate, so that the space of sentences stays what it was.
Whether the second follows is told from the means of both sentences, which are what the model of the data set reads
later, and not from the class token: of a few thousand pairs that learnt nothing (0.52 right held out, 0.5 by chance).
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import torch
from torch import Tensor, nn

from kgrec_core.errors import ConfigError, DataError
from kgrec_core.schema.progress import Progress, no_progress
from kgrec_core.text.behaviour_text import Behaviour, Pairs, pairs_of
from kgrec_core.text.device import choose_device
from kgrec_core.text.encoder import mean_pool
from kgrec_core.text.pretrained_weights import load_model, save_model

if TYPE_CHECKING:
    from transformers import PreTrainedModel

_LEAST = 8  # pairs to learn from


@dataclass(frozen=True, slots=True)
class AdaptConfig:
    pairs: int = 3000  # to learn from, at most; half of them true
    epochs: int = 1
    batch: int = 16  # pairs
    warm_up: float = 0.3  # share of the steps in which the heads learn alone
    learning_rate: float = 2e-5  # of the encoder; it and the next fall to 0 in a straight line
    head_rate: float = 1e-3
    layers: int = 2  # upper ones that learn; embeddings never do, for words that the data lack would stay behind
    max_length: int = 96  # tokens of a pair
    held_out: float = 0.1  # share of the people whose pairs are kept aside for the report
    seed: int = 0

    def __post_init__(self) -> None:
        if min(self.pairs, self.epochs, self.batch, self.layers) < 1 or self.max_length < 8:
            raise ConfigError("pairs, epochs, batch and layers must be at least 1, max_length at least 8 tokens.")
        if not (0 < self.held_out < 1 and 0 < self.warm_up < 1):
            raise ConfigError(f"held_out is {self.held_out} and warm_up {self.warm_up}; choose shares between 0 and 1.")


@dataclass(frozen=True, slots=True)
class AdaptReport:
    """How it went, on pairs of people of whom no lesson was. Before: the heads have learnt, the encoder has not."""

    by: ClassVar[str] = "words"
    pairs: int  # learned from
    held_out_pairs: int
    language_before: float  # mean nats a masked word piece
    language_after: float
    next_before: float  # share of the pairs of which it is told rightly whether they follow; 0.5 by chance
    next_after: float
    seconds: float


def adapt_bert(
    name: str,
    behaviour: Behaviour,
    folder: Path,
    config: AdaptConfig | None = None,
    progress: Progress = no_progress,
) -> AdaptReport:
    """Teaches the BERT-like model `name` (a folder or a hub name) and writes it, with its tokenizer, to `folder`.

    `TextEncoder.load(str(folder))` reads it. Same seed, same numbers on one machine.
    Raises ConfigError for a model that has no masked words, DataError when there is too little behaviour.
    """
    config = config or AdaptConfig()
    started = time.perf_counter()
    tokenizer, model = load_model(name)
    _check(name, tokenizer, model)
    device = choose_device("auto")
    with torch.random.fork_rng():
        torch.manual_seed(config.seed)
        lessons = _AdaptationBatches(behaviour, tokenizer, config)
        pupil = _AdaptedBert(nn.Module.to(model, device), tokenizer).to(device)
        before, after = _teach(pupil, lessons, config, progress)
    nn.Module.to(model, "cpu").train(False)
    save_model(model, tokenizer, folder)
    return AdaptReport(
        pairs=len(lessons.learnt),
        held_out_pairs=len(lessons.held_out),
        language_before=before[0],
        language_after=after[0],
        next_before=before[1],
        next_after=after[1],
        seconds=time.perf_counter() - started,
    )


def _check(name: str, tokenizer: Any, model: PreTrainedModel) -> None:
    from transformers import MODEL_FOR_MASKED_LM_MAPPING

    if type(model.config) in MODEL_FOR_MASKED_LM_MAPPING and tokenizer.mask_token and tokenizer.sep_token:
        return
    raise ConfigError(
        f"The language model {name!r} ({model.config.model_type}) does not learn from masked words as BERT does, so it "
        "cannot be adapted to behaviour. Name a BERT in KGREC_BERT, or prepare without adaptation."
    )


class _AdaptationBatches:
    """Pairs as token ids: those to learn from, and those of people kept aside."""

    def __init__(self, behaviour: Behaviour, tokenizer: Any, config: AdaptConfig) -> None:
        from transformers import DataCollatorForLanguageModeling

        self._behaviour, self._tokenizer, self._config = behaviour, tokenizer, config
        self._collator = DataCollatorForLanguageModeling(tokenizer)
        self._rng = np.random.default_rng(config.seed)
        people = self._rng.permutation(np.unique(behaviour.people))
        aside = max(1, round(config.held_out * len(people)))
        self.held_out = pairs_of(behaviour, people[:aside], round(config.held_out * config.pairs), self._rng)
        self.learnt = pairs_of(behaviour, people[aside:], config.pairs, self._rng)
        if len(self.learnt) < _LEAST or not len(self.held_out):
            raise DataError(
                f"{len(people)} people with {len(behaviour.events)} events give {len(self.learnt)} pairs to learn from "
                f"and {len(self.held_out)} to test; at least {_LEAST} and 2 are needed. Prepare without adaptation."
            )
        self._ids = self._tokens(self.learnt)

    @property
    def steps(self) -> int:
        return self._config.epochs * -(-len(self.learnt) // self._config.batch)

    def batches(self) -> Iterator[tuple[dict[str, Tensor], Tensor]]:
        """All epochs, masked anew in each: the model's inputs with labels, and which pairs follow."""
        for _ in range(self._config.epochs):
            noise = self._rng.uniform(0, 8, len(self._ids))  # tokens; batches are of like length but not the same
            order = np.argsort([len(each["input_ids"]) for each in self._ids] + noise)
            parts = np.array_split(order, -(-len(order) // self._config.batch))
            for index in self._rng.permutation(len(parts)):
                yield self._masked(self._ids, self.learnt, parts[index])

    def exam(self) -> list[tuple[dict[str, Tensor], Tensor]]:
        """The pairs kept aside, masked."""
        ids, size = self._tokens(self.held_out), self._config.batch
        starts = range(0, len(ids), size)
        return [self._masked(ids, self.held_out, np.arange(len(ids))[start : start + size]) for start in starts]

    def _tokens(self, pairs: Pairs) -> list[dict[str, list[int]]]:
        documents = self._behaviour.documents
        read = self._tokenizer(
            [documents[row] for row in pairs.first],
            [documents[row] for row in pairs.second],
            truncation=True,
            max_length=self._config.max_length,
            return_special_tokens_mask=True,
        )
        return [{name: read[name][row] for name in read} for row in range(len(pairs))]

    def _masked(self, ids: list[dict[str, list[int]]], pairs: Pairs, rows: Any) -> tuple[dict[str, Tensor], Tensor]:
        return dict(self._collator([ids[row] for row in rows])), torch.from_numpy(pairs.follows[rows])


class _AdaptedBert(nn.Module):
    """An encoder with the two heads of BERT's pretraining; the word head is tied to the word embeddings."""

    def __init__(self, encoder: PreTrainedModel, tokenizer: Any) -> None:
        super().__init__()
        words, dim = _word_vectors(encoder), int(encoder.config.hidden_size)
        self.encoder, self._end = encoder.requires_grad_(False), tokenizer.sep_token_id
        self._special = {tokenizer.sep_token_id, tokenizer.cls_token_id, tokenizer.pad_token_id} - {None}
        self.word = nn.Sequential(nn.Linear(dim, words.shape[1]), nn.GELU(), nn.LayerNorm(words.shape[1]))
        self.bias = nn.Parameter(torch.zeros(len(words)))
        self.next = nn.Linear(dim, 2)

    def upper(self, layers: int) -> list[nn.Parameter]:
        """Parameters of the encoder's last `layers` layers, of all when it has no more."""
        stack = max((each for each in self.encoder.modules() if isinstance(each, nn.ModuleList)), key=len)
        return [parameter for layer in list(stack)[-layers:] for parameter in layer.parameters()]

    def heads(self) -> list[nn.Parameter]:
        return [*self.word.parameters(), self.bias, *self.next.parameters()]

    def forward(self, inputs: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
        """Logits of the masked pieces, (masked, vocabulary), and of not following and following, (batch, 2)."""
        read = {name: value for name, value in inputs.items() if name != "labels"}
        hidden = self.encoder(**read).last_hidden_state  # (batch, length, dim)
        words = self.word(hidden[inputs["labels"] != -100]) @ _word_vectors(self.encoder).T + self.bias
        return words, self.next(self._agreement(hidden, inputs["input_ids"]))

    def _agreement(self, hidden: Tensor, ids: Tensor) -> Tensor:
        """(batch, dim): product of the unit means of both sentences, which sums to their cosine, scaled to about 1."""
        second = (ids == self._end).cumsum(1) > 0  # (batch, length)
        word = torch.stack([ids != special for special in self._special]).all(0)
        means = [nn.functional.normalize(mean_pool(hidden, word & side), dim=-1) for side in (~second, second)]
        return means[0] * means[1] * hidden.shape[-1]


def _word_vectors(encoder: PreTrainedModel) -> Tensor:
    """(vocabulary, dim of the word embeddings)"""
    weight = encoder.get_input_embeddings().weight
    assert isinstance(weight, Tensor)
    return weight


Score = tuple[float, float]  # nats a masked piece, share of pairs told rightly


def _teach(
    pupil: _AdaptedBert, lessons: _AdaptationBatches, config: AdaptConfig, progress: Progress
) -> tuple[Score, Score]:
    """What the exam gives before the encoder learns, and after; the pupil has learnt then."""
    exam, upper = lessons.exam(), pupil.upper(config.layers)
    groups = [
        {"params": pupil.heads(), "lr": config.head_rate},
        {"params": upper, "lr": config.learning_rate},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    alone = max(1, int(config.warm_up * lessons.steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: 1 - step / lessons.steps)
    before = (0.0, 0.0)
    pupil.train()
    for step, (inputs, follows) in enumerate(lessons.batches()):
        if step == alone:
            before = _examine(pupil, exam)
            for parameter in upper:
                parameter.requires_grad_(True)
        language, following = _losses(pupil, inputs, follows)
        optimizer.zero_grad(set_to_none=True)
        torch.autograd.backward(language + following)
        nn.utils.clip_grad_norm_([*pupil.heads(), *upper], 1.0)
        optimizer.step()
        schedule.step()
        progress("BERT learns from what people did", (step + 1) / lessons.steps)
    return before, _examine(pupil, exam)


def _losses(pupil: _AdaptedBert, inputs: dict[str, Tensor], follows: Tensor) -> tuple[Tensor, Tensor]:
    device = pupil.bias.device
    inputs = {name: value.to(device) for name, value in inputs.items()}
    words, following = pupil(inputs)
    labels = inputs["labels"][inputs["labels"] != -100]
    language = nn.functional.cross_entropy(words, labels, reduction="sum") / max(len(labels), 1)
    return language, nn.functional.cross_entropy(following, follows.to(device))


@torch.no_grad()
def _examine(pupil: _AdaptedBert, exam: list[tuple[dict[str, Tensor], Tensor]]) -> Score:
    pupil.eval()
    nats, pieces, right, asked = 0.0, 0, 0, 0
    for inputs, follows in exam:
        inputs = {name: value.to(pupil.bias.device) for name, value in inputs.items()}
        words, following = pupil(inputs)
        labels = inputs["labels"][inputs["labels"] != -100]
        nats += float(nn.functional.cross_entropy(words, labels, reduction="sum"))
        pieces += len(labels)
        right += int((following.argmax(1).cpu() == follows).sum())
        asked += len(follows)
    pupil.train()
    return nats / max(pieces, 1), right / asked
