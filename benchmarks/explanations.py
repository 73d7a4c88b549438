"""What explanations are measured by, over (user, item) pairs of a prepared data set. Used by `benchmarks.explain`."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from tqdm import tqdm

from kgrec_core import service
from kgrec_core.data.interactions import Interactions, events
from kgrec_core.explain.asker_scores import UserContext
from kgrec_core.explain.explainer import explanation_parts
from kgrec_core.explain.removal.coalitions import Game, Player, players_of
from kgrec_core.explain.sentences import analyst_paragraph
from kgrec_core.explain.sentences.checker import StoredFacts, figures, problems
from kgrec_core.explain.sentences.clauses import DisplayNames
from kgrec_core.explain.sentences.list_reasons import list_reasons
from kgrec_core.explain.why import fidelity, path_quality
from kgrec_core.explain.why.path_quality import PathMeasurer, PathQualities
from kgrec_core.explain.why.path_scores import candidates, shown_paths
from kgrec_core.explain.why.shap_values import EXACT_UP_TO, shapley, strongest
from kgrec_core.explain.why.strongest_cause import causes
from kgrec_core.graph.item_paths import ItemPath
from kgrec_core.model.bundle import load_bundle
from kgrec_core.schema.columns import HEAD, RELATION, TAIL
from kgrec_core.schema.explanation import Explanation, Sentence

K = 10  # length of the lists
PLACES = 5  # of the items asked about, in turn: the last of a list leave it at the slightest change, which says nothing
REMOVED = 3
SMALL_GAMES = 40  # of those that are small enough to enumerate


@dataclass(frozen=True)
class Pair:
    """One user, and one item of their list. ranked: all items of the list, best first."""

    user: str
    item: str
    context: UserContext
    index: int
    place: int  # in the list, from 1
    ranked: tuple[int, ...]


@dataclass(frozen=True)
class Listed:
    """One item of a list. shown: its paths · told: the one of its line · possible: every path that could be shown"""

    shown: list[ItemPath]
    told: ItemPath | None
    possible: list[ItemPath]


@dataclass(frozen=True)
class Faithful:
    """Figures of the `REMOVED` strongest history items of each pair, and of random ones; arrays over pairs."""

    place: np.ndarray
    deletion: np.ndarray  # (pairs, 2): ours, random
    insertion: np.ndarray
    position: np.ndarray


class Subject:
    """A prepared data set under examination: the service as people use it, and what it stands on."""

    def __init__(self, dataset: str) -> None:
        self.service = service.open(dataset)
        self.bundle = load_bundle(dataset)
        inputs = self.bundle.inputs
        self.display = DisplayNames(self.bundle.catalog, inputs.graph, inputs.interactions)
        triples = self.bundle.catalog.triples
        self.triples = set(zip(triples[HEAD], triples[RELATION], triples[TAIL], strict=True))

    def rows(self, user: str) -> Interactions:
        return self.bundle.inputs.interactions.of_user(self.bundle.catalog.user_vocab.index(user))

    def context(self, user: str) -> UserContext:
        data = self.rows(user)
        levels, weights = events(data.values, self.bundle.catalog.domain, self.bundle.config)
        return UserContext(self.bundle.recommender, data.items, levels, weights)

    def pairs(self, n: int, places: int = PLACES) -> list[Pair]:
        """`n` users at even steps, so that long and short histories are met, with the first `places` items in turn."""
        names = [card.user_id for card in self.service.users()]
        chosen = np.unique(np.linspace(0, len(names) - 1, min(n, len(names))).astype(int)).tolist()
        return [self._pair(names[user], number % places) for number, user in enumerate(chosen)]

    def _pair(self, user: str, place: int) -> Pair:
        rows = self.service.recommend(user, k=K).items
        ranked = tuple(self.bundle.catalog.item_vocab.index(row.item.item_id) for row in rows)
        place = min(place, len(rows) - 1)
        return Pair(user, rows[place].item.item_id, self.context(user), ranked[place], place + 1, ranked)


def explained(subject: Subject, pairs: Sequence[Pair]) -> tuple[list[Explanation], list[float]]:
    """Every explanation, and its milliseconds; the first one is asked twice and timed warm."""
    subject.service.explain(pairs[0].user, pairs[0].item, K)
    found, spent = [], []
    for pair in _told(pairs, "explain"):
        start = time.perf_counter()
        found.append(subject.service.explain(pair.user, pair.item, K))
        spent.append(1000 * (time.perf_counter() - start))
    return found, spent


def path_validity(subject: Subject, pairs: Sequence[Pair], found: Sequence[Explanation]) -> float:
    """Share of shown paths that begin in the user's history and whose every further edge is a stored triple."""
    valid = []
    for pair, explanation in zip(pairs, found, strict=True):
        known = {event.item.item_id for event in subject.service.history(pair.user)}
        for path in explanation.paths:
            stored = all((edge.head, edge.relation, edge.tail) in subject.triples for edge in path.edges[1:])
            valid.append(path.nodes[1].id in known and path.nodes[-1].id == pair.item and stored)
    return float(np.mean(valid)) if valid else 1.0


def listed(subject: Subject, pairs: Sequence[Pair]) -> list[list[Listed]]:
    """The paths of every item of every list."""
    return [[_listed(subject, pair, item) for item in pair.ranked] for pair in _told(pairs, "paths")]


def _listed(subject: Subject, pair: Pair, item: int) -> Listed:
    game, cause = Game(pair.context, item), causes(pair.context, [item], subject.display)[0]
    shown = [each.path for each in shown_paths(game, cause)]
    told = next((link.path.path for link in cause.links if link.path), None)
    return Listed(shown, told, candidates(game))


def coverage(lists: Sequence[Sequence[Listed]]) -> float:
    """Share of the items in all lists with at least one path that carries some of the score."""
    return float(np.mean([bool(item.shown) for row in lists for item in row]))


def path_qualities(
    subject: Subject, pairs: Sequence[Pair], lists: Sequence[Sequence[Listed]]
) -> tuple[PathQualities, PathQualities]:
    """Of the path that the line of each of the K items of a list tells, and of one at random each; means over lists."""
    ours, chance = [], []
    for pair, row in zip(pairs, lists, strict=True):
        judge = PathMeasurer(subject.display.graph, path_quality.recency(subject.rows(pair.user)))
        explained = [(item.told, item.possible) for item in row if item.told]
        ours.append(judge.measure([told for told, _ in explained]))
        chance.append(judge.at_random([(possible, 1) for _, possible in explained]))
    return path_quality.mean(ours), path_quality.mean(chance)


def additivity(found: Sequence[Explanation]) -> float:
    """Largest |base + sum of attributions - score|."""
    return max(abs(one.base + sum(part.value for part in one.attributions) - one.score) for one in found)


def text_fact_validity(subject: Subject, pairs: Sequence[Pair], found: Sequence[Explanation]) -> float:
    """Share of the sentences made, before any is held back, whose every word is in evidence."""
    domain, valid = subject.bundle.catalog.domain, []
    for pair, explanation in zip(_told(pairs, "text"), found, strict=True):
        rivals = subject.bundle.recommender.world.items - len(pair.context.items)
        facts = StoredFacts(pair.context, subject.display, figures(explanation, rivals))
        made = _made(subject, pair, explanation, rivals)
        valid += [not problems(sentence, facts.find, domain) for sentence in made]
    return float(np.mean(valid))


def _made(subject: Subject, pair: Pair, explanation: Explanation, rivals: int) -> tuple[Sentence, ...]:
    short = explanation_parts(pair.context, pair.index, pair.user, subject.display).text
    long = analyst_paragraph.paragraph(explanation, subject.bundle.catalog.domain, rivals)
    return (*short, *long, *list_reasons(pair.context, [pair.index], subject.display))


def faithfulness(pairs: Sequence[Pair]) -> Faithful:
    """Deletion, insertion and position of pairs in whose history at least `REMOVED` items speak for the item."""
    rows: list[tuple[int, *tuple[float, ...]]] = []
    for pair in _told(pairs, "faithfulness"):
        game = Game(pair.context, pair.index)
        players = players_of(game)
        places = strongest(players, shapley(game, players).values)[:REMOVED]
        if len(places) == REMOVED:
            found = fidelity.deletion(game, places), fidelity.insertion(game, places)
            twins = (*found, fidelity.position(game, places, K))
            rows.append((pair.place, *(value for twin in twins for value in (twin.value, twin.random))))
    table = np.array(rows, dtype=float).reshape(-1, 7)
    return Faithful(table[:, 0], table[:, 1:3], table[:, 3:5], table[:, 5:7])


def stability(pairs: Sequence[Pair]) -> float:
    """Mean overlap (Jaccard) of the strongest history items of two runs from scratch with one seed."""
    overlaps = []
    for pair in _told(pairs, "stability"):
        runs = []
        for _ in range(2):
            game = Game(pair.context, pair.index)
            players = players_of(game)
            runs.append(strongest(players, shapley(game, players, seed=7).values)[:REMOVED])
        overlaps.append(fidelity.stability(runs))
    return float(np.mean(overlaps))


def sampled_against_exact(pairs: Sequence[Pair]) -> float:
    """Largest error of a sampled value, as a share of the largest exact one, over games that can be enumerated.

    Such a game has the EXACT_UP_TO - 3 strongest events of the history, all facts as one player, text and popularity.
    """
    errors = []
    for pair in _told(pairs[:SMALL_GAMES], "exact"):
        game = _small(pair)
        players = _small_crew(game)
        exact, sampled = shapley(game, players).values, shapley(game, players, exact_up_to=0).values
        errors.append(np.abs(sampled - exact).max() / max(np.abs(exact).max(), 1e-9))
    return float(max(errors))


def _small(pair: Pair) -> Game:
    user = pair.context
    drops = Game(user, pair.index).leave_one_out
    kept = torch.argsort(-drops.abs(), stable=True)[: EXACT_UP_TO - 3].numpy()
    return Game(UserContext(user.recommender, user.items[kept], user.levels[kept], user.weights[kept]), pair.index)


def _small_crew(game: Game) -> tuple[Player, ...]:
    own = (Player(f"history:{place}", "history", (place,)) for place in range(len(game.user.items)))
    graph = Player("facet:all", "facet", edges=tuple(range(len(game.edges))))
    return (*own, graph, Player("text", "text"), Player("popularity", "popularity"))


def _told(pairs: Sequence[Pair], what: str) -> Iterator[Pair]:
    """The pairs, with progress on standard error where somebody looks at it."""
    yield from tqdm(pairs, desc=what, disable=None)
