from __future__ import annotations

from dataclasses import replace

import pytest

from kgrec_core.__main__ import main
from kgrec_core.cli import json_answers
from kgrec_core.cli.terminal import new_item_lines
from kgrec_core.config import TrainConfig
from kgrec_core.errors import ConfigError
from kgrec_core.evaluate import new_items
from kgrec_core.evaluate.new_items import measure_new_items
from kgrec_core.evaluate.quality_table import NewItemTable
from kgrec_core.model.bundle import Bundle, quality_folder

pytestmark = pytest.mark.usefixtures("its_home")
SHORT = TrainConfig(epochs=1, batch_users=8, folds=2)
MODELS = ("ours", "random", "ridge-facts", "ridge-facts-tfidf", "ridge-facts-bert")


@pytest.fixture(scope="module")
def table(bundle: Bundle) -> NewItemTable:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KGREC_HOME", str(bundle.folder.parents[2]))
        return measure_new_items(bundle, 2, MODELS, SHORT)


def test_each_model_has_a_row_among_the_hidden_and_among_all(table: NewItemTable) -> None:
    assert [row.model for row in table.rows] == list(MODELS)
    for row in table.rows:
        for lists in (row.among_hidden, row.among_all):
            assert lists.ndcg_10.low <= lists.ndcg_10.mean <= lists.ndcg_10.high
        assert row.among_all.ndcg_10.mean <= row.among_hidden.ndcg_10.mean  # more candidates, same answers


def test_ours_is_compared_with_each_other_row_and_kernels_with_each_other(table: NewItemTable) -> None:
    quality_of = {row.model: row.among_hidden.ndcg_10.mean for row in table.rows}
    for row in table.rows[1:]:
        assert row.ahead is not None
        assert row.ahead.mean == pytest.approx(quality_of["ours"] / quality_of[row.model])
        assert row.ahead.low <= row.ahead.mean <= row.ahead.high
    assert table.rows[0].ahead is None
    [ratio] = table.ratios
    assert (ratio.first, ratio.second) == ("ridge-facts-bert", "ridge-facts-tfidf")
    assert ratio.value.mean == pytest.approx(quality_of[ratio.first] / quality_of[ratio.second])


def test_what_is_measured_is_kept_and_not_trained_again(
    bundle: Bundle, table: NewItemTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = list(quality_folder("tiny").glob("*-new-items-*.npz"))
    assert len(kept) == len(MODELS) * 2 * 2  # hidings, candidates
    monkeypatch.setattr(new_items, "_scores", lambda *_: pytest.fail("trained again"))
    assert measure_new_items(bundle, 2, MODELS, SHORT) == table


def test_an_interrupted_run_goes_on_where_it_stopped(
    bundle: Bundle, table: NewItemTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = sorted(quality_folder("tiny").glob("random-new-items-1-*.npz"))
    assert len(gone) == 1
    gone[0].unlink()
    asked, usual = [], new_items._scores
    monkeypatch.setattr(new_items, "_scores", lambda name, *rest: (asked.append(name), usual(name, *rest))[1])
    again = measure_new_items(bundle, 2, MODELS, SHORT)
    assert asked == ["random"]
    assert [row.among_hidden for row in again.rows] == [row.among_hidden for row in table.rows]


def test_the_answer_as_json_and_as_lines(table: NewItemTable) -> None:
    answer = json_answers.new_items(table)
    assert answer["rows"][1]["model"] == "random"
    assert set(answer["rows"][1]) >= {"ndcg@10", "recall@20", "ci95", "among_all", "ahead"}
    assert answer["rows"][0]["ahead"] is None
    assert set(answer["ratios"]) == {"ridge-facts-bert/ridge-facts-tfidf"}
    lines = list(new_item_lines(table))
    assert len(lines) == 1 + len(MODELS) + 1
    assert lines[2].startswith("random ") and " among all: " in lines[2] and " ours " in lines[2]


def test_wrong_questions_are_refused(bundle: Bundle) -> None:
    with pytest.raises(ConfigError, match="hidings is 0"):
        measure_new_items(bundle, 0)
    with pytest.raises(ConfigError, match="no model 'svd'"):
        measure_new_items(bundle, 1, ("svd",))
    adapted = replace(bundle, card={**bundle.card, "bert_adaptation": {"seconds": 1.0}})
    with pytest.raises(ConfigError, match="adapted BERT"):
        measure_new_items(adapted, 1, MODELS)


@pytest.mark.parametrize(
    "line, told",
    [
        (["--protocol", "new-items", "--seeds", "2"], "--split and --seeds hide ratings"),
        (["--protocol", "new-items", "--split", "random"], "--split and --seeds hide ratings"),
        (["--hidings", "2"], "--hidings hides items"),
    ],
)
def test_a_word_of_the_other_protocol_is_refused(
    line: list[str], told: str, bundle: Bundle, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", "tiny", *line]) != 0
    assert told in capsys.readouterr().err
