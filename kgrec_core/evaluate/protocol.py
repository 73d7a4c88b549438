"""How methods are asked and judged: splits, settings, candidates and what is relevant.

Protocol: interactions, liked or not, are split 8:1:1, of each user at random or by time, or at one time for everybody.
Models are trained on the train part, tuned and stopped early on the validation part, and rank the full catalogue
without the user's train and validation items, from the train history. A test interaction is relevant when the user
liked it; a disliked one is a candidate like any other. The schemes `next` and `global` are splits by time, where the
validation part is read too once settings are chosen: all methods then know what a person did until the moment that is
asked about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np
import torch

from kgrec_core.config import ModelConfig, TrainConfig
from kgrec_core.data.interactions import Interactions
from kgrec_core.data.split import Split, split_global, split_next, split_random, split_temporal
from kgrec_core.errors import DataError
from kgrec_core.evaluate.tuning import Answers, Tuned
from kgrec_core.model.inputs import Inputs
from kgrec_core.model.linear import positive_matrix
from kgrec_core.model.recommender import Recommender
from kgrec_core.model.training import Scores, knowing, score_users

SCHEMES = ("random", "temporal", "next", "global")
Known = TypeVar("Known")


def protocol(scheme: str, seeds: int, first: int = 0, tied: float = 0.0) -> str:
    """What the numbers of a table mean, in one line. first: the first seed · tied: as in `Split`.

    >>> protocol("random", 3)
    'random 8:1:1, 3 seeds from 0, full catalogue, NDCG@10 binary log2'
    """
    said = {"next": "temporal, all before the test part read,", "global": "one time for all, all before it read,"}
    words = f"{said.get(scheme, scheme)} 8:1:1, {seeds} seed{'s' * (seeds > 1)} from {first}, full catalogue"
    chance = f", equal times in random order (they decide for {tied:.0%} of the people)" if tied else ""
    return f"{words}, NDCG@10 binary log2{chance}"


def split_by(scheme: str, interactions: Interactions, seed: int) -> Split:
    """The split of a scheme in SCHEMES. Raises DataError for one by time where times are missing."""
    if scheme == "global":
        return split_global(interactions)
    by_seed = {"random": split_random, "temporal": split_temporal, "next": split_next}
    return by_seed[scheme](interactions, seed)


def settings_of(scheme: str, model: ModelConfig, config: TrainConfig) -> tuple[ModelConfig, TrainConfig]:
    """The settings for the question that a scheme asks."""
    if scheme == "random":
        return model, config
    return (model.by_time(), config) if scheme == "temporal" else (model.what_next(), replace(config, gap=0.0))


def likes(inputs: Inputs, part: Interactions) -> torch.Tensor:
    """(users, items): 1 for what is liked in a part."""
    return positive_matrix(part, *_shape(inputs), inputs.domain.positive_value)


def when_asked(peer: Tuned[Known], split: Split, known: Known) -> torch.Tensor:
    """(users, items) scores of a peer when the test part is asked; known: `split.known` as the peer reads it."""
    return peer.again(known) if split.valid_is_read else peer.scores


def scores_when_asked(recommender: Recommender, inputs: Inputs, split: Split, model: ModelConfig) -> Scores:
    """(users, items) scores of ours when the test part is asked."""
    training = inputs.training_set(split.known, model)
    return score_users(knowing(recommender, training, model) if split.valid_is_read else recommender, training)


def answers_of_validation(inputs: Inputs, split: Split) -> Answers:
    """Candidates: all but the train items. Relevant: liked in the validation part."""
    return _answers(inputs, (split.train,), split.valid)


def answers_of_test(inputs: Inputs, split: Split) -> Answers:
    """Candidates: all but train and validation items. Relevant: liked in the test part, DataError if that is empty."""
    answers = _answers(inputs, (split.train, split.valid), split.test)
    if not answers.relevant.any():
        raise DataError(
            f"None of the {len(split.test)} test interactions is liked (a value of at least "
            f"{inputs.domain.positive_value:g}), so nothing can be measured. Evaluate data with more likes."
        )
    return answers


def _answers(inputs: Inputs, known: Sequence[Interactions], asked: Interactions) -> Answers:
    shape = _shape(inputs)
    seen = np.zeros(shape, dtype=bool)
    for part in known:
        seen[part.users, part.items] = True
    return Answers(seen, likes(inputs, asked).numpy() > 0)


def _shape(inputs: Inputs) -> tuple[int, int]:
    return inputs.users, inputs.graph.items
