"""Who is asked about which item before which model, and what explainers may learn from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from benchmarks.explainers.explainer import Knowledge
from benchmarks.explainers.plain_models import Autoencoder, MatrixFactorisation, PlainModel, PlainProblem
from benchmarks.explainers.problem import K, Problem
from benchmarks.explainers.served import ServedProblem
from benchmarks.explanations import PLACES, Subject
from kgrec_core.data.interactions import Interactions
from kgrec_core.data.split import split_random
from kgrec_core.evaluate.protocol import likes

LEAST_EVENTS = 6  # of a history, or five events would be all of it
TAUGHT = 500  # other people that LXR learns from, if there are as many
MODELS = ("served", "mf", "vae")


@dataclass(frozen=True, eq=False)
class Questions:
    """asked: one problem a person · others: of other people, to learn from · users: numbers of the asked"""

    asked: list[Problem]
    users: list[int]
    others: list[Problem]
    knowledge: Knowledge
    catalogue: int


def questions(subject: Subject, model: str, n: int, taught: int = TAUGHT) -> Questions:
    """`n` people at even steps through the data, one of the first PLACES items of their list each, in turn."""
    inputs = subject.bundle.inputs
    if model == "served":
        knowledge = Knowledge(_met(inputs.interactions, (inputs.users, inputs.graph.items)))
        return _questions(knowledge, inputs.users, (n, taught), lambda user, place: _served(subject, user, place))
    known = split_random(inputs.interactions, 0).train
    knowledge = Knowledge(sparse.csr_matrix((likes(inputs, known).numpy() > 0).astype(np.float32)))
    plain = {"mf": MatrixFactorisation, "vae": Autoencoder}[model](knowledge.likes)
    return _questions(knowledge, inputs.users, (n, taught), lambda user, place: _plain(plain, knowledge, user, place))


def _questions(
    knowledge: Knowledge, users: int, sizes: tuple[int, int], ask: Callable[[int, int], Problem | None]
) -> Questions:
    n, taught = sizes
    chosen = np.unique(np.linspace(0, users - 1, min(n, users)).astype(int)).tolist()
    rest = np.setdiff1d(np.arange(users), chosen)
    rest = rest[np.unique(np.linspace(0, len(rest) - 1, min(taught, len(rest))).astype(int))] if len(rest) else rest
    asked = [(user, ask(user, number % PLACES)) for number, user in enumerate(chosen)]
    others = [ask(user, number % PLACES) for number, user in enumerate(rest.tolist())]
    kept = [(user, problem) for user, problem in asked if problem is not None]
    return Questions(
        [problem for _, problem in kept],
        [user for user, _ in kept],
        [problem for problem in others if problem is not None],
        knowledge,
        knowledge.likes.shape[1],
    )


def _met(data: Interactions, shape: tuple[int, int]) -> sparse.csr_matrix:
    return data.matrix(*shape, weights=np.ones(len(data)))


def _served(subject: Subject, user: int, place: int) -> Problem | None:
    context = subject.context(subject.bundle.catalog.user_vocab.ids[user])
    if len(context.items) < LEAST_EVENTS:
        return None
    ranked = ServedProblem(context, -1).ranking()[:K]
    return ServedProblem(context, int(ranked[min(place, len(ranked) - 1)]))


def _plain(model: PlainModel, knowledge: Knowledge, user: int, place: int) -> Problem | None:
    items, catalogue = knowledge.history(user), knowledge.likes.shape[1]
    if len(items) < LEAST_EVENTS:
        return None
    return PlainProblem(model, items, int(PlainProblem(model, items, -1, catalogue).ranking()[place]), catalogue)
