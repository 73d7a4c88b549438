from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import explain, explanations, shap_speed
from benchmarks.explanations import Subject


@pytest.fixture
def subject(tiny_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Subject]:
    monkeypatch.setenv("KGREC_HOME", str(tiny_home))
    yield Subject("tiny")


def test_the_report_has_the_agreed_keys_and_what_must_be_whole_is_whole(
    subject: Subject, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["explain", "--dataset", "tiny", "--n", "4", "--json"])
    assert explain.main() == 0
    report = json.loads(capsys.readouterr().out)
    assert list(report) == [
        "path_validity", "coverage", "additivity_max_error", "shap_vs_exact_max_relative_error", "counterfactual",
        "path_quality", "faithfulness", "planted", "text_fact_validity", "stability_jaccard", "ms",
    ]  # fmt: skip
    assert report["path_validity"] == report["text_fact_validity"] == report["stability_jaccard"] == 1.0
    assert report["additivity_max_error"] <= 1e-4
    assert report["shap_vs_exact_max_relative_error"] <= 0.05
    assert set(report["faithfulness"]) == {
        "del@3", "del@3_random", "ins@3", "ins@3_random", "pos@10_after_3", "pos@10_after_3_random",
    }  # fmt: skip


def test_a_path_over_an_edge_that_is_not_stored_is_counted(subject: Subject) -> None:
    pairs = subject.pairs(2)
    found, _ = explanations.explained(subject, pairs)
    assert explanations.path_validity(subject, pairs, found) == 1.0
    first = found[0].paths[0]
    broken = replace(first, edges=(first.edges[0], *(replace(edge, tail="nobody") for edge in first.edges[1:])))
    shown = sum(len(one.paths) for one in found)
    altered = [replace(found[0], paths=(broken, *found[0].paths[1:])), found[1]]
    assert explanations.path_validity(subject, pairs, altered) == pytest.approx((shown - 1) / shown)


def test_pairs_take_the_first_places_in_turn(subject: Subject) -> None:
    assert [pair.place for pair in subject.pairs(4, places=2)] == [1, 2, 1, 2]


def test_times_faster_is_the_ratio_of_the_two_times() -> None:
    assert shap_speed.Speed(20, 0.5, 0.01, 20.0, 0.01).times_faster == 20.0 / 0.5
