from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from kgrec_core import service
from kgrec_core.__main__ import main
from kgrec_core.errors import BundleError, UnknownIdError
from kgrec_core.explain.asker_scores import UserContext
from kgrec_core.explain.removal.coalitions import Game
from kgrec_core.explain.removal.removed_edges import item_scores_without
from kgrec_core.explain.sentences.checker import StoredFacts
from kgrec_core.explain.sentences.clauses import DisplayNames
from kgrec_core.graph.item_paths import shared_paths
from kgrec_core.model.bundle import load_bundle
from kgrec_core.model.recommender import Recommender, pad
from kgrec_core.schema.asker import Visitor
from kgrec_core.schema.explanation import Explanation
from tests.stored_files import bundle_version, rewrite_card


@pytest.fixture
def explained(tiny: service.Service) -> Explanation:
    return tiny.explain("u0", tiny.recommend("u0", k=1).items[0].item.item_id)


def test_no_recommended_item_is_in_the_history(tiny: service.Service) -> None:
    for user in tiny.users():
        seen = {event.item.item_id for event in tiny.history(user.user_id)}
        assert not seen & {row.item.item_id for row in tiny.recommend(user.user_id).items}


def test_attributions_sum_to_the_score(explained: Explanation) -> None:
    total = explained.base + sum(part.value for part in explained.attributions)
    assert total == pytest.approx(explained.score, abs=1e-4)


def test_every_edge_of_a_path_is_a_triple_and_the_first_item_is_in_the_history(
    tiny: service.Service, explained: Explanation, tiny_home: Path
) -> None:
    triples = service.catalog_of("tiny").triples
    stored = set(zip(triples["head"], triples["relation"], triples["tail"], strict=True))
    seen = {event.item.item_id for event in tiny.history("u0")}
    assert explained.paths
    for path in explained.paths:
        assert path.nodes[1].id in seen
        assert all((edge.head, edge.relation, edge.tail) in stored for edge in path.edges[1:])


def test_an_unknown_user_is_told_the_closest_ones(tiny: service.Service) -> None:
    with pytest.raises(UnknownIdError, match="u9"):
        tiny.recommend("u99")


def test_a_second_answer_has_the_same_numbers(tiny: service.Service, explained: Explanation) -> None:
    again = service.open("tiny").explain("u0", explained.item.item_id)
    assert again.attributions == explained.attributions
    assert again.paths == explained.paths


def test_a_history_without_a_user_gets_recommendations_outside_of_it(tiny: service.Service) -> None:
    found = tiny.recommend(Visitor(["f0", "f1"]), k=5)
    assert len(found.items) == 5
    assert not {"f0", "f1"} & {row.item.item_id for row in found.items}


def test_an_altered_file_is_named_with_the_way_out(
    tiny_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(tiny_home, tmp_path / "home")
    monkeypatch.setenv("KGREC_HOME", str(tmp_path / "home"))
    file = bundle_version(tmp_path / "home", "tiny") / "model.safetensors"
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    with pytest.raises(BundleError, match=r"model\.safetensors.*prepare tiny"):
        service.open("tiny")


@pytest.mark.parametrize("missing", ["linear.sequence", "linear.popularity"])
def test_a_bundle_of_an_older_model_is_named_with_the_way_out(
    missing: str, tiny_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(tiny_home, tmp_path / "home")
    monkeypatch.setenv("KGREC_HOME", str(tmp_path / "home"))
    folder = bundle_version(tmp_path / "home", "tiny")
    weights = load_file(folder / "model.safetensors")
    save_file({name: kept for name, kept in weights.items() if name != missing}, folder / "model.safetensors")
    rewrite_card(folder.parent / "run_card.json")
    with pytest.raises(BundleError, match=r"older version.*prepare tiny"):
        service.open("tiny")


def test_two_items_are_said_to_be_met_near_each_other_only_where_the_sequence_branch_links_them(
    tiny: service.Service,
) -> None:
    bundle = load_bundle("tiny")
    one = bundle.inputs.interactions.of_user(0)
    data = bundle.inputs.training_set(one, bundle.config)
    user = UserContext(bundle.recommender, data.data.items, data.levels, data.weights)
    facts, name = (
        StoredFacts(user, DisplayNames(bundle.catalog, bundle.inputs.graph, bundle.inputs.interactions)),
        "near:f{}|f{}",
    )
    linked = bundle.recommender.linear.more[0].weights > 0
    assert 0 < int(linked.sum()) < linked.numel()
    for first, second in np.ndindex(*linked.shape):
        assert (facts.find(name.format(first, second)) is not None) == bool(linked[first, second])


def test_hiding_edges_and_history_equals_the_model_run_without_them(tiny: service.Service) -> None:
    bundle = load_bundle("tiny")
    data = bundle.inputs.training_set(bundle.inputs.interactions.of_user(0), bundle.config)
    user = UserContext(bundle.recommender, data.data.items, data.levels, data.weights)
    candidate = next(item for item in range(14) if item not in user.items)
    game = Game(user, candidate)
    path = shared_paths(bundle.inputs.graph, user.items.tolist(), candidate)[0]
    gone = np.unique(path.edges)
    cut = Recommender(
        bundle.recommender.world.without_edges(gone), bundle.recommender.linear, bundle.recommender.fusion
    )
    whole = pad([(user.items, user.levels, user.weights)])
    assert float(item_scores_without(game.user, game.candidate, [gone])[0]) == pytest.approx(
        float(cut.scores(whole)[0, candidate]), abs=1e-4
    )
    left = game.everything()
    left.history[0, 0] = False
    short = pad([(user.items[1:], user.levels[1:], user.weights[1:])])
    assert float(game.scores(left)[0]) == pytest.approx(float(bundle.recommender.scores(short)[0, candidate]), abs=1e-4)
    assert torch.isfinite(game.scores(left)).all()


def test_the_command_line_prints_json_and_nothing_else(
    tiny: service.Service, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["recommend", "tiny", "--user", "u0", "--k", "2", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert set(answer) == {"dataset", "user", "user_id", "ms", "stale", "items", "request"}
    assert [row["rank"] for row in answer["items"]] == [1, 2]


def test_the_command_line_hears_what_a_visitor_asks_for(
    tiny: service.Service, capsys: pytest.CaptureFixture[str]
) -> None:
    line = ["--text", "films by Ada Star"]
    assert main(["recommend", "tiny", *line, "--k", "1"]) == 0
    assert "Because you asked for films directed by Ada Star." in capsys.readouterr().out
    assert main(["explain", "tiny", *line, "--history", "f1", "--item", "f2"]) == 0
    assert "You > your words > Ada Star > Comet 2" in capsys.readouterr().out
    assert main(["why-not", "tiny", *line, "--item", "f12", "--k", "2"]) == 0
    assert "Letter 12 is at place" in capsys.readouterr().out


@pytest.mark.parametrize(
    "question",
    [
        ["recommend", "tiny"],
        ["explain", "tiny", "--item", "f0"],
        ["recommend", "tiny", "--user", "nobody"],
        ["explain", "tiny", "--user", "u0", "--item", "none"],
        ["recommend", "tinny", "--user", "u0"],
        ["recommend", "movies", "--user", "15"],
    ],
)
def test_a_bad_question_ends_with_two_and_one_line(
    tiny: service.Service, capsys: pytest.CaptureFixture[str], question: list[str]
) -> None:
    assert main(question) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.strip().splitlines()) == 1


def test_a_reason_names_the_liked_film_without_which_the_score_falls_most(tiny: service.Service) -> None:
    liked = [event.item for event in tiny.history("u0") if event.liked]
    ids = [item.item_id for item in liked]  # a history that is given counts as liked
    best = tiny.recommend(Visitor(ids), k=1).items[0]

    def score_without(hidden: str) -> float:
        found = tiny.recommend(Visitor([item for item in ids if item != hidden]), k=14)
        return next(row.score for row in found.items if row.item == best.item)

    falls_most = min(liked, key=lambda item: score_without(item.item_id))
    assert falls_most.title in best.reason


def test_a_reason_in_short_is_the_explanation_without_rules_and_changes(tiny: service.Service) -> None:
    item = tiny.recommend("u0", k=1).items[0].item.item_id
    short, whole = tiny.why("u0", item), tiny.explain("u0", item)
    assert not short.rules and short.counterfactual is None and whole.counterfactual is not None
    left_out = {"rules": whole.rules, "ms": 0.0} | {
        name: getattr(whole, name) for name in ("counterfactual", "fact_counterfactual")
    }
    assert replace(short, **left_out) == replace(whole, ms=0.0)
    assert replace(tiny.explain("u0", item, known=short), ms=0.0) == replace(whole, ms=0.0)
