"""A further branch, made in a few lines, is found wherever the model and its explanations speak of branches."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from kgrec_core.config import ModelConfig
from kgrec_core.explain.sentences.clauses import BRANCH_WORDS, BranchWords
from kgrec_core.model.closed_form import EventBranch
from kgrec_core.model.network import Fusion
from kgrec_core.model.recommender import Recommender
from kgrec_core.model.training import network_sizes
from kgrec_core.schema.changes import Change
from kgrec_core.service import Service

ANCHOR, ITEM = 0, 8  # a film that u0 liked, and one of the other kind
WEIGHT = 30.0


def with_branch(model: Recommender, branch: EventBranch, config: ModelConfig) -> Recommender:
    """The trained model with one more branch, of weight 1 and heard by no unit of the network."""
    linear = replace(model.linear, more=(*model.linear.more, branch))
    fusion = Fusion(network_sizes(model.world, linear), config)
    place, state = len(model.columns.events), model.fusion.state_dict()
    for name, width in (("log_weight", 0.0), ("log_first", 0.0), ("scale", 1.0)):
        state[name] = torch.cat([state[name][:place], torch.tensor([width]), state[name][place:]])
    first, at = state["mlp.0.weight"], state["mlp.0.weight"].shape[1] - model.columns.heard.stop + place
    state["mlp.0.weight"] = torch.cat([first[:, :at], torch.zeros(len(first), 1), first[:, at:]], 1)
    fusion.load_state_dict(state)
    return Recommender(model.world, linear, fusion.eval().requires_grad_(False))


@pytest.fixture
def rainy(tiny: Service, monkeypatch: pytest.MonkeyPatch) -> Service:
    words = BranchWords("what the weather does", "rain:", lambda domain, bursts, second: "rain falls on both")
    monkeypatch.setitem(BRANCH_WORDS, "weather", words)
    weights = torch.zeros(14, 14)
    weights[ANCHOR, ITEM] = WEIGHT
    bundle = tiny._bundle
    return Service(
        replace(bundle, recommender=with_branch(bundle.recommender, EventBranch("weather", weights), bundle.config))
    )


def test_it_adds_its_weight_to_the_score_and_lifts_the_item_to_the_top(tiny: Service, rainy: Service) -> None:
    before, after = (each.explain("u0", "f8") for each in (tiny, rainy))
    assert after.score == pytest.approx(before.score + WEIGHT, abs=1e-4)
    assert before.rank > 1 == after.rank == [row.item.item_id for row in rainy.recommend("u0").items].index("f8") + 1


def test_it_is_in_the_value_of_the_event_and_in_the_parts_of_the_score(tiny: Service, rainy: Service) -> None:
    before, after = (each.explain("u0", "f8") for each in (tiny, rainy))
    old, new = ({part.player: part.value for part in each.attributions} for each in (before, after))
    assert new["history:f0"] == pytest.approx(old["history:f0"] + WEIGHT, abs=0.02)
    assert after.base + sum(new.values()) == pytest.approx(after.score, abs=1e-3)
    parts = {part.name: part.value for part in after.branches}
    assert parts["what the weather does"] == pytest.approx(WEIGHT, abs=1e-4)
    assert [part.name for part in before.branches] == [name for name in parts if name != "what the weather does"]


def test_without_the_event_that_speaks_through_it_the_item_leaves_the_list(tiny: Service, rainy: Service) -> None:
    change = rainy.explain("u0", "f8", k=1).counterfactual
    assert change.status == "found" and change.remove == ("f0",)
    tried, old = (each.what_if("u0", Change(without_items=["f0"]), "f8").item for each in (rainy, tiny))
    assert tried.score == pytest.approx(old.score, abs=1e-4) and tried.rank == old.rank


def test_it_is_told_with_the_fact_behind_it_in_the_paragraph_and_in_the_list(rainy: Service) -> None:
    said = next(one for one in rainy.explain("u0", "f8").text if "rain falls on both" in one.sentence)
    assert "rain:f0|f8" in said.evidence
    assert rainy.recommend("u0").items[0].reason == "Because they liked Comet 0: rain falls on both."


def test_why_not_weighs_it_too(rainy: Service) -> None:
    found = rainy.why_not("u0", "f2", k=1)
    weather = next(each for each in found.branches if each.label == "what the weather does")
    assert (weather.item, weather.rival) == pytest.approx((0.0, WEIGHT), abs=1e-4)


def test_nobody_whose_events_do_not_speak_through_it_is_told_so(rainy: Service) -> None:
    assert not any("rain" in row.reason for row in rainy.recommend("u1").items)
