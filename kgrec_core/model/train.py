"""Training: each user's history is cut in two, one part asks, the other answers.

Users of a fold are scored by a closed form fitted without them, so its scores for hidden items are as honest in
training as for a new item later. The loss is a softmax over the whole catalogue (listwise), hidden liked items
being the targets; early stopping watches NDCG@10 on the validation part.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from kgrec_core.config import ModelConfig, TrainConfig
from kgrec_core.data.interactions import FloatArray, IntArray, Interactions
from kgrec_core.model.fusion import Fusion, Sizes
from kgrec_core.model.histories import Histories, of_users
from kgrec_core.model.linear import fit_linear, positive_matrix
from kgrec_core.model.metrics import ranking_metrics
from kgrec_core.model.recommender import Recommender, World, branch_scores, item_state, score_items
from kgrec_core.model.sequence import ClosedForm, fit_popularity, fit_sequence
from kgrec_core.schema import Progress, no_progress

Scores = npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class TrainingSet:
    """Interactions with what the model reads of each, rating level and history weight, and how much the closed form
    shall predict it; parallel arrays.
    """

    users: int
    data: Interactions
    levels: IntArray
    weights: FloatArray
    targets: FloatArray
    ages: FloatArray  # as in Histories
    positive: float

    def histories(self, users: IntArray) -> Histories:
        return of_users(self.data, self.levels, self.weights, self.ages, users.tolist())


@dataclass(frozen=True, slots=True)
class TrainReport:
    losses: tuple[float, ...]  # one an epoch
    validation: tuple[float, ...]  # NDCG@10 after each epoch; the first is the closed form's start
    best_epoch: int


def train(
    world: World,
    training: TrainingSet,
    valid: Interactions,
    model: ModelConfig,
    config: TrainConfig,
    progress: Progress = no_progress,
) -> tuple[Recommender, TrainReport]:
    """The model with the best validation NDCG@10. Same seed, same machine: same numbers."""
    torch.manual_seed(config.seed)
    rng = np.random.default_rng(config.seed)
    folds = _fold_models(world, training, model, config, rng)
    linear = fit_everybody(training, world.items, model)
    fusion = Fusion(network_sizes(world), model)
    _calibrate(fusion, world, folds, training)
    recommender = Recommender(world, linear, fusion)
    optimiser = torch.optim.AdamW(_parameter_groups(fusion, config))
    kept, losses = copy.deepcopy(fusion.state_dict()), []
    validation = [_validate(recommender, training, valid, config.gap)]
    for epoch in range(config.epochs):
        progress(f"Training, round {epoch + 1} of at most {config.epochs}", epoch / config.epochs)
        with _repeatable():
            losses.append(_epoch(fusion, world, folds, training, config, optimiser, rng))
        validation.append(_validate(recommender, training, valid, config.gap))
        if validation[-1] > max(validation[:-1]):
            kept = copy.deepcopy(fusion.state_dict())
        elif epoch + 1 - int(np.argmax(validation)) >= config.patience:
            break
    fusion.load_state_dict(kept)
    fusion.eval()
    progress("Training", 1.0)
    return Recommender(world, linear, fusion), TrainReport(tuple(losses), tuple(validation), int(np.argmax(validation)))


@contextmanager
def _repeatable() -> Iterator[None]:
    """Sums in a fixed order; with several threads, gradients of look-ups differ in the seventh digit otherwise."""
    before = torch.are_deterministic_algorithms_enabled()
    torch.use_deterministic_algorithms(True)
    try:
        yield
    finally:
        torch.use_deterministic_algorithms(before)


@dataclass(frozen=True, eq=False)
class _Fold:
    users: IntArray
    linear: ClosedForm  # fitted on everybody else


def _fold_models(
    world: World, training: TrainingSet, model: ModelConfig, config: TrainConfig, rng: np.random.Generator
) -> list[_Fold]:
    parts = np.array_split(rng.permutation(training.users), config.folds)
    everyone = np.arange(training.users)
    return [_Fold(part, _fit(training, np.setdiff1d(everyone, part), world.items, model)) for part in parts]


def fit_everybody(training: TrainingSet, items: int, model: ModelConfig) -> ClosedForm:
    """The closed form of all users."""
    return _fit(training, np.arange(training.users), items, model)


def _fit(training: TrainingSet, users: IntArray, items: int, model: ModelConfig) -> ClosedForm:
    data, size = training.data, (training.users, items)
    history, targets = (
        torch.from_numpy(data.matrix(*size, each).toarray()) for each in (training.weights, training.targets)
    )
    solved = fit_linear(history[users], targets[users], model.ridge)
    theirs = np.isin(data.users, users)
    sequence = fit_sequence(data.select(theirs), training.weights[theirs], training.targets[theirs], items, model)
    popularity = fit_popularity(targets[users])
    return ClosedForm(solved.weights, solved.precision, solved.ridge, sequence, popularity, model.recency)


def network_sizes(world: World) -> Sizes:
    return Sizes(
        items=world.items,
        entities=len(world.graph.entities),
        relations=len(world.graph.relation_names),
        levels=world.event_text.shape[1],
        event_text=world.event_text.shape[2],
        item_text=world.item_text.shape[1],
        branches=len(world.branch_names),
    )


_START = (0.6, 0.1, 0.06, 0.12)  # weight of one standard deviation: collaborative, sequence, a relation, text
_PRIOR = 0.3  # the same of the popularity prior


@torch.no_grad()
def _calibrate(fusion: Fusion, world: World, folds: list[_Fold], training: TrainingSet) -> None:
    """Units of the branch scores from honest scores of one fold, and a sensible start of their weights."""
    fold = folds[0]
    histories = training.histories(fold.users[:128])
    recent = histories.recent(world.items, fold.linear.recency)
    deviation = branch_scores(world, fold.linear, histories.dense(world.items), recent).flatten(0, 1).std(0)
    fusion.scale.copy_(torch.where(deviation > 1e-6, deviation, 1.0))
    start = [*_START[:2], *[_START[2]] * (len(deviation) - 3), _START[3]]
    fusion.log_weight.copy_(torch.tensor(start).log())
    fusion.log_prior.fill_(float(np.log(_PRIOR)))


def _parameter_groups(fusion: Fusion, config: TrainConfig) -> list[dict[str, object]]:
    quick = ("log_weight", "log_prior")
    rest = [value for name, value in fusion.named_parameters() if name not in quick]
    return [
        {"params": rest, "lr": config.learning_rate, "weight_decay": config.weight_decay},
        {"params": [fusion.log_weight, fusion.log_prior], "lr": config.branch_rate, "weight_decay": 0.0},
    ]


def _epoch(
    fusion: Fusion,
    world: World,
    folds: list[_Fold],
    training: TrainingSet,
    config: TrainConfig,
    optimiser: torch.optim.Optimizer,
    rng: np.random.Generator,
) -> float:
    fusion.train()
    total, count = 0.0, 0
    lengths = np.bincount(training.data.users, minlength=training.users)
    for linear, users in _batches(folds, lengths, config, rng):
        histories = training.histories(users)
        question = _latest(histories, config, rng) if linear.recency else _anywhere(histories, config, rng)
        if rng.random() < config.few:
            question = _from_few(question, config, rng)
        loss = _loss(fusion, world, linear, question, config, rng)
        if loss is None:
            continue
        optimiser.zero_grad()
        torch.autograd.backward(loss)
        optimiser.step()
        total, count = total + float(loss.detach()), count + 1
    return total / max(count, 1)


@dataclass(frozen=True, eq=False)
class _Question:
    """What is known of a batch of users, and what is to be found."""

    known: Histories
    answers: Histories
    sharpness: float = 1.0  # what scores are multiplied by in the loss; it orders nothing


def _anywhere(histories: Histories, config: TrainConfig, rng: np.random.Generator) -> _Question:
    """A random share of each history is to be found."""
    hidden = torch.from_numpy(rng.random(histories.mask.shape) < config.held_out) & histories.mask
    return _Question(histories.keep(~hidden), histories.keep(hidden))


def _latest(histories: Histories, config: TrainConfig, rng: np.random.Generator) -> _Question:
    """What came after a random moment is to be found, but for the first `gap` of the history, as in the temporal split.

    Events of one time are in random order.
    """
    drawn = torch.from_numpy(rng.random(histories.mask.shape, dtype=np.float32))
    order = (histories.ages + 0.4 * drawn).masked_fill(~histories.mask, torch.inf).argsort(1).argsort(1)
    events = histories.mask.sum(1, keepdim=True)
    after = config.gap + 2 * config.held_out * torch.from_numpy(rng.random((len(order), 1), dtype=np.float32))
    return _Question(histories.as_of(order >= after * events), histories.keep(order < (after - config.gap) * events))


def _from_few(question: _Question, config: TrainConfig, rng: np.random.Generator) -> _Question:
    """The same question to someone new: 1 to `few_most` random events are known.

    Scores are sums over events, smaller where there are few, so they are sharpened before the softmax.
    """
    known = question.known.thin(config.few_most, rng)  # in random order
    most = torch.from_numpy(rng.integers(1, config.few_most + 1, (len(known.items), 1)))
    few = known.keep(known.mask.cumsum(1) <= most)
    return _Question(few, question.answers, config.few_sharpness)


def _batches(
    folds: list[_Fold], lengths: IntArray, config: TrainConfig, rng: np.random.Generator
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
    question: _Question,
    config: TrainConfig,
    rng: np.random.Generator,
) -> Tensor | None:
    """Mean over users of the mean -log softmax of their hidden liked items; None when nothing is hidden.

    The softmax is over the batch's targets and a uniform sample of the rest, each sampled item standing for
    (rest / sample) items (logQ correction, Bengio & Senecal 2008); a sample as large as the rest is exact.
    """
    asked = question.known
    history, recent = asked.dense(world.items), asked.recent(world.items, linear.recency)
    targets = question.answers.keep(question.answers.weights == 1).dense(world.items)
    users = targets.sum(1) > 0
    if not bool(users.any()):
        return None
    items, log_share = _candidates(targets.any(0), config.negatives, rng)
    with torch.no_grad():
        branches = branch_scores(world, linear, history, recent)[:, items]
    read, popularity = asked.thin(config.attended, rng), linear.popularity
    scores = score_items(fusion, item_state(fusion, world), popularity, read, branches, items)
    likely = (question.sharpness * scores + log_share).masked_fill(history[:, items] > 0, -1e9).log_softmax(1)
    wanted = targets[:, items]
    return -((likely * wanted).sum(1)[users] / wanted.sum(1)[users]).mean()


def _candidates(wanted: Tensor, negatives: int, rng: np.random.Generator) -> tuple[Tensor, Tensor]:
    """Indices of all wanted items and of `negatives` others, and the log of how many items each stands for."""
    rest = np.flatnonzero(~wanted.numpy())
    drawn = rng.permutation(rest)[:negatives]
    share = np.log(len(rest) / max(len(drawn), 1))
    kept = np.flatnonzero(wanted.numpy())
    log_share = np.concatenate([np.zeros(len(kept)), np.full(len(drawn), share)]).astype(np.float32)
    return torch.from_numpy(np.concatenate([kept, drawn])), torch.from_numpy(log_share)


def _validate(recommender: Recommender, training: TrainingSet, valid: Interactions, gap: float) -> float:
    """NDCG@10 on the validation part; by time from a history that ends `gap` before it, as the test part is asked."""
    fresh = Recommender(recommender.world, recommender.linear, recommender.fusion.eval())
    scores = score_users(fresh, training, gap=gap if recommender.linear.recency else 0.0)
    size = (training.users, recommender.world.items)
    relevant = positive_matrix(valid, *size, training.positive).numpy() > 0
    seen = training.data.matrix(*size, np.ones(len(training.data))).toarray() > 0
    ndcg = ranking_metrics(scores, seen, relevant).ndcg_10
    return float(ndcg.mean()) if len(ndcg) else 0.0


def score_users(recommender: Recommender, training: TrainingSet, batch: int = 64, gap: float = 0.0) -> Scores:
    """(users, items) scores of everybody, from their training history but for its latest `gap` (a share)."""
    parts = []
    for start in range(0, training.users, batch):
        histories = training.histories(np.arange(start, min(start + batch, training.users)))
        if gap:
            oldest = histories.ages >= gap * histories.mask.sum(1, keepdim=True)
            histories = histories.as_of(oldest)
        parts.append(recommender.scores(histories))
    return torch.cat(parts).numpy()
