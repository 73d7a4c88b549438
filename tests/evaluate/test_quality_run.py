from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from kgrec_core.cli import json_answers
from kgrec_core.config import TrainConfig
from kgrec_core.errors import BundleError, ConfigError
from kgrec_core.evaluate import compared_models, new_visitors, quality_run, result_key
from kgrec_core.evaluate.quality_run import Plan, measure_quality
from kgrec_core.evaluate.quality_table import QualityTable
from kgrec_core.evaluate.quality_table_file import load_table, save_table
from kgrec_core.model.bundle import Bundle, quality_folder

pytestmark = pytest.mark.usefixtures("its_home")
SHORT = TrainConfig(epochs=1, batch_users=8, folds=2)
MODELS = ("ours", "ours-no-graph", "ours-no-text", "ease", "ease-low", "popularity")


@pytest.fixture(scope="module")
def table(bundle: Bundle) -> QualityTable:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KGREC_HOME", str(bundle.folder.parents[2]))
        return measure_quality(bundle, Plan("random", 2, MODELS), SHORT)


def test_the_table_has_a_row_for_each_model_and_names_the_missing_ones(table: QualityTable) -> None:
    assert [row.model for row in table.rows] == list(MODELS)
    assert set(table.missing) == set(compared_models.names_for("random")) - set(MODELS)
    assert all(row.seeds == 2 and row.ndcg_10.low <= row.ndcg_10.mean <= row.ndcg_10.high for row in table.rows)


def test_ratios_compare_ours_with_ease_and_with_the_best_peer(table: QualityTable) -> None:
    quality_of = {row.model: row.ndcg_10.mean for row in table.rows}
    peers = [quality_of[name] for name in ("ease", "ease-low", "popularity")]
    assert dict(table.ratios) == {
        "ours/ease": pytest.approx(quality_of["ours"] / quality_of["ease"]),
        "ours/best_peer": pytest.approx(quality_of["ours"] / max(peers)),
    }


def test_a_paired_gain_is_the_difference_of_two_rows(table: QualityTable) -> None:
    quality_of = {row.model: row.ndcg_10.mean for row in table.rows}
    pairs = {each.name: each for each in table.paired}
    assert set(pairs) == {f"ours-vs-{name.removeprefix('ours-')}" for name in MODELS[1:]}
    assert pairs["ours-vs-no-graph"].gain.mean == pytest.approx(quality_of["ours"] - quality_of["ours-no-graph"])


def test_new_visitors_are_measured_beside_methods_that_are_tuned_for_them(table: QualityTable) -> None:
    assert table.new_visitor is not None and table.new_visitor.given == new_visitors.GIVEN
    rows = {row.model: row for row in table.new_visitor.rows}
    assert list(rows) == ["ours", "graded-ridge", "ease", "itemknn", "popularity"]
    assert rows["ours"].behind.mean == 0 and rows["ours"].ratio == 1
    assert rows["ease"].ratio == pytest.approx(rows["ours"].ndcg_10.mean / rows["ease"].ndcg_10.mean)
    assert rows["ease"].behind.mean == pytest.approx(rows["ours"].ndcg_10.mean - rows["ease"].ndcg_10.mean)


def test_command_line_and_screen_give_the_same_numbers(bundle: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trained twice, each with other threads of torch around it."""
    seeded = replace(SHORT, seed=50)
    monkeypatch.setattr(quality_run, "TrainConfig", lambda: seeded)
    monkeypatch.setattr(quality_run, "EVALUATED", ("ours", "ease"))
    torch.set_num_threads(2)
    told = quality_run.evaluate(bundle, "random", 1)
    assert torch.get_num_threads() == 2
    for file in quality_folder("tiny").glob("ours-random-50-*"):
        file.unlink()
    shown = measure_quality(bundle, Plan("random", 1, ("ours", "ease"), visitors=False), seeded)
    torch.set_num_threads(1)
    both = [
        [(row.model, row.hr_10, row.mrr) for row in table.rows if row.model in ("ours", "ease")]
        for table in (told, shown)
    ]
    assert both[0] == both[1]
    assert [row.ndcg_10 for row in told.rows] == [
        row.ndcg_10.mean for row in shown.rows if row.model in ("ours", "ease")
    ]


def test_a_second_run_trains_nothing(bundle: Bundle, table: QualityTable, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("trained again")

    monkeypatch.setattr(quality_run, "_stored", fail)
    again = measure_quality(bundle, Plan("random", 2, MODELS), SHORT)
    assert json_answers.quality(again) == json_answers.quality(table)


def test_by_time_peers_that_read_the_order_stand_beside_the_others(bundle: Bundle) -> None:
    models = ("ease", "recent-ease", "markov", "popularity")
    found = measure_quality(bundle, Plan("next", 2, models, visitors=False), SHORT)
    assert [row.model for row in found.rows] == list(models)
    assert found.times is not None and "sasrec" in found.missing


def test_a_peer_that_reads_the_order_has_nothing_to_read_on_a_random_split() -> None:
    with pytest.raises(ConfigError, match="'markov' reads the order"):
        Plan("random", 1, ("markov",))
    assert "markov" in compared_models.names_for("next") and "markov" not in compared_models.names_for("random")


def test_other_times_make_results_out_of_date(bundle: Bundle) -> None:
    split = _split(bundle)
    later = replace(split, valid=replace(split.valid, timestamps=split.valid.timestamps + 1))
    assert result_key.split_key(split) != result_key.split_key(later)


def test_our_settings_make_only_our_results_out_of_date(bundle: Bundle) -> None:
    trial = compared_models.Trial(bundle.inputs, ("a",), _split(bundle), bundle.config, SHORT)
    changed = replace(trial, config=replace(SHORT, epochs=2))
    for name, stays in (("ours", False), ("ease", True)):
        one = compared_models.BY_NAME[name]
        keys = [result_key.key_of(one.name, one.group, one.home, each) for each in (trial, changed)]
        assert (keys[0] == keys[1]) is stays, name


def test_code_counts_and_its_comments_do_not(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def hash_of(source: str) -> str:
        (tmp_path / "made_up.py").write_text(source, encoding="utf-8")
        result_key._read.cache_clear()
        return result_key.code_hash("made_up")

    monkeypatch.syspath_prepend(tmp_path)
    plain = hash_of("x = 1\n")
    assert hash_of('"""Said otherwise."""\nx = 1  # why\n') == plain
    assert hash_of("x = 2\n") != plain


def test_what_another_program_measured_on_this_split_joins_the_table(bundle: Bundle, table: QualityTable) -> None:
    folder, split = quality_folder("tiny"), _split(bundle)
    stored = next(folder.glob("ease-random-0-*.npz"))
    foreign = quality_run.load_result(stored)
    path = quality_run.place_of(folder, "recbole-kgin", "random", 0, result_key.split_key(split))
    quality_run.save_result(replace(foreign, model="recbole-kgin"), path)
    found = measure_quality(bundle, Plan("random", 2, MODELS), SHORT)
    path.unlink()
    row = found.rows[-1]
    assert (row.model, row.label, row.seeds) == ("recbole-kgin", "KGIN (RecBole)", 1)
    assert dict(found.ratios) == dict(table.ratios)  # the best peer is sought among those with all seeds


def test_a_table_comes_back_from_its_file(table: QualityTable, tmp_path: Path) -> None:
    save_table(table, tmp_path, "random")
    assert load_table(tmp_path, "random") == table
    assert load_table(tmp_path, "temporal") is None


def test_a_broken_table_is_named_with_a_way_out(tmp_path: Path) -> None:
    (tmp_path / "quality-random.json").write_text('{"rows": 3}')
    with pytest.raises(BundleError, match=r"quality-random\.json.*Delete it"):
        load_table(tmp_path, "random")


def test_the_json_of_a_table_has_the_promised_shape(table: QualityTable) -> None:
    shape = json.loads(json.dumps(json_answers.quality(table)))
    assert {"dataset", "protocol", "rows", "ratios", "paired", "slices", "new_visitor"} <= set(shape)
    assert {"model", "ndcg@10", "recall@20", "hr@10", "mrr", "ci95", "seconds"} <= set(shape["rows"][0])
    assert set(shape["slices"]["short histories"]["ease"]) == {"mean", "ci95", "metric", "count"}


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        ({"scheme": "weekly"}, "random, temporal"),
        ({"seeds": 0}, "1 or more"),
        ({"models": ("ours", "oracle")}, "'oracle'.*ours-no-graph"),
    ],
)
def test_what_cannot_be_measured_is_refused_in_words(plan: dict[str, object], said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        Plan(**plan)  # type: ignore[arg-type]


def test_each_ablation_loses_what_it_is_named_after(bundle: Bundle) -> None:
    documents = tuple(f"film {index}" for index in range(bundle.inputs.graph.items))
    trial = compared_models.Trial(bundle.inputs, documents, _split(bundle), bundle.config, SHORT)
    assert len(compared_models._no_graph(trial).graph.heads) == 0
    assert not compared_models._no_text(trial).similarity.any()
    assert np.array_equal(compared_models._bert_only(trial).item_text, bundle.inputs.item_bert)
    xlnet = compared_models._xlnet_only(trial)
    assert np.array_equal(xlnet.event_text[:, 0], bundle.inputs.item_text)
    assert compared_models._tfidf(trial).item_text.shape[0] == bundle.inputs.graph.items


def _split(bundle: Bundle) -> compared_models.Split:
    return quality_run.split_by("random", bundle.inputs.interactions, 0)
