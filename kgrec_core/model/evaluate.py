"""The quality table: our model, the same without graph, with a shuffled one and without text, and its peers.

Protocol: each user's interactions, liked or not, are split 8:1:1 at random or by time. Models are trained on the
train part, tuned and stopped early on the validation part, and rank the full catalogue without the user's train
and validation items, from the train history. A test interaction is relevant when the user liked it; a disliked
one is a candidate like any other. The scheme `next` is the split by time, where the validation part is read too once
settings are chosen: all methods then know what a person did until the moment that is asked about.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import torch

from kgrec_core.config import ModelConfig, TrainConfig
from kgrec_core.data.interactions import Interactions
from kgrec_core.data.split import Split, split_next, split_random, split_temporal
from kgrec_core.errors import ConfigError, DataError
from kgrec_core.model.baselines import popularity_scores, tuned_ease, tuned_itemknn
from kgrec_core.model.inputs import Inputs
from kgrec_core.model.linear import positive_matrix
from kgrec_core.model.metrics import Matrix, RankingMetrics, bootstrap_interval, ranking_metrics
from kgrec_core.model.recommender import Recommender, World
from kgrec_core.model.train import Scores, knowing, score_users, train
from kgrec_core.model.tuning import Answers, Tuned
from kgrec_core.schema import Evaluation, EvaluationRow, Progress, no_progress

OURS = ("ours", "ours-no-graph", "ours-shuffled-graph", "ours-no-text")
PEERS = ("ease", "itemknn", "popularity")
SCHEMES = ("random", "temporal", "next")


@dataclass(frozen=True, eq=False)
class Run:
    """One model of one seed, judged on the test part."""

    model: str
    metrics: RankingMetrics
    seconds: float  # to train, the choice of settings included


def evaluate(
    inputs: Inputs,
    dataset: str,
    scheme: str,
    seeds: int,
    model: ModelConfig,
    config: TrainConfig,
    progress: Progress = no_progress,
) -> Evaluation:
    """The full table, every model trained anew for each of `seeds` seeds from `config.seed` on.

    By time the split is the same for all seeds, and the training is not.
    Raises ConfigError for an unknown scheme or no seed, DataError when the test part holds nothing relevant.
    """
    _check(scheme, seeds)
    runs: list[Run] = []
    for number in range(seeds):
        seeded = replace(config, seed=config.seed + number)
        split, asked = split_by(scheme, inputs.interactions, seeded.seed), settings_of(scheme, model, seeded)
        label = f"seed {number + 1} of {seeds}"
        runs += evaluate_split(inputs, split, *asked, _part(progress, number, seeds, label))
    progress("Evaluated", 1.0)
    rows = tuple(summary([run for run in runs if run.model == name]) for name in (*OURS, *PEERS))
    return Evaluation(dataset, protocol(scheme, seeds), rows)


def protocol(scheme: str, seeds: int) -> str:
    """What the numbers of a table mean, in one line.

    >>> protocol("random", 3)
    'random 8:1:1, 3 seeds, full catalogue, NDCG@10 binary log2'
    """
    scheme = "temporal, all before the test part read," if scheme == "next" else scheme
    return f"{scheme} 8:1:1, {seeds} seed{'s' * (seeds > 1)}, full catalogue, NDCG@10 binary log2"


def split_by(scheme: str, interactions: Interactions, seed: int) -> Split:
    """The split of a scheme in SCHEMES; `seed` is not read by those by time."""
    if scheme == "random":
        return split_random(interactions, seed)
    return split_next(interactions) if scheme == "next" else split_temporal(interactions)


def settings_of(scheme: str, model: ModelConfig, config: TrainConfig) -> tuple[ModelConfig, TrainConfig]:
    """The settings for the question that a scheme asks."""
    if scheme == "random":
        return model, config
    return (model.what_next(), replace(config, gap=0.0)) if scheme == "next" else (model.by_time(), config)


def evaluate_split(
    inputs: Inputs, split: Split, model: ModelConfig, config: TrainConfig, progress: Progress = no_progress
) -> list[Run]:
    """All models of one split and seed, in the order of the table."""
    runs = []
    for number, (name, world) in enumerate(_worlds(inputs, model, config.seed)):
        heard = _part(progress, number, len(OURS) + 1, name)
        runs.append(_evaluate_world(name, world, inputs, split, model, config, heard))
    return runs + evaluate_peers(inputs, split, _part(progress, len(OURS), len(OURS) + 1, "peers"))


def evaluate_peers(inputs: Inputs, split: Split, progress: Progress = no_progress) -> list[Run]:
    """EASE, item neighbours and popularity on one split; seconds for a few thousand items."""
    positives, known = (likes(inputs, part) for part in (split.train, split.known))
    answers, validation = answers_of_test(inputs, split), answers_of_validation(inputs, split)
    fits: tuple[Callable[[], torch.Tensor], ...] = (
        lambda: when_asked(tuned_ease(positives, validation), split, known),
        lambda: when_asked(tuned_itemknn(positives, validation), split, known),
        lambda: popularity_scores(known),
    )
    runs = []
    for number, (name, fit) in enumerate(zip(PEERS, fits, strict=True)):
        progress(f"Training {name}", number / len(PEERS))
        start = time.perf_counter()
        scores = fit()
        runs.append(Run(name, measure(scores.numpy(), answers), time.perf_counter() - start))
    return runs


def likes(inputs: Inputs, part: Interactions) -> torch.Tensor:
    """(users, items): 1 for what is liked in a part."""
    return positive_matrix(part, *_shape(inputs), inputs.domain.positive_value)


def when_asked(peer: Tuned, split: Split, known: torch.Tensor) -> torch.Tensor:
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


def measure(scores: Matrix, answers: Answers) -> RankingMetrics:
    """Metrics of (users, items) scores on a part."""
    return ranking_metrics(scores, answers.seen, answers.relevant)


def summary(runs: Sequence[Run]) -> EvaluationRow:
    """One row from the runs of one model: means over runs; the interval is of each user's mean over runs."""
    metrics = [run.metrics for run in runs]
    return EvaluationRow(
        model=runs[0].model,
        ndcg_10=_mean([each.ndcg_10.mean() for each in metrics]),
        recall_20=_mean([each.recall_20.mean() for each in metrics]),
        hr_10=_mean([each.hr_10.mean() for each in metrics]),
        mrr=_mean([each.mrr.mean() for each in metrics]),
        ci95=bootstrap_interval(_user_means(metrics)),
        seconds=_mean([run.seconds for run in runs]),
    )


def _check(scheme: str, seeds: int) -> None:
    if scheme not in SCHEMES:
        raise ConfigError(f"There is no split {scheme!r}. Choose one of: {', '.join(SCHEMES)}.")
    if seeds < 1:
        raise ConfigError(f"seeds is {seeds}; choose 1 or more, 5 for a table to publish.")


def _worlds(inputs: Inputs, model: ModelConfig, seed: int) -> Iterator[tuple[str, World]]:
    """Name and world of each model in OURS, built when it is its turn."""
    world = inputs.world(model)
    yield OURS[0], world
    yield OURS[1], inputs.world(model, inputs.graph.without_edges())
    yield OURS[2], inputs.world(model, inputs.graph.shuffled(seed))
    yield OURS[3], world.without_text()


def _evaluate_world(
    name: str,
    world: World,
    inputs: Inputs,
    split: Split,
    model: ModelConfig,
    config: TrainConfig,
    progress: Progress,
) -> Run:
    answers, training = answers_of_test(inputs, split), inputs.training_set(split.train, model)
    start = time.perf_counter()
    recommender, _ = train(world, training, split.valid, model, config, progress)
    seconds = time.perf_counter() - start
    return Run(name, measure(scores_when_asked(recommender, inputs, split, model), answers), seconds)


def _answers(inputs: Inputs, known: Sequence[Interactions], asked: Interactions) -> Answers:
    shape = _shape(inputs)
    seen = np.zeros(shape, dtype=bool)
    for part in known:
        seen[part.users, part.items] = True
    return Answers(seen, likes(inputs, asked).numpy() > 0)


def _shape(inputs: Inputs) -> tuple[int, int]:
    return inputs.users, inputs.graph.items


def _user_means(metrics: Sequence[RankingMetrics]) -> npt.NDArray[np.float64]:
    """NDCG@10 of each user that had something relevant in at least one run, meaned over those runs."""
    users = np.concatenate([each.users for each in metrics])
    total = np.bincount(users, np.concatenate([each.ndcg_10 for each in metrics]))
    count = np.bincount(users)
    return np.asarray(total[count > 0] / count[count > 0])


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values))


def _part(progress: Progress, number: int, parts: int, label: str) -> Progress:
    """The progress of part `number` of `parts` as a share of the whole."""
    return lambda what, share: progress(f"{label}: {what}", (number + share) / parts)
