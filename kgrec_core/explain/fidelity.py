"""How true an attribution is: the score when its strongest history items are taken away, beside random ones."""

from __future__ import annotations

import numpy as np
import torch

from kgrec_core.explain.game import Game

SIZE = 3  # items removed together
DRAWS = 20  # random sets


def deletion(game: Game, strongest: tuple[int, ...], seed: int = 0) -> tuple[float, float]:
    """Scores without `strongest` (places in the history), and the mean without as many random places.

    DEL@n: lower is better, and only beside the random one.
    """
    rng = np.random.default_rng(seed)
    sets = [strongest, *(rng.choice(len(game.user.items), len(strongest), replace=False) for _ in range(DRAWS))]
    left = game.everything(len(sets))
    for row, places in enumerate(sets):
        left.history[row, torch.as_tensor(np.asarray(places, dtype=np.int64))] = False
    scores = game.scores(left)
    return float(scores[0]), float(scores[1:].mean())
