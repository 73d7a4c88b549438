"""New visitors: users whom no model met in training, known by a few of their likes only."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kgrec_core.data.interactions import IntArray, Interactions
from kgrec_core.data.split import Split, split_random
from kgrec_core.model.baselines import RIDGES
from kgrec_core.model.contenders import Fitted, Trial
from kgrec_core.model.evaluate import answers_of_validation
from kgrec_core.model.inputs import Inputs
from kgrec_core.model.linear import fit_linear, positive_matrix
from kgrec_core.model.train import score_users, train
from kgrec_core.model.tuning import Answers, best, tried
from kgrec_core.schema import Progress

GIVEN = 5  # liked items known of a visitor
SHARE = 5  # one user in so many is a visitor


@dataclass(frozen=True, eq=False)
class Visit:
    """Visitors of one seed."""

    visitors: IntArray  # user indices
    known: Interactions  # GIVEN likes of each
    answers: Answers  # rows of all users; nothing is relevant to who is no visitor
    split: Split  # of everybody else: train and validation, nothing in test


def visit(inputs: Inputs, seed: int) -> Visit:
    """Every fifth user, at random, with more than GIVEN likes; five of the likes are known, the rest is to be found."""
    data, rng = inputs.interactions, np.random.default_rng(seed)
    likes = data.values >= inputs.domain.positive_value
    enough = np.flatnonzero(np.bincount(data.users[likes], minlength=inputs.users) > GIVEN)
    visitors = np.sort(rng.permutation(enough)[: max(len(enough) // SHARE, 1)])
    liked = np.flatnonzero(likes & np.isin(data.users, visitors))
    shuffled = liked[np.lexsort((rng.random(len(liked)), data.users[liked]))]
    place = np.arange(len(shuffled)) - np.searchsorted(data.users[shuffled], data.users[shuffled])
    known, rest = data.select(shuffled[place < GIVEN]), data.select(shuffled[place >= GIVEN])
    others = data.select(~np.isin(data.users, visitors))
    whole = split_random(others, seed)
    nothing = others.select(np.zeros(0, dtype=np.int64))
    split = Split(whole.train.joined(whole.test), whole.valid, nothing)
    shape = (inputs.users, inputs.graph.items)
    seen = positive_matrix(known, *shape, inputs.domain.positive_value).numpy() > 0
    relevant = positive_matrix(rest, *shape, inputs.domain.positive_value).numpy() > 0
    return Visit(visitors, known, Answers(seen, relevant), split)


def ours(trial: Trial, seen: Visit, progress: Progress) -> Fitted:
    """Our model, trained on everybody else; `trial.split` is that of the visit."""
    inputs, model = trial.inputs, trial.model
    training = inputs.training_set(trial.split.train, model)
    recommender, _ = train(inputs.world(model), training, trial.split.valid, model, trial.config, progress)
    return Fitted(score_users(recommender, inputs.training_set(seen.known, model)), "")


def ease(trial: Trial, seen: Visit, progress: Progress) -> Fitted:
    """EASE of everybody else, its ridge chosen on their validation part, given the same likes."""
    inputs, positive = trial.inputs, trial.inputs.domain.positive_value
    shape = (inputs.users, inputs.graph.items)
    likes, known = (positive_matrix(part, *shape, positive) for part in (trial.split.train, seen.known))
    fits = ((f"ridge {ridge:g}", fit_linear(likes, likes, ridge).collaborative) for ridge in RIDGES)
    chosen = best(tried(fits, likes), answers_of_validation(inputs, trial.split))
    return Fitted(chosen.again(known).numpy(), chosen.setting)
