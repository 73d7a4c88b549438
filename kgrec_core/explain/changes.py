"""Changes as people read them: ids and cards in place of indices."""

from __future__ import annotations

from dataclasses import dataclass

from kgrec_core.explain.context import UserContext
from kgrec_core.explain.counterfactual import SmallestRemoval, without_events, without_facts
from kgrec_core.explain.game import Game
from kgrec_core.explain.say import Say
from kgrec_core.explain.standing import Standing
from kgrec_core.schema import Counterfactual, Edge


@dataclass(frozen=True, eq=False)
class Changes:
    """What would change the list of one user. now: their ranking as it is · k: length of the list."""

    say: Say
    user: UserContext
    now: Standing
    k: int

    def smallest(self, candidate: int) -> tuple[Counterfactual, Counterfactual]:
        """The fewest history items, and the fewest facts, without which the candidate leaves the list."""
        events = without_events(self.user, candidate, self.now, self.k)
        items = tuple(self.say.item_id(int(self.user.items[place])) for place in events.removed)
        facts = without_facts(Game(self.user, candidate), self.now, self.k)
        edges = tuple(edge_of(edge, self.say) for edge in facts.removed)
        return self._told(events, items, ()), self._told(facts, (), edges)

    def _told(self, change: SmallestRemoval, items: tuple[str, ...], edges: tuple[Edge, ...]) -> Counterfactual:
        entering = change.after.entering(self.now, self.k) if change.after else ()
        return Counterfactual(
            status=change.status,
            remove=items,
            new_rank=change.new_rank,
            minimal=change.minimal,
            edges=edges,
            entering=tuple(self.say.cards[item] for item in entering),
            tried=change.tried,
            exhausted=change.exhausted,
        )


def edge_of(edge: int, say: Say) -> Edge:
    """An edge number of the graph, by ids."""
    head, relation, tail = (int(part[edge]) for part in (say.graph.heads, say.graph.relations, say.graph.tails))
    return Edge(say.item_id(head), say.graph.relation_names[relation], say.graph.entities.id(tail))
