"""Training: each user's history is cut in two, one part asks, the other answers.

Who is asked is scored by a closed form that has not seen them (`honest_questions`). The loss is a softmax over the
whole catalogue (listwise), hidden liked items being the targets; early stopping watches NDCG@10 on the validation part.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from kgrec_core.config import ModelConfig, TrainConfig
from kgrec_core.data.interactions import IntArray, Interactions
from kgrec_core.model.calibration import calibrate, calibration_case
from kgrec_core.model.closed_form import ClosedForm, columns
from kgrec_core.model.content_regression import kernel_shares
from kgrec_core.model.fitting import TrainingSet, fit_closed_form, fit_everybody, smoother_of
from kgrec_core.model.honest_questions import Fold, ask, before, calibration_cases, fold_models, ranked_questions
from kgrec_core.model.linear import positive_matrix
from kgrec_core.model.masked_histories import Question, from_few, surprise
from kgrec_core.model.metrics import ranking_metrics
from kgrec_core.model.network import Fusion, Sizes
from kgrec_core.model.recommender import Recommender, item_state, score_parts
from kgrec_core.model.weight_search import search_weights
from kgrec_core.model.world import World
from kgrec_core.schema.progress import Progress, no_progress

Scores = npt.NDArray[np.float32]

_ATTENDED = 200_000_000  # weights of attention, users x items x events, that are in memory at once: 0.8 GB


@dataclass(frozen=True, slots=True)
class TrainReport:
    losses: tuple[float, ...]  # one an epoch
    validation: tuple[float, ...]  # NDCG@10 after each epoch; the first is the calibrated start
    best_epoch: int  # 0 where no epoch was better than the start, whose network is silent


def train(
    world: World,
    training: TrainingSet,
    valid: Interactions,
    model: ModelConfig,
    config: TrainConfig,
    progress: Progress = no_progress,
) -> tuple[Recommender, TrainReport]:
    """The model of the round with the best validation NDCG@10, the start among them. Same seed, same machine: same
    numbers.
    """
    torch.manual_seed(config.seed)
    rng = np.random.default_rng(config.seed)
    smooth = smoother_of(world, training, model)
    folds = fold_models(training, smooth, model, config, rng)
    linear = fit_closed_form(training, np.arange(training.users), smooth, model)
    fusion = Fusion(network_sizes(world, linear), model)
    fusion.expected.copy_(model.expected_weight * kernel_shares(world))
    sharpness = calibrate(fusion, *calibration_cases(world, folds, training, config, rng))
    search_weights(fusion, *ranked_questions(world, folds, linear, training, valid, config, rng))
    recommender = Recommender(world, linear, fusion)
    optimiser = torch.optim.AdamW(_parameter_groups(fusion, config))
    kept, losses, best = copy.deepcopy(fusion.state_dict()), list[float](), 0
    validation = [_validate(recommender, training, valid, config.gap)]
    for epoch in range(config.epochs):
        progress(f"Training, round {epoch + 1} of at most {config.epochs}", epoch / config.epochs)
        with _repeatable():
            losses.append(_epoch(fusion, world, folds, training, config, optimiser, sharpness, rng))
        validation.append(_validate(recommender, training, valid, config.gap))
        if validation[-1] > validation[best]:
            best, kept = epoch + 1, copy.deepcopy(fusion.state_dict())
        elif epoch + 1 - best >= config.patience:
            break
    fusion.load_state_dict(kept)
    fusion.eval()
    progress("Training", 1.0)
    return Recommender(world, linear, fusion), TrainReport(tuple(losses), tuple(validation), best)


@contextmanager
def _repeatable() -> Iterator[None]:
    """Sums in a fixed order; with several threads, gradients of look-ups differ in the seventh digit otherwise."""
    before = torch.are_deterministic_algorithms_enabled()
    torch.use_deterministic_algorithms(True)
    try:
        yield
    finally:
        torch.use_deterministic_algorithms(before)


def knowing(recommender: Recommender, training: TrainingSet, model: ModelConfig) -> Recommender:
    """The network as it was trained, over the closed form of these interactions."""
    return replace(recommender, linear=fit_everybody(training, recommender.world, model))


def network_sizes(world: World, linear: ClosedForm) -> Sizes:
    named = columns(world, linear)
    return Sizes(
        items=world.items,
        entities=len(world.graph.entities),
        relations=len(world.graph.relation_names),
        levels=world.event_text.shape[1],
        event_text=world.event_text.shape[2],
        item_text=world.item_text.shape[1],
        branches=named.heard.stop,
        expected=len(named.names) - named.heard.stop,
    )


def _parameter_groups(fusion: Fusion, config: TrainConfig) -> list[dict[str, object]]:
    quick = ("log_weight", "log_first", "log_prior")
    rest = [value for name, value in fusion.named_parameters() if name not in quick]
    return [
        {"params": rest, "lr": config.learning_rate, "weight_decay": config.weight_decay},
        {
            "params": [fusion.log_weight, fusion.log_first, fusion.log_prior],
            "lr": config.branch_rate,
            "weight_decay": 0.0,
        },
    ]


def _epoch(
    fusion: Fusion,
    world: World,
    folds: list[Fold],
    training: TrainingSet,
    config: TrainConfig,
    optimiser: torch.optim.Optimizer,
    sharpness: float,
    rng: np.random.Generator,
) -> float:
    fusion.train()
    total, count = 0.0, 0
    lengths = np.bincount(training.data.users, minlength=training.users)
    for linear, users in _batches(folds, lengths, config, rng):
        question, few = ask(training.histories(users), linear, config, rng), rng.random() < config.few
        if few:
            question = from_few(question, config, rng)
        fusion.log_prior.requires_grad_(few)  # only those of whom little is known say how much popularity counts
        # scores are sums over events, flat under a softmax where there are few
        loss = _loss(fusion, world, linear, question, config, sharpness if few else 1.0, rng)
        if loss is None:
            continue
        optimiser.zero_grad()
        torch.autograd.backward(loss)
        optimiser.step()
        total, count = total + float(loss.detach()), count + 1
    return total / max(count, 1)


def _batches(
    folds: list[Fold], lengths: IntArray, config: TrainConfig, rng: np.random.Generator
) -> Iterator[tuple[ClosedForm, IntArray]]:
    """Users of one fold and of like history length, so that little is padded; batches in random order."""
    batches = []
    for fold in folds:
        noisy = lengths[fold.users] * rng.uniform(0.8, 1.25, len(fold.users))
        users = fold.users[np.argsort(noisy)]
        starts = range(0, len(users), config.batch_users)
        batches += [(fold.linear, users[start : start + config.batch_users]) for start in starts]
    for index in rng.permutation(len(batches)):
        yield batches[index]


def _loss(
    fusion: Fusion,
    world: World,
    linear: ClosedForm,
    question: Question,
    config: TrainConfig,
    sharpness: float,
    rng: np.random.Generator,
) -> Tensor | None:
    """The softmax is over the batch's targets and a uniform sample of the rest. None when nothing is hidden."""
    found = calibration_case(world, linear, question, config, rng)
    if not bool(found.wanted.any()):
        return None
    read = question.known.thin(config.attended, rng)
    parts = score_parts(fusion, item_state(fusion, world), linear, read, found.branches, found.items)
    return surprise(sharpness * fusion(parts), found.log_share, found.seen, found.wanted)


def _validate(recommender: Recommender, training: TrainingSet, valid: Interactions, gap: float) -> float:
    """NDCG@10 on the validation part; by time from a history that ends `gap` before it, as the test part is asked."""
    fresh = Recommender(recommender.world, recommender.linear, recommender.fusion.eval())
    scores = score_users(fresh, training, gap=gap if recommender.linear.recency else 0.0)
    size = (training.users, recommender.world.items)
    relevant = positive_matrix(valid, *size, training.positive).numpy() > 0
    seen = training.data.matrix(*size, np.ones(len(training.data))).toarray() > 0
    ndcg = ranking_metrics(scores, seen, relevant).ndcg_10
    return float(ndcg.mean()) if len(ndcg) else 0.0


def score_users(recommender: Recommender, training: TrainingSet, gap: float = 0.0) -> Scores:
    """(users, items) scores of everybody, from their training history but for its latest `gap` (a share)."""
    longest = int(np.bincount(training.data.users, minlength=1).max())
    batch = min(max(_ATTENDED // (recommender.world.items * (1 + longest)), 1), 64)
    parts = []
    for start in range(0, training.users, batch):
        histories = training.histories(np.arange(start, min(start + batch, training.users)))
        parts.append(recommender.scores(before(histories, gap)))
    return torch.cat(parts).numpy()
