"""What a visitor asks for by name counts, is told, is drawn, and is tested on the model like any other reason."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from kgrec_core import service
from kgrec_core.explain.asker_scores import UserContext, context_of
from kgrec_core.explain.removal.ranking import without_edges
from kgrec_core.explain.removal.removed_edges import scores_without
from kgrec_core.explain.sentences.checker import StoredFacts
from kgrec_core.model.bundle import load_bundle
from kgrec_core.schema.asker import Visitor
from kgrec_core.schema.changes import Change
from kgrec_core.schema.explanation import Edge

LINE = "a film by Ada Star"
HERS = {"f0", "f2", "f4", "f6"}  # directed by Ada Star
FACT = "director|person:ada star"


@pytest.fixture
def visitor(tiny: service.Service) -> UserContext:
    """Two likes and a request."""
    return replace(context_of(load_bundle("tiny"), None, ["f1", "f12"]), request=tiny.reader.request_item(LINE))


def test_who_asks_for_a_director_gets_their_films_and_is_told_so(tiny: service.Service) -> None:
    found = tiny.recommend(Visitor(request=LINE), k=4).items
    assert {row.item.item_id for row in found} == HERS
    assert {row.reason for row in found} == {"Because you asked for films directed by Ada Star."}


def test_the_fact_is_drawn_from_the_words_to_the_item_with_what_the_score_loses_without_it(
    tiny: service.Service,
) -> None:
    asker = Visitor(request=LINE)
    found = tiny.explain(asker, "f2")
    path = found.paths[0]
    assert [node.label for node in path.nodes] == ["You", "your words", "Ada Star", "Comet 2"]
    assert path.clause == "films directed by Ada Star"
    after = tiny.what_if(asker, Change(without_edges=(Edge("f2", "director", "person:ada star"),)), "f2")
    assert after.item is not None
    assert path.contribution == pytest.approx(found.score - after.item.score, abs=1e-5)


def test_the_explanation_says_what_was_asked_for_and_cites_both_ends(tiny: service.Service) -> None:
    told = tiny.explain(Visitor(request=LINE), "f2").text
    said = next(each for each in told if "because of your words" in each.sentence)
    assert "you asked for films directed by Ada Star" in said.sentence
    assert said.evidence == ("words", f"words:|{FACT}", f"f2|{FACT}")


def test_an_item_without_it_is_not_said_to_have_it(tiny: service.Service) -> None:
    assert all("Ada Star" not in each.sentence for each in tiny.explain(Visitor(request=LINE), "f1").text)
    assert not tiny.explain(Visitor(request=LINE), "f1").paths


def test_only_what_the_line_names_is_stored_as_asked_for(tiny: service.Service, visitor: UserContext) -> None:
    find = StoredFacts(visitor, tiny._display).find
    asked = find(f"words:|{FACT}")
    assert asked is not None and asked.labels == ("Ada Star",)
    assert find("words:|director|person:ben orbit") is None and find("words:|genre|person:ada star") is None
    assert StoredFacts(replace(visitor, request=None), tiny._display).find(f"words:|{FACT}") is None


def test_scores_without_facts_are_those_of_a_graph_that_never_had_them(visitor: UserContext) -> None:
    graph = visitor.recommender.world.graph
    for item in (2, 3, 9):
        for gone in (graph.edges_of(item)[:1], graph.edges_of(item), graph.edges_of(0), graph.edges_of(12)):
            exact = without_edges(visitor, gone.tolist()).scores[item]
            assert float(scores_without(visitor, np.array([item]), [gone])[0]) == pytest.approx(float(exact), abs=1e-5)


def test_where_no_item_has_the_fact_any_more_the_line_is_a_text_alone(tiny: service.Service) -> None:
    bare = tiny._lists_without_graph.recommender
    named, said = tiny.reader.request_item(LINE), replace(tiny.reader.request_item(LINE), recommender=bare)
    assert len(named.facts.columns) == 1 and len(said.facts.columns) == 1
    assert torch.equal(said.adds[:, bare.columns.of_facts(0)], torch.zeros(14, 2))
    assert not any("asked for" in row.reason for row in tiny.recommend(Visitor(request=LINE), graph=False, k=14).items)


def test_an_item_gains_by_as_much_for_each_fact_that_is_asked_for_whatever_its_kind(tiny: service.Service) -> None:
    said = tiny.reader.request_item("a romance by Ada Star, or an adventure")
    romances, adventures = {f"f{film}" for film in range(7, 14)}, {f"f{film}" for film in range(7)}
    for film, gain in zip(tiny.items(), said.gain.tolist(), strict=True):
        asked = [film.item_id in named for named in (HERS, romances, adventures)]
        assert gain == pytest.approx(sum(asked) * said.lift)
    assert said.lift > 0


def test_the_part_of_the_named_facts_is_what_the_score_loses_when_they_do_not_count(tiny: service.Service) -> None:
    effect = tiny.request_effect(Visitor(request=LINE), "f2")
    assert effect.facts > 0
    assert tiny.request_effect(Visitor(request="a spoon on a table"), "f2").facts == 0
    assert abs(tiny.request_effect(Visitor(request=LINE), "f1").facts) < 0.01 * effect.facts  # of another director


def test_what_is_refused_sinks_by_as_much_and_everybody_else_keeps_their_place(tiny: service.Service) -> None:
    before = {row.item.item_id: row for row in tiny.recommend(Visitor(["f1", "f12"]), k=12).items}
    after = tiny.recommend(Visitor(["f1", "f12"], request="nothing by Ada Star"), k=12).items
    lift, others = tiny.reader.request_item("nothing by Ada Star").lift, [one for one in before if one not in HERS]
    assert [row.item.item_id for row in after if row.item.item_id in others] == others
    for row in after:
        fall = lift if row.item.item_id in HERS else 0.0
        assert row.score == pytest.approx(
            before[row.item.item_id].score - fall, abs=0.05
        )  # the attention reads a request too
    assert {row.item.item_id for row in after[-len(HERS) :]} == HERS


def test_who_only_refuses_is_explained_exactly_too(tiny: service.Service) -> None:
    for chosen in ([], ["f1", "f12"]):
        asker = Visitor(chosen, request="no romance, please")
        for row in tiny.recommend(asker, k=12).items:
            found = tiny.explain(asker, row.item.item_id)
            assert (found.rank, found.score) == (row.rank, pytest.approx(row.score, abs=1e-5))
            assert found.base + sum(part.value for part in found.attributions) == pytest.approx(found.score, abs=1e-4)
            effect = tiny.request_effect(asker, row.item.item_id)
            parts = effect.text + effect.facts + effect.attention + effect.popularity
            assert effect.score - effect.score_without == pytest.approx(parts, abs=1e-5)
            assert effect.popularity == 0


def test_a_fact_of_two_items_weighs_the_same_however_it_is_taken_away(tiny: service.Service) -> None:
    line, edge = "by Ada Star and Dan Rose", Edge("f2", "director", "person:ada star")
    asker = Visitor(["f4"], request=line)
    found = tiny.explain(asker, "f2")
    after = tiny.what_if(asker, Change(without_edges=(edge,)), "f2")
    assert after.item is not None
    assert found.paths[0].contribution == pytest.approx(found.score - after.item.score, abs=1e-5)
