"""Who plays the game: the user's history items, what the graph says of the item by relation, its text and popularity.

What others liked enters through the history items, and through popularity where few of them are known. What is left of
the score without any player is the base.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from torch import Tensor

from kgrec_core.explain.game import Coalitions, Game

MOST_HISTORY = 60  # history items that play for themselves; the weakest beyond them play in groups
MOST_GROUPS = 4  # by a fact that they share with the item; what is left over is one more
SMALLEST_GROUP = 10
REST = "group:rest"


@dataclass(frozen=True, eq=False)
class Player:
    """One cause that can be present or absent.

    kind: history | facet | text | words | popularity · events: places in the history · edges: places among the item's
    edges · entity: what a group of events shares with the item, by `relation`; -1 for any other player
    """

    id: str
    kind: str
    events: tuple[int, ...] = ()
    edges: tuple[int, ...] = ()
    relation: str = ""
    entity: int = -1

    @property
    def is_group(self) -> bool:
        """Whether it stands for history items too weak to play for themselves."""
        return self.kind == "history" and (self.entity >= 0 or self.id == REST)


def players(game: Game, most_history: int = MOST_HISTORY) -> tuple[Player, ...]:
    """All players of a game. Those of the history come first, strongest single removal first."""
    drops = game.falls
    order = np.argsort(-np.abs(drops.numpy()), kind="stable").tolist()
    own = [Player(f"history:{place}", "history", (place,)) for place in order[:most_history]]
    said = game.user.words
    words = [Player("words", "words")] if said is not None else []
    popularity = [Player("popularity", "popularity")] if said is None or not said.wishes else []
    others = (*_facets(game), Player("text", "text"), *words, *popularity)
    return (*own, *_groups(game, sorted(order[most_history:])), *others)


def _groups(game: Game, rest: list[int]) -> list[Player]:
    """These places of the history by the rarest fact of the item that at least SMALLEST_GROUP of them share."""
    graph, left, groups = game.world.graph, np.asarray(rest, dtype=np.int64), list[Player]()
    edges = sorted(game.edges.tolist(), key=lambda edge: (len(graph.edges_to(int(graph.tails[edge]))), edge))
    for edge in edges:
        if len(groups) == MOST_GROUPS or len(left) < SMALLEST_GROUP:
            break
        entity = int(graph.tails[edge])
        sharing = np.isin(game.user.items[left], graph.heads[graph.edges_to(entity)])
        if sharing.sum() >= SMALLEST_GROUP:
            name = graph.relation_names[int(graph.relations[edge])]
            places = tuple(left[sharing].tolist())
            groups.append(Player(f"group:{name}:{graph.entities.id(entity)}", "history", places, (), name, entity))
            left = left[~sharing]
    return [*groups, *([Player(REST, "history", tuple(left.tolist()))] if len(left) else [])]


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
