"""How much sooner our attribution reaches its error than shap.KernelExplainer does over one scoring at a time."""

from __future__ import annotations

import contextlib
import io
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shap
import torch

from kgrec_core.explain.removal.coalitions import Game, Player, coalitions
from kgrec_core.explain.why.shap_values import Values, shapley

REFERENCE_SEEDS = range(100, 116)  # their mean is taken for the truth; none of them is the run that is judged
SAMPLES = (2, 4, 8, 16, 32, 64)  # times the players: how many coalitions KernelExplainer may score, until it is as good


@dataclass(frozen=True)
class Speed:
    """Both at (nearly) one error: the largest difference to the truth, as a share of the largest value."""

    players: int
    our_seconds: float
    our_error: float
    kernel_seconds: float
    kernel_error: float  # above `our_error` where KernelExplainer never got as near

    @property
    def times_faster(self) -> float:
        return self.kernel_seconds / self.our_seconds


def compare(game: Game, players: tuple[Player, ...]) -> Speed:
    """One game with more players than can be enumerated. The clock of KernelExplainer runs for its last try alone."""
    truth = np.mean([shapley(game, players, seed).values for seed in REFERENCE_SEEDS], axis=0)
    begin = time.perf_counter()
    ours = shapley(game, players).values
    our_seconds, our_error = time.perf_counter() - begin, error(ours, truth)
    seconds, reached = np.inf, np.inf
    for samples in SAMPLES:
        begin = time.perf_counter()
        reached = error(_kernel(game, players, samples * len(players)), truth)
        seconds = time.perf_counter() - begin
        if reached <= our_error:
            break
    return Speed(len(players), our_seconds, our_error, seconds, reached)


def error(values: Values, truth: Values) -> float:
    """Largest difference as a share of the largest true value."""
    return float(np.abs(values - truth).max() / max(np.abs(truth).max(), 1e-12))


def _kernel(game: Game, players: tuple[Player, ...], samples: int) -> Values:
    def score(present: npt.NDArray[Any]) -> Values:
        one_by_one = [game.scores(coalitions(game, players, torch.from_numpy(row[None] > 0.5))) for row in present]
        return torch.cat(one_by_one).numpy().astype(np.float64)

    state = np.random.get_state()  # KernelExplainer draws from numpy's global generator
    np.random.seed(0)
    with contextlib.redirect_stderr(io.StringIO()):
        explainer = shap.KernelExplainer(score, np.zeros((1, len(players))), silent=True)
        found = explainer.shap_values(np.ones(len(players)), nsamples=samples, l1_reg=False, silent=True)
    np.random.set_state(state)
    values: Values = np.asarray(found, dtype=np.float64).ravel()
    return values


def warm_up(game: Game, players: tuple[Player, ...]) -> None:
    """Lets the compilers of both be done before any clock starts."""
    shapley(game, players)
    _kernel(game, players, len(players))


def summary(found: Sequence[Speed]) -> dict[str, float]:
    """Over all games; errors are the largest."""
    faster = [speed.times_faster for speed in found]
    return {
        "games": len(found),
        "our_seconds": float(np.median([speed.our_seconds for speed in found])),
        "our_error": max(speed.our_error for speed in found),
        "kernel_seconds": float(np.median([speed.kernel_seconds for speed in found])),
        "kernel_error": max(speed.kernel_error for speed in found),
        "times_faster_median": float(np.median(faster)),
        "times_faster_least": min(faster),
    }
