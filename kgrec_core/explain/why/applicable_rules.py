"""The mined rules that apply for one user and one item, each judged by the model itself.

A rule applies when the user's likes meet its condition and the item is what its conclusion is about. It says something
about people, not yet about the model. So the facts of the matching items that it speaks of are taken out of the graph
and the item is scored again; a rule without which the score does not fall is not shown.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from kgrec_core.data.interactions import IntArray
from kgrec_core.explain.removal.coalitions import Game
from kgrec_core.explain.removal.removed_edges import item_scores_without
from kgrec_core.explain.sentences.clauses import DisplayNames
from kgrec_core.explain.why.rule_mining import Facet, MinedRule, mine
from kgrec_core.schema.explanation import Rule

SHOWN = 4
MOST_MEASURED = 6
PER_CONCLUSION = 2  # rules measured about one fact of the item
LEAST_SHARE = 0.005  # of what the whole history adds to the score


@dataclass(frozen=True, slots=True)
class _ApplicableRule:
    rule: MinedRule
    items: tuple[int, ...]  # liked items that meet the condition


@dataclass(frozen=True, eq=False)
class ApplicableRules:
    """All rules of a data set, mined when first asked for."""

    display: DisplayNames

    @cached_property
    def rules(self) -> tuple[MinedRule, ...]:
        """Strongest lift first."""
        data = self.display.interactions
        return mine(self.display.graph, data.select(data.values >= self.display.domain.positive_value))

    @cached_property
    def _about(self) -> Mapping[Facet, list[MinedRule]]:
        about = defaultdict[Facet, list[MinedRule]](list)
        for rule in self.rules:
            about[rule.conclusion].append(rule)
        return dict(about)

    def applicable(self, game: Game) -> tuple[Rule, ...]:
        """Up to SHOWN rules, the largest fall of the score first."""
        applicable = _distinct(self._applying(game))
        if not applicable:
            return ()
        least = LEAST_SHARE * abs(_of_history(game))
        judged = zip(applicable, _contributions(game, applicable), strict=True)
        shown = sorted((pair for pair in judged if pair[1] > least), key=lambda pair: -pair[1])
        return tuple(_rule(one, contribution, self.display) for one, contribution in shown[:SHOWN])

    def _applying(self, game: Game) -> list[_ApplicableRule]:
        graph = self.display.graph
        liked = game.user.items[game.user.weights == 1]
        held = defaultdict[Facet, list[int]](list)
        for item in liked.tolist():
            for facet in _facets(self.display, graph.edges_of(item)):
                held[facet].append(item)
        return [
            _ApplicableRule(rule, tuple(held[rule.condition]))
            for facet in _facets(self.display, game.edges.numpy())
            for rule in self._about.get(facet, ())
            if len(held[rule.condition]) >= rule.at_least
        ]


def _facets(display: DisplayNames, edges: IntArray) -> list[Facet]:
    return list(zip(display.graph.relations[edges].tolist(), display.graph.tails[edges].tolist(), strict=True))


def _distinct(applicable: list[_ApplicableRule]) -> list[_ApplicableRule]:
    """Rules to measure: about one fact before about two, then by lift, each with matching items of its own.

    People who made the same films together would else say the same thing once each.
    """
    used, about, chosen = set[tuple[int, ...]](), Counter[int](), list[_ApplicableRule]()
    for one in sorted(applicable, key=lambda one: (one.rule.condition != one.rule.conclusion, -one.rule.lift)):
        entity = one.rule.conclusion[1]
        if one.items not in used and about[entity] < PER_CONCLUSION:
            used.add(one.items)
            about[entity] += 1
            chosen.append(one)
    return chosen[:MOST_MEASURED]


def _contributions(game: Game, applicable: list[_ApplicableRule]) -> list[float]:
    """Score as it is, minus the score when the graph no longer says of the matching items what the rule speaks of."""
    nothing = np.zeros(0, dtype=np.int64)
    *without, whole = item_scores_without(
        game.user, game.candidate, [*(_edges_of(game, one) for one in applicable), nothing]
    ).tolist()
    return [whole - score for score in without]


def _edges_of(game: Game, one: _ApplicableRule) -> IntArray:
    """Edges from the matching items to the facts of condition and conclusion."""
    graph = game.world.graph
    edges = np.concatenate([graph.edges_of(item) for item in one.items])
    named = np.zeros(len(edges), dtype=bool)
    for relation, tail in {one.rule.condition, one.rule.conclusion}:
        named |= (graph.relations[edges] == relation) & (graph.tails[edges] == tail)
    return edges[named]


def _of_history(game: Game) -> float:
    """What the whole history adds to the score, popularity left out, which counts more without one."""
    left = game.everything(2)
    left.history[0] = False
    left.popularity[:] = False
    without, whole = game.scores(left).tolist()
    return float(whole - without)


def in_words(mined: MinedRule, display: DisplayNames) -> tuple[str, str]:
    """Condition and conclusion, as `Rule` has them."""
    graph, domain = display.graph, display.domain
    condition, conclusion = (
        domain.group(graph.relation_names[relation], graph.labels[tail])
        for relation, tail in (mined.condition, mined.conclusion)
    )
    return (
        f"someone {domain.liked} at least {mined.at_least} {condition}",
        f"{conclusion} make up more than the usual share of what else they {domain.liked}",
    )


def _rule(one: _ApplicableRule, contribution: float, display: DisplayNames) -> Rule:
    mined, (condition, conclusion) = one.rule, in_words(one.rule, display)
    known = sorted(one.items, key=lambda item: (-display.liked_by(item), item))
    return Rule(
        condition=condition,
        conclusion=conclusion,
        support=mined.support,
        confidence=mined.confidence,
        lift=mined.lift,
        held=mined.held,
        met=mined.met,
        usual=mined.usual,
        users=mined.users,
        matching=tuple(display.cards[item] for item in known),
        contribution=contribution,
    )
