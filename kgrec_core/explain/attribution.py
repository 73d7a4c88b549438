"""SHAP values of the players, by the shap library, on the model itself: base + sum of values = score."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import torch

from kgrec_core.explain.game import Game
from kgrec_core.explain.players import Player, coalitions

if TYPE_CHECKING:
    from kgrec_core.explain.shap_parts import PermutationExplainer

EXACT_UP_TO = 12  # players; 2^12 coalitions
ROUNDS = 6  # permutations above that, each walked forward and backward (antithetic)
MOST_ROUNDS = 48
TOLERANCE = 0.01  # more rounds are walked until no standard error is above this share of score - base
SECONDS = 2.0  # no new round begins after this; far above what the rounds take, so that it decides nothing elsewhere

Values = npt.NDArray[np.float64]

_SHUFFLING = threading.Lock()  # shap draws its permutations from numpy's global generator, which all sessions share


@dataclass(frozen=True, eq=False)
class Shapley:
    """Shapley values (players,) and the score of the empty coalition. Lundberg & Lee 2017, eq. 8.

    errors: (players,) standard errors of the values, 0 where all coalitions were enumerated.
    """

    base: float
    values: Values
    errors: Values


def shapley(game: Game, crew: tuple[Player, ...], seed: int = 0, exact_up_to: int = EXACT_UP_TO) -> Shapley:
    """Exact for up to `exact_up_to` players, else the mean over sampled permutations; same seed, same values."""
    from kgrec_core.explain.shap_parts import ExactExplainer, PermutationExplainer

    def score(present: npt.NDArray[Any]) -> Values:
        return game.scores(coalitions(game, crew, torch.from_numpy(present > 0.5))).numpy().astype(np.float64)

    nobody, everybody = np.zeros((1, len(crew))), np.ones((1, len(crew)))
    if len(crew) > exact_up_to:
        return _sampled(PermutationExplainer(score, nobody), everybody, seed)
    found = ExactExplainer(score, nobody)(everybody)
    return Shapley(float(np.ravel(found.base_values)[0]), np.asarray(found.values[0], dtype=np.float64), nobody[0])


def strongest(crew: tuple[Player, ...], values: Values) -> list[int]:
    """Places of the single history items whose value is above zero, largest first."""
    order = np.argsort(-values, kind="stable").tolist()
    single = (index for index in order if values[index] > 0 and crew[index].kind == "history")
    return [crew[index].events[0] for index in single if not crew[index].is_group]


def _sampled(explainer: PermutationExplainer, everybody: Values, seed: int) -> Shapley:
    """Rounds of one permutation, so that their spread gives the error of their mean."""
    begin, rounds = time.perf_counter(), list[Values]()
    with _SHUFFLING:
        np.random.seed(seed)
        while True:
            found = explainer(everybody, max_evals=2 * everybody.shape[1] + 1, silent=True)
            rounds.append(np.asarray(found.values[0], dtype=np.float64))
            if len(rounds) < ROUNDS:
                continue
            errors = np.std(rounds, axis=0, ddof=1) / np.sqrt(len(rounds))
            near = errors.max() <= TOLERANCE * abs(rounds[0].sum())
            if near or len(rounds) >= MOST_ROUNDS or time.perf_counter() - begin > SECONDS:
                break
    return Shapley(float(np.ravel(found.base_values)[0]), np.mean(rounds, axis=0), errors)
