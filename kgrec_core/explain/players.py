"""Who plays the game: the user's history items, what the graph says of the item by relation, and its text."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from kgrec_core.explain.game import Coalitions, Game

MOST_HISTORY = 60  # history items that play for themselves; the weakest beyond them play as one


@dataclass(frozen=True, eq=False)
class Player:
    """One cause that can be present or absent.

    kind: history | facet | text · events: places in the history · edges: places among the item's edges
    """

    id: str
    kind: str
    events: tuple[int, ...] = ()
    edges: tuple[int, ...] = ()
    relation: str = ""


def players(game: Game, most_history: int = MOST_HISTORY) -> tuple[Player, ...]:
    """All players of a game. Those of the history come first, strongest single removal first."""
    drops = leave_one_event_out(game)
    order = np.argsort(-np.abs(drops.numpy()), kind="stable").tolist()
    own = [Player(f"history:{place}", "history", (place,)) for place in order[:most_history]]
    rest = tuple(sorted(order[most_history:]))
    grouped = [Player("history:rest", "history", rest)] if rest else []
    return (*own, *grouped, *_facets(game), Player("text", "text"))


def _facets(game: Game) -> list[Player]:
    names = game.world.graph.relation_names
    kinds = game.world.kernel.edge_relation[game.edges].numpy()
    return [
        Player(
            f"facet:{names[kind]}", "facet", edges=tuple(np.flatnonzero(kinds == kind).tolist()), relation=names[kind]
        )
        for kind in np.unique(kinds).tolist()
    ]


def leave_one_event_out(game: Game) -> Tensor:
    """(events,) how much the score falls when a history item alone is hidden."""
    events = len(game.user.items)
    left = game.everything(events + 1)
    left.history[torch.arange(events), torch.arange(events)] = False
    scores = game.scores(left)
    return scores[-1] - scores[:-1]


def coalitions(game: Game, crew: tuple[Player, ...], present: Tensor) -> Coalitions:
    """What is left in when only some play. present: (m, players) bool."""
    left = game.everything(len(present))
    for column, player in enumerate(crew):
        here = present[:, column]
        if player.events:
            left.history[:, list(player.events)] = here.unsqueeze(1)
        if player.edges:
            left.edges[:, list(player.edges)] = here.unsqueeze(1)
        if player.kind == "text":
            left.text[:] = here
    return left
