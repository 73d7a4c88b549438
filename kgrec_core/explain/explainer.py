"""One explanation: every part of it is asked of the game of one user and one item, and every sentence is checked.

In two parts: why the item stands where it does; which rules apply, and what would change it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from kgrec_core.explain.asker_scores import UserContext
from kgrec_core.explain.change.counterfactual import Counterfactuals
from kgrec_core.explain.removal.coalitions import Game, Player, players_of
from kgrec_core.explain.removal.ranking import Ranking, ranking
from kgrec_core.explain.removal.removed_edges import MeasuredPath
from kgrec_core.explain.sentences import analyst_paragraph, clauses
from kgrec_core.explain.sentences.checker import StoredFacts, figures, supported
from kgrec_core.explain.sentences.clauses import BRANCH_WORDS, DisplayNames
from kgrec_core.explain.sentences.list_reasons import OpeningSentences, link
from kgrec_core.explain.sentences.requested_facts import requested_of, requested_path
from kgrec_core.explain.why.applicable_rules import ApplicableRules
from kgrec_core.explain.why.fidelity import SIZE, deletion, insertion
from kgrec_core.explain.why.nameable_causes import Cause
from kgrec_core.explain.why.path_scores import shown_paths
from kgrec_core.explain.why.shap_values import shapley, strongest
from kgrec_core.explain.why.strongest_cause import cause
from kgrec_core.model.closed_form import TEXT_BRANCH
from kgrec_core.schema.explanation import TELLING, Attribution, Branch, Edge, Explanation, Node, ScoredPath, Sentence

FACTS = 2  # sentences about what items share
_OTHER_PARTS = ("attention over the history", "how popular it is")


@dataclass(frozen=True, eq=False)
class ExplanationParts:
    """What an explanation says, apart from who asked and how long it took."""

    base: float
    branches: tuple[Branch, ...]
    attributions: tuple[Attribution, ...]
    paths: tuple[ScoredPath, ...]
    text: tuple[Sentence, ...]
    attribution_error: float
    faithfulness: dict[str, float]
    faithfulness_random: dict[str, float]


def explanation_parts(user: UserContext, candidate: int, user_id: str, display: DisplayNames) -> ExplanationParts:
    """All findings about why `candidate` has its score for this user."""
    game = Game(user, candidate)
    players = players_of(game)
    shares = shapley(game, players)
    first = cause(game, players, shares.values, display)
    given = requested_of(user, [candidate])[0] if user.request else []
    paths = shown_paths(game, first, [path.path for path in given])
    headline = OpeningSentences(game, players, shares.values, given)
    order = np.argsort(-np.abs(shares.values), kind="stable")
    ours, at_random = _faithfulness(game, strongest(players, shares.values)[:SIZE])
    return ExplanationParts(
        base=shares.base,
        branches=branches(game),
        attributions=tuple(
            attribution(game, players[index], float(shares.values[index]), float(shares.errors[index]), display)
            for index in order
        ),
        paths=tuple(
            _scored(path, game, user_id, display)
            if len(path.path.items) > 1
            else requested_path(path, user_id, display)
            for path in paths
        ),
        text=(*headline.sentences(first, display), *_facts(game, paths, first, display)),
        attribution_error=float(shares.errors.max(initial=0.0)),
        faithfulness=ours,
        faithfulness_random=at_random,
    )


def branches(game: Game) -> tuple[Branch, ...]:
    """The fall of the score when a part of the model is switched off, one at a time."""
    alone = game.user.recommender.columns.events
    names = [
        *(BRANCH_WORDS[name].adds for name in alone),
        "knowledge graph",
        BRANCH_WORDS[TEXT_BRANCH].adds,
        *_OTHER_PARTS,
    ]
    left, rest = game.everything(len(names) + 1), len(alone)
    for place in range(len(alone)):
        left.branches[place, place] = False
    for place, part in enumerate((left.edges, left.text, left.attention, left.popularity)):
        part[rest + place] = False
    *scores, whole = game.scores(left).tolist()
    return tuple(Branch(name, whole - score) for name, score in zip(names, scores, strict=True))


def attribution(game: Game, player: Player, value: float, error: float, display: DisplayNames) -> Attribution:
    """A SHAP value with what its player is called, by ids of the data in place of indices."""
    labels = {"words": "your words", "popularity": "how popular it is", "text": display.text_of(game.candidate)}
    name, label = player.id, labels.get(player.kind, "")
    if player.kind == "facet":
        label = display.domain.phrase(player.relation).facet
    elif player.kind == "history":
        item = int(game.user.items[player.events[0]])
        name, label = f"history:{display.item_id(item)}", display.title(item)
    return Attribution(name, player.kind, label, value, error)


def _facts(game: Game, paths: list[MeasuredPath], first_cause: Cause, display: DisplayNames) -> list[Sentence]:
    """Up to FACTS of them: what links the item and the one that the first cause names, then the facts of the shown
    paths that carry most, as far as they carry TELLING of what the first cause adds.
    """
    clause, ids = link(game.candidate, first_cause, display)
    titles = display.title(game.candidate), display.title(first_cause.anchor)
    first = [clauses.linked(titles, clause, ids)] if clause else []
    met = {_tail(each.path, display) for each in first_cause.links if each.path}
    carried, best = defaultdict[int, float](float), dict[int, MeasuredPath]()
    for path in paths:
        if len(path.path.edges) == 2 and path.contribution >= TELLING * first_cause.value:
            carried[_tail(path, display)] += path.contribution
            best.setdefault(_tail(path, display), path)
    ranked = sorted(best, key=lambda tail: -carried[tail])
    more = [best[tail] for tail in ranked if tail not in met][: FACTS - len(first)]
    return [
        *first,
        *(clauses.fact(path, display) for path in more),
    ]


def _tail(path: MeasuredPath, display: DisplayNames) -> int:
    return int(display.graph.tails[path.path.edges[-1]])


def _faithfulness(game: Game, places: list[int]) -> tuple[dict[str, float], dict[str, float]]:
    """What re-scoring one item can tell, of up to SIZE items that speak for it; `trust_measures` measures the rest."""
    if not places:
        return {}, {}
    n = len(places)
    twins = {f"del@{n}": deletion(game, places), f"ins@{n}": insertion(game, places)}
    return {name: twin.value for name, twin in twins.items()}, {name: twin.random for name, twin in twins.items()}


def _scored(path: MeasuredPath, game: Game, user_id: str, display: DisplayNames) -> ScoredPath:
    """The path with the user in front, as people read it."""
    fond = bool(game.user.weights[game.user.items == path.path.items[0]] == 1)
    user = Node(f"user:{user_id}", _person(user_id, game, display), "user")
    nodes, edges = [user], []
    liked = display.item_node(path.path.items[0])
    nodes.append(liked)
    edges.append(Edge(user.id, display.domain.liked if fond else display.domain.consumed, liked.id))
    for step, edge in enumerate(path.path.edges):
        entity = display.entity_node(int(display.graph.tails[edge]))
        item = display.item_node(int(display.graph.heads[edge]))
        nodes.append(entity if step % 2 == 0 else item)
        edges.append(Edge(item.id, display.graph.relation_names[int(display.graph.relations[edge])], entity.id))
    clause = clauses.shared_fact(path, display)[0] if len(path.path.edges) == 2 else ""
    return ScoredPath(tuple(nodes), tuple(edges), path.contribution, clause)


def _person(user_id: str, game: Game, display: DisplayNames) -> str:
    """Whom a path starts from."""
    return "You" if game.user.called == "you" else display.people.get(user_id, f"{display.domain.user} {user_id}")


def checked_explanation(explanation: Explanation, context: UserContext, display: DisplayNames) -> Explanation:
    """With the paragraph for analysts, and without any sentence that states more than is stored."""
    rivals = len(display.cards) - len(context.items)
    facts = StoredFacts(context, display, figures(explanation, rivals))
    paragraph = analyst_paragraph.paragraph(explanation, display.domain, rivals)
    kept, analysis = (supported(each, facts.find, display.domain) for each in (explanation.text, paragraph))
    return replace(explanation, text=kept, analysis=analysis)


@dataclass(frozen=True, eq=False)
class ItemExplainer:
    """What is asked about. user: as they are called · context: their history, which does not have the item"""

    display: DisplayNames
    user: str
    context: UserContext
    item: int

    def why(self) -> Explanation:
        """Without rules and without what would change it; they take most of the time."""
        parts = explanation_parts(self.context, self.item, self.user, self.display)
        found = Explanation(
            dataset=self.display.catalog.name,
            user=self.user,
            item=self.display.cards[self.item],
            score=float(self._now.scores[self.item]),
            rank=self._now.rank(self.item),
            base=parts.base,
            branches=parts.branches,
            attributions=parts.attributions,
            paths=parts.paths,
            rank_without_words=rank_without_request(self.context, self.item),
            text=parts.text,
            attribution_error=parts.attribution_error,
            faithfulness=parts.faithfulness,
            faithfulness_random=parts.faithfulness_random,
            ms=0.0,
        )
        return checked_explanation(found, self.context, self.display)

    def completed(self, explanation: Explanation, rules: ApplicableRules, k: int) -> Explanation:
        """What `why` found, with the rest. k: length of the list that the item would have to leave."""
        events, facts = Counterfactuals(self.display, self.context, self._now, k).smallest(self.item)
        applicable = rules.applicable(Game(self.context, self.item))
        return replace(explanation, rules=applicable, counterfactual=events, fact_counterfactual=facts)

    @cached_property
    def _now(self) -> Ranking:
        return ranking(self.context)


def rank_without_request(user: UserContext, item: int) -> int | None:
    """Where the item stands for the same person without the words; None where there are none."""
    return None if user.request is None else ranking(replace(user, request=None)).rank(item)
