"""What drives the lists of all people, of the model itself."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from kgrec_core import service
from kgrec_core.__main__ import main
from kgrec_core.browse.whole_model import FEWEST, _clusters
from kgrec_core.errors import ConfigError
from kgrec_core.explain.why.list_shares import NETWORK, POPULARITY, fact_values, list_shares, part_names
from kgrec_core.schema.changes import Change
from kgrec_core.schema.explanation import Edge
from kgrec_core.schema.global_explanation import FACTS, GlobalExplanation


@pytest.fixture
def found(tiny: service.Service) -> GlobalExplanation:
    return tiny.whole_model.explain(k=4)


def test_what_the_parts_add_makes_up_every_score_of_a_list(tiny: service.Service) -> None:
    names = part_names(tiny.compare.facts_gone())
    for user in ("u0", "u7"):
        made = list_shares(tiny._context(user), tiny.compare.facts_gone(), 5)
        whole = [place for place, name in enumerate(names) if name != FACTS]
        np.testing.assert_allclose(made.adds[:, whole].sum(1), made.total, atol=1e-5)
        listed = tiny.recommend(user, 5).items
        assert [tiny._item(row.item.item_id) for row in listed] == made.items.tolist()
        np.testing.assert_allclose(made.total, [row.score for row in listed], atol=1e-5)


def test_what_all_facts_add_is_what_the_score_loses_in_a_graph_without_any(tiny: service.Service) -> None:
    place = part_names(tiny.compare.facts_gone()).index(FACTS)
    made = list_shares(tiny._context("u0"), tiny.compare.facts_gone(), 3)
    bare = {row.item.item_id: row.score for row in tiny.recommend("u0", 14, graph=False).items}
    without = [bare[tiny._display.item_id(item)] for item in made.items.tolist()]
    np.testing.assert_allclose(made.adds[:, place], made.total - without, atol=1e-5)


def test_others_stand_in_a_list_for_those_that_a_part_brought_there(tiny: service.Service) -> None:
    place = part_names(tiny.compare.facts_gone()).index(FACTS)
    for user in ("u0", "u3", "u7", "u9"):
        made = list_shares(tiny._context(user), tiny.compare.facts_gone(), 2)
        bare = {row.item.item_id for row in tiny.recommend(user, 2, graph=False).items}
        kept = bare & {tiny._display.item_id(item) for item in made.items.tolist()}
        assert made.replaced[place] == 2 - len(kept)


def test_the_value_of_a_fact_is_what_its_branch_loses_without_it(tiny: service.Service) -> None:
    """Where the item has no other fact of that relation, none of the others weighs more without it. Nobody met the
    item among those who ask, so it speaks for no other. The network is silenced, for it hears facts too.
    """
    for parameter in tiny._bundle.recommender.fusion.mlp[-1].parameters():
        parameter.data[:] = 0
    context, graph = tiny._context("u0"), tiny._display.graph
    assert 5 not in context.items
    owner, edges, values = fact_values(context, np.array([5]))
    assert owner.tolist() == [0] * len(edges)
    alone = [edge for edge in edges.tolist() if (graph.relations[edges] == graph.relations[edge]).sum() == 1]
    assert alone
    for edge, value in zip(edges.tolist(), values.tolist(), strict=True):
        relation = int(graph.relations[edge])
        if edge not in alone:
            continue
        fact = Edge("f5", graph.relation_names[relation], graph.entities.id(int(graph.tails[edge])))
        before, after = tiny.what_if("u0", Change(), "f5").item, tiny.what_if("u0", Change(without_edges=(fact,)), "f5")
        assert before is not None and after.item is not None
        assert value == pytest.approx(before.score - after.item.score, abs=1e-5)


def test_shares_of_the_parts_sum_to_one_and_lie_in_their_intervals(found: GlobalExplanation) -> None:
    others = sum(part.share for part in found.parts if part.name != FACTS) + sum(one.share for one in found.relations)
    assert others == pytest.approx(1, abs=0.01)  # parts of less than half a thousandth have no row
    assert all(part.low <= part.share <= part.high for part in (*found.parts, *found.relations))
    assert [part.share for part in found.parts] == sorted((part.share for part in found.parts), reverse=True)


def test_every_row_has_an_example_on_the_list_of_somebody(tiny: service.Service, found: GlobalExplanation) -> None:
    for row in (*found.parts, *found.relations, *found.facts):
        listed = {each.item.item_id for each in tiny.recommend(row.example.user.user_id, 4).items}
        assert row.example.item.item_id in listed


def test_the_sentence_names_the_two_largest_parts(found: GlobalExplanation) -> None:
    assert found.parts[0].label in found.sentence and found.parts[1].label in found.sentence


def test_groups_by_length_hold_everybody_once_and_ten_people_at_least(found: GlobalExplanation) -> None:
    assert sum(group.people for group in found.by_length) == found.people
    assert all(group.people >= 10 for group in (*found.by_length, *found.kinds)) or found.people < 20


def test_people_whose_lists_are_made_of_other_parts_are_told_apart_unless_they_are_few() -> None:
    """Twelve lists of one part, twelve of another; three more of a third are too few to be told of by themselves."""
    rng = np.random.default_rng(0)
    kinds = np.repeat(np.eye(3), [12, 12, 3], axis=0)
    near = kinds + 0.01 * rng.standard_normal(kinds.shape)
    assert sorted(group.tolist() for group in _clusters(near[:24])) == [list(range(12)), list(range(12, 24))]
    assert all(len(group) >= FEWEST for group in _clusters(near))


def test_no_rule_is_told_twice(found: GlobalExplanation) -> None:
    assert len({rule.conclusion for rule in found.rules}) == len(found.rules)


def test_a_model_of_popularity_alone_is_said_to_be_driven_by_it(tiny: service.Service) -> None:
    fusion = tiny._bundle.recommender.fusion
    fusion.log_weight.data[:], fusion.log_first.data[:], fusion.log_prior.data = -30.0, -30.0, fusion.log_prior * 0 + 3
    fusion.prior_half_life = 1e9
    for value in fusion.mlp[-1].parameters():
        value.data[:] = 0
    found = tiny.whole_model.explain(k=4)
    assert [part.name for part in found.parts] == [POPULARITY]
    assert found.parts[0].share == pytest.approx(1)
    assert NETWORK not in {part.name for part in found.parts}


def test_a_length_that_is_none_is_refused(tiny: service.Service) -> None:
    with pytest.raises(ConfigError):
        tiny.whole_model.explain(k=0)


def test_the_command_prints_the_same_as_the_service(tiny: service.Service, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["what-drives", "tiny", "--people", "5", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    wanted = tiny.whole_model.explain(5)
    assert told["sentence"] == wanted.sentence
    assert [part["share"] for part in told["parts"]] == [part.share for part in wanted.parts]
    assert main(["what-drives", "tiny", "--people", "5"]) == 0
    assert wanted.sentence in capsys.readouterr().out
    assert replace(wanted, ms=0) == replace(service.open("tiny").whole_model.explain(5), ms=0)
