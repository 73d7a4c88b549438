"""SHAP values of the players, by the shap library, on the model itself: base + sum of values = score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from shap.explainers import ExactExplainer, PermutationExplainer

from kgrec_core.explain.game import Game
from kgrec_core.explain.players import Player, coalitions

EXACT_UP_TO = 12  # players; 2^12 coalitions
ROUNDS = 6  # permutations above that, each walked forward and backward (antithetic)

Values = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Shapley:
    """Shapley values (players,) and the score of the empty coalition. Lundberg & Lee 2017, eq. 8."""

    base: float
    values: Values


def shapley(game: Game, crew: tuple[Player, ...], seed: int = 0) -> Shapley:
    """Exact for up to EXACT_UP_TO players, else the mean over sampled permutations; same seed, same values."""

    def score(present: npt.NDArray[Any]) -> Values:
        return game.scores(coalitions(game, crew, torch.from_numpy(present > 0.5))).numpy().astype(np.float64)

    nobody, everybody = np.zeros((1, len(crew))), np.ones((1, len(crew)))
    if len(crew) <= EXACT_UP_TO:
        found = ExactExplainer(score, nobody)(everybody)
    else:
        explainer = PermutationExplainer(score, nobody, seed=seed)
        found = explainer(everybody, max_evals=ROUNDS * (2 * len(crew) + 1), silent=True)
    return Shapley(float(np.ravel(found.base_values)[0]), np.asarray(found.values[0], dtype=np.float64))
