from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgrec_core import service
from kgrec_core.cli import json_answers
from kgrec_core.data.interactions import Interactions
from kgrec_core.data.vocab import Vocab
from kgrec_core.explain.asker_scores import context_of
from kgrec_core.explain.removal.coalitions import Game
from kgrec_core.explain.removal.removed_edges import item_scores_without
from kgrec_core.explain.sentences.clauses import DisplayNames
from kgrec_core.explain.why import applicable_rules
from kgrec_core.explain.why.applicable_rules import ApplicableRules
from kgrec_core.explain.why.rule_mining import FEWEST, LEAST_CONFIDENCE, LEAST_LIFT, MinedRule, mine
from kgrec_core.graph.typed_graph import Graph
from kgrec_core.model.bundle import load_bundle

ITEMS, OF_ADA = 80, 16  # the first sixteen items are by Ada, the first forty are broad
ADA, BROAD = (0, 0), (0, 1)


def world(of_ada: int = OF_ADA, broad: int = 0) -> Graph:
    """One relation and two entities: the first `of_ada` items have the one, the first `broad` the other."""
    heads = np.array([*range(of_ada), *range(broad)], dtype=np.int64)
    tails = np.array([0] * of_ada + [1] * broad, dtype=np.int64)
    order = np.lexsort((tails, heads))
    return Graph(
        ITEMS,
        Vocab(("ada", "broad"), "entity"),
        ("Ada", "Broad"),
        ("person", "person"),
        np.array([of_ada, broad], dtype=np.int64),
        ("director",),
        heads[order],
        np.zeros(len(heads), dtype=np.int64),
        tails[order],
    )


def likes(histories: list[list[int]]) -> Interactions:
    users = np.repeat(np.arange(len(histories)), [len(items) for items in histories])
    items = np.array([item for history in histories for item in history], dtype=np.int64)
    return Interactions(users, items, np.ones(len(items), np.float32), np.zeros(len(items), np.int64))


def fans_and_others(fans: int, others: int) -> Interactions:
    """Fans like all by Ada, the others as many of the rest."""
    rest = [[OF_ADA + (user * 7 + step) % (ITEMS - OF_ADA) for step in range(OF_ADA)] for user in range(others)]
    return likes([list(range(OF_ADA))] * fans + rest)


def test_a_taste_that_half_of_the_people_have_lifts_its_conclusion_by_two() -> None:
    fans, others = 30, 30
    (rule, *_) = mine(world(), fans_and_others(fans, others))
    assert (rule.condition, rule.conclusion) == (ADA, ADA)
    assert (rule.held, rule.met, rule.usual, rule.users) == (fans, fans, fans, fans + others)
    assert rule.support == fans / (fans + others)
    assert rule.lift == (fans / fans) / (fans / (fans + others))


def test_nothing_is_said_about_fewer_people_than_ten() -> None:
    assert mine(world(), fans_and_others(FEWEST, 30))
    assert mine(world(), fans_and_others(FEWEST - 1, 30)) == ()


def test_what_most_people_do_is_no_condition() -> None:
    assert mine(world(), fans_and_others(40, 20)) == ()


def test_a_rule_about_two_facts_leads_from_the_narrow_one_to_the_broad_one() -> None:
    both = list(range(40))
    rest = [[40 + (user * 3 + step) % 40 for step in range(len(both))] for user in range(30)]
    found = mine(world(broad=40), likes([both] * 30 + rest))
    pairs = {(rule.condition, rule.conclusion) for rule in found}
    assert (ADA, BROAD) in pairs and (BROAD, ADA) not in pairs


def test_liking_much_is_no_taste() -> None:
    """Who likes sixty items at random meets every condition; that alone makes no rule."""
    rng = np.random.default_rng(0)
    histories = [rng.permutation(ITEMS)[:size].tolist() for size in [60] * 40 + [4] * 60]
    assert mine(world(), likes(histories)) == ()


def test_the_same_seed_finds_the_same_rules() -> None:
    data = fans_and_others(20, 40)
    assert mine(world(), data, seed=3) == mine(world(), data, seed=3)


@pytest.mark.parametrize("data", [likes([]), likes([[1]] * 30), likes([[1, 2]])])
def test_without_two_halves_there_are_no_rules(data: Interactions) -> None:
    assert mine(world(), data) == ()


def test_without_facts_there_are_no_rules() -> None:
    assert mine(world().without_edges(), fans_and_others(30, 30)) == ()


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 1000))
def test_every_rule_keeps_its_promises(seed: int) -> None:
    rng = np.random.default_rng(seed)
    fond = rng.random(80) < 0.5
    chance = np.where(np.arange(ITEMS) < OF_ADA, 3.0, 1.0)
    histories = [
        rng.choice(ITEMS, rng.integers(2, 30), replace=False, p=(p := chance if one else 1 / chance) / p.sum()).tolist()
        for one in fond
    ]
    for rule in mine(world(broad=40), likes(histories), seed):
        assert FEWEST <= rule.held <= min(rule.met, rule.usual) <= rule.users
        assert rule.confidence >= LEAST_CONFIDENCE and rule.lift >= LEAST_LIFT


def said_of(display: DisplayNames, entity: str) -> MinedRule:
    """A rule about one genre, as mining would give it."""
    place = display.graph.labels.index(entity)
    relation = int(display.graph.relations[display.graph.edges_to(place)[0]])
    return MinedRule((relation, place), 2, (relation, place), users=100, met=40, held=30, usual=50)


@pytest.fixture
def book(tiny: service.Service, monkeypatch: pytest.MonkeyPatch) -> tuple[ApplicableRules, Game]:
    """Two rules, and a film for a viewer of the first kind who has not seen it."""
    bundle = load_bundle("tiny")
    display = DisplayNames(bundle.catalog, bundle.inputs.graph, bundle.inputs.interactions)
    known = tuple(said_of(display, entity) for entity in ("Sci-Fi", "Romance"))
    monkeypatch.setattr(applicable_rules, "mine", lambda graph, liked: known)
    context = context_of(bundle, None, ["f0", "f2", "f4"])
    return ApplicableRules(display), Game(context, bundle.catalog.item_vocab.index("f6"))


def test_a_rule_fires_where_its_condition_is_met_and_the_item_is_what_it_is_about(
    book: tuple[ApplicableRules, Game],
) -> None:
    (rule,) = book[0].applicable(book[1])
    assert rule.condition == "someone liked at least 2 Sci-Fi films"
    assert rule.conclusion == "Sci-Fi films make up more than the usual share of what else they liked"
    assert {item.item_id for item in rule.matching} == {"f0", "f2", "f4"}
    assert (rule.confidence, rule.lift) == (30 / 40, (30 / 40) / (50 / 100))


def test_what_a_rule_adds_is_the_score_lost_without_the_facts_it_speaks_of(book: tuple[ApplicableRules, Game]) -> None:
    rules, game = book
    graph = rules.display.graph
    genre = graph.edges_to(graph.labels.index("Sci-Fi"))
    gone = genre[np.isin(graph.heads[genre], game.user.items)]
    without, whole = item_scores_without(game.user, game.candidate, [gone, np.zeros(0, dtype=np.int64)]).tolist()
    (rule,) = rules.applicable(game)
    assert rule.contribution == pytest.approx(whole - without) and rule.contribution > 0


def test_a_rule_without_which_the_score_does_not_fall_is_not_shown(
    book: tuple[ApplicableRules, Game], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applicable_rules, "LEAST_SHARE", 10.0)
    assert book[0].applicable(book[1]) == ()


def test_a_history_too_short_for_the_condition_fires_nothing(book: tuple[ApplicableRules, Game]) -> None:
    rules, game = book
    for history in ([], ["f0"]):
        context = context_of(load_bundle("tiny"), None, history)
        assert rules.applicable(Game(context, game.candidate)) == ()


def test_sixteen_viewers_are_too_few_for_a_rule(tiny: service.Service) -> None:
    assert tiny.explain("u0", "f6").rules == ()


def test_a_rule_stands_in_the_json_answer_by_its_usual_names(
    tiny: service.Service, book: tuple[ApplicableRules, Game]
) -> None:
    found = dataclasses.replace(tiny.explain("u0", "f6"), rules=book[0].applicable(book[1]))
    (rule,) = json_answers.explanation(found)["rules"]
    assert {"if", "then", "support", "confidence", "lift", "held", "matching", "contribution"} <= rule.keys()
