"""New visitors: users whom no model met in training, known by a few of their likes only.

Every method is tuned for this question: people of the training part play visitors, a fold at a time, and are asked
with as few likes. A setting that is best for long histories is not best here (EASE has 0.38 with one, 0.43 with its
own on `movies`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import product

import numpy as np
import torch

from kgrec_core.data.interactions import IntArray, Interactions
from kgrec_core.data.split import Split, split_random
from kgrec_core.evaluate.baselines import itemknn_weights, popularity_scores
from kgrec_core.evaluate.compared_models import ABLATION, OURS, PEER, Fitted, Trial
from kgrec_core.evaluate.protocol import likes
from kgrec_core.evaluate.tuning import Answers
from kgrec_core.model.inputs import Inputs
from kgrec_core.model.linear import fit_linear
from kgrec_core.model.metrics import ranking_metrics
from kgrec_core.model.training import score_users, train
from kgrec_core.schema.progress import Progress

GIVEN = 5  # liked items known of a visitor
SHARE = 5  # one user in so many is a visitor
FOLDS = 4  # people of the training part play visitors in so many turns
NEIGHBOURS, SHRINKS = (100, 200, 500, 1000), (20.0, 100.0, 500.0)
RIDGES = (100.0, 200.0, 400.0, 800.0, 1600.0, 3200.0, 6400.0)

Ask = Callable[[Interactions], torch.Tensor]  # known likes -> (users, items) scores
Learn = Callable[[Trial, Interactions], Ask]  # from the interactions of others


@dataclass(frozen=True, eq=False)
class Visit:
    """Visitors of one seed."""

    visitors: IntArray  # user indices
    known: Interactions  # GIVEN likes of each
    answers: Answers  # rows of all users; nothing is relevant to who is no visitor
    split: Split  # of everybody else: train and validation, nothing in test


@dataclass(frozen=True, slots=True)
class Method:
    """Who is measured with visitors."""

    name: str
    group: str  # OURS, ABLATION or PEER
    label: str  # for people
    fit: Callable[[Trial, Visit, Progress], Fitted]


def visit(inputs: Inputs, seed: int) -> Visit:
    """Every fifth user, at random, with more than GIVEN likes; five of the likes are known, the rest is to be found."""
    data, rng = inputs.interactions, np.random.default_rng(seed)
    enough = _with_enough(inputs, data)
    visitors = np.sort(rng.permutation(enough)[: max(len(enough) // SHARE, 1)])
    known, answers = _asked(inputs, data, visitors, rng)
    others = data.select(~np.isin(data.users, visitors))
    whole = split_random(others, seed)
    nothing = others.select(np.zeros(0, dtype=np.int64))
    return Visit(visitors, known, answers, Split(whole.train.joined(whole.test), whole.valid, nothing))


def _with_enough(inputs: Inputs, data: Interactions) -> IntArray:
    """Users with more than GIVEN likes."""
    liked = data.values >= inputs.domain.positive_value
    return np.flatnonzero(np.bincount(data.users[liked], minlength=inputs.users) > GIVEN)


def _asked(
    inputs: Inputs, data: Interactions, visitors: IntArray, rng: np.random.Generator
) -> tuple[Interactions, Answers]:
    """GIVEN likes of each visitor at random, and all their others to be found."""
    liked = np.flatnonzero((data.values >= inputs.domain.positive_value) & np.isin(data.users, visitors))
    shuffled = liked[np.lexsort((rng.random(len(liked)), data.users[liked]))]
    place = np.arange(len(shuffled)) - np.searchsorted(data.users[shuffled], data.users[shuffled])
    known, rest = data.select(shuffled[place < GIVEN]), data.select(shuffled[place >= GIVEN])
    return known, Answers(likes(inputs, known).numpy() > 0, likes(inputs, rest).numpy() > 0)


def _ours(trial: Trial, seen: Visit, progress: Progress) -> Fitted:
    """Our model, trained on everybody else; `trial.split` is that of the visit."""
    inputs, model = trial.inputs, trial.model
    training = inputs.training_set(trial.split.train, model)
    recommender, _ = train(inputs.world(model), training, trial.split.valid, model, trial.config, progress)
    return Fitted(score_users(recommender, inputs.training_set(seen.known, model)), "")


def _tuned(options: tuple[tuple[str, Learn], ...]) -> Callable[[Trial, Visit, Progress], Fitted]:
    """A method with the setting that is best for pseudo-visitors, given the same likes."""

    def fit(trial: Trial, seen: Visit, progress: Progress) -> Fitted:
        turns = list(_turns(trial))
        setting, learn = max(options, key=lambda option: _quality(trial, turns, option[1]))
        return Fitted(learn(trial, trial.split.train)(seen.known).numpy(), setting)

    return fit


@dataclass(frozen=True, eq=False)
class _Turn:
    others: Interactions
    known: Interactions
    answers: Answers


def _turns(trial: Trial) -> Iterator[_Turn]:
    """Each fold of the people in the train part as visitors of the rest."""
    data, rng = trial.split.train, np.random.default_rng(trial.seed)
    for fold in np.array_split(rng.permutation(_with_enough(trial.inputs, data)), FOLDS):
        known, answers = _asked(trial.inputs, data, np.sort(fold), rng)
        yield _Turn(data.select(~np.isin(data.users, fold)), known, answers)


def _quality(trial: Trial, turns: list[_Turn], learn: Learn) -> float:
    """NDCG@10, mean over all pseudo-visitors."""
    found = [
        ranking_metrics(learn(trial, turn.others)(turn.known).numpy(), turn.answers.seen, turn.answers.relevant).ndcg_10
        for turn in turns
    ]
    values = np.concatenate(found)
    return float(values.mean()) if len(values) else 0.0


def _ease(trial: Trial, others: Interactions, ridge: float) -> Ask:
    liked = likes(trial.inputs, others)
    solved = fit_linear(liked, liked, ridge)
    return lambda known: solved.collaborative(likes(trial.inputs, known))


def _graded_ridge(trial: Trial, others: Interactions, ridge: float) -> Ask:
    """Our closed form alone: ratings of all degrees as weaker input and weaker targets."""
    training = trial.inputs.training_set(others, trial.model)
    size = trial.inputs.users, trial.inputs.graph.items
    history, targets = (
        torch.from_numpy(others.matrix(*size, each).toarray()) for each in (training.weights, training.targets)
    )
    solved = fit_linear(history, targets, ridge)
    return lambda known: solved.collaborative(likes(trial.inputs, known))


def _itemknn(trial: Trial, others: Interactions, neighbours: int, shrink: float) -> Ask:
    weights = itemknn_weights(likes(trial.inputs, others), neighbours, shrink)
    return lambda known: likes(trial.inputs, known) @ weights


def _popularity(trial: Trial, others: Interactions) -> Ask:
    scores = popularity_scores(likes(trial.inputs, others))
    return lambda known: scores


METHODS = (
    Method("visitor-ours", OURS, "Ours", _ours),
    Method(
        "visitor-graded-ridge",
        ABLATION,
        "Ridge on graded ratings",
        _tuned(tuple((f"ridge {ridge:g}", partial(_graded_ridge, ridge=ridge)) for ridge in RIDGES)),
    ),
    Method(
        "visitor-ease",
        PEER,
        "EASE",
        _tuned(tuple((f"ridge {ridge:g}", partial(_ease, ridge=ridge)) for ridge in RIDGES)),
    ),
    Method(
        "visitor-itemknn",
        PEER,
        "Item neighbours",
        _tuned(
            tuple(
                (f"{count} neighbours, shrink {shrink:g}", partial(_itemknn, neighbours=count, shrink=shrink))
                for count, shrink in product(NEIGHBOURS, SHRINKS)
            )
        ),
    ),
    Method("visitor-popularity", PEER, "Popularity", _tuned((("", _popularity),))),
)
