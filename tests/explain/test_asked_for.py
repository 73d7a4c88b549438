"""What a visitor asks for by name counts, is told, is drawn, and is tested on the model like any other reason."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from kgrec_core import service
from kgrec_core.explain.context import UserContext
from kgrec_core.explain.contexts import context_of
from kgrec_core.explain.facts import Facts
from kgrec_core.explain.games import scores_without
from kgrec_core.explain.standing import without_edges
from kgrec_core.model.bundle import load_bundle
from kgrec_core.schema import Edge

LINE = "a film by Ada Star"
HERS = {"f0", "f2", "f4", "f6"}  # directed by Ada Star
FACT = "director|person:ada star"


@pytest.fixture
def visitor(tiny: service.Service) -> UserContext:
    """Two likes and a line."""
    return replace(context_of(load_bundle("tiny"), None, ["f1", "f12"]), words=tiny.reader.words(LINE))


def test_who_asks_for_a_director_gets_their_films_and_is_told_so(tiny: service.Service) -> None:
    found = tiny.recommend(text=LINE, k=4).items
    assert {row.item.item_id for row in found} == HERS
    assert {row.reason for row in found} == {"Because you asked for films directed by Ada Star."}


def test_the_fact_is_drawn_from_the_words_to_the_item_with_what_the_score_loses_without_it(
    tiny: service.Service,
) -> None:
    found = tiny.explain(None, "f2", text=LINE)
    path = found.paths[0]
    assert [node.label for node in path.nodes] == ["You", "your words", "Ada Star", "Comet 2"]
    assert path.clause == "films directed by Ada Star"
    after = tiny.what_if(None, without_edges=[Edge("f2", "director", "person:ada star")], item="f2", text=LINE)
    assert after.item is not None
    assert path.contribution == pytest.approx(found.score - after.item.score, abs=1e-5)


def test_the_explanation_says_what_was_asked_for_and_cites_both_ends(tiny: service.Service) -> None:
    said = next(each for each in tiny.explain(None, "f2", text=LINE).text if "because of your words" in each.sentence)
    assert "you asked for films directed by Ada Star" in said.sentence
    assert said.evidence == ("words", f"words:|{FACT}", f"f2|{FACT}")


def test_an_item_without_it_is_not_said_to_have_it(tiny: service.Service) -> None:
    assert all("Ada Star" not in each.sentence for each in tiny.explain(None, "f1", text=LINE).text)
    assert not tiny.explain(None, "f1", text=LINE).paths


def test_only_what_the_line_names_is_stored_as_asked_for(tiny: service.Service, visitor: UserContext) -> None:
    find = Facts(visitor, tiny._say).find
    asked = find(f"words:|{FACT}")
    assert asked is not None and asked.labels == ("Ada Star",)
    assert find("words:|director|person:ben orbit") is None and find("words:|genre|person:ada star") is None
    assert Facts(replace(visitor, words=None), tiny._say).find(f"words:|{FACT}") is None


def test_scores_without_facts_are_those_of_a_graph_that_never_had_them(visitor: UserContext) -> None:
    graph = visitor.recommender.world.graph
    for item in (2, 3, 9):
        for gone in (graph.edges_of(item)[:1], graph.edges_of(item), graph.edges_of(0), graph.edges_of(12)):
            exact = without_edges(visitor, gone.tolist()).scores[item]
            assert float(scores_without(visitor, np.array([item]), [gone])[0]) == pytest.approx(float(exact), abs=1e-5)


def test_where_no_item_has_the_fact_any_more_the_line_is_a_text_alone(tiny: service.Service) -> None:
    bare = tiny._lists_without_graph.recommender
    named, said = tiny.reader.words(LINE), replace(tiny.reader.words(LINE), recommender=bare)
    assert len(named.shared.columns) == 1 and len(said.shared.columns) == 0
    assert torch.equal(said.says[:, 2:-1], torch.zeros_like(said.says[:, 2:-1]))
    assert not any("asked for" in row.reason for row in tiny.recommend(text=LINE, graph=False, k=14).items)


def test_an_item_gains_by_as_much_for_each_fact_that_is_asked_for_whatever_its_kind(tiny: service.Service) -> None:
    said = tiny.reader.words("a romance by Ada Star, or an adventure")
    romances, adventures = {f"f{film}" for film in range(7, 14)}, {f"f{film}" for film in range(7)}
    for film, gain in zip(tiny.items(), said.gain.tolist(), strict=True):
        asked = [film.item_id in named for named in (HERS, romances, adventures)]
        assert gain == pytest.approx(sum(asked) * said.lift)
    assert said.lift > 0


def test_the_part_of_the_named_facts_is_what_the_score_loses_when_they_do_not_count(tiny: service.Service) -> None:
    effect = tiny.words(LINE, "f2")
    assert effect.facts > 0
    assert tiny.words("a spoon on a table", "f2").facts == 0
    assert abs(tiny.words(LINE, "f1").facts) < 0.01 * effect.facts  # of another director
