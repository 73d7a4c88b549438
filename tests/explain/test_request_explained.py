"""A visitor who typed a request: every explanation counts it, and the model is re-scored without it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from benchmarks import told
from kgrec_core import service
from kgrec_core.explain.asker_scores import UserContext, context_of
from kgrec_core.explain.removal.coalitions import Game, players_of
from kgrec_core.explain.removal.ranking import ranking
from kgrec_core.explain.removal.removed_edges import FactRescorer
from kgrec_core.explain.removal.removed_events import HistoryRescorer
from kgrec_core.model.bundle import load_bundle
from kgrec_core.pictures import exported_page
from kgrec_core.schema.asker import Visitor
from kgrec_core.schema.changes import Change
from kgrec_core.schema.explanation import Explanation

LINE = "a love letter, romance and drama"
CHOSEN = [[], ["f0", "f12"]]


@pytest.fixture
def visitor(tiny: service.Service) -> UserContext:
    """Two likes and a request."""
    return replace(context_of(load_bundle("tiny"), None, CHOSEN[1]), request=tiny.reader.request_item(LINE))


def by_words(found: Explanation) -> float:
    return sum(part.value for part in found.attributions if part.kind == "words")


@pytest.mark.parametrize("chosen", CHOSEN, ids=str)
def test_the_explanation_is_of_the_score_that_the_list_shows(tiny: service.Service, chosen: list[str]) -> None:
    asker = Visitor(chosen, request=LINE)
    for row in tiny.recommend(asker, k=14).items:
        found = tiny.explain(asker, row.item.item_id)
        assert (found.rank, found.score) == (row.rank, pytest.approx(row.score, abs=1e-5))
        assert found.base + sum(part.value for part in found.attributions) == pytest.approx(found.score, abs=1e-4)
        assert [part.label for part in found.attributions if part.kind == "words"] == ["your words"]


@pytest.mark.parametrize("chosen", CHOSEN, ids=str)
def test_without_the_words_the_place_is_that_of_the_list_without_them(tiny: service.Service, chosen: list[str]) -> None:
    asker = Visitor(chosen, request=LINE)
    silent = {row.item.item_id: row.rank for row in tiny.recommend(Visitor(chosen), k=14).items}
    for item, rank in silent.items():
        found = tiny.explain(asker, item)
        assert found.rank_without_words == rank
        after = tiny.what_if(asker, Change(without_request=True), item)
        assert after.item is not None and after.item.rank == rank and after.item.rank_before == found.rank
    assert tiny.explain(Visitor(["f0"]), "f3").rank_without_words is None


def test_what_the_words_bring_is_said_where_nothing_else_was_told(tiny: service.Service) -> None:
    asker = Visitor(request=LINE)
    explained = [tiny.explain(asker, row.item.item_id) for row in tiny.recommend(asker, k=14).items]
    found = max(explained, key=by_words)
    assert any("because of your words" in each.sentence for each in found.text)
    assert all(sentence.evidence for sentence in (*found.text, *found.analysis))
    titles = {card.item_id: card.title for card in tiny.items()}
    said = exported_page.changes_in_words(found, tiny.domain, titles)
    assert said[0] == f"Without your words it would be at place {found.rank_without_words}."
    assert "your words" in exported_page.as_page(found, tiny.domain, titles, "you")


@pytest.mark.parametrize("chosen", CHOSEN, ids=str)
@pytest.mark.parametrize("item", ["f1", "f8"])
def test_why_not_what_if_and_trust_hear_the_words(tiny: service.Service, item: str, chosen: list[str]) -> None:
    asker = Visitor(chosen, request=LINE)
    rank = tiny.explain(asker, item).rank
    why = tiny.why_not(asker, item, k=3)
    assert why.rank == rank and why.sentence
    after = tiny.what_if(asker, Change(), item, k=3)
    assert after.item is not None and after.item.rank == rank
    trust = tiny.trust(asker, item)
    assert trust.measures or trust.note


def test_popularity_counts_no_more_when_it_is_said_what_is_wanted(visitor: UserContext) -> None:
    silent = replace(visitor, request=None)
    everything = torch.arange(14)
    assert visitor.priors(everything).abs().sum() == 0 and silent.priors(everything).abs().sum() > 0
    assert "popularity" not in {player.kind for player in players_of(Game(visitor, 1))}
    assert "popularity" in {player.kind for player in players_of(Game(silent, 1))}


def test_hiding_words_equals_the_model_without_them_and_without_popularity(visitor: UserContext) -> None:
    silent, now = replace(visitor, request=None), ranking(visitor)
    for item in (1, 8):
        game = Game(visitor, item)
        left = game.everything(2)
        left.words[1] = False
        whole, without = game.scores(left).tolist()
        assert whole == pytest.approx(float(now.scores[item]), abs=1e-5)
        unpopular = ranking(silent).scores[item] - float(silent.priors(torch.tensor([item])))
        assert without == pytest.approx(float(unpopular), abs=1e-5)


def test_fast_scores_of_shortened_histories_keep_the_words(visitor: UserContext) -> None:
    items = torch.tensor([1, 8, 5])
    fast = HistoryRescorer(visitor, torch.tensor([0, 1]), items).scores(torch.tensor([[False, False], [True, False]]))
    for row, hidden in zip(fast, ([], [0]), strict=True):
        np.testing.assert_allclose(row.numpy(), ranking(visitor, hidden).scores[items], atol=1e-5)
    own, others = FactRescorer(Game(visitor, 1), torch.tensor([8])).scores(
        torch.zeros(1, len(Game(visitor, 1).edges), dtype=torch.bool)
    )
    np.testing.assert_allclose([float(own), float(others)], ranking(visitor).scores[[1, 8]], atol=1e-5)


def test_word_by_word_hears_the_line(tiny: service.Service) -> None:
    best = tiny.recommend(Visitor(request=LINE), k=1).items[0]
    found = tiny.explain_text(Visitor(request=LINE), best.item.item_id)
    assert found.score == pytest.approx(best.score, abs=1e-3)
    assert found.base + sum(word.value for word in found.words) == pytest.approx(found.score, abs=1e-3)


@pytest.mark.parametrize("chosen", CHOSEN, ids=str)
def test_words_are_named_first_where_they_count_most_and_only_there(tiny: service.Service, chosen: list[str]) -> None:
    asker = Visitor(chosen, request=LINE)
    firsts = set()
    for row in tiny.recommend(asker, k=14).items:
        found = tiny.why(asker, row.item.item_id)
        values = {part.player: part.value for part in found.attributions}
        if not found.text or max(values.values()) < 1e-3:
            continue
        first = told.cause(found.text[0], tiny._display)
        firsts.add(first)
        assert told.is_strongest(first, values)
        assert row.reason
        by_words = row.reason.startswith(("Because you asked for", "Close to your words", "Because of your words"))
        assert by_words == (first == "words")
    assert "words" in firsts


def test_what_a_line_asks_for_does_not_count_again_on_the_way_from_a_like(tiny: service.Service) -> None:
    line = "films directed by Ben Orbit, Sci-Fi"
    asker = Visitor(["f1", "f5"], request=line)
    found, context = tiny.why(asker, "f3"), tiny._context(asker)
    assert "words" in {path.nodes[1].type for path in found.paths}
    assert told.within_removal(found, Game(context, 3), tiny._display)
