"""Who plays the game: the user's history items, what the graph says of the item by relation, its text and popularity.

What others liked enters through the history items, and through popularity where few of them are known. What is left of
the score without any player is the base.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from torch import Tensor

from kgrec_core.explain.game import Coalitions, Game


@dataclass(frozen=True, eq=False)
class Player:
    """One cause that can be present or absent.

    kind: history | facet | text | words | popularity · events: its place in the history · edges: places among the
    item's edges, all of one relation
    """

    id: str
    kind: str
    events: tuple[int, ...] = ()
    edges: tuple[int, ...] = ()
    relation: str = ""


def players(game: Game) -> tuple[Player, ...]:
    """All players of a game. Every event of the history plays for itself; strongest single removal first.

    Weak events in a group would be one more reason beside the others, which none of them is.
    """
    order = np.argsort(-np.abs(game.falls.numpy()), kind="stable").tolist()
    own = [Player(f"history:{place}", "history", (place,)) for place in order]
    said = game.user.words
    words = [Player("words", "words")] if said is not None else []
    popularity = [Player("popularity", "popularity")] if said is None or not said.wishes else []
    return (*own, *_facets(game), Player("text", "text"), *words, *popularity)


def _facets(game: Game) -> list[Player]:
    names = game.world.graph.relation_names
    kinds = game.world.kernel.edge_relation[game.edges].numpy()
    return [
        Player(
            f"facet:{names[kind]}", "facet", edges=tuple(np.flatnonzero(kinds == kind).tolist()), relation=names[kind]
        )
        for kind in np.unique(kinds).tolist()
    ]


def coalitions(game: Game, crew: tuple[Player, ...], present: Tensor) -> Coalitions:
    """What is left in when only some play. present: (m, players) bool."""
    left = game.everything(len(present))
    for part, places in ((left.history, [one.events for one in crew]), (left.edges, [one.edges for one in crew])):
        owners = [number for number, each in enumerate(places) for _ in each]
        part[:, [place for each in places for place in each]] = present[:, owners]
    for number, player in enumerate(crew):
        if player.kind == "text":
            left.text[:] = present[:, number]
        if player.kind == "words":
            left.words[:] = present[:, number].unsqueeze(1)
        if player.kind == "popularity":
            left.popularity[:] = present[:, number]
    return left
